//! The few real differences between the two engines, in one place.

use super::Error;

/// Which engine a [`Db`](super::Db) speaks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// SQLite: one municipality on one machine.
    Sqlite,
    /// PostgreSQL: those who outgrow one machine.
    Postgres,
}

impl Engine {
    /// The most arguments one statement takes: 32,766 in SQLite, 65,535 in PostgreSQL.
    pub(super) const fn most_arguments(self) -> usize {
        match self {
            Self::Sqlite => 32_766,
            Self::Postgres => 65_535,
        }
    }

    /// What a placeholder of the schema text stands for.
    fn word(self, placeholder: &str) -> Option<&'static str> {
        let (sqlite, postgres) = match placeholder {
            "uuid" => ("BLOB", "UUID"),
            "int" => ("INTEGER", "BIGINT"),
            "real" => ("REAL", "DOUBLE PRECISION"),
            "bool" => ("INTEGER", "BOOLEAN"),
            // Byte order in both, so that a list is sorted alike whichever engine holds it.
            "text" => ("TEXT", "TEXT COLLATE \"C\""),
            "bytes" => ("BLOB", "BYTEA"),
            "strict" => ("STRICT", ""),
            _ => return None,
        };
        Some(match self {
            Self::Sqlite => sqlite,
            Self::Postgres => postgres,
        })
    }

    /// Turns the one schema text into this engine's. `crates/store/migrations/README.md` describes the text.
    pub(super) fn render(self, name: &str, text: &str) -> Result<String, Error> {
        let complain = |line: usize, what: String| Error::Migration {
            message: format!("{name}, line {}: {what}", line + 1),
        };
        let mut out = String::with_capacity(text.len() + text.len() / 4);
        let mut wanted = true;
        for (number, line) in text.lines().enumerate() {
            match line.trim() {
                "-- sqlite:" => wanted = self == Self::Sqlite,
                "-- postgres:" => wanted = self == Self::Postgres,
                "-- both:" => wanted = true,
                directive if directive.starts_with("-- never ") => {
                    let (verb, table) = match directive["-- never ".len()..].split_once(' ') {
                        Some((verb @ ("update" | "delete"), table)) if is_name(table) => (verb, table),
                        _ => {
                            return Err(complain(
                                number,
                                format!("expected `-- never update TABLE` or `-- never delete TABLE`: {directive}"),
                            ));
                        }
                    };
                    if wanted {
                        out.push_str(&self.refuse(verb, table));
                    }
                }
                _ if wanted => {
                    let mut rest = line;
                    while let Some((before, after)) = rest.split_once('{') {
                        out.push_str(before);
                        // A brace that does not open a lower-case word is the schema's own, such as the JSON text '{}'.
                        match after.split_once('}').filter(|(word, _)| is_name(word)) {
                            Some((word, after)) => {
                                out.push_str(
                                    self.word(word)
                                        .ok_or_else(|| complain(number, format!("unknown placeholder {{{word}}}")))?,
                                );
                                rest = after;
                            }
                            None => {
                                out.push('{');
                                rest = after;
                            }
                        }
                    }
                    out.push_str(rest);
                    out.push('\n');
                }
                _ => {}
            }
        }
        Ok(out)
    }

    /// A trigger that makes `verb` on `table` fail.
    fn refuse(self, verb: &str, table: &str) -> String {
        let upper = verb.to_uppercase();
        match self {
            Self::Sqlite => format!(
                "CREATE TRIGGER {table}_never_{verb} BEFORE {upper} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only: never {verb}'); END;\n"
            ),
            Self::Postgres => format!(
                "CREATE FUNCTION {table}_never_{verb}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{table} is append-only: never {verb}'; END $$;\n\
                 CREATE TRIGGER {table}_never_{verb} BEFORE {upper} ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_never_{verb}();\n"
            ),
        }
    }
}

fn is_name(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "CREATE TABLE t (id {uuid} PRIMARY KEY, n {int}, s {text} DEFAULT '{}') {strict};\n\
        -- sqlite:\nCREATE INDEX a;\n-- postgres:\nCREATE INDEX b;\n-- both:\nCREATE INDEX c;\n";

    #[test]
    fn one_text_becomes_two() {
        assert_eq!(
            Engine::Sqlite.render("x", TEXT).expect("renders"),
            "CREATE TABLE t (id BLOB PRIMARY KEY, n INTEGER, s TEXT DEFAULT '{}') STRICT;\nCREATE INDEX a;\nCREATE INDEX c;\n"
        );
        assert_eq!(
            Engine::Postgres.render("x", TEXT).expect("renders"),
            "CREATE TABLE t (id UUID PRIMARY KEY, n BIGINT, s TEXT COLLATE \"C\" DEFAULT '{}') ;\nCREATE INDEX b;\nCREATE INDEX c;\n"
        );
    }

    #[test]
    fn a_slip_in_the_text_is_named_with_its_line() {
        for (text, found) in [
            ("\n a {itn}", "0001_x, line 2: unknown placeholder {itn}"),
            ("-- never drop t", "0001_x, line 1: expected"),
        ] {
            let error = Engine::Sqlite.render("0001_x", text).expect_err("refused").to_string();
            assert!(error.contains(found), "{error}");
        }
    }
}
