//! Reading and nothing else, to compare with: what is the least that a table from this file can cost?

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};

use super::Arguments;
use super::beside::{interval, share};
use super::codes::{Codes, Dictionary};
use super::input::{Fields, Rows};
use crate::problem::Problem;
use crate::register::{Lines, Skip, Source};

/// Sums of a file's columns: worth nothing but the reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// How many rows.
    pub rows: u64,
    /// Of the ids' bytes, the codes, the days and the shares.
    pub columns: [i64; 6],
}

/// Reads the columns of `--spells` as [`run`](super::run) reads them, with as many threads, and adds them up: nothing is checked against another row,
/// nobody is counted. For measuring only.
///
/// # Errors
/// When a row cannot be read.
pub fn read_only(arguments: &Arguments) -> Result<Sums, Problem> {
    let path = arguments
        .spells
        .as_deref()
        .ok_or_else(|| Problem::input("--spells is needed"))?;
    let source = Source::open(path)?;
    let rows = Rows::spells(&source.header)?;
    let person = source.header.column("person")?;
    let (benefits, areas) = (Dictionary::new(None), Dictionary::new(None));
    let threads = u64::from(arguments.threads.unwrap_or(1));
    let pieces = threads * 16;
    let next = AtomicU64::new(0);
    let bad = |offset: u64| io::Error::other(format!("a row cannot be read, at byte {offset}"));
    let work = || -> io::Result<Sums> {
        let Rows::Spells {
            benefit,
            start,
            end,
            area,
            share: part,
        } = rows
        else {
            return Err(bad(0));
        };
        let mut sums = Sums::default();
        let (mut benefits, mut areas) = (Codes::new(&benefits), Codes::new(&areas));
        loop {
            let piece = next.fetch_add(1, Ordering::Relaxed);
            if piece >= pieces {
                return Ok(sums);
            }
            let edge = |i: u64| source.start() + (source.length() - source.start()) * i / pieces;
            let skip = if piece == 0 { Skip::Nothing } else { Skip::ToNextLine };
            let mut lines: Lines = source.lines(edge(piece), skip)?;
            while let Some((offset, line)) = lines.next()? {
                if offset > edge(piece + 1) {
                    break;
                }
                let mut fields = Fields::default();
                if !fields.cut(line, source.header.separator) || fields.count() != source.header.columns.len() {
                    return Err(bad(offset));
                }
                let id = fields
                    .get(person)
                    .iter()
                    .fold(0i64, |sum, &byte| sum * 10 + i64::from(byte & 15));
                let days = interval(fields.get(start), fields.get(end), (start, end)).map_err(|_| bad(offset))?;
                let code = benefits.code(fields.get(benefit), offset).map_err(|_| bad(offset))?;
                let place = area.map_or(Ok(0), |area| areas.code(fields.get(area), offset));
                let share = part.map_or(Some(0), |part| share(fields.get(part)));
                sums.rows += 1;
                let columns = [
                    id,
                    i64::from(code),
                    i64::from(days.from.0),
                    i64::from(days.to.0),
                    i64::from(place.map_err(|_| bad(offset))?),
                    i64::from(share.ok_or_else(|| bad(offset))?),
                ];
                sums.columns
                    .iter_mut()
                    .zip(columns)
                    .for_each(|(sum, value)| *sum += value);
            }
        }
    };
    let results: Vec<io::Result<Sums>> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let join = |thread: std::thread::ScopedJoinHandle<'_, _>| {
            thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        running.into_iter().map(join).collect()
    });
    let mut all = Sums::default();
    for result in results {
        let part = result.map_err(|error| Problem::input(format!("{}: {error}", path.display())))?;
        all.rows += part.rows;
        all.columns
            .iter_mut()
            .zip(part.columns)
            .for_each(|(sum, value)| *sum += value);
    }
    Ok(all)
}
