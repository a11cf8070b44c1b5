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

#[test]
fn a_file_that_just_stops_is_not_taken_for_whole() {
    let folder = Folder::new("stops");
    // Cut where a row seems to say that the spell goes on for ever.
    let said = folder.said("person,benefit,start,end\nA,dp,2024-01-01,\nB,dp,2024-01-01,", "");
    assert_eq!(
        said,
        "spells.csv: row 3: expected a line end after the last field (is the file cut off?), found nothing"
    );
    // Cut anywhere in its last row, a file is whole, or it is refused; it never gives another spell.
    let whole = "person,benefit,start,end,area,share\nA,dp,2024-01-01,2024-02-29,0101,\"0,5\"\nB,dp,2024-01-10,2024-03-31,0101,0.5";
    folder.file("spells.csv", whole);
    let table = folder.run(&format!("--spells @spells.csv {SP1}")).unwrap();
    let last = whole.rfind('\n').unwrap() + 1;
    for cut in last + 1..whole.len() {
        folder.file("spells.csv", &whole[..cut]);
        let done = folder.run(&format!("--spells @spells.csv {SP1}"));
        // `…,0` is a share of nought: nobody can tell.
        let is_a_row = cut == whole.len() - 2;
        assert_eq!(done.is_ok(), is_a_row, "{:?} {done:?}", &whole[last..cut]);
        assert!(done.is_err_and(|why| why.to_string().contains("row 3")) || is_a_row);
    }
    folder.file("spells.csv", format!("{whole}\n"));
    assert_eq!(folder.run(&format!("--spells @spells.csv {SP1}")).unwrap(), table);
}

#[test]
fn a_file_in_no_order_with_quotes_is_sorted_too() {
    let folder = Folder::new("quotes");
    folder.file("a.csv", SPELLS);
    let plain = folder.run(&format!("--spells @a.csv {SP1}")).unwrap();
    let mut lines: Vec<String> = SPELLS.lines().map(str::to_owned).collect();
    lines[1..].reverse();
    for line in lines[1..].iter_mut().step_by(2) {
        *line = line
            .split(',')
            .map(|field| format!("\"{field}\""))
            .collect::<Vec<_>>()
            .join(",");
    }
    folder.file("b.csv", lines.join("\n") + "\n");
    assert_eq!(folder.run(&format!("--spells @b.csv {SP1}")).unwrap(), plain);
}

#[test]
fn decimal_commas_and_windows_1252_are_read_in_every_file() {
    let folder = Folder::new("danish");
    let old = |text: &str| {
        text.chars()
            .map(|c| u8::try_from(u32::from(c)).unwrap())
            .collect::<Vec<u8>>()
    };
    folder.file(
        "spells.csv",
        old("person;benefit;start;end;share\n1;ledighedsydelse på prøve;2024-01-01;2024-01-31;0,5\n"),
    );
    folder.file(
        "persons.csv",
        old("person;birth_date;sex;uddannelse\n1;1990-01-01;M;Ingeniørhøjskole\n"),
    );
    folder.file("efforts.csv", old("person;kind;start;end;company_directed;hours_per_week;paid_hours_per_week\n1;løntilskud;2024-01-01;2024-01-31;ja;18,5;\n"));
    folder.file("earnings.csv", "person;month;hours\n1;2024-01;37,5\n");
    let table = folder
        .run(&format!(
            "--spells @spells.csv --persons @persons.csv --efforts @efforts.csv --earnings @earnings.csv {SP1} --by benefit,uddannelse"
        ))
        .unwrap();
    let group = "*,ledighedsydelse på prøve,Ingeniørhøjskole";
    assert_eq!(values(&table, group, "full_time_persons")[0], "0.5");
    assert_eq!(values(&table, group, "activation_degree")[0], "1");
    assert_eq!(values(&table, group, "ordinary_hours_share")[0], "1");
}

#[test]
fn faults_in_the_files_beside_are_named_too() {
    let folder = Folder::new("faults-beside");
    folder.file("spells.csv", SPELLS);
    let said = |name: &str, option: &str, text: &str| {
        folder.file(name, text);
        let problem = folder
            .run(&format!("--spells @spells.csv {option} @{name} {SP1}"))
            .unwrap_err();
        assert_eq!(problem.status(), 2);
        problem.to_string().replace(&format!("{}/", folder.0.display()), "")
    };
    assert_eq!(
        said(
            "e.csv",
            "--efforts",
            "person,kind,start,end,company_directed,hours_per_week\nA,x,2024-02-01,2024-01-01,1,37\nA,x,2024-02-01,,maybe,37\nB,x,2024-02-01,,1,400\nB,x"
        ),
        "e.csv: row 2, column end: expected an end not before the start, found \"2024-01-01\"\n\
         e.csv: row 3, column company_directed: expected 1 or 0, found \"maybe\"\n\
         e.csv: row 4, column hours_per_week: expected hours a week, 0 to 168, found \"400\"\n\
         e.csv: row 5: expected 6 fields as in the header (is the file cut off?), found \"B,x\""
    );
    assert_eq!(
        said(
            "m.csv",
            "--earnings",
            "person,month,hours\nA,2024-13,10\nA,2024-01,900\n"
        ),
        "m.csv: row 2, column month: expected a month, as YYYY-MM, found \"2024-13\"\n\
         m.csv: row 3, column hours: expected hours a month, 0 to 744, found \"900\""
    );
    assert_eq!(
        said(
            "c.csv",
            "--caseworkers",
            "person,employee,start,end\nA,,2024-01-01,\nA,k,2023-02-29,\n"
        ),
        "c.csv: row 2, column employee: expected an id, found nothing\n\
         c.csv: row 3, column start: expected a day that exists, as YYYY-MM-DD, found \"2023-02-29\""
    );
    assert_eq!(
        said("p.csv", "--persons", "person,birth_date\nA,1990-01-01\nA,1990-01-01\n"),
        "p.csv: row 3, column person: expected one row a person, found \"A\""
    );
}

#[test]
fn who_was_there_when_the_register_began_did_not_come_that_day() {
    let folder = Folder::new("observed");
    // Two that ran when the register began (one written as begun that day, as registers do), two that came.
    folder.file(
        "a.csv",
        "person,benefit,start,end\nA,dp,2024-01-10,2024-03-10\nB,dp,2023-12-01,2024-02-29\nC,dp,2024-01-20,2024-02-20\nD,dp,2024-02-05,2024-04-05\n",
    );
    let run = |more: &str| folder.run(&format!("--spells @a.csv {SP1} {more}")).unwrap();
    let (plain, observed) = (run(""), run("--observed-from 2024-01-10"));
    assert_eq!(values(&plain, "*,*", "inflow")[..2], ["2", "1"]);
    assert_eq!(values(&observed, "*,*", "inflow")[..2], ["1", "1"]);
    for figure in ["persons", "stock_end", "person_days", "outflow"] {
        assert_eq!(
            values(&plain, "*,*", figure),
            values(&observed, "*,*", figure),
            "{figure}"
        );
    }
    // C left after 32 days, when only D was at risk too: one half. D left after 61, so the median lies between them. B, which left after 91, was seen
    // only from its 40th day on, and A's age is not known.
    assert_eq!(values(&observed, "*,*", "duration_median_km")[5], "46.5");
    assert_eq!(values(&plain, "*,*", "duration_median_km")[5], "61");
    let medians: Vec<&str> = observed
        .lines()
        .filter(|line| line.starts_with("2024-06,*,*,duration_median_km"))
        .collect();
    assert_eq!(
        medians,
        ["2024-06,*,*,duration_median_km,3,3,46.5,3,false,duration_median_km.1-0d"]
    );
    // A year back was not seen yet.
    assert!(plain.contains("long_term_share") && !observed.contains("long_term_share"));
    let problem = folder
        .run(&format!("--spells @a.csv {SP1} --observed-from 2024-02-10"))
        .unwrap_err();
    assert_eq!(
        problem.to_string(),
        "--from 2024-01 is before the register's first day, 2024-02-10"
    );
}

#[cfg(not(feature = "parquet"))]
#[test]
fn without_the_feature_parquet_is_named_and_refused() {
    let folder = Folder::new("columns");
    folder.file("a.parquet", "PAR1");
    let problem = folder.run(&format!("--spells @a.parquet {SP1}")).unwrap_err();
    assert_eq!(problem.status(), 2);
    assert!(problem.to_string().contains("built without Parquet"), "{problem}");
}

#[cfg(feature = "parquet")]
mod columns {
    use std::sync::Arc;

    use parquet::basic::{Compression, ZstdLevel};
    use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::SerializedFileWriter;
    use parquet::schema::parser::parse_message_type;
    use tovholder_spells::Day;

    use super::*;

    /// The rows of SP-1 as a file of columns, with ids as numbers, days as dates and timestamps, and what is not known left out.
    fn write(folder: &Folder, name: &str, compression: Compression, start_shift: i64) {
        let schema = "message spells { required int64 person; required binary benefit (UTF8); required int64 start (TIMESTAMP(MILLIS,false)); \
            optional int32 end (DATE); optional double share; }";
        let schema = Arc::new(parse_message_type(schema).unwrap());
        let properties = Arc::new(WriterProperties::builder().set_compression(compression).build());
        let file = std::fs::File::create(folder.0.join(name)).unwrap();
        let mut writer = SerializedFileWriter::new(file, schema, properties).unwrap();
        let rows: Vec<Vec<&str>> = SPELLS.lines().skip(1).map(|line| line.split(',').collect()).collect();
        let day = |text: &str| text.parse::<Day>().unwrap().0;
        let mut group = writer.next_row_group().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        let ids: Vec<i64> = rows.iter().map(|row| i64::from(row[0].as_bytes()[0])).collect();
        column.typed::<Int64Type>().write_batch(&ids, None, None).unwrap();
        column.close().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        let benefits: Vec<ByteArray> = rows.iter().map(|row| row[1].into()).collect();
        column
            .typed::<ByteArrayType>()
            .write_batch(&benefits, None, None)
            .unwrap();
        column.close().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        let starts: Vec<i64> = rows
            .iter()
            .map(|row| i64::from(day(row[2])) * 86_400_000 + start_shift)
            .collect();
        column.typed::<Int64Type>().write_batch(&starts, None, None).unwrap();
        column.close().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        let ends: Vec<i32> = rows
            .iter()
            .filter(|row| !row[3].is_empty())
            .map(|row| day(row[3]))
            .collect();
        let there: Vec<i16> = rows.iter().map(|row| i16::from(!row[3].is_empty())).collect();
        column
            .typed::<Int32Type>()
            .write_batch(&ends, Some(&there), None)
            .unwrap();
        column.close().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        column
            .typed::<DoubleType>()
            .write_batch(&vec![0.5; rows.len()], Some(&vec![1; rows.len()]), None)
            .unwrap();
        column.close().unwrap();
        group.close().unwrap();
        writer.close().unwrap();
    }

    #[test]
    fn columns_give_the_same_table_as_rows() {
        let folder = Folder::new("columns");
        let rows: String = SPELLS.lines().skip(1).map(|line| format!("{line},0.5\n")).collect();
        folder.file("a.csv", format!("person,benefit,start,end,share\n{rows}"));
        let plain = folder.run(&format!("--spells @a.csv {SP1}")).unwrap();
        for compression in [
            Compression::UNCOMPRESSED,
            Compression::SNAPPY,
            Compression::ZSTD(ZstdLevel::default()),
        ] {
            write(&folder, "a.parquet", compression, 0);
            assert_eq!(folder.run(&format!("--spells @a.parquet {SP1}")).unwrap(), plain);
        }
    }

    #[test]
    fn what_is_no_day_and_what_is_no_parquet_is_said() {
        let folder = Folder::new("no-columns");
        write(&folder, "a.parquet", Compression::SNAPPY, 1000);
        let problem = folder.run(&format!("--spells @a.parquet {SP1}")).unwrap_err();
        assert_eq!(problem.status(), 2);
        let said = problem.to_string();
        assert!(
            said.contains("row 2, column start: expected text in one line, a number or a day"),
            "{said}"
        );
        folder.file("b.parquet", "PAR1 and no more");
        let problem = folder.run(&format!("--spells @b.parquet {SP1}")).unwrap_err();
        assert_eq!(problem.status(), 2);
        write(&folder, "c.parquet", Compression::SNAPPY, 0);
        let whole = std::fs::read(folder.0.join("c.parquet")).unwrap();
        folder.file("c.parquet", &whole[..whole.len() / 2]);
        assert_eq!(
            folder.run(&format!("--spells @c.parquet {SP1}")).unwrap_err().status(),
            2
        );
    }
}
