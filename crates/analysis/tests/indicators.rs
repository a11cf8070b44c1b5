//! `tovholder indicators` from file to table: the vectors, the traps of real files, and that nothing is written at a fault.

#![expect(clippy::unwrap_used, reason = "a test that panics fails")]

use std::path::PathBuf;

use clap::Parser;
use tovholder_analysis::indicators::{Arguments, gap_words, run};
use tovholder_analysis::problem::Problem;
use tovholder_spells::{Gap, Indicator};

#[derive(Parser)]
struct Command {
    #[command(flatten)]
    arguments: Arguments,
}

/// A folder for one test, gone when it ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("tovholder-indicators-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }
    fn file(&self, name: &str, text: impl AsRef<[u8]>) {
        std::fs::write(self.0.join(name), text).unwrap();
    }
    /// Runs with these arguments; `@name` is a file of the folder. Gives the table.
    fn run(&self, arguments: &str) -> Result<String, Problem> {
        let out = self.0.join("out");
        let _ = std::fs::remove_file(&out);
        let words = arguments.split_whitespace().map(|word| match word.strip_prefix('@') {
            Some(name) => self.0.join(name).display().to_string(),
            None => word.to_owned(),
        });
        let always = ["indicators".to_owned(), "--out".to_owned(), out.display().to_string()];
        let parsed = Command::try_parse_from(always.into_iter().chain(words)).unwrap();
        let done = run(&parsed.arguments);
        assert_eq!(out.exists(), done.is_ok(), "a table exactly when it went well");
        let files = std::fs::read_dir(&self.0).unwrap().map(|f| f.unwrap().path());
        assert_eq!(
            files.filter(|f| f.to_string_lossy().contains(".part")).count(),
            0,
            "nothing half-written"
        );
        done.map(|()| std::fs::read_to_string(out).unwrap())
    }
    /// What is said about a file of spells, without the folder's name.
    fn said(&self, spells: impl AsRef<[u8]>, more: &str) -> String {
        self.file("spells.csv", spells);
        let problem = self.run(&format!("--spells @spells.csv {SP1} {more}")).unwrap_err();
        assert_eq!(problem.status(), 2);
        problem.to_string().replace(&format!("{}/", self.0.display()), "")
    }
}
impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

const SP1: &str = "--as-of 2024-06-30 --from 2024-01 --to 2024-06 --min-cell 0";
const SPELLS: &str = "person,benefit,start,end\nA,dp,2024-01-10,2024-02-20\nA,dp,2024-03-05,2024-05-31\nB,dp,2023-11-01,\n\
    C,dp,2024-01-31,2024-01-31\nD,dp,2024-02-01,2024-02-29\nD,dp,2024-03-01,2024-04-15\nE,dp,2024-02-15,2024-03-14\n";

/// The values of one figure, period by period, in rows that begin like this after the period.
fn values(table: &str, group: &str, figure: &str) -> Vec<String> {
    let rows = table.lines().map(|line| line.split(',').collect::<Vec<_>>());
    rows.filter(|f| f[1..].join(",").starts_with(&format!("{group},{figure},")))
        .map(|f| f[f.len() - 4].to_owned())
        .collect()
}

#[test]
fn sp1_from_any_kind_of_file() {
    let folder = Folder::new("kinds");
    folder.file("a.csv", SPELLS);
    let plain = folder.run(&format!("--spells @a.csv {SP1}")).unwrap();
    assert_eq!(values(&plain, "*,*", "persons"), ["3", "4", "4", "3", "2", "1"]);
    assert_eq!(values(&plain, "*,*", "stock_end"), ["3", "3", "3", "2", "2", "1"]);
    assert_eq!(
        values(&plain, "*,*", "person_days"),
        ["54", "93", "103", "75", "62", "30"]
    );
    assert_eq!(values(&plain, "*,*", "full_time_persons")[0], "1.7419354838709677");
    assert_eq!(values(&plain, "*,*", "inflow"), ["2", "2", "1", "0", "0", "0"]);
    assert_eq!(values(&plain, "*,*", "outflow"), ["0", "2", "1", "1", "0", "1"]);
    assert_eq!(values(&plain, "*,*", "duration_median_km")[5], "58.5");
    let mut lines: Vec<&str> = SPELLS.lines().collect();
    lines[1..].reverse();
    let kinds = [
        SPELLS.replace(',', ";"),
        format!("\u{feff}{}", SPELLS.replace('\n', "\r\n")),
        SPELLS.trim_end().to_owned(),
        lines.join("\n"),
        SPELLS.replace("A,dp", "\"A\", dp "),
        SPELLS.replace("\nC", "\n\n\nC"),
    ];
    for text in kinds {
        folder.file("b.csv", &text);
        let table = folder.run(&format!("--spells @b.csv {SP1} --threads 3")).unwrap();
        assert_eq!(table, plain, "{text}");
    }
}

#[test]
fn every_trap_is_named_by_row() {
    let folder = Folder::new("traps");
    let said = folder.said(
        "person,benefit,start,end,area,share\n\
         A,dp,2024-02-01,2024-01-01,101,1\n\
         A,dp,2023-02-29,,101,1\n\
         B,dp,2024-01-01,,101,1.7\n\
         B,,2024-01-01,,101,1\n\
         ,dp,2024-01-01,,101,1\n\
         C,dp,2024-01-01,2024-01-31,101,1\n\
         C,sy,2024-01-31,2024-03-31,102,\"0,5\"\n\
         D,dp,31-01-2024,,101,1\n\
         E,dp,2024-01-01,2024-0",
        "",
    );
    let expected = [
        "row 2, column end: expected an end not before the start, found \"2024-01-01 after a start of 2024-02-01\"",
        "row 3, column start: expected a day that exists, as YYYY-MM-DD, found \"2023-02-29\"",
        "row 4, column share: expected a share of full time, 0 to 1, found \"1.7\"",
        "row 5, column benefit: expected a benefit, found nothing",
        "row 6, column person: expected an id, found nothing",
        "row 8, column area: expected one area on 2024-01-31, found \"101 and 102\"",
        "row 9, column start: expected a day that exists, as YYYY-MM-DD, found \"31-01-2024\"",
        "row 10: expected 6 fields as in the header (is the file cut off?), found \"E,dp,2024-01-01,2024-0\"",
    ];
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines, expected.map(|line| format!("spells.csv: {line}")));
}

#[test]
fn the_same_faults_are_named_in_a_file_that_must_be_sorted_first_and_by_many_threads() {
    let folder = Folder::new("sorted");
    let day = |i: usize| 1 + i % 35;
    let mut rows: Vec<(usize, usize)> = (0..3000).map(|i| ((i * 7919) % 3000, day(i))).collect();
    for _ in 0..2 {
        let bad: Vec<usize> = (0..rows.len()).filter(|&i| rows[i].1 > 31).map(|i| i + 2).collect();
        let lines: Vec<String> = rows
            .iter()
            .map(|(id, day)| format!("{id:05},dp,2024-01-{day:02},\n"))
            .collect();
        let text = folder.said(format!("person,benefit,start,end\n{}", lines.concat()), "--threads 4");
        let said: Vec<&str> = text.lines().collect();
        assert_eq!(said.len(), 11);
        for (line, row) in said[..10].iter().zip(&bad) {
            assert!(
                line.starts_with(&format!("spells.csv: row {row}, column start")),
                "{line} {row}"
            );
        }
        assert_eq!(said[10], format!("spells.csv: and {} more", bad.len() - 10));
        rows.sort();
    }
}

#[test]
fn lost_noughts_are_noticed() {
    let folder = Folder::new("noughts");
    let said = folder.said(
        "person,benefit,start,end\n0102704444,dp,2024-01-01,\n102704445,dp,2024-01-01,\n",
        "",
    );
    let expected =
        "row 3, column person: expected an id of 10 digits like the others (a leading 0 lost?), found \"102704445\"";
    assert_eq!(said, format!("spells.csv: {expected}"));
    let areas = "person,benefit,start,end,area\n1,dp,2024-01-01,,0101\n2,dp,2024-01-01,,101\n3,dp,2024-01-01,,0147\n";
    let said = folder.said(areas, "");
    assert!(
        said.starts_with("spells.csv: row 3, column area: expected an area of 4 digits"),
        "{said}"
    );
}

#[test]
fn double_days_count_once_unless_told_to_be_strict() {
    let folder = Folder::new("double");
    folder.file("a.csv", SPELLS);
    let once = folder.run(&format!("--spells @a.csv {SP1}")).unwrap();
    let twice = format!("{SPELLS}{}", SPELLS.split_once('\n').unwrap().1);
    folder.file("b.csv", &twice);
    assert_eq!(folder.run(&format!("--spells @b.csv {SP1}")).unwrap(), once);
    let said = folder.said(&twice, "--strict");
    assert!(
        said.starts_with("spells.csv: row 9, column person: expected days given once, found \"A\""),
        "{said}"
    );
    assert_eq!(said.lines().count(), 7);
}

#[test]
fn benefits_are_taken_as_they_are_unless_they_are_listed() {
    let folder = Folder::new("known");
    let spells = "person,benefit,start,end\nA,dagpenge,2024-01-01,\nB,kontanthj\u{e6}lp,2024-01-01,\n";
    let old: Vec<u8> = spells.chars().map(|c| c as u8).collect();
    folder.file("old.csv", &old);
    folder.file("new.csv", spells);
    let table = folder.run(&format!("--spells @old.csv {SP1} --by benefit")).unwrap();
    assert_eq!(
        table,
        folder.run(&format!("--spells @new.csv {SP1} --by benefit")).unwrap()
    );
    assert_eq!(values(&table, "*,kontanthjælp", "persons"), ["1"; 6]);
    let said = folder.said(&old, "--known-benefits dagpenge,sygedagpenge");
    assert_eq!(
        said,
        "spells.csv: row 3, column benefit: expected one of the known benefits, found \"kontanthjælp\""
    );
}

#[test]
fn persons_beside_and_totals() {
    let folder = Folder::new("beside");
    folder.file(
        "spells.csv",
        "person,benefit,start,end,area\n1,dp,2024-01-01,2024-03-15,101\n1,dp,2024-03-16,,147\n\
         2,sy,2024-01-01,2024-02-10,101\n2,dp,2024-02-01,,101\n",
    );
    folder.file("persons.csv", "person,birth_date,sex\n2,1964-02-10,K\n1,1990-06-01,M\n");
    let arguments = format!("--spells @spells.csv --persons @persons.csv {SP1} --by benefit,area,sex,age --totals");
    let table = folder.run(&arguments).unwrap();
    let header = "period,area,benefit,sex,age,indicator,numerator,denominator,value,n,withheld,definition";
    assert_eq!(table.lines().next(), Some(header));
    assert_eq!(values(&table, "*,*,*,*", "persons"), ["2"; 6]);
    assert_eq!(values(&table, "*,dp,*,*", "persons"), ["1", "2", "2", "2", "2", "2"]);
    assert_eq!(values(&table, "147,dp,*,*", "persons"), ["0", "0", "1", "1", "1", "1"]);
    assert_eq!(
        values(&table, "101,dp,M,30-34", "moved_out"),
        ["0", "0", "1", "0", "0", "0"]
    );
    assert_eq!(
        values(&table, "*,*,K,60-64", "stock_end"),
        ["0", "1", "1", "1", "1", "1"]
    );
    assert_eq!(values(&table, "*,*,*,*", "inflow"), ["2", "0", "0", "0", "0", "0"]);
    let said = folder.said("person,benefit,start,end\nA,dp,2024-01-01,\n", "--by sex");
    assert_eq!(said, "cannot break down by sex: it takes --persons");
    folder.file(
        "persons.csv",
        "person,birth_date,sex\n2,1964-02-10,K\n1,1990-06-01,M\n2,1964-02-30,K\n",
    );
    folder.file("spells.csv", SPELLS);
    let problem = folder
        .run(&format!("--spells @spells.csv --persons @persons.csv {SP1}"))
        .unwrap_err()
        .to_string();
    assert!(
        problem.contains("row 4, column birth_date: expected a day that exists"),
        "{problem}"
    );
}

#[test]
fn states_by_week_go_with_their_thursday_and_are_no_stock() {
    let folder = Folder::new("states");
    folder.file(
        "a.csv",
        "person,y_2404,y_2405,y_2406,y_2407\nA,,111,111,\nB,111,111,111,111\n",
    );
    let arguments = "--as-of 2024-12-31 --from 2024-01 --to 2024-02 --min-cell 0";
    let table = folder
        .run(&format!("--states @a.csv {arguments} --by benefit"))
        .unwrap();
    // Week 5 begins on 29 January; its Thursday is 1 February.
    assert_eq!(values(&table, "*,111", "persons"), ["1", "2"]);
    assert_eq!(values(&table, "*,111", "inflow"), ["1", "1"]);
    assert_eq!(values(&table, "*,111", "outflow"), ["0", "1"]);
    assert_eq!(values(&table, "*,111", "duration_completed_mean"), ["", "14"]);
    assert!(!table.contains("stock_end") && !table.contains("person_days") && !table.contains("long_term"));
    folder.file("b.csv", "person,2024-01,2024-02\nA,dp,\nB,dp,dp\n");
    let table = folder.run(&format!("--states @b.csv {arguments}")).unwrap();
    assert_eq!(values(&table, "*,*", "outflow"), ["0", "1"]);
    folder.file("c.csv", "person,2024-01,y_2407\nA,dp,\n");
    let problem = folder
        .run(&format!("--states @c.csv {arguments}"))
        .unwrap_err()
        .to_string();
    assert!(
        problem.contains("expected columns named as months (2024-01) or as weeks"),
        "{problem}"
    );
}

#[test]
fn few_people_are_withheld_by_default_and_json_has_the_same_rows() {
    let folder = Folder::new("few");
    folder.file("a.csv", SPELLS);
    let arguments = "--spells @a.csv --as-of 2024-06-30 --from 2024-01 --to 2024-02";
    let table = folder.run(arguments).unwrap();
    assert!(table.contains("2024-01,*,*,persons,,,,,true,persons.1\n"));
    // Two came: with the stocks, nobody's leaving would tell it.
    assert!(table.contains("2024-01,*,*,outflow,,,,,true,outflow.1-0d\n"));
    assert!(table.contains("2024-01,*,*,duration_median_km,,,,,true,duration_median_km.1-0d\n"));
    folder.file("b.csv", "person,benefit,start,end\nA,dp,2025-01-01,\n");
    let none = folder
        .run("--spells @b.csv --as-of 2024-06-30 --from 2024-01 --to 2024-02")
        .unwrap();
    assert_eq!(none.lines().count(), 1);
    let json = folder.run(&format!("{arguments} --format json")).unwrap();
    let rows: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
    assert_eq!(rows.len(), table.lines().count() - 1);
    assert_eq!(rows[0]["withheld"], true);
    assert_eq!(rows[0]["value"], serde_json::Value::Null);
    let all = folder.run(&format!("{arguments} --format json --min-cell 0")).unwrap();
    let rows: Vec<serde_json::Value> = serde_json::from_str(&all).unwrap();
    assert_eq!(rows[5]["definition"], "outflow.1-0d");
    assert_eq!(rows[5]["value"], 0);
}

#[test]
fn what_was_not_given_is_left_out_and_asking_for_it_says_what_is_missing() {
    let folder = Folder::new("left-out");
    folder.file("a.csv", SPELLS);
    let table = folder.run(&format!("--spells @a.csv {SP1}")).unwrap();
    for figure in [
        "passive",
        "activation",
        "ordinary_hours",
        "exit_to_work",
        "caseworker",
        "moved_in",
    ] {
        assert!(!table.contains(figure), "{figure}");
    }
    let said = folder.said(SPELLS, "--indicators passive_share");
    assert_eq!(said, "passive_share takes --efforts");
}

#[test]
fn the_guide_has_every_definition_in_the_same_words() {
    let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/guide/noegletal.md");
    let guide = std::fs::read_to_string(guide).unwrap();
    for indicator in Indicator::ALL {
        let d = indicator.definition();
        assert!(guide.contains(&format!("`{}.{}`", d.name, d.version)), "{}", d.name);
        assert!(
            guide.contains(&format!("### {}\n\n{}\n", d.da, d.means_da)),
            "{}",
            d.name
        );
    }
    for gap in [Gap::None, Gap::Weeks4, Gap::CalendarMonth] {
        assert!(guide.contains(gap_words(gap).0), "{gap}");
    }
}
