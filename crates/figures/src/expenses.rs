//! What the benefits cost, month by month, less what the state gives back.

use tovholder_spells::Month;
use tovholder_spells::person::Code;

use crate::register::Town;
use crate::set::{Measured, Series, Slice, Value};
use crate::strategy::Measure;

/// What a group cost in a month: rows, gross, refund.
type Cost = (u64, f64, f64);

/// The measure for all its groups and for each.
///
/// The sum of a month is known only when every group that has cost something before is in it: a file that has not come yet must not look
/// like money saved. A group that costs nothing in a month has a row that says 0.
pub(crate) fn measured(town: &Town, measure: &Measure, months: &[Month]) -> Measured {
    let code = |place: usize| Code::try_from(place + 1).unwrap_or(Code::MAX - 1);
    let cost = |month: Month, place: usize| -> Option<Cost> {
        let own = town
            .expenses
            .iter()
            .filter(|e| e.month == month && e.benefit == code(place));
        own.fold(None, |sum: Option<Cost>, e| {
            let (rows, gross, refund) = sum.unwrap_or_default();
            Some((rows + 1, gross + e.gross, refund + e.refund))
        })
    };
    let known_from: Vec<(usize, Month)> = measure
        .groups
        .iter()
        .filter_map(|&place| {
            let own = town.expenses.iter().filter(|e| e.benefit == code(place));
            Some((place, own.map(|e| e.month).min()?))
        })
        .collect();
    let sum = |month: Month| -> Option<Cost> {
        let groups = known_from.iter().filter(|(_, from)| *from <= month);
        let costs = groups
            .map(|(place, _)| cost(month, *place))
            .collect::<Option<Vec<Cost>>>()?;
        costs.into_iter().reduce(|a, b| (a.0 + b.0, a.1 + b.1, a.2 + b.2))
    };
    let series = |slice: Slice, of: &dyn Fn(Month) -> Option<Cost>| {
        Series::new(slice, months.iter().map(|&month| value(month, of(month))).collect())
    };
    let parts = known_from
        .iter()
        .map(|&(place, _)| series(Slice::Group(place), &|month| cost(month, place)));
    Measured {
        all: series(Slice::All, &sum),
        parts: parts.collect(),
    }
}

/// Money is nobody's secret: the accounts of a municipality are public, and no person is in them.
fn value(month: Month, cost: Option<Cost>) -> Value {
    let (rows, gross, refund) = cost.unwrap_or_default();
    Value {
        month,
        numerator: gross,
        denominator: None,
        value: cost.map(|_| gross - refund),
        n: rows,
        withheld: false,
        n_withheld: false,
        provisional: false,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::*;
    use crate::register::Expense;
    use crate::set::Figures;
    use crate::strategy::Strategy;

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    /// Kontanthjælp and feriedagpenge cost something in January and February, dagpenge from February on; in March kontanthjælp is missing.
    #[test]
    fn the_sum_is_known_only_when_no_group_is_missing() {
        let strategy = Strategy::builtin();
        let cost = |on: &str, benefit: &str, gross: f64, refund: f64| Expense {
            month: month(on),
            benefit: strategy.code_of(benefit),
            gross,
            refund,
        };
        let town = Town {
            expenses: vec![
                cost("2026-01", "kontanthjaelp", 1_000.0, 200.0),
                cost("2026-01", "uddannelseshjaelp", 500.5, 0.0),
                cost("2026-02", "kontanthjaelp", 900.0, 100.0),
                cost("2026-02", "dagpenge", 400.0, 300.0),
                cost("2026-03", "dagpenge", 400.0, 300.0),
                // Of no group of the measure: parental leave is not what this strategy is about.
                cost("2026-01", "barselsdagpenge", 7_000_000.0, 0.0),
            ],
            ..Town::default()
        };
        let as_of = "2026-05-01".parse().unwrap();
        let figures = Figures::between(&town, [], &strategy, as_of, month("2025-12"), month("2026-04"));
        let (place, measure) = strategy.measure("expenses").unwrap();
        let all = |on: &str| figures.measured[place].all.of(month(on)).unwrap().value;
        assert_eq!(all("2025-12"), None, "nothing was brought in");
        assert_eq!(all("2026-01"), Some(1_300.5));
        assert_eq!(all("2026-02"), Some(900.0));
        assert_eq!(all("2026-03"), None, "kontanthjælp has not come yet");
        assert_eq!(all("2026-04"), None);
        let group = strategy.group("kontanthjaelp").unwrap();
        assert!(measure.groups.contains(&group));
        let own = figures.measured[place].of(Slice::Group(group)).unwrap();
        let january = own.of(month("2026-01")).unwrap();
        assert_eq!(
            (january.value, january.numerator, january.n),
            (Some(1_300.5), 1_500.5, 2)
        );
        assert_eq!(own.of(month("2026-03")).unwrap().value, None);
        assert_eq!(figures.measured[place].parts.len(), 2, "no groups without expenses");
        let nobody = crate::register::Someone::default();
        assert!(!crate::set::is_behind(&nobody, measure, month("2026-01"), &figures));
    }
}
