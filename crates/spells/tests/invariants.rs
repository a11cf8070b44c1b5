//! What holds for every register.

#![expect(clippy::unwrap_used, reason = "a test that panics fails")]

use std::collections::HashSet;

use proptest::prelude::*;
use tovholder_spells::period::Length;
use tovholder_spells::person::{Assignment, Effort, Entry, FULL};
use tovholder_spells::table::Counted;
use tovholder_spells::*;

const START: Day = Day(19_358); // 2023-01-01
const DAYS: i32 = 700;

fn interval() -> impl Strategy<Value = Interval> {
    (0..DAYS, prop_oneof![1..40i32, 1..400i32])
        .prop_map(|(from, n)| Interval::new(START + from, START + from + n).unwrap())
}

/// Somebody who moves between areas on a few days, so that every day has one area.
fn person() -> impl Strategy<Value = Person> {
    (
        proptest::collection::vec((interval(), 1..4u16, prop_oneof![Just(FULL), 0..=FULL]), 1..6),
        proptest::collection::vec((0..DAYS, 1..4u16), 0..3),
        proptest::option::of(-9_000..9_000i32),
        proptest::collection::vec((interval(), any::<bool>(), 0..=FULL), 0..3),
        proptest::collection::vec((0..30, 0.0..160.0f64), 0..6),
        proptest::collection::vec((interval(), 1..3u32), 0..4),
        1..3u16,
    )
        .prop_map(|(entries, moves, born, efforts, earned, assignments, group)| {
            let mut bends: Vec<(Day, u16)> = moves.into_iter().map(|(d, area)| (START + d, area)).collect();
            bends.sort();
            bends.dedup_by_key(|b| b.0);
            bends.insert(0, (Day(0), 1));
            let mut earned: Vec<(Month, f64)> = earned.into_iter().map(|(m, h)| (Month(2023 * 12 + m), h)).collect();
            earned.sort_by_key(|e| e.0);
            earned.dedup_by_key(|e| e.0);
            Person {
                entries: entries
                    .into_iter()
                    .flat_map(|(days, benefit, share)| {
                        let bends = &bends;
                        (0..bends.len()).filter_map(move |i| {
                            let to = bends.get(i + 1).map_or(Day(99_999), |b| b.0);
                            let days = days.and(Interval { from: bends[i].0, to })?;
                            Some(Entry {
                                benefit,
                                area: bends[i].1,
                                share,
                                days,
                            })
                        })
                    })
                    .collect(),
                groups: vec![group],
                born: born.map(Day),
                efforts: efforts
                    .into_iter()
                    .map(|(days, company_directed, share)| Effort {
                        days,
                        company_directed,
                        share,
                        paid: company_directed,
                    })
                    .collect(),
                earned,
                assignments: assignments
                    .into_iter()
                    .map(|(days, employee)| Assignment { employee, days })
                    .collect(),
            }
        })
}

fn gap() -> impl Strategy<Value = Gap> {
    prop_oneof![Just(Gap::None), Just(Gap::Weeks4), Just(Gap::CalendarMonth)]
}
fn length() -> impl Strategy<Value = Length> {
    prop_oneof![
        Just(Length::Month),
        Just(Length::Quarter),
        Just(Length::Year),
        Just(Length::RollingYear)
    ]
}
fn by() -> impl Strategy<Value = Vec<Dimension>> {
    proptest::sample::subsequence(
        vec![Dimension::Benefit, Dimension::Area, Dimension::Age, Dimension::Group(0)],
        0..=4,
    )
}

fn plan(length: Length, gap: Gap, by: Vec<Dimension>) -> Plan {
    let as_of = Day::from_ymd(2024, 10, 17).unwrap();
    let mut plan = Plan::new(
        Calendar::new("2023-04".parse().unwrap(), "2024-12".parse().unwrap(), length, as_of),
        gap,
    );
    plan.by = by;
    plan.indicators = Indicator::ALL.to_vec();
    plan
}

fn count(plan: &Plan, persons: &[Person]) -> Counted {
    let mut table = Table::new(plan);
    persons.iter().for_each(|p| table.update(p));
    table.finish()
}

/// One figure per period, summed over cells.
fn summed(counted: &Counted, plan: &Plan, indicator: Indicator) -> Vec<f64> {
    let mut sums = vec![0.0; plan.calendar.periods().len()];
    for f in counted.figures.iter().filter(|f| f.indicator == indicator) {
        sums[f.period] += f.numerator;
    }
    sums
}
/// One figure per period of one cell.
fn of_cell(counted: &Counted, cell: usize, indicator: Indicator) -> Vec<f64> {
    counted
        .figures
        .iter()
        .filter(|f| f.indicator == indicator && f.cell == cell)
        .map(|f| f.numerator)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_partition_merged_in_any_order_is_the_same_table(
        persons in proptest::collection::vec((person(), 0..4usize), 0..14),
        length in length(), gap in gap(), by in by(), totals in any::<bool>(), backwards in any::<bool>(),
    ) {
        let mut plan = plan(length, gap, by);
        plan.totals = totals;
        let whole = count(&plan, &persons.iter().map(|p| p.0.clone()).collect::<Vec<_>>());
        let mut parts: Vec<Table> = (0..4).map(|_| Table::new(&plan)).collect();
        for (person, part) in persons.iter().rev() {
            parts[*part].update(person);
        }
        if backwards {
            parts.reverse();
        }
        let merged = parts.into_iter().reduce(|mut a, b| { a.merge(b); a }).unwrap().finish();
        prop_assert_eq!(whole, merged);
    }

    #[test]
    fn stock_is_the_stock_before_plus_in_minus_out(persons in proptest::collection::vec(person(), 1..10), gap in gap(), by in by()) {
        let plan = plan(Length::Month, gap, by);
        let counted = count(&plan, &persons);
        for cell in 0..counted.cells.len() {
            let of = |i| of_cell(&counted, cell, i);
            let (stock, inflow, outflow) = (of(Indicator::StockEnd), of(Indicator::Inflow), of(Indicator::Outflow));
            let (came, left) = (of(Indicator::MovedIn), of(Indicator::MovedOut));
            for p in 1..stock.len() {
                prop_assert_eq!(stock[p], stock[p - 1] + inflow[p] - outflow[p] + came[p] - left[p]);
            }
        }
    }

    #[test]
    fn days_of_months_add_up_to_the_year(persons in proptest::collection::vec(person(), 1..10), gap in gap(), by in by()) {
        let months = plan(Length::Month, gap, by.clone());
        let rolling = plan(Length::RollingYear, gap, by);
        let (a, b) = (count(&months, &persons), count(&rolling, &persons));
        for indicator in [Indicator::PersonDays, Indicator::Inflow, Indicator::Outflow] {
            let (by_month, by_year) = (summed(&a, &months, indicator), summed(&b, &rolling, indicator));
            for p in 11..by_month.len() {
                prop_assert_eq!(by_month[p - 11..=p].iter().sum::<f64>(), by_year[p]);
            }
        }
    }

    #[test]
    fn areas_and_ages_add_up_to_the_total(persons in proptest::collection::vec(person(), 1..10), gap in gap(), split in prop_oneof![Just(Dimension::Area), Just(Dimension::Age), Just(Dimension::Group(0))]) {
        let total = plan(Length::Month, gap, vec![]);
        let parts = plan(Length::Month, gap, vec![split]);
        let (a, b) = (count(&total, &persons), count(&parts, &persons));
        use Indicator as I;
        for indicator in [I::StockEnd, I::PersonDays, I::FullTimePersons, I::Inflow, I::Outflow, I::DurationCompletedMean,
            I::LongTermShare, I::PassiveShare, I::ActivationDegree, I::ExitToWork3, I::SelfSupportShare, I::ReturnShare,
            I::CaseworkerChanges, I::ShareWithoutChange] {
            let (whole, summed) = (summed(&a, &total, indicator), summed(&b, &parts, indicator));
            for (x, y) in whole.iter().zip(&summed) {
                prop_assert!((x - y).abs() < 1e-6, "{indicator}: {x} {y}");
            }
        }
    }

    #[test]
    fn a_change_of_attribute_never_splits(persons in proptest::collection::vec(person(), 1..8), gap in gap(), area in 1..4u16) {
        // Cutting every row in two and moving the second half changes no total.
        let cut: Vec<Person> = persons.iter().map(|p| Person {
            entries: p.entries.iter().flat_map(|e| {
                let middle = e.days.from + e.days.days() / 2;
                let first = Interval::new(e.days.from, middle).map(|days| Entry { days, ..*e });
                let second = Interval::new(middle, e.days.to).map(|days| Entry { days, area, ..*e });
                first.into_iter().chain(second)
            }).rev().collect(),
            born: None,
            ..p.clone()
        }).collect();
        let plan = plan(Length::Month, gap, vec![]);
        prop_assert_eq!(count(&plan, &persons), count(&plan, &cut));
    }

    #[test]
    fn the_same_rows_twice_are_the_same_table(persons in proptest::collection::vec(person(), 1..8), gap in gap(), by in by()) {
        let twice: Vec<Person> = persons.iter().map(|p| Person {
            entries: [p.entries.clone(), p.entries.clone()].concat(),
            ..p.clone()
        }).collect();
        let plan = plan(Length::Month, gap, by);
        prop_assert_eq!(count(&plan, &persons), count(&plan, &twice));
    }

    #[test]
    fn counting_day_by_day_gives_the_same(persons in proptest::collection::vec(person(), 1..6)) {
        let plan = plan(Length::Month, Gap::None, vec![]);
        let counted = count(&plan, &persons);
        let of = |i| summed(&counted, &plan, i);
        let (stock, days, people, full) = (of(Indicator::StockEnd), of(Indicator::PersonDays), of(Indicator::Persons), of(Indicator::FullTimePersons));
        let on = |p: &Person, d: Day| p.entries.iter().any(|e| e.days.has(d));
        for (i, period) in plan.calendar.periods().iter().enumerate() {
            let last = period.last.last().min(plan.calendar.as_of());
            let all: Vec<Day> = (period.first.first().0..=last.0).map(Day).collect();
            let paid = |p: &Person| all.iter().filter(|&&d| on(p, d)).count();
            prop_assert_eq!(stock[i] as usize, persons.iter().filter(|p| on(p, last)).count());
            prop_assert_eq!(days[i] as usize, persons.iter().map(paid).sum::<usize>());
            prop_assert_eq!(people[i] as usize, persons.iter().filter(|p| paid(p) > 0).count());
            let share = |p: &Person, d: Day| -> u64 {
                (1..4).map(|b| p.entries.iter().filter(|e| e.benefit == b && e.days.has(d)).map(|e| u64::from(e.share)).max().unwrap_or(0))
                    .sum::<u64>().min(u64::from(FULL))
            };
            let expected: u64 = persons.iter().flat_map(|p| all.iter().map(move |&d| share(p, d))).sum();
            prop_assert!((full[i] - expected as f64 / f64::from(FULL)).abs() < 1e-6);
        }
    }

    #[test]
    fn in_the_long_run_stock_is_inflow_times_duration(lengths in proptest::collection::vec(1..120i32, 1..4)) {
        // Little's law: every day one spell of each length begins.
        let persons: Vec<Person> = (-200..DAYS).flat_map(|d| lengths.iter().map(move |&n| Person {
            entries: vec![Entry { benefit: 1, area: 1, share: FULL, days: Interval::new(START + d, START + d + n).unwrap() }],
            ..Person::default()
        })).collect();
        let mut plan = plan(Length::Month, Gap::None, vec![]);
        plan.indicators = vec![Indicator::StockEnd, Indicator::PersonDays, Indicator::DurationCompletedMean];
        let counted = count(&plan, &persons);
        let total: i32 = lengths.iter().sum();
        for stock in &summed(&counted, &plan, Indicator::StockEnd)[..12] {
            prop_assert_eq!(*stock as i32, total);
        }
    }
}

proptest! {
    // Each case is many tables.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_withheld_number_is_one_subtraction_away(persons in proptest::collection::vec(person(), 1..16), gap in gap(), by in by(), min_cell in 2..6u64) {
        let mut plan = plan(Length::Month, gap, by);
        plan.totals = true;
        plan.min_cell = min_cell;
        let counted = count(&plan, &persons);
                let withheld: HashSet<(usize, usize, Indicator)> =
            counted.figures.iter().filter(|f| f.withheld).map(|f| (f.cell, f.period, f.indicator)).collect();
        let hidden = |cell, period, indicator| withheld.contains(&(cell, period, indicator));
        for period in (0..plan.calendar.periods().len()).step_by(5) {
            for cell in 0..counted.cells.len() {
                let balance = [hidden(cell, period, Indicator::StockEnd), period > 0 && hidden(cell, period - 1, Indicator::StockEnd),
                    hidden(cell, period, Indicator::Inflow), hidden(cell, period, Indicator::Outflow)];
                prop_assert!(period == 0 || balance.iter().filter(|&&h| h).count() != 1, "{:?}", balance);
                prop_assert!(!hidden(cell, period, Indicator::Persons) || hidden(cell, period, Indicator::PersonDays));
                for dimension in (0..plan.by.len()).filter(|&d| counted.cells[cell][d] == table::ALL) {
                    let parts = (0..counted.cells.len()).filter(|&part| part != cell && (0..plan.by.len()).all(|d|
                        (d == dimension) == (counted.cells[part][d] != counted.cells[cell][d])));
                    let alone = |i| parts.clone().filter(|&part| hidden(part, period, i)).count() == 1;
                    for indicator in [Indicator::Persons, Indicator::StockEnd, Indicator::Inflow, Indicator::Outflow, Indicator::LongTermShare] {
                        prop_assert!(hidden(cell, period, indicator) || !alone(indicator), "{indicator}");
                    }
                }
            }
        }
    }
}
