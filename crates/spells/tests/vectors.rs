//! The reference vectors: small registers whose figures were computed by hand or by another program.

#![expect(clippy::unwrap_used, reason = "a test that panics fails")]

use tovholder_spells::period::Length;
use tovholder_spells::person::{Assignment, Effort, Entry, FOREVER, FULL, changes};
use tovholder_spells::table::{Counted, Figure};
use tovholder_spells::*;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}
fn month(text: &str) -> Month {
    text.parse().unwrap()
}
fn days(first: &str, last: &str) -> Interval {
    match last {
        "" => Interval::new(day(first), FOREVER).unwrap(),
        _ => Interval::inclusive(day(first), day(last)).unwrap(),
    }
}
fn entry(benefit: u16, area: u16, first: &str, last: &str) -> Entry {
    Entry {
        benefit,
        area,
        share: FULL,
        days: days(first, last),
    }
}
fn person(periods: &[(&str, &str)]) -> Person {
    Person {
        entries: periods.iter().map(|(first, last)| entry(1, 1, first, last)).collect(),
        ..Person::default()
    }
}
fn plan(from: &str, to: &str, length: Length, as_of: &str, gap: Gap) -> Plan {
    Plan::new(Calendar::new(month(from), month(to), length, day(as_of)), gap)
}
fn count(plan: &Plan, persons: &[Person]) -> Counted {
    let mut table = Table::new(plan);
    for person in persons {
        table.update(person);
    }
    table.finish()
}
/// The figures of one indicator in the first cell, in the order of the periods.
fn figures(counted: &Counted, indicator: Indicator) -> Vec<Figure> {
    counted
        .figures
        .iter()
        .filter(|f| f.indicator == indicator && f.cell == 0)
        .copied()
        .collect()
}
fn values(counted: &Counted, indicator: Indicator) -> Vec<f64> {
    figures(counted, indicator).iter().map(|f| f.value.unwrap()).collect()
}

/// A 2024-01-10..02-20 and 03-05..05-31; B 2023-11-01 and on; C one day; D two adjoining periods; E.
fn sp1() -> Vec<Person> {
    vec![
        person(&[("2024-01-10", "2024-02-20"), ("2024-03-05", "2024-05-31")]),
        person(&[("2023-11-01", "")]),
        person(&[("2024-01-31", "2024-01-31")]),
        person(&[("2024-02-01", "2024-02-29"), ("2024-03-01", "2024-04-15")]),
        person(&[("2024-02-15", "2024-03-14")]),
    ]
}

#[test]
fn sp1_month_by_month() {
    let plan = plan("2024-01", "2024-06", Length::Month, "2024-06-30", Gap::None);
    let counted = count(&plan, &sp1());
    assert_eq!(values(&counted, Indicator::Persons), [3.0, 4.0, 4.0, 3.0, 2.0, 1.0]);
    assert_eq!(values(&counted, Indicator::StockEnd), [3.0, 3.0, 3.0, 2.0, 2.0, 1.0]);
    assert_eq!(
        values(&counted, Indicator::PersonDays),
        [54.0, 93.0, 103.0, 75.0, 62.0, 30.0]
    );
    let rounded: Vec<String> = values(&counted, Indicator::FullTimePersons)
        .iter()
        .map(|v| format!("{v:.6}"))
        .collect();
    assert_eq!(
        rounded,
        ["1.741935", "3.206897", "3.322581", "2.500000", "2.000000", "1.000000"]
    );
    assert_eq!(values(&counted, Indicator::Inflow), [2.0, 2.0, 1.0, 0.0, 0.0, 0.0]);
    assert_eq!(values(&counted, Indicator::Outflow), [0.0, 2.0, 1.0, 1.0, 0.0, 1.0]);
}

#[test]
fn sp1_durations_42_88_1_75_29_have_mean_47_and_with_b_at_243_median_58_5() {
    for (length, last) in [(Length::Year, 0), (Length::Month, 5), (Length::RollingYear, 5)] {
        let plan = plan("2024-01", "2024-06", length, "2024-06-30", Gap::None);
        let counted = count(&plan, &sp1());
        let median = figures(&counted, Indicator::DurationMedianKm)[last];
        assert_eq!(
            (median.value, median.numerator, median.n),
            (Some(58.5), 5.0, 6),
            "{length:?}"
        );
        if length != Length::Month {
            let mean = figures(&counted, Indicator::DurationCompletedMean)[last];
            assert_eq!(
                (mean.numerator, mean.denominator, mean.value),
                (235.0, Some(5.0), Some(47.0))
            );
        }
    }
}

#[test]
fn sp1_under_28d_a_is_one_spell_and_the_balance_still_holds() {
    let plan = plan("2024-01", "2024-06", Length::Month, "2024-06-30", Gap::Weeks4);
    let counted = count(&plan, &sp1());
    assert_eq!(values(&counted, Indicator::Inflow), [2.0, 2.0, 0.0, 0.0, 0.0, 0.0]);
    assert_eq!(values(&counted, Indicator::Outflow), [0.0, 1.0, 1.0, 1.0, 0.0, 1.0]);
    assert_eq!(values(&counted, Indicator::StockEnd), [3.0, 4.0, 3.0, 2.0, 2.0, 1.0]);
    // Days of the break are not paid.
    assert_eq!(
        values(&counted, Indicator::PersonDays),
        [54.0, 93.0, 103.0, 75.0, 62.0, 30.0]
    );
}

#[test]
fn sp1_b_has_182_days_on_30_april() {
    let b = days("2023-11-01", "2024-04-30");
    assert_eq!(b.days(), 182);
    assert_eq!(
        interval::mostly(&[b], 364, 182).first().unwrap().from,
        day("2024-04-30")
    );
}

#[test]
fn long_term_begins_on_the_292nd_of_364_days() {
    let last = day("2023-11-01") + 291;
    assert_eq!(last.to_string(), "2024-08-18");
    for (as_of, expected) in [("2024-08-17", 0.0), ("2024-08-18", 1.0)] {
        let plan = plan("2024-08", "2024-08", Length::Month, as_of, Gap::None);
        let counted = count(&plan, &[person(&[("2023-11-01", "")])]);
        assert_eq!(values(&counted, Indicator::LongTermShare), [expected]);
    }
}

#[test]
fn length_bias_one_spell_of_10_and_one_of_90_days_begin_every_day() {
    // In the steady state: stock 100 = 2 a day × mean 50; of those in stock the whole spells last 82 days on average, 41.5 so far.
    let begin = day("2023-01-01");
    let persons: Vec<Person> = (0..540)
        .flat_map(|d| {
            [10, 90].map(|length| Person {
                entries: vec![Entry {
                    benefit: 1,
                    area: 1,
                    share: FULL,
                    days: Interval::new(begin + d, begin + d + length).unwrap(),
                }],
                ..Person::default()
            })
        })
        .collect();
    let plan = plan("2023-12", "2024-05", Length::Month, "2024-06-30", Gap::None);
    let counted = count(&plan, &persons);
    assert_eq!(values(&counted, Indicator::StockEnd), [100.0; 6]);
    assert_eq!(values(&counted, Indicator::DurationCompletedMean), [50.0; 6]);
    let at = day("2024-03-31");
    let in_stock: Vec<Interval> = persons
        .iter()
        .map(|p| p.entries[0].days)
        .filter(|d| d.has(at))
        .collect();
    let mean = |of: fn(&Interval, Day) -> i32| {
        in_stock.iter().map(|i| f64::from(of(i, at))).sum::<f64>() / in_stock.len() as f64
    };
    assert_eq!(in_stock.len(), 100);
    assert_eq!(mean(|i, _| i.days()), 82.0);
    assert_eq!(mean(|i, at| at - i.from + 1), 41.5);
    // Half are out after 10 days; the flat part ends at 90. Sampling the stock would say 90.
    assert_eq!(values(&counted, Indicator::DurationMedianKm)[3], 50.0);
}

#[test]
fn dst_grades_of_a_fleksjob() {
    // 20 of 37 hours, on 130 of 262 and on 44 of 65 weekdays.
    let share = (20.0 / 37.0 * f64::from(FULL)).round() as u32;
    for (paid, weekdays, grade) in [(130, 262, "0.268"), (44, 65, "0.366")] {
        let value = f64::from(share) / f64::from(FULL) * f64::from(paid) / f64::from(weekdays);
        assert_eq!(format!("{value:.3}"), grade);
    }
    let plan = plan("2024-02", "2024-02", Length::Month, "2024-06-30", Gap::None);
    let mut half = person(&[("2024-02-01", "")]);
    half.entries[0].share = share;
    assert_eq!(
        format!("{:.6}", values(&count(&plan, &[half]), Indicator::FullTimePersons)[0]),
        "0.540541"
    );
}

#[test]
fn nobody_is_more_than_one_full_time_person() {
    let mut two = person(&[("2024-01-01", "2024-01-31")]);
    two.entries[0].share = FULL / 10 * 6;
    two.entries.push(Entry {
        benefit: 2,
        ..two.entries[0]
    });
    let mut again = two.clone();
    again.entries.extend_from_slice(&two.entries);
    for person in [two, again] {
        let mut plan = plan("2024-01", "2024-01", Length::Month, "2024-06-30", Gap::None);
        assert_eq!(
            values(&count(&plan, std::slice::from_ref(&person)), Indicator::FullTimePersons),
            [1.0]
        );
        plan.by = vec![Dimension::Benefit];
        let figure = count(&plan, &[person])
            .figures
            .into_iter()
            .find(|f| f.indicator == Indicator::FullTimePersons)
            .unwrap();
        assert_eq!((figure.numerator, figure.denominator), (18.6, Some(31.0)));
    }
}

#[test]
fn a_birthday_and_a_move_split_nothing() {
    let mut mover = Person {
        entries: vec![
            // Two rows in one place are no move.
            entry(1, 1, "2024-01-10", "2024-02-10"),
            entry(1, 1, "2024-02-11", "2024-03-15"),
            entry(1, 2, "2024-03-16", "2024-05-31"),
        ],
        born: Some(day("1994-04-20")),
        ..Person::default()
    };
    mover.entries.reverse();
    for by in [
        vec![],
        vec![Dimension::Area],
        vec![Dimension::Age],
        vec![Dimension::Age, Dimension::Area],
    ] {
        let mut plan = plan("2024-01", "2024-06", Length::Month, "2024-06-30", Gap::None);
        plan.by = by;
        plan.indicators.extend([Indicator::MovedIn, Indicator::MovedOut]);
        let counted = count(&plan, std::slice::from_ref(&mover));
        let sum = |indicator| -> Vec<f64> {
            let mut sums = vec![0.0; 6];
            for f in counted.figures.iter().filter(|f| f.indicator == indicator) {
                sums[f.period] += f.value.unwrap_or(0.0);
            }
            sums
        };
        assert_eq!(sum(Indicator::Inflow), [1.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
        assert_eq!(sum(Indicator::Outflow), [0.0, 0.0, 0.0, 0.0, 0.0, 1.0]);
        assert_eq!(sum(Indicator::StockEnd), [1.0, 1.0, 1.0, 1.0, 1.0, 0.0]);
        assert_eq!(sum(Indicator::DurationCompletedMean), [0.0, 0.0, 0.0, 0.0, 0.0, 143.0]);
        assert_eq!(sum(Indicator::MovedIn), sum(Indicator::MovedOut));
        assert_eq!(sum(Indicator::MovedIn).iter().sum::<f64>(), plan.by.len() as f64);
    }
}

#[test]
fn after_the_spell() {
    // One comes back after 100 days, one is in work, one goes straight to another benefit.
    let back = person(&[("2024-01-01", "2024-01-09"), ("2024-04-19", "")]);
    let mut works = person(&[("2023-12-01", "2024-01-20")]);
    works.earned = vec![(month("2024-04"), 12.5), (month("2025-01"), 160.0)];
    let mut on = person(&[("2024-01-01", "2024-01-20")]);
    on.entries.push(entry(2, 1, "2024-01-21", ""));
    on.earned = vec![(month("2024-04"), 37.0)];
    let mut plan = plan("2024-01", "2024-01", Length::Month, "2025-02-28", Gap::None);
    plan.by = vec![Dimension::Benefit];
    plan.indicators
        .extend([Indicator::ExitToWork3, Indicator::ExitToWork6, Indicator::ExitToWork12]);
    let counted = count(&plan, &[back, works, on]);
    let share = |indicator| {
        figures(&counted, indicator)
            .iter()
            .map(|f| (f.numerator, f.denominator))
            .collect::<Vec<_>>()
    };
    assert_eq!(share(Indicator::ReturnShare), [(1.0, Some(3.0))]);
    assert_eq!(share(Indicator::SelfSupportShare), [(2.0, Some(3.0))]);
    assert_eq!(share(Indicator::ExitToWork3), [(1.0, Some(3.0))]);
    assert_eq!(share(Indicator::ExitToWork6), [(0.0, Some(3.0))]);
    assert_eq!(share(Indicator::ExitToWork12), [(1.0, Some(3.0))]);
}

#[test]
fn what_cannot_be_followed_yet_is_not_shown() {
    let spells = [person(&[("2024-01-01", "2024-01-09")])];
    // The last exit of January is the 31st; 182 days from it end with 30 July, 91 with 30 April.
    for (as_of, shown) in [
        ("2024-04-29", 0),
        ("2024-04-30", 1),
        ("2024-07-29", 1),
        ("2024-07-30", 2),
    ] {
        let plan = plan("2024-01", "2024-01", Length::Month, as_of, Gap::None);
        let counted = count(&plan, &spells);
        let found =
            figures(&counted, Indicator::SelfSupportShare).len() + figures(&counted, Indicator::ReturnShare).len();
        assert_eq!(found, shown, "{as_of}");
    }
    let mut plan = plan("2024-01", "2024-01", Length::Month, "2024-12-31", Gap::None);
    plan.indicators = vec![Indicator::ExitToWork3];
    plan.earnings_to = Some(day("2024-03-31"));
    assert_eq!(count(&plan, &spells).figures.len(), 0);
    plan.earnings_to = Some(day("2024-04-30"));
    assert_eq!(count(&plan, &spells).figures.len(), 1);
}

#[test]
fn efforts_hours_and_caseworkers_by_hand() {
    let effort = |first, last, company_directed, hours: f64| Effort {
        days: days(first, last),
        company_directed,
        share: (hours / 37.0 * f64::from(FULL)).round() as u32,
        paid: false,
    };
    let who = |employee, first, last| Assignment {
        employee,
        days: days(first, last),
    };
    // A year and more in the spell; a placement of half time in the first ten days of June.
    let mut active = person(&[("2023-01-01", "")]);
    active.efforts = vec![effort("2024-06-01", "2024-06-10", true, 18.5)];
    active.assignments = vec![who(1, "2023-01-01", "2024-01-31"), who(2, "2024-02-01", "")];
    // As long, with nothing; the caseworker was covered for 28 days.
    let mut passive = person(&[("2023-01-01", "")]);
    passive.efforts = vec![effort("2023-06-02", "2023-07-02", false, 37.0)];
    passive.assignments = vec![
        who(1, "2023-01-01", "2024-02-01"),
        who(2, "2024-02-02", "2024-02-29"),
        who(1, "2024-03-01", ""),
    ];
    // New in June, with hours.
    let mut new = person(&[("2024-06-16", "")]);
    new.earned = vec![(month("2024-06"), 20.0)];
    let mut plan = plan("2024-06", "2024-06", Length::Month, "2024-06-30", Gap::None);
    plan.indicators = Indicator::ALL.to_vec();
    let counted = count(&plan, &[active, passive, new]);
    let one = |indicator| {
        let f = figures(&counted, indicator)[0];
        (f.numerator, f.denominator)
    };
    // The last 364 days begin with 3 July 2023.
    assert_eq!(one(Indicator::PassiveShare), (1.0, Some(2.0)));
    assert_eq!(one(Indicator::CompanyDirectedShare), (1.0, Some(3.0)));
    assert_eq!(one(Indicator::ActivationDegree), (5.0, Some(75.0)));
    assert_eq!(one(Indicator::OrdinaryHoursShare), (1.0, Some(3.0)));
    assert_eq!(one(Indicator::ShareWithoutChange), (1.0, Some(2.0)));
    assert_eq!(one(Indicator::CaseworkerChanges), (0.0, Some(60.0 / 365.25)));
}

#[test]
fn caseworker_changes_are_counted_and_cover_is_not() {
    let who = |employee, from, to| Assignment {
        employee,
        days: Interval::new(Day(from), Day(to)).unwrap(),
    };
    // A cover within an assignment that goes on.
    assert_eq!(changes(&[who(1, 0, 100), who(2, 40, 60)]), []);
    assert_eq!(changes(&[who(1, 0, 100), who(2, 40, 69)]), [Day(40), Day(69)]);
    // Two covers after one another, and a change with a break between.
    assert_eq!(
        changes(&[
            who(1, 0, 10),
            who(2, 10, 20),
            who(1, 20, 30),
            who(3, 30, 40),
            who(1, 40, 90)
        ]),
        []
    );
    assert_eq!(changes(&[who(1, 0, 10), who(2, 50, 90)]), [Day(50)]);
    assert_eq!(changes(&[who(1, 0, 10), who(1, 50, 90)]), []);
}

/// Two come in one area and three in another, nobody leaves. Both are withheld, and by themselves they would hide each other in the total of five. But
/// stocks that are told say that two more came than left in the one area and three in the other, and a total that is told says that nobody left
/// anywhere: so two and three came. Some stock or the total must be withheld as well. Persons that are told bound the flows too; without them only the
/// balance does, and where nobody is told to have moved either, it is exact.
#[test]
fn stocks_and_a_total_that_are_told_do_not_tell_a_withheld_flow() {
    let mut persons = Vec::new();
    for (area, many, from) in [
        (1, 50, "2023-01-01"),
        (1, 2, "2024-03-10"),
        (2, 100, "2023-01-01"),
        (2, 3, "2024-03-10"),
    ] {
        persons.extend((0..many).map(|_| Person {
            entries: vec![entry(1, area, from, "")],
            ..Person::default()
        }));
    }
    let mut plan = plan("2024-01", "2024-06", Length::Month, "2024-06-30", Gap::None);
    plan.by = vec![Dimension::Area];
    plan.totals = true;
    plan.min_cell = 5;
    let balance = vec![
        Indicator::StockEnd,
        Indicator::Inflow,
        Indicator::Outflow,
        Indicator::MovedIn,
        Indicator::MovedOut,
    ];
    for indicators in [plan.indicators.clone(), balance] {
        plan.indicators = indicators;
        let counted = count(&plan, &persons);
        let march = 2;
        let of = |area: u16, indicator: Indicator| {
            let here = |f: &&Figure| counted.cells[f.cell] == [area] && f.period == march && f.indicator == indicator;
            counted.figures.iter().find(here).unwrap()
        };
        assert!(of(1, Indicator::Inflow).withheld, "two came");
        assert_eq!(of(1, Indicator::Inflow).numerator, 2.0);
        assert!(of(2, Indicator::Inflow).withheld, "three came");
        let told = |area, indicator| !of(area, indicator).withheld;
        let stocks = [1, 2].map(|area| told(area, Indicator::StockEnd));
        let total = told(table::ALL, Indicator::Inflow) && told(table::ALL, Indicator::Outflow);
        assert!(
            !(stocks == [true, true] && total),
            "in - out = 2 and 3, and nobody left"
        );
    }
}

#[test]
fn few_people_are_withheld() {
    let mut plan = plan("2024-01", "2024-06", Length::Month, "2024-06-30", Gap::None);
    plan.min_cell = 3;
    let counted = count(&plan, &sp1());
    let withheld = |i| figures(&counted, i).iter().map(|f| f.withheld).collect::<Vec<_>>();
    // April's three persons are not few, but its stock of two is: next to "of three" it could only be one, two or three.
    assert_eq!(withheld(Indicator::Persons), [false, false, false, true, true, true]);
    assert_eq!(withheld(Indicator::PersonDays), withheld(Indicator::Persons));
    // Nought is told; one and two are not, and the flows not either, where stocks and the other flow would tell.
    assert_eq!(withheld(Indicator::Inflow), [true, true, true, true, true, true]);
    assert_eq!(withheld(Indicator::Outflow), [true, true, true, true, true, true]);
    assert_eq!(withheld(Indicator::StockEnd), [false, false, false, true, true, true]);
}

#[test]
fn a_week_belongs_to_the_month_of_its_thursday() {
    // Weeks 5 to 8 of 2024 as Thursday to Wednesday: the first Thursday is 1 February, the last the 22nd.
    let thursday = Day::of_iso_week(2024, 5).unwrap() + 3;
    let weeks = Interval::new(thursday, thursday + 28).unwrap();
    let mut plan = plan("2024-01", "2024-03", Length::Month, "2024-06-30", Gap::None);
    plan.weekly = true;
    plan.indicators = vec![Indicator::Persons, Indicator::Inflow, Indicator::Outflow];
    let who = Person {
        entries: vec![Entry {
            days: weeks,
            ..entry(1, 1, "2024-01-01", "")
        }],
        ..Person::default()
    };
    let counted = count(&plan, &[who]);
    assert_eq!(values(&counted, Indicator::Persons), [0.0, 1.0, 0.0]);
    assert_eq!(values(&counted, Indicator::Inflow), [0.0, 1.0, 0.0]);
    assert_eq!(values(&counted, Indicator::Outflow), [0.0, 1.0, 0.0]);
}
