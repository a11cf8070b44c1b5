//! Which tables hold something of a citizen, which rows those are, and where a citizen reads them.
//!
//! One list for everything the law asks of what is held about a person: all of it can be read ([`crate::everything`]), and all of it can be deleted.
//! A table that is on neither list fails a test, so that nothing new is forgotten.

/// Where a citizen reads what lies in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// In the citizen's file, under this name.
    As(&'static str),
    /// Not there, and why.
    Not(&'static str),
}

/// A table with rows of citizens.
#[derive(Clone, Copy, Debug)]
pub struct Holding {
    /// The table.
    pub table: &'static str,
    /// Which rows are a citizen's: a condition with the citizen's id as `$1`.
    pub whose: &'static str,
    /// Where the citizen reads them.
    pub told: Told,
}

use Told::{As, Not};

const OF_PLAN: &str = "plan_id IN (SELECT id FROM plan WHERE citizen_id = $1)";
const OF_CITIZEN: &str = "citizen_id = $1";
const OF_USER: &str = "user_id = $1";

const fn of_plan(table: &'static str, told: Told) -> Holding {
    Holding {
        table,
        whose: OF_PLAN,
        told,
    }
}
const fn of_citizen(table: &'static str, told: Told) -> Holding {
    Holding {
        table,
        whose: OF_CITIZEN,
        told,
    }
}

/// The tables that hold something of a citizen, those that point at others first.
pub const HOLDINGS: &[Holding] = &[
    of_plan("comment", As("plans.comments")),
    of_plan("handover", As("plans.handovers")),
    of_plan("question", As("plans.questions")),
    of_plan("message", As("plans.messages")),
    of_plan("conversation", As("plans.conversations")),
    of_plan("step", As("plans.steps")),
    of_plan("goal", As("plans.goals")),
    of_plan("participation", As("plans.participations")),
    of_plan("coordination", As("plans.coordinations")),
    of_plan("effort", As("plans.efforts")),
    of_plan("strength", As("plans.strengths")),
    of_plan("rating", As("plans.ratings")),
    of_plan("closed_note", As("plans.closed_notes")),
    of_plan("consent", As("plans.consents")),
    of_plan("plan_summary", Not("counted from the plan, and stands in it")),
    of_citizen("plan", As("plans")),
    Holding {
        table: "import_change",
        whose: "item_id = $1 OR item_id IN (SELECT id FROM spell WHERE citizen_id = $1) OR item_id IN (SELECT id FROM earning WHERE citizen_id = $1) \
                OR item_id IN (SELECT id FROM assignment WHERE citizen_id = $1) OR item_id IN (SELECT id FROM support_history WHERE citizen_id = $1)",
        told: As("imports"),
    },
    of_citizen("spell", As("benefits")),
    of_citizen("classification", As("classifications")),
    of_citizen("earning", As("paid_hours")),
    of_citizen("assignment", As("responsible")),
    of_citizen("support_history", As("support_weeks")),
    of_citizen("emergency", As("emergency_access")),
    of_citizen("correction", As("corrections")),
    of_citizen("hold", As("holds")),
    of_citizen("citizen_cpr", As("person.cpr")),
    Holding {
        table: "draft",
        whose: OF_USER,
        told: As("drafts"),
    },
    Holding {
        table: "session",
        whose: OF_USER,
        told: As("log_ins"),
    },
    Holding {
        table: "log_in_link",
        whose: OF_USER,
        told: As("log_in_links"),
    },
    Holding {
        table: "submission",
        whose: "actor_id = $1",
        told: Not("only the numbers of forms, so that one sent twice counts once; what they did stands in the record"),
    },
    Holding {
        table: "name_word",
        whose: "kind = 'citizen' AND id = $1",
        told: Not("only the words of the name, for search"),
    },
    Holding {
        table: "act",
        whose: "chain = $1",
        told: As("record"),
    },
    Holding {
        table: "chain",
        whose: "id = $1",
        told: Not("only the hash that proves the record"),
    },
    Holding {
        table: "citizen",
        whose: "id = $1",
        told: As("person"),
    },
];

/// The other tables, and why nothing in them is told to a citizen.
pub const OTHERS: &[(&str, &str)] = &[
    ("unit", "the organisation"),
    ("employee", "the organisation"),
    ("team", "the organisation"),
    ("team_member", "the organisation"),
    ("slot", "times employees offer"),
    (
        "chain_end",
        "that somebody's record has ended, and its hash, when nothing else of them is left",
    ),
    ("company", "companies"),
    ("setting", "the installation"),
    ("saved_filter", "employees' own filters of lists"),
    (
        "import_batch",
        "which files were brought in; what came of a citizen's rows stands in import_change",
    ),
    (
        "import_row",
        "rows of files on their way in, sealed; whose they are is not known before they are in, and after seven days they are gone",
    ),
    ("import_mapping", "names of columns"),
    ("target", "targets"),
    ("expense", "amounts by month and benefit, of all together"),
    ("published_version", "figures others publish"),
    ("published_undone", "figures others publish"),
    ("published_line", "figures others publish"),
    ("comparison_group", "groups of municipalities"),
    ("status_goal", "goals of teams"),
    ("status_update", "goals of teams"),
    ("report", "figures, small numbers protected"),
    ("exchange", "figures of other municipalities"),
    (
        "access_review",
        "what leaders found out about an employee's use of the system; a finding may hold a citizen's id, and nothing else about them",
    ),
    (
        "research_project",
        "research projects and the keys of their pseudonyms; of a citizen nothing",
    ),
    (
        "research_export",
        "who got what for research, as numbers; that a citizen was in it stands in their record",
    ),
    ("research_deletion", "that a recipient has deleted it"),
    ("log_in_attempt", "attempts under way, for ten minutes, of nobody known"),
    ("log_out_told", "hashes of log-outs"),
    ("account", "employees' passwords"),
    ("recovery_code", "employees' codes"),
    ("log_in_failure", "hashes of names typed at employees' log-in"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args;
    use crate::db::Engine;
    use std::collections::BTreeSet;

    /// Every table is on one list, and none that points at a citizen or a plan is among the others: asked of the schema itself.
    #[test]
    fn every_table_of_the_schema_is_on_one_list() {
        crate::testing::both(async |db| {
            let mut conn = db.read().await.expect("reads");
            let (tables, columns) = match conn.engine() {
                Engine::Sqlite => (
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
                    "SELECT name FROM pragma_table_info($1)",
                ),
                Engine::Postgres => (
                    "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public'",
                    "SELECT CAST(column_name AS TEXT) FROM information_schema.columns WHERE table_name = $1",
                ),
            };
            let names = |rows: Vec<crate::db::Row>| -> BTreeSet<String> {
                rows.iter().map(|row| row.get(0).expect("a name")).collect()
            };
            let mut schema = names(conn.rows(tables, args![]).await.expect("reads"));
            assert!(schema.remove("migration"), "the steps taken");
            let holdings = HOLDINGS.iter().map(|h| h.table);
            let listed: Vec<&str> = holdings.chain(OTHERS.iter().map(|(table, _)| *table)).collect();
            let once: BTreeSet<String> = listed.iter().map(|table| (*table).to_owned()).collect();
            assert_eq!(listed.len(), once.len(), "a table stands twice");
            let missing: Vec<_> = schema.difference(&once).collect();
            let gone: Vec<_> = once.difference(&schema).collect();
            assert!(
                missing.is_empty() && gone.is_empty(),
                "not listed: {missing:?}; not there: {gone:?}"
            );
            for (table, why) in OTHERS {
                assert!(!why.is_empty(), "{table}");
                for column in names(conn.rows(columns, args![(*table).to_owned()]).await.expect("reads")) {
                    assert!(
                        !["citizen_id", "plan_id"].contains(&column.as_str()),
                        "{table}.{column}"
                    );
                }
                if conn.engine() == Engine::Sqlite {
                    let keys = "SELECT \"table\" FROM pragma_foreign_key_list($1)";
                    for to in names(conn.rows(keys, args![(*table).to_owned()]).await.expect("reads")) {
                        let of_citizens = HOLDINGS.iter().any(|h| h.table == to);
                        assert!(!of_citizens, "{table} points at {to}: it holds something of a citizen");
                    }
                }
            }
        });
    }
}
