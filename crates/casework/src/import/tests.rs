#![expect(clippy::unwrap_used, reason = "a test that panics fails")]

use std::collections::BTreeMap;

use jiff::civil::date as day;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::cpr::{Cpr, CprError};
use crate::rules::Rules;

fn setting(rules: &Rules, demo: bool) -> Setting<'_> {
    Setting {
        demo,
        today: day(2026, 3, 16),
        rules,
    }
}

fn header<const N: usize>(names: [&str; N]) -> Vec<String> {
    names.map(String::from).to_vec()
}

fn run(kind: Kind, header: &[String], rows: &[Row], known: &Known, demo: bool) -> Vec<Planned> {
    let rules = Rules::builtin();
    let mapping = columns::suggest(kind, header, rows, &BTreeMap::new());
    assert_eq!(missing(kind, &mapping), Vec::<Vec<&str>>::new(), "{mapping:?}");
    let mut next = 1000;
    let mut new_id = || {
        next += 1;
        Uuid::from_u128(next)
    };
    decide(
        kind,
        parse(kind, header, rows, &mapping, &setting(&rules, demo)),
        known,
        &mut new_id,
    )
}

fn problems(planned: &Planned) -> Vec<Problem> {
    match &planned.outcome {
        Outcome::Wrong(errors) => errors.iter().map(|e| e.problem.clone()).collect(),
        _ => vec![],
    }
}

fn jobcentre() -> Known {
    let mut known = Known::default();
    known.add_unit(Uuid::from_u128(1), "Jobcentret");
    known
}

#[test]
fn columns_are_found_by_their_names_however_they_are_written() {
    let names = header([
        "CPR-nr.",
        "Borgers navn",
        "Fødselsdato",
        "Tlf.",
        "E-mail",
        "Adresse",
        "Post nr",
        "Ansvarlig enhed",
        "Noget andet",
    ]);
    let mapping = columns::suggest(Kind::Citizens, &names, &[], &BTreeMap::new());
    let expected = [
        ("address", 5),
        ("birth_date", 2),
        ("cpr", 0),
        ("email", 4),
        ("name", 1),
        ("phone", 3),
        ("postcode", 6),
        ("unit", 7),
    ];
    assert_eq!(
        mapping.columns,
        expected.map(|(field, at)| (field.to_owned(), at)).into()
    );
}

#[test]
fn a_column_without_a_telling_name_is_known_by_what_stands_in_it() {
    let rows = [
        Row::new(2, ["Anna Lind", "6101901236"]),
        Row::new(3, ["Bo Vang", ""]),
        Row::new(4, ["Cille Rask", "110285-7775"]),
    ];
    let mapping = columns::suggest(Kind::Citizens, &header(["Navn", "Nr"]), &rows, &BTreeMap::new());
    assert_eq!(mapping.columns.get("cpr"), Some(&1));
    let rows = [
        Row::new(2, ["Anna Lind", "6101901236"]),
        Row::new(3, ["Bo Vang", "ukendt"]),
    ];
    let mapping = columns::suggest(Kind::Citizens, &header(["Navn", "Nr"]), &rows, &BTreeMap::new());
    assert_eq!(
        mapping.columns.get("cpr"),
        None,
        "one that is no number: a person decides"
    );
}

#[test]
fn what_was_chosen_before_wins_and_what_was_left_out_stays_out() {
    let names = header(["Navn", "Kaldenavn", "Telefon"]);
    let remembered = [("kaldenavn", "name"), ("telefon", ""), ("navn", "")]
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .into();
    let mapping = columns::suggest(Kind::Units, &names, &[], &remembered);
    assert_eq!(mapping.columns, [("name".to_owned(), 1)].into());
    assert_eq!(columns::to_remember(&names, &mapping), remembered);
}

#[test]
fn what_is_missing_is_told() {
    let mapping = columns::suggest(Kind::Employees, &header(["Navn"]), &[], &BTreeMap::new());
    assert_eq!(
        missing(Kind::Employees, &mapping),
        [vec!["unit"], vec!["login", "email"]]
    );
    let fixed = Mapping {
        fixed: [("unit".to_owned(), "Jobcentret".to_owned())].into(),
        ..mapping
    };
    assert_eq!(missing(Kind::Employees, &fixed), [vec!["login", "email"]]);
}

#[test]
fn dates_are_read_as_files_hold_them() {
    for written in [
        "1990-05-01",
        "01-05-1990",
        "1/5/1990",
        "1.5.1990",
        "19900501",
        "32994",
        "32994.0",
        "1990-05-01T00:00:00",
        "01-05-1990 00:00",
    ] {
        assert_eq!(date(written), Ok(day(1990, 5, 1)), "{written}");
    }
    for written in ["31-06-1990", "29-02-2025", "1990-13-01", "00-01-1990"] {
        assert_eq!(date(written), Err(Problem::NoSuchDate), "{written}");
    }
    for written in [
        "",
        "1990",
        "01-05-90",
        "i går",
        "5/1990",
        "1990-05",
        "999999999999",
        "1-2-3-4",
        "01-05-0090",
        "-",
        "2026-03-16x",
        // As a spreadsheet's number it would be a day in 2167, which written out is refused too.
        "97771",
    ] {
        assert_eq!(date(written), Err(Problem::NotADate), "{written}");
    }
}

#[test]
fn a_lost_zero_is_put_back_and_counted() {
    let names = header(["CPR", "Navn", "Enhed"]);
    // 01-01-1985 without its zero, as a spreadsheet leaves it.
    let rows = [
        Row::new(2, ["101851234", "Anna Lind", "jobcentret "]),
        Row::new(3, ["0101851234", "Anna Lind", "Jobcentret"]),
    ];
    let planned = run(Kind::Citizens, &names, &rows, &jobcentre(), false);
    assert_eq!(
        counts(&planned),
        Counts {
            created: 1,
            wrong: 1,
            repaired: 1,
            ..Counts::default()
        }
    );
    assert_eq!(planned[0].cpr.unwrap().digits(), "0101851234");
    assert_eq!(problems(&planned[1]), [Problem::Repeated { line: 2 }]);
    let Outcome::Create(item) = &planned[0].outcome else {
        panic!("{:?}", planned[0])
    };
    assert_eq!(item.values["birth_date"], "1985-01-01", "read off the number");
    assert!(
        !format!("{:?}", item.values).contains("0101851234"),
        "the number stands apart"
    );
}

#[test]
fn real_and_invented_numbers_are_kept_apart() {
    let names = header(["CPR", "Navn", "Enhed"]);
    let rows = [
        Row::new(2, ["0101851234", "Rigtig", "Jobcentret"]),
        Row::new(3, ["6101851234", "Opdigtet", "Jobcentret"]),
    ];
    let found = |demo| {
        run(Kind::Citizens, &names, &rows, &jobcentre(), demo)
            .iter()
            .flat_map(problems)
            .collect::<Vec<_>>()
    };
    assert_eq!(found(true), [Problem::RealCpr]);
    assert_eq!(found(false), [Problem::DemoCpr]);
}

#[test]
fn no_error_repeats_a_number() {
    let names = header(["CPR", "Navn", "Enhed", "Telefon"]);
    let rows = [
        Row::new(2, ["610190-1236x", "Anna", "Jobcentret", ""]),
        Row::new(3, ["0101851234", "Bo", "Jobcentret", ""]),
        Row::new(4, ["Cille", "6101851234", "610185-1234", "01 01 85 12 34 x"]),
        Row::new(5, ["6101851234", "Dan", "Enhed 6101851234", ""]),
        Row::new(6, ["6101851234", "Eva", "Jobcentret", ""]),
        Row::new(7, ["6101851234", "Eva", "Jobcentret", ""]),
    ];
    let planned = run(Kind::Citizens, &names, &rows, &jobcentre(), true);
    for row in &planned {
        if let Outcome::Wrong(errors) = &row.outcome {
            for error in errors {
                let digits: String = error.found.chars().filter(char::is_ascii_digit).collect();
                assert!(digits.len() <= 6, "line {}: {error:?}", row.line);
            }
        }
    }
    assert_eq!(counts(&planned).wrong, 5);
}

#[test]
fn each_error_names_its_column_and_what_was_expected() {
    let names = header(["CPR nr", "Navn", "Enhed", "Født", "E-mail", "Postnr", "Tlf"]);
    let rows = [Row::new(
        9,
        [
            "12345",
            "",
            "Voksenenheden",
            "31-02-1990",
            "anna(at)by.dk",
            "AB12",
            "ring aften",
        ],
    )];
    let planned = run(Kind::Citizens, &names, &rows, &jobcentre(), false);
    let Outcome::Wrong(errors) = &planned[0].outcome else {
        panic!()
    };
    let found: Vec<(&str, Problem)> = errors.iter().map(|e| (e.column.as_str(), e.problem.clone())).collect();
    assert_eq!(
        found,
        [
            ("CPR nr", Problem::Cpr(CprError::Length { found: 5 })),
            ("Navn", Problem::Required),
            ("Født", Problem::NoSuchDate),
            ("Tlf", Problem::NotAPhone),
            ("E-mail", Problem::NotAnEmail),
            ("Postnr", Problem::NotAPostcode),
        ]
    );
    let rows = [Row::new(2, ["0101851234", "Anna", "Voksenenheden", "", "", "", ""])];
    let planned = run(Kind::Citizens, &names, &rows, &jobcentre(), false);
    assert_eq!(problems(&planned[0]), [Problem::UnknownUnit]);
}

#[test]
fn a_cut_row_a_long_name_and_lost_letters_are_refused_and_the_rest_is_taken() {
    let names = header(["Navn", "Type"]);
    let long = "å".repeat(141);
    let whole = "å".repeat(140);
    let rows = [
        Row::new(2, ["Jobcentret", "Jobcenter"]),
        Row::new(3, [long.as_str(), ""]),
        Row::new(4, [whole.as_str(), ""]),
        Row::new(5, ["S\u{fffd}rligt", ""]),
        Row::new(6, ["=1+1 🦔 <b>", "cirkus"]),
        Row::new(7, ["Ung"]),
        Row::new(8, ["en", "to", "tre"]),
        Row::new(9, ["JOBCENTRET", ""]),
    ];
    let planned = run(Kind::Units, &names, &rows, &Known::default(), false);
    let found: Vec<Vec<Problem>> = planned.iter().map(problems).collect();
    assert_eq!(
        found,
        [
            vec![],
            vec![Problem::TooLong(140)],
            vec![],
            vec![Problem::Garbled],
            vec![Problem::NotOneOf(fields::UNIT_KINDS)],
            vec![Problem::Cells { expected: 2, found: 1 }],
            vec![Problem::Cells { expected: 2, found: 3 }],
            vec![Problem::Repeated { line: 2 }],
        ]
    );
}

#[test]
fn a_blank_cell_changes_nothing_and_the_same_file_twice_changes_nothing() {
    let mut known = Known::default();
    let values = [
        ("name", "Jobcentret"),
        ("kind", "jobcentre"),
        ("phone", "96 12 34 00"),
        ("address", ""),
    ];
    let there = Item {
        id: Uuid::from_u128(7),
        values: values.map(|(k, v)| (k.to_owned(), v.to_owned())).into(),
    };
    known.add(Kind::Units, there.clone(), None);
    let names = header(["Navn", "Telefon", "Adresse"]);
    let planned = run(
        Kind::Units,
        &names,
        &[Row::new(2, ["jobcentret", "", ""])],
        &known,
        false,
    );
    let Outcome::Update { before, after } = &planned[0].outcome else {
        panic!("the name is spelt another way: {planned:?}")
    };
    assert_eq!((before, after.values["phone"].as_str()), (&there, "96 12 34 00"));
    let planned = run(
        Kind::Units,
        &names,
        &[Row::new(2, ["Jobcentret", "", ""])],
        &known,
        false,
    );
    assert_eq!(planned[0].outcome, Outcome::Unchanged(there.id));
}

#[test]
fn a_protected_address_comes_with_the_file_and_goes_with_the_next() {
    let names = header(["CPR-nr.", "Navn", "Enhed", "Adressebeskyttelse"]);
    let row = |protected: &str| [Row::new(2, ["6101901236", "Anna Lind", "Jobcentret", protected])];
    let decided = |protected: &str, known: &Known| run(Kind::Citizens, &names, &row(protected), known, true);
    for (written, kept) in [("ja", "yes"), ("X", "yes"), ("Nej", ""), ("", "")] {
        let Outcome::Create(made) = &decided(written, &jobcentre())[0].outcome else {
            panic!("{written:?} is taken")
        };
        let value = made.values.get("protected").map_or("", String::as_str);
        assert_eq!(value, kept, "{written:?}");
    }
    assert_eq!(
        problems(&decided("måske", &jobcentre())[0]),
        [Problem::NotOneOf(fields::YES_NO)]
    );
    // Nothing said changes nothing; no ends it.
    let cpr: Cpr = "6101901236".parse().unwrap();
    let there = Item {
        id: Uuid::from_u128(7),
        values: [
            ("name", "Anna Lind"),
            ("unit", &Uuid::from_u128(1).to_string()),
            ("birth_date", "1990-01-01"),
            ("protected", "yes"),
        ]
        .map(|(k, v)| (k.to_owned(), v.to_owned()))
        .into(),
    };
    let mut known = jobcentre();
    known.add(Kind::Citizens, there.clone(), Some(cpr));
    known.citizens.insert(cpr, there.id);
    for same in ["", "ja"] {
        assert_eq!(
            decided(same, &known)[0].outcome,
            Outcome::Unchanged(there.id),
            "{same:?}"
        );
    }
    let Outcome::Update { after, .. } = &decided("nej", &known)[0].outcome else {
        panic!("no longer protected")
    };
    assert_eq!(after.values["protected"], "");
}

#[test]
fn colleagues_are_recognised_by_log_in_then_e_mail_and_never_by_both_apart() {
    let person = |id: u128, login: &str, email: &str| Item {
        id: Uuid::from_u128(id),
        values: [
            ("name", "X"),
            ("unit", &Uuid::from_u128(1).to_string()),
            ("login", login),
            ("email", email),
            ("role", "caseworker"),
        ]
        .map(|(k, v)| (k.to_owned(), v.to_owned()))
        .into(),
    };
    let mut known = jobcentre();
    known.add(Kind::Employees, person(11, "kaho", "kaho@by.dk"), None);
    known.add(Kind::Employees, person(12, "", "faelles@by.dk"), None);
    known.add(Kind::Employees, person(13, "oleb", "faelles@by.dk"), None);
    known.add(Kind::Employees, person(14, "", "mette@by.dk"), None);
    let names = header(["Navn", "Enhed", "Login", "E-mail"]);
    let rows = [
        Row::new(2, ["X", "Jobcentret", "KAHO", ""]),
        Row::new(3, ["X", "Jobcentret", "", "faelles@by.dk"]),
        Row::new(4, ["X", "Jobcentret", "mekr", "mette@by.dk"]),
        Row::new(5, ["X", "Jobcentret", "oleb", "kaho@by.dk"]),
        Row::new(6, ["X", "Jobcentret", "", ""]),
        Row::new(7, ["X", "Jobcentret", "ny", "ny@by.dk"]),
    ];
    let planned = run(Kind::Employees, &names, &rows, &known, false);
    let updated = |at: usize| match &planned[at].outcome {
        Outcome::Update { after, .. } => Some(after.id.as_u128()),
        _ => None,
    };
    assert_eq!((updated(0), updated(2)), (Some(11), Some(14)));
    assert_eq!(problems(&planned[1]), [Problem::Ambiguous], "two share the address");
    assert_eq!(
        problems(&planned[3]),
        [Problem::Ambiguous],
        "the log-in is one's, the address another's"
    );
    assert_eq!(problems(&planned[4]), [Problem::LoginOrEmail]);
    let Outcome::Create(item) = &planned[5].outcome else {
        panic!()
    };
    assert_eq!(
        item.values["role"], "caseworker",
        "the role that may do least is the one nobody has to ask for"
    );
}

#[test]
fn a_team_names_its_people() {
    let mut known = Known::default();
    known.add_employee(Uuid::from_u128(11), "kaho", "kaho@by.dk");
    known.add_employee(Uuid::from_u128(12), "oleb", "ole@by.dk");
    let names = header(["Team", "Leder", "Medlemmer"]);
    let rows = [
        Row::new(2, ["Team Nord", "kaho", "kaho; OLE@by.dk;oleb"]),
        Row::new(3, ["Team Syd", "", "kaho, fremmed"]),
    ];
    let planned = run(Kind::Teams, &names, &rows, &known, false);
    let Outcome::Create(team) = &planned[0].outcome else {
        panic!("{planned:?}")
    };
    assert_eq!(
        team.values["members"],
        format!("{},{}", Uuid::from_u128(11), Uuid::from_u128(12))
    );
    let Outcome::Wrong(errors) = &planned[1].outcome else {
        panic!()
    };
    assert_eq!(
        (errors[0].problem.clone(), errors[0].found.as_str()),
        (Problem::UnknownEmployee, "fremmed")
    );
}

#[test]
fn a_benefit_is_known_by_its_name_on_the_day_it_began() {
    let cpr: Cpr = "0101851234".parse().unwrap();
    let mut known = Known::default();
    known.citizens.insert(cpr, Uuid::from_u128(21));
    let names = header(["CPR", "Ydelse", "Fra", "Til"]);
    let rows = [
        Row::new(2, ["0101851234", "A-dagpenge", "01-02-2026", ""]),
        Row::new(3, ["0101851234", "Guldpension", "01-02-2026", ""]),
        Row::new(4, ["0101851234", "dagpenge", "01-03-2026", "01-02-2026"]),
        Row::new(5, ["0201851234", "dagpenge", "01-03-2026", ""]),
    ];
    let planned = run(Kind::Spells, &names, &rows, &known, false);
    let Outcome::Create(spell) = &planned[0].outcome else {
        panic!("{planned:?}")
    };
    assert_eq!(
        (spell.values["benefit"].as_str(), spell.values["starts"].as_str()),
        ("dagpenge", "2026-02-01")
    );
    let found: Vec<Vec<Problem>> = planned[1..].iter().map(problems).collect();
    assert_eq!(
        found,
        [
            vec![Problem::UnknownBenefit],
            vec![Problem::EndBeforeStart],
            vec![Problem::UnknownCitizen]
        ]
    );
}

#[test]
fn a_month_is_read_however_it_is_written() {
    for written in [
        "2026-03",
        "03-2026",
        "3/2026",
        "3.2026",
        "202603",
        "2026M03",
        "marts 2026",
        "Mar 2026",
        "March 2026",
        "01-03-2026",
        "31-03-2026",
        "2026-03-01T00:00:00",
        "46082",
    ] {
        assert_eq!(month(written), Ok(day(2026, 3, 1)), "{written}");
    }
    for written in ["2026-13", "00-2026", "202600", "31-02-2026"] {
        assert_eq!(month(written), Err(Problem::NoSuchMonth), "{written}");
    }
    for written in [
        "",
        "2026",
        "03-26",
        "marts",
        "sidste måned",
        "åå2603",
        "æøåæøå",
        "2026-003",
        "xyz 2026",
    ] {
        assert_eq!(month(written), Err(Problem::NotAMonth), "{written}");
    }
}

#[test]
fn a_number_is_read_the_danish_way() {
    for (written, number) in [
        ("37,5", 37.5),
        ("37.5", 37.5),
        ("0,125", 0.125),
        ("0.125", 0.125),
        ("1.234", 1234.0),
        ("1 234 567,89", 1_234_567.89),
        ("1.234.567", 1_234_567.0),
        ("1,234,567", 1_234_567.0),
        ("-12", -12.0),
        ("1.234,50-", -1234.5),
        ("0", 0.0),
        ("-0", 0.0),
    ] {
        assert_eq!(decimal(written), Some(number), "{written}");
    }
    for written in [
        "",
        "-",
        ",",
        "5,",
        "x",
        "1,2,3",
        "1.23.4",
        "12e3",
        "1.2345,6",
        "--5",
        "½",
        "99999999999999999999999",
    ] {
        // "5," is five: an export cuts the decimals that are none.
        let expected = if written == "5," { Some(5.0) } else { None };
        assert_eq!(decimal(written), expected, "{written}");
    }
}

#[test]
fn hours_are_a_citizens_and_a_months_and_no_more_than_the_month_has() {
    let cpr: Cpr = "0101851234".parse().unwrap();
    let mut known = Known::default();
    known.citizens.insert(cpr, Uuid::from_u128(21));
    let values = [
        ("citizen", Uuid::from_u128(21).to_string()),
        ("month", "2025-12".into()),
        ("hours", "37.5".into()),
    ];
    let there = Item {
        id: Uuid::from_u128(7),
        values: values.map(|(k, v)| (k.to_owned(), v)).into(),
    };
    known.add(Kind::Hours, there.clone(), None);
    let names = header(["CPR-nr.", "Måned", "Løntimer"]);
    let rows = [
        Row::new(2, ["101851234", "januar 2026", "148,25"]),
        Row::new(3, ["0101851234", "2026-01", "20"]),
        Row::new(4, ["0101851234", "2026-02", "672"]),
        Row::new(5, ["0101851234", "2025-11", "900"]),
        Row::new(6, ["0101851234", "2025-10", "-5"]),
        Row::new(7, ["0101851234", "2026-13", "20"]),
        Row::new(8, ["0101851234", "2026-04", "20"]),
        Row::new(9, ["0201851234", "2026-01", "20"]),
        Row::new(10, ["0101851234", "2025-09", "mange"]),
        Row::new(11, ["0101851234", "2025-12", "37,5"]),
    ];
    let planned = run(Kind::Hours, &names, &rows, &known, false);
    let Outcome::Create(item) = &planned[0].outcome else {
        panic!("{planned:?}")
    };
    assert_eq!(
        (item.values["month"].as_str(), item.values["hours"].as_str()),
        ("2026-01", "148.25")
    );
    assert_eq!(item.values["citizen"], Uuid::from_u128(21).to_string());
    assert!(planned[0].repaired);
    let found: Vec<Vec<Problem>> = planned[1..9].iter().map(problems).collect();
    assert_eq!(
        found,
        [
            vec![Problem::Repeated { line: 2 }],
            vec![],
            vec![Problem::NotHours { most: 720 }],
            vec![Problem::NotHours { most: 744 }],
            vec![Problem::NoSuchMonth],
            vec![Problem::InFuture],
            vec![Problem::UnknownCitizen],
            vec![Problem::NotADecimal],
        ]
    );
    assert_eq!(planned[9].outcome, Outcome::Unchanged(there.id));
}

#[test]
fn expenses_are_a_months_and_a_benefits() {
    let names = header(["Periode", "Ydelsesgruppe", "Bruttoudgift", "Statsrefusion"]);
    let rows = [
        Row::new(2, ["2026-01", "Kontanthjælp", "1.250.000,50", "100.000"]),
        Row::new(3, ["jan 2026", "KONTANTHJAELP", "1", ""]),
        Row::new(4, ["2026-01", "A-dagpenge", "12.000-", ""]),
        Row::new(5, ["2026-01", "Guldpension", "1", ""]),
        // Uddannelseshjælp ended on 30 June 2025.
        Row::new(6, ["2026-01", "uddannelseshjaelp", "1", ""]),
        Row::new(7, ["2025-06", "uddannelseshjaelp", "1", ""]),
        Row::new(8, ["2026-05", "dagpenge", "1", ""]),
        Row::new(9, ["2026-02", "dagpenge", "mange", "x"]),
        Row::new(10, ["2026-02", "dagpenge", "999999999999", ""]),
        Row::new(11, ["2026-00", "dagpenge", "", ""]),
    ];
    let planned = run(Kind::Expenses, &names, &rows, &Known::default(), false);
    let values = |at: usize| match &planned[at].outcome {
        Outcome::Create(item) => ["month", "benefit", "gross", "refund"].map(|f| item.values[f].clone()),
        other => panic!("{other:?}"),
    };
    assert_eq!(values(0), ["2026-01", "kontanthjaelp", "1250000.5", "100000"]);
    assert_eq!(values(2), ["2026-01", "dagpenge", "-12000", "0"]);
    assert_eq!(values(5)[1], "uddannelseshjaelp");
    let found: Vec<Vec<Problem>> = [1, 3, 4, 6, 7, 8, 9].map(|at| problems(&planned[at])).to_vec();
    assert_eq!(
        found,
        [
            vec![Problem::Repeated { line: 2 }],
            vec![Problem::UnknownBenefit],
            vec![Problem::UnknownBenefit],
            vec![Problem::InFuture],
            vec![Problem::NotADecimal, Problem::NotADecimal],
            vec![Problem::NotADecimal],
            vec![Problem::NoSuchMonth, Problem::Required],
        ]
    );
}

#[test]
fn only_one_is_responsible_at_a_time() {
    let cpr: Cpr = "0101851234".parse().unwrap();
    let citizen = Uuid::from_u128(21);
    let mut known = Known::default();
    known.citizens.insert(cpr, citizen);
    known.add_employee(Uuid::from_u128(11), "kaho", "kaho@by.dk");
    known.add_employee(Uuid::from_u128(12), "oleb", "ole@by.dk");
    let there = |id: u128, starts: &str, ends: &str| Item {
        id: Uuid::from_u128(id),
        values: [
            ("citizen", citizen.to_string()),
            ("employee", Uuid::from_u128(11).to_string()),
            ("starts", starts.into()),
            ("ends", ends.into()),
        ]
        .map(|(k, v)| (k.to_owned(), v))
        .into(),
    };
    known.add(Kind::Assignments, there(1, "2020-01-01", "2020-12-31"), None);
    // It had no end when it was brought in; now the file knows one.
    known.add(Kind::Assignments, there(2, "2023-01-01", ""), None);
    let names = header(["CPR", "Sagsbehandler", "Startdato", "Slutdato"]);
    let rows = [
        Row::new(2, ["0101851234", "oleb", "2024-01-01", ""]),
        Row::new(3, ["0101851234", "KAHO@by.dk", "2023-01-01", "2023-12-31"]),
        Row::new(4, ["0101851234", "oleb", "2025-01-01", "2025-02-01"]),
        Row::new(5, ["0101851234", "oleb", "2020-12-31", "2021-01-31"]),
        Row::new(6, ["0101851234", "oleb", "2021-06-01", "2021-05-01"]),
        Row::new(7, ["0101851234", "oleb", "2026-06-01", ""]),
        Row::new(8, ["0101851234", "fremmed", "2019-06-01", ""]),
        Row::new(9, ["0201851234", "oleb", "2019-06-01", ""]),
        Row::new(10, ["0101851234", "oleb", "2021-01-01", "2021-12-31"]),
    ];
    let planned = run(Kind::Assignments, &names, &rows, &known, false);
    assert!(matches!(planned[0].outcome, Outcome::Create(_)), "{:?}", planned[0]);
    assert!(matches!(planned[1].outcome, Outcome::Update { .. }), "{:?}", planned[1]);
    assert!(matches!(planned[8].outcome, Outcome::Create(_)), "{:?}", planned[8]);
    let found: Vec<Vec<Problem>> = planned[2..8].iter().map(problems).collect();
    assert_eq!(
        found,
        [
            vec![Problem::Overlaps { line: Some(2) }],
            vec![Problem::Overlaps { line: None }],
            vec![Problem::EndBeforeStart],
            vec![Problem::InFuture],
            vec![Problem::UnknownEmployee],
            vec![Problem::UnknownCitizen],
        ]
    );
}

#[test]
fn weeks_are_one_group_of_columns_and_follow_upon_those_that_are_known() {
    let cpr: Cpr = "0101851234".parse().unwrap();
    let other: Cpr = "0201851234".parse().unwrap();
    let mut known = Known::default();
    known.citizens.insert(cpr, Uuid::from_u128(21));
    known.citizens.insert(other, Uuid::from_u128(22));
    let there = |id: u128, last: &str, runs: &str| Item {
        id: Uuid::from_u128(id),
        values: [
            ("citizen", Uuid::from_u128(id).to_string()),
            ("first_week", "2025W50".into()),
            ("last_week", last.into()),
            ("runs", runs.into()),
        ]
        .map(|(k, v)| (k.to_owned(), v))
        .into(),
    };
    known.add(Kind::States, there(21, "2026W08", "2025W50 2026W08 130"), None);
    known.add(Kind::States, there(22, "2026W06", ""), None);
    // The last week is not over on 16 March, and so says nothing yet.
    let names = header(["y_2608", "y_2609", "Personnummer", "2026W10", "y_2611", "y_2612"]);
    let mapping = columns::suggest(Kind::States, &names, &[], &BTreeMap::new());
    assert_eq!(
        mapping.columns,
        [("cpr".to_owned(), 2), ("states".to_owned(), 0)].into()
    );
    assert_eq!(
        columns::to_remember(&names, &mapping).into_keys().collect::<Vec<_>>(),
        ["personnummer"],
        "the next file has other weeks"
    );
    let rows = [
        Row::new(2, ["", "130", "0101851234", "651", ".", ""]),
        Row::new(3, ["111", "", "0201851234", "", "", ""]),
        Row::new(4, ["111", "sygdom", "0101851234", "", "", ""]),
        Row::new(5, ["111", "", "0301851234", "", "", ""]),
        Row::new(6, ["", "", "0101851234", "", "", ""]),
        Row::new(7, ["111", "", "01018512", "", "1111", ""]),
    ];
    let planned = run(Kind::States, &names, &rows, &known, false);
    let Outcome::Update { after, .. } = &planned[0].outcome else {
        panic!("{planned:?}")
    };
    assert_eq!(
        ["first_week", "last_week", "runs"].map(|field| after.values[field].as_str()),
        [
            "2025W50",
            "2026W11",
            "2025W50 2026W07 130;2026W09 2026W09 130;2026W10 2026W10 651"
        ],
        "what is newer holds"
    );
    let found: Vec<Vec<Problem>> = planned[1..].iter().map(problems).collect();
    assert_eq!(
        found,
        [
            vec![Problem::WeeksApart],
            vec![Problem::NotAState],
            vec![Problem::UnknownCitizen],
            vec![Problem::Repeated { line: 2 }],
            vec![Problem::Cpr(CprError::Length { found: 8 }), Problem::NotAState],
        ]
    );
    let Outcome::Wrong(errors) = &planned[2].outcome else {
        panic!()
    };
    assert_eq!(
        (errors[0].column.as_str(), errors[0].found.as_str()),
        ("y_2609", "sygdom")
    );
    for broken in ["y_2654", "y_2611", "y_2608"] {
        let names = header(["CPR", "y_2608", "y_2609", broken]);
        let planned = run(
            Kind::States,
            &names,
            &[Row::new(2, ["0101851234", "", "", ""])],
            &known,
            false,
        );
        assert_eq!(problems(&planned[0]), [Problem::WeeksBroken], "{broken}");
    }
}

#[test]
fn companies_are_recognised_by_number_and_by_name_only_without_one() {
    let mut known = Known::default();
    let company = |id: u128, name: &str, cvr: &str| Item {
        id: Uuid::from_u128(id),
        values: [("name", name), ("cvr", cvr)]
            .map(|(k, v)| (k.to_owned(), v.to_owned()))
            .into(),
    };
    known.add(Kind::Companies, company(31, "Solhøj Gartneri", ""), None);
    known.add(Kind::Companies, company(32, "Byens Brød", "29189927"), None);
    let names = header(["Virksomhed", "CVR", "Ansatte"]);
    let rows = [
        Row::new(2, ["Byens Brød A/S", "DK 29 18 99 27", "14"]),
        Row::new(3, ["Solhøj Gartneri", "29189846", "1.200"]),
        Row::new(4, ["Byens Brød", "29189889", ""]),
        Row::new(5, ["Ny", "29189928", ""]),
        Row::new(6, ["Ny", "", "mange"]),
    ];
    let planned = run(Kind::Companies, &names, &rows, &known, false);
    let about = |at: usize| match &planned[at].outcome {
        Outcome::Update { after, .. } => after.id.as_u128(),
        Outcome::Create(_) => 0,
        other => panic!("{other:?}"),
    };
    assert_eq!((about(0), about(1), about(2)), (32, 31, 0));
    assert_eq!(
        problems(&planned[3]),
        [Problem::Cvr(crate::cvr::NumberError::CheckDigit)]
    );
    assert_eq!(problems(&planned[4]), [Problem::NotANumber]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn anything_in_the_cells_is_taken_or_told_about(
        kind in prop::sample::select(Kind::ALL),
        cells in prop::collection::vec(prop::collection::vec(".{0,40}", 0..6), 0..8),
    ) {
        let rules = Rules::builtin();
        let names = header(["Navn", "CPR", "Enhed", "Fra", "Ydelse"]);
        let rows: Vec<Row> = (2..).zip(cells).map(|(line, cells)| Row { line, cells }).collect();
        let mapping = columns::suggest(kind, &names, &rows, &BTreeMap::new());
        let drafts = parse(kind, &names, &rows, &mapping, &setting(&rules, false));
        let planned = decide(kind, drafts, &jobcentre(), &mut Uuid::now_v7);
        prop_assert_eq!(planned.len(), rows.len());
        for row in planned {
            match row.outcome {
                Outcome::Wrong(errors) => prop_assert!(!errors.is_empty()),
                Outcome::Create(item) => for value in item.values.values() {
                    prop_assert!(!value.contains(char::is_control) && value.trim() == value);
                },
                _ => {}
            }
        }
    }

    #[test]
    fn a_masked_text_never_shows_a_number(before in "[^0-9]{0,5}", serial in 0u32..10_000, hyphen in "[- .]{0,2}", after in "[^0-9]{0,5}") {
        let text = format!("{before}010185{hyphen}{serial:04}{after}");
        let digits: String = mask(&text).chars().filter(char::is_ascii_digit).collect();
        prop_assert!(!digits.contains(&format!("010185{serial:04}")), "{}", mask(&text));
    }
}
