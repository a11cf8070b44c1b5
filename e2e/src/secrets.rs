//! CPR numbers, and where they must not be: in an address, a log, a calendar, a message, the metrics, or any page
//! (design invariant 12). The numbers looked for are the real ones of the municipality under test.

use tovholder_store::args;
use tovholder_store::db::{Db, Error, Options};
use tovholder_store::keys::Keyring;
use tovholder_store::numbers;

use crate::Server;

/// The CPR numbers of everybody in the database.
///
/// # Errors
/// The database is not there, or the keys do not open them.
pub async fn numbers(server: &Server) -> Result<Vec<String>, Error> {
    let options = Options {
        create: false,
        keys: Keyring::read(&server.keys())?,
        ..Options::default()
    };
    let db = Db::open(server.database(), options).await?;
    let mut conn = db.read().await?;
    let mut all = vec![];
    for row in conn.rows("SELECT citizen_id FROM citizen_cpr", args![]).await? {
        all.extend(numbers::of(&mut conn, row.get(0)?).await?.map(|cpr| cpr.digits()));
    }
    drop(conn);
    db.close().await?;
    Ok(all)
}

/// The ways a number is written: `ddmmyyxxxx`, and with a hyphen or a space after the date.
fn shapes(number: &str) -> [String; 3] {
    let (date, rest) = number.split_at(6);
    [
        format!("{date}{rest}"),
        format!("{date}-{rest}"),
        format!("{date} {rest}"),
    ]
}

/// Which of the numbers occur in a text, in any of their shapes; each with what stands around it. One with other digits
/// around it is part of something else.
pub fn found(text: &str, numbers: &[String]) -> Vec<String> {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let mut found = vec![];
    for shape in numbers.iter().flat_map(|number| shapes(number)) {
        for (at, _) in text.match_indices(&shape) {
            let (before, after) = (&text[..at], &text[at + shape.len()..]);
            if !digit(before.chars().next_back()) && !digit(after.chars().next()) {
                let before: String = before.chars().rev().take(40).collect();
                let before: String = before.chars().rev().collect();
                found.push(format!(
                    "…{before}{shape}{}…",
                    after.chars().take(20).collect::<String>()
                ));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_in_each_of_its_shapes() {
        let numbers = ["6103846001".to_owned(), "8210790003".to_owned()];
        for planted in [
            "<td>6103846001</td>",
            "/search?q=610384-6001",
            "INFO opened 610384 6001",
            "\"8210790003\"",
        ] {
            assert_eq!(found(planted, &numbers).len(), 1, "{planted}");
        }
        for clean in [
            "610384-••••",
            "16103846001",
            "610384-60012",
            "61038-46001",
            "6103846002",
            "",
        ] {
            assert_eq!(found(clean, &numbers), Vec::<String>::new(), "{clean}");
        }
        assert_eq!(found("6103846001, 610384-6001", &numbers).len(), 2);
    }
}
