//! Figures and profiles that others have made.

use tovholder_analysis::benchmark;
use tovholder_casework::rules::Rules;
use tovholder_figures::Strategy;
use tovholder_figures::exchange::Body;
use tovholder_figures::published::{Line, tables};

use crate::text;

/// An answer, or a file.
pub fn published(input: &[u8]) {
    if let Ok(figures) = benchmark::read("fil", "y60a02", input) {
        for figure in figures {
            assert!(
                figure.value.is_none_or(f64::is_finite),
                "{} of {} is no number",
                figure.measure,
                figure.area
            );
            assert!(figure.period.first() <= figure.period.last());
        }
    }
}

/// Four fields of a line, one below the other; or the list of tables.
pub fn line(input: &[u8]) {
    let all = text(input);
    let mut parts = all.splitn(4, '\n');
    let mut next = || parts.next().unwrap_or_default();
    if let Ok(line) = Line::read(next(), next(), next(), next()) {
        let area = line.area.code();
        let again = Line::read(line.quantity.code(), &area, &line.from.to_string(), &line.text());
        assert_eq!(again.as_ref(), Ok(&line), "kept and read again");
    }
    let _ = tables(&all);
}

/// What stands before the signature.
pub fn exchange(input: &[u8]) {
    if let Ok(body) = Body::read(&text(input)) {
        assert_eq!(Body::read(&body.text()).as_ref(), Ok(&body), "written and read again");
    }
}

/// Profiles and rules.
pub fn strategy(input: &[u8]) {
    let all = text(input);
    let _ = Strategy::parse(&all);
    if let Some((name, file)) = all.split_once('\n')
        && let Ok(rules) = Rules::from_files([(name, file)])
    {
        let on = rules.on(jiff::civil::date(2026, 3, 16));
        assert!(on.coordinator().former_reads_days < 100_000);
    }
}
