use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;

fn override_with(name: &str, text: &str) -> Result<Rules, RuleError> {
    Rules::from_files([(name, text)])
}

fn coordinator(versions: &[(&str, Option<&str>)]) -> String {
    versions
        .iter()
        .map(|(from, to)| {
            let to = to.map_or(String::new(), |to| format!("valid_to = \"{to}\"\n"));
            format!(
                "[[coordinator]]\nvalid_from = \"{from}\"\n{to}basis = \"local\"\nsource = \"test\"\nformer_reads_days = 7\nda = \"d\"\nen = \"e\"\n"
            )
        })
        .collect()
}

/// The same case under the rules of two days gets two answers (design invariant 7).
#[test]
fn same_case_two_days_two_answers() {
    let rules = Rules::builtin();
    // a plan for work, ten weeks old, without contact with a company
    let adrift = |day: Date| {
        let opened = day.saturating_sub(jiff::Span::new().weeks(10));
        !crate::drift::judge(rules.on(day).drift(CoreTask::Work).limits, opened, true, None, day).is_empty()
    };
    assert!(!adrift(date(2026, 1, 31)));
    assert!(adrift(date(2026, 2, 1)));

    // a person on unemployment benefit: four conversations with the municipality before 1 July 2026, two after
    let talks = |day: Date| {
        rules
            .on(day)
            .contact("dagpenge")
            .map(|c| (c.conversations, c.cohort_percent))
    };
    assert_eq!(talks(date(2026, 6, 30)), Some((4, 100)));
    assert_eq!(talks(date(2026, 7, 1)), Some((2, 75)));

    // what a consent given on 1 March may last to, when the longest is cut from twelve months to six
    let shorter = "[[limit]]\nmonths = 12\nremind_days = 21\nvalid_to = \"2026-06-30\"\n[[limit]]\nvalid_from = \"2026-07-01\"\nmonths = 6\nremind_days = 30\n";
    let file = include_str!("../../../../rules/consent.toml");
    let changed = override_with(
        "consent.toml",
        &file.replace("[[limit]]\nmonths = 12\nremind_days = 21\n", shorter),
    )
    .unwrap();
    let longest = |day: Date| crate::decide::latest(day, changed.on(day).consent_limit().months);
    assert_eq!(longest(date(2026, 6, 30)), date(2027, 6, 30));
    assert_eq!(longest(date(2026, 7, 1)), date(2027, 1, 1));

    // the same benefit code in a file of states means another benefit after the reform
    assert_eq!(
        rules
            .on(date(2025, 6, 30))
            .benefit_of_dream(145)
            .map(|b| b.code.as_str()),
        Some("uddannelseshjaelp")
    );
    assert_eq!(rules.on(date(2025, 7, 1)).benefit_of_dream(145), None);
    assert!(rules.on(date(2025, 7, 1)).benefit("uddannelseshjaelp").is_none());
}

#[test]
fn other_core_tasks_are_never_adrift() {
    let rules = Rules::builtin();
    for task in [CoreTask::MeaningfulLife, CoreTask::Youth] {
        let rule = rules.on(date(2026, 8, 1)).drift(task);
        assert_eq!(
            rule.limits,
            DriftRule {
                employment_goal: false,
                company_contact_weeks: None
            }
        );
    }
    // a day before the first version: the first counts
    assert_eq!(
        rules
            .on(date(2001, 1, 1))
            .drift(CoreTask::Work)
            .limits
            .company_contact_weeks,
        Some(12)
    );
}

#[test]
fn thirteen_target_groups_become_five() {
    let rules = Rules::builtin();
    let numbers: Vec<_> = rules.on(date(2026, 12, 31)).target_groups().map(|g| g.number).collect();
    assert_eq!(numbers, (1..=13).map(Some).collect::<Vec<_>>());
    let after: Vec<_> = rules.on(date(2027, 1, 1)).target_groups().collect();
    assert_eq!(after.len(), 5);
    assert!(after.iter().all(|g| g.basis == Basis::Expected));
}

#[test]
fn readiness_has_one_default_on_every_day() {
    let rules = Rules::builtin();
    for day in [date(2020, 1, 1), date(2026, 12, 31), date(2027, 1, 1)] {
        assert_eq!(
            rules.on(day).readiness_values().filter(|r| r.default).count(),
            1,
            "{day}"
        );
    }
    assert_eq!(
        rules.on(date(2027, 1, 1)).default_readiness().map(|r| r.code.as_str()),
        Some("jobparat")
    );
}

#[test]
fn ratio_follows_the_section() {
    let rules = Rules::builtin();
    let allowed = |staff| rules.on(date(2026, 3, 1)).ratio().allowed(staff);
    let answers: Vec<_> = [0, 1, 4, 5, 9, 10, 49, 50, 59, 60, 100, 1000]
        .map(|n| (n, allowed(n)))
        .into();
    assert_eq!(
        answers,
        [
            (0, 1),
            (1, 1),
            (4, 1),
            (5, 1),
            (9, 1),
            (10, 2),
            (49, 9),
            (50, 10),
            (59, 10),
            (60, 11),
            (100, 15),
            (1000, 105)
        ]
    );
}

#[test]
fn placements_by_target_group() {
    let rules = Rules::builtin();
    let day = rules.on(date(2026, 3, 1));
    let weeks = |kind, group| day.placement(kind, group).and_then(|p| p.max_weeks);
    assert_eq!(weeks("wage_subsidy_public", "dagpenge"), Some(17));
    assert_eq!(weeks("wage_subsidy_public", "jobparat"), Some(26));
    assert_eq!(weeks("wage_subsidy_public", "sygedagpenge"), Some(52));
    assert_eq!(weeks("ordinary_hours", "dagpenge"), None);
    assert!(day.placement("ordinary_hours", "dagpenge").is_some());
    assert!(day.placement("course", "dagpenge").is_none());
}

#[test]
fn retention_takes_the_longest_number() {
    let text = "basis = \"local\"\nsource = \"s\"\nvalid_from = \"2014-01-01\"\n\
        [[retention]]\nkle = \"\"\nyears = 5\n[[retention]]\nkle = \"15\"\nyears = 6\n[[retention]]\nkle = \"15.17\"\nyears = 10\n";
    let rules = override_with("retention.toml", text).unwrap();
    let years = |kle: &str| rules.on(date(2026, 1, 1)).retention(kle).years;
    assert_eq!((years("15.17.30"), years("15.20.01"), years("32.24.04")), (10, 6, 5));
    assert_eq!(Rules::builtin().on(date(2026, 1, 1)).retention("15.17.30").years, 5);
}

#[test]
fn every_kind_of_person_but_the_citizen_has_roles() {
    let rules = Rules::builtin();
    for &kind in PersonKind::ALL {
        let roles = rules.on(date(2026, 1, 1)).roles_of(kind).count();
        assert_eq!(roles == 0, kind == PersonKind::Citizen, "{kind}");
    }
}

#[test]
fn replacing_a_file_replaces_it_whole() {
    let text = coordinator(&[("2026-01-01", None)]);
    let rules = override_with("coordinator.toml", &text).unwrap();
    assert_eq!(rules.on(date(2026, 1, 1)).coordinator().former_reads_days, 7);
    assert_eq!(rules.drift, Rules::builtin().drift);
    assert_eq!(
        Rules::builtin().on(date(2026, 1, 1)).coordinator().former_reads_days,
        30
    );
}

#[test]
fn errors_say_what_to_mend() {
    let good = coordinator(&[("2026-01-01", None)]);
    let cases: Vec<(&str, String, &str)> = vec![
        ("speed.toml", String::new(), "speed.toml: expected one of drift.toml"),
        (
            "coordinator.toml",
            "= 1".into(),
            "coordinator.toml: expected valid TOML, found TOML parse error at line 1",
        ),
        (
            "coordinator.toml",
            String::new(),
            "key `coordinator`: expected at least one [[coordinator]], found nothing",
        ),
        (
            "coordinator.toml",
            "speed = 1".into(),
            "key `speed`: expected one of coordinator, basis, source, valid_from",
        ),
        (
            "coordinator.toml",
            good.replace("former_reads_days = 7", "former_reads_days = -7"),
            "coordinator no. 1, key `former_reads_days`: expected a number from 0 to 3660, found `-7`",
        ),
        (
            "coordinator.toml",
            good.replace("former_reads_days = 7", "former_reads_day = 7"),
            "key `former_reads_days`: expected a number from 0 to 3660, found nothing",
        ),
        (
            "coordinator.toml",
            good.replace("former_reads_days = 7", "former_reads_days = 7\nextra = 1"),
            "key `extra`: expected one of basis, da, en, former_reads_days, source, valid_from, valid_to, found a key that means nothing here",
        ),
        (
            "coordinator.toml",
            good.replace("\"local\"", "\"guess\""),
            "expected one of law, expected, local, unverified, found `guess`",
        ),
        (
            "coordinator.toml",
            good.replace("\"test\"", "\" \""),
            "key `source`: expected a text, found an empty text",
        ),
        (
            "coordinator.toml",
            good.replace("2026-01-01", "2026-01-01T10:00"),
            "found `2026-01-01T10:00`",
        ),
        (
            "coordinator.toml",
            coordinator(&[("2026-01-01", Some("2025-12-31"))]),
            "key `valid_to`: expected a day not before valid_from, 2026-01-01, found 2025-12-31",
        ),
        (
            "coordinator.toml",
            coordinator(&[("2026-01-01", Some("2026-06-30"))]),
            "expected a last version without valid_to, found an end on 2026-06-30",
        ),
        (
            "coordinator.toml",
            coordinator(&[("2026-01-01", Some("2026-06-30")), ("2026-07-02", None)]),
            "coordinator no. 2, key `valid_from`: expected 2026-07-01, the day after the version before it ends, found 2026-07-02, a gap",
        ),
        (
            "coordinator.toml",
            coordinator(&[("2026-01-01", Some("2026-06-30")), ("2026-06-30", None)]),
            "found 2026-06-30, an overlap",
        ),
        (
            "coordinator.toml",
            coordinator(&[("2026-01-01", None), ("2026-07-01", None)]),
            "expected the version before it to have a valid_to",
        ),
    ];
    for (name, text, expected) in cases {
        let error = override_with(name, &text).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}\nshould contain\n{expected}");
    }
}

#[test]
fn codes_named_in_one_file_are_defined_in_another() {
    let builtin = |name: &str| BUILTIN.iter().find(|(n, _)| *n == name).map(|(_, text)| *text).unwrap();
    let contact = builtin("contact.toml").replace("\"sygedagpenge\"", "\"nobody\"");
    assert!(
        override_with("contact.toml", &contact)
            .unwrap_err()
            .to_string()
            .contains("`nobody`")
    );
    let benefits = builtin("benefits.toml").replace("[[771, 771]]", "[[760, 771]]");
    let error = override_with("benefits.toml", &benefits).unwrap_err().to_string();
    assert!(error.contains("760-771 in both revalidering and fleksjob"), "{error}");
    let benefits = builtin("benefits.toml").replace("replaced_by = \"kontanthjaelp\"", "replaced_by = \"x\"");
    assert!(
        override_with("benefits.toml", &benefits)
            .unwrap_err()
            .to_string()
            .contains("`x`")
    );
    let placements = builtin("placements.toml").replace("kind = \"public_benefit_work\"", "kind = \"holiday\"");
    assert!(
        override_with("placements.toml", &placements)
            .unwrap_err()
            .to_string()
            .contains("`holiday`")
    );
    let placements = builtin("placements.toml").replace("\"aktivitetsparat_ung\"", "\"dagpenge\"");
    let error = override_with("placements.toml", &placements).unwrap_err().to_string();
    assert!(error.contains("`dagpenge` twice under wage_subsidy_public"), "{error}");
    for steps in [
        "[{ per = 0 }]",
        "[]",
        "[{ per = 5, up_to = 50 }]",
        "[{ per = 5 }, { per = 10 }]",
        "[{ per = 5, up_to = 50 }, { per = 5, up_to = 40 }, { per = 1 }]",
    ] {
        let placements = builtin("placements.toml").replace("[{ per = 5, up_to = 50 }, { per = 10 }]", steps);
        assert!(override_with("placements.toml", &placements).is_err(), "{steps}");
    }
}

#[test]
fn every_replacement_exists_on_the_day_it_takes_over() {
    let rules = Rules::builtin();
    for benefit in &rules.benefits {
        if let (Some(next), Some(last)) = (&benefit.replaced_by, benefit.valid_to) {
            assert!(
                rules.on(last.tomorrow().unwrap()).benefit(next).is_some(),
                "{}",
                benefit.code
            );
        }
    }
}

proptest! {
    /// Whatever the day, there is exactly one version of each rule that must have an answer.
    #[test]
    fn every_day_has_one_answer(days in 0i64..9_000) {
        let rules = Rules::builtin();
        let day = date(2019, 1, 1).saturating_add(jiff::Span::new().days(days));
        for &task in CoreTask::ALL {
            let valid: Vec<_> = rules.drift.iter().filter(|d| d.core_task == task && d.covers(day)).collect();
            prop_assert_eq!(valid.len(), 1);
            prop_assert_eq!(valid[0], rules.on(day).drift(task));
        }
        for code in 100..=999u16 {
            let owners = rules.on(day).benefits().filter(|b| b.dream.iter().any(|r| r.contains(&code))).count();
            prop_assert!(owners <= 1);
        }
    }

    /// More ordinary staff never means fewer supported persons.
    #[test]
    fn ratio_never_falls(staff in 0u32..100_000) {
        let rules = Rules::builtin();
        let ratio = rules.on(date(2026, 1, 1)).ratio();
        prop_assert!(ratio.allowed(staff) <= ratio.allowed(staff + 1));
        prop_assert!(ratio.allowed(staff) <= (staff / 5).max(1));
    }

    /// Any text in place of a file is a rule or an error, never a panic.
    #[test]
    fn nonsense_is_an_error(text in "\\PC{0,80}") {
        prop_assert!(override_with("drift.toml", &text).is_err());
    }
}

/// A new version of the text is read from its day on; what was agreed before is still shown in the words of its day.
#[test]
fn a_new_text_leaves_older_consents_in_their_own_words() {
    use crate::consent::Way;
    let file = include_str!("../../../../rules/consent.toml");
    let at = file.find("[[text]]\nway = \"give\"").unwrap();
    let first = file[file.find("[[text]]\nway = \"unit\"").unwrap()..at].to_owned();
    let ended = first.replace("version = 1\n", "version = 1\nvalid_to = \"2026-06-30\"\n");
    let second = first
        .replace("version = 1\n", "version = 2\nvalid_from = \"2026-07-01\"\n")
        .replace("Jeg siger ja til", "Jeg er enig i");
    let rules = override_with("consent.toml", &file.replace(&first, &format!("{ended}{second}"))).unwrap();
    let of = |day: Date| {
        let text = rules.on(day).consent_text(Way::Unit);
        (text.version, text.text.da.starts_with("Jeg siger ja til"))
    };
    assert_eq!(of(date(2026, 6, 30)), (1, true));
    assert_eq!(of(date(2026, 7, 1)), (2, false));

    // A version that is not counted up, and a text that does not say for what, stop the program.
    let same = file.replace(
        &first,
        &format!("{ended}{}", second.replace("version = 2", "version = 1")),
    );
    assert_eq!(override_with("consent.toml", &same).unwrap_err().key, "version");
    let vague = file.replacen(" Det skal bruges til: {purpose}.", "", 1);
    assert!(
        override_with("consent.toml", &vague)
            .unwrap_err()
            .expected
            .contains("{purpose}")
    );
}
