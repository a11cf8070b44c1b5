//! What other municipalities have counted of the same figure: their own numbers, from the files they signed.

use tovholder_figures::exchange::{self, Body};
use tovholder_store::exchanges;

use crate::figures::*;
use crate::kit::respond::Failure;
use crate::kit::visit::Visit;

/// A municipality's number.
pub struct Place {
    /// Its name.
    pub name: String,
    /// The number.
    pub value: String,
    /// Within which it may lie by chance; empty where that cannot be said.
    pub between: String,
    /// How many stand behind it.
    pub n: String,
    /// The day it was made.
    pub as_of: String,
}

/// Our number and theirs, of one month.
pub struct Exchanged {
    /// The month.
    pub month: String,
    /// We first.
    pub places: Vec<Place>,
    /// All together, where it can be said.
    pub pooled: Option<String>,
}

impl Exchanged {
    /// What is known of a measure; none where nobody has sent the same.
    ///
    /// # Errors
    /// The database is away.
    pub async fn find(
        visit: &Visit,
        figures: &Figures,
        measure: &Measure,
        slice: Slice,
    ) -> Result<Option<Exchanged>, Failure> {
        if !matches!(slice, Slice::All | Slice::Group(_)) {
            return Ok(None);
        }
        let kept = exchanges::newest(&mut visit.read().await?).await?;
        // What was kept was read once already: a file of an older format that is no longer understood is left out.
        // Only this figure's lines are read: a page shows one of eighty.
        let begins = format!("{{\"definition\":\"{}\"", exchange::definition(measure));
        let own = |text: &str| -> String {
            let lines = text.split_inclusive('\n').enumerate();
            lines
                .filter(|(at, line)| *at == 0 || line.starts_with(&begins))
                .map(|(_, line)| line)
                .collect()
        };
        let bodies: Vec<Body> = kept
            .iter()
            .filter_map(|file| Body::read(&own(&file.body)).ok())
            .collect();
        let t = visit.t;
        let format = Format::of(measure, figures);
        let strategy = visit.app.figures().strategy();
        let all = exchange::compare(figures, strategy, &visit.app.site.municipality, &bodies);
        let row = all
            .rows
            .into_iter()
            .find(|row| row.measure == measure.code && row.slice == slice);
        Ok(row.map(|row| Exchanged {
            month: row.numbers.first().map_or_else(String::new, |n| month_name(t, n.month)),
            pooled: row.pooled.map(|value| format.show(t, value)),
            places: row
                .numbers
                .iter()
                .map(|n| Place {
                    name: n.municipality.clone(),
                    value: format.show(t, n.value),
                    between: n.between.map_or_else(String::new, |held| {
                        t.fig_between(format.show(t, held.upper), format.show(t, held.lower))
                    }),
                    n: t.integer(n.n as i64),
                    as_of: n
                        .as_of
                        .parse()
                        .map_or_else(|_| n.as_of.clone(), |day: Date| t.date(day)),
                })
                .collect(),
        }))
    }
}
