//! What the demo's benefits cost the municipality, and the budget: reckoned from the demo's own periods on benefits.
//!
//! The rates are invented, round numbers of about the right size, alike in all years. What the state gives back falls with the length of the
//! period in the steps of the reform of 2016: 80, 40, 30 and 20 per cent.

use std::collections::BTreeMap;

use tovholder_figures::Strategy;
use tovholder_store::args;
use tovholder_store::db::{Error, Tx};
use uuid::Uuid;

use super::calendar::{Calendar, Day};
use super::spells::Span;

/// Kroner a month for one who is on the benefit all of it. Invented.
const RATES: &[(&str, i64)] = &[
    ("dagpenge", 20_000),
    ("sygedagpenge", 19_000),
    ("kontanthjaelp", 13_000),
    ("uddannelseshjaelp", 9_000),
    ("sho", 9_000),
    ("jobafklaring", 14_000),
    ("ressourceforloeb", 14_000),
    ("ledighedsydelse", 17_000),
    ("fleksjob", 16_000),
    ("foertidspension", 21_000),
];

/// Up to which day of the period the state gives back how many per cent.
const STEPS: [(Day, i64); 4] = [(4 * 7, 80), (26 * 7, 40), (52 * 7, 30), (Day::MAX, 20)];

/// So many years are in the accounts.
const YEARS: Day = 5;
/// The accounts of a month are closed so many days after it.
const CLOSED_AFTER: Day = 10;

/// A month by its number: twelve times the year and the month from 0.
type Month = i32;

/// Days on each benefit in each month, by what the state gives back: the sum of days for each step.
#[derive(Default)]
pub struct Costs(BTreeMap<(Month, &'static str), [i64; 4]>);

impl Costs {
    /// Adds a citizen's periods.
    pub fn add<'s>(&mut self, calendar: &Calendar, spells: impl Iterator<Item = &'s Span>) {
        let (first, last) = (calendar.today() - YEARS * 365, calendar.today() - CLOSED_AFTER);
        for span in spells {
            let Some(&(benefit, _)) = RATES.iter().find(|(benefit, _)| *benefit == span.code) else {
                continue;
            };
            let mut day = span.from.max(first);
            let end = span.until.unwrap_or(last).min(last);
            while day <= end {
                let date = calendar.date(day);
                let step = STEPS
                    .iter()
                    .position(|(until, _)| day - span.from < *until)
                    .unwrap_or(3);
                // To the end of the month, of the step, or of the period, whichever comes first.
                let month_ends = day + Day::from(date.days_in_month() - date.day());
                let step_ends = span.from.saturating_add(STEPS[step].0) - 1;
                let piece_ends = month_ends.min(step_ends).min(end);
                let month = Month::from(date.year()) * 12 + Month::from(date.month()) - 1;
                self.0.entry((month, benefit)).or_default()[step] += i64::from(piece_ends - day + 1);
                day = piece_ends + 1;
            }
        }
    }

    /// Adds what others have added up.
    pub fn merge(&mut self, other: &Costs) {
        for (of, days) in &other.0 {
            let sum = self.0.entry(*of).or_default();
            for (sum, days) in sum.iter_mut().zip(days) {
                *sum += days;
            }
        }
    }

    /// Month, benefit, and whole kroner paid out and given back, of the months that are closed.
    fn rows(&self, calendar: &Calendar) -> Vec<(Month, &'static str, i64, i64)> {
        let month_of = |day: Day| {
            let date = calendar.date(day);
            Month::from(date.year()) * 12 + Month::from(date.month()) - 1
        };
        // The first month is not whole, and the last not closed.
        let (first, last) = (
            month_of(calendar.today() - YEARS * 365) + 1,
            month_of(calendar.today() - CLOSED_AFTER) - 1,
        );
        let own = self.0.iter().filter(|((month, _), _)| (first..=last).contains(month));
        own.map(|(&(month, benefit), days)| {
            let rate = RATES.iter().find(|(of, _)| *of == benefit).map_or(0, |(_, rate)| *rate);
            // A month has thirty days, as in the accounts of benefits paid by the month.
            let gross = days.iter().sum::<i64>() * rate / 30;
            let refund = days
                .iter()
                .zip(STEPS)
                .map(|(days, (_, percent))| days * rate * percent / 3_000)
                .sum();
            (month, benefit, gross, refund)
        })
        .collect()
    }

    /// Writes the accounts.
    ///
    /// # Errors
    /// As [`Tx::execute`](tovholder_store::db::Conn::execute).
    pub async fn write(&self, tx: &mut Tx, calendar: &Calendar) -> Result<u64, Error> {
        let rows: Vec<_> = self
            .rows(calendar)
            .into_iter()
            .zip(0u128..)
            .map(|((month, benefit, gross, refund), n)| {
                // The same numbers every time: the demo is the same to the byte.
                let id = Uuid::from_u128(0x6578_7065_6e73_7000_8000_0000_0000_0000 + n);
                args![id, name(month), benefit, gross as f64, refund as f64].to_vec()
            })
            .collect();
        tx.insert_many("INSERT INTO expense (id, month, benefit, gross, refund)", &rows)
            .await
    }

    /// The budget of a month of a year, for all and by group of benefits: what the months of the year before cost on average, in round
    /// numbers and a little less, since that is what is hoped for. None for a year that none is known before.
    pub fn budgets(&self, calendar: &Calendar, year: i16) -> Vec<(String, f64)> {
        let strategy = Strategy::builtin();
        let before = Month::from(year - 1) * 12;
        let mut groups: BTreeMap<String, i64> = BTreeMap::new();
        let mut months: Vec<Month> = Vec::new();
        for (month, benefit, gross, refund) in self.rows(calendar) {
            if (before..before + 12).contains(&month) {
                months.push(month);
                let place = usize::from(strategy.code_of(benefit)) - 1;
                let group = strategy.groups.get(place).map_or("", |group| group.code.as_str());
                *groups.entry(group.to_owned()).or_default() += gross - refund;
            }
        }
        months.dedup();
        let monthly = |sum: i64| (sum as f64 * 0.98 / months.len().max(1) as f64 / 10_000.0).round() * 10_000.0;
        let all: f64 = groups.values().map(|sum| monthly(*sum)).sum();
        let mut budgets: Vec<(String, f64)> = groups.into_iter().map(|(group, sum)| (group, monthly(sum))).collect();
        if !budgets.is_empty() {
            budgets.insert(0, (String::new(), all));
        }
        budgets
    }
}

fn name(month: Month) -> String {
    format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// Sygedagpenge from 1 December for 61 days, seen on 16 March: 28 days at 80 per cent, then 40.
    #[test]
    fn the_state_gives_back_less_as_time_goes() {
        let calendar = Calendar::around(date(2026, 3, 16));
        let from = calendar.day(date(2025, 12, 1));
        let span = Span {
            code: "sygedagpenge".into(),
            from,
            until: Some(from + 60),
        };
        let mut costs = Costs::default();
        costs.add(&calendar, [&span].into_iter());
        let rows = costs.rows(&calendar);
        // December: 31 days x 19,000 / 30 = 19,633; back 28 x 19,000 x 80 % / 30 = 14,186 and 3 days at 40 %: 760. January: 30 days at 40 %.
        assert_eq!(
            rows,
            [
                (24_311, "sygedagpenge", 19_633, 14_946),
                (24_312, "sygedagpenge", 19_000, 7_600)
            ]
        );
        assert_eq!(name(24_312), "2026-01");
        let mut ten = Costs::default();
        for _ in 0..10 {
            ten.merge(&costs);
        }
        assert_eq!(ten.rows(&calendar)[1].2, 190_000);
        // One month of 2025 is known: 10 x (19,633 - 14,946) x 0.98 = 45,933, to the nearest ten thousand.
        let budgets = ten.budgets(&calendar, 2026);
        assert_eq!(
            budgets,
            [(String::new(), 50_000.0), ("sygedagpenge".to_owned(), 50_000.0)]
        );
        assert!(ten.budgets(&calendar, 2024).is_empty());
    }
}
