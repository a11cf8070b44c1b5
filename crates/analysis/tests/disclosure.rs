//! Whether a withheld number can be computed back from what `indicators` writes: a reader with a linear program tries.
//!
//! The reader knows every figure shown, that by how much parts and totals differ (people in two groups), the balance of stock and
//! flows, that exits in a year are the year's outflow, that nothing is below zero, that a withheld count of persons or stock is not zero (zeros are
//! shown, all but one under a total that has only empty parts), that a part is not over a whole shown, and which persons must have come, left or stayed. For every small number the program finds the
//! least and the greatest value that agree with all of that; they must be the threshold apart.

#![expect(clippy::unwrap_used, reason = "a test that panics fails")]

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use clap::Parser;
use proptest::prelude::*;
use tovholder_analysis::indicators::{Arguments, run};

#[derive(Parser)]
struct Command {
    #[command(flatten)]
    arguments: Arguments,
}

const THRESHOLD: f64 = 5.0;

/// One cell of a table, `*` for all.
type Cell = Vec<String>;

/// A written figure.
#[derive(Clone, Debug)]
struct Row {
    numerator: f64,
    n: f64,
    withheld: bool,
}

/// By figure, period and cell.
type Rows = BTreeMap<(String, usize, Cell), Row>;

struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        // Property tests of one process run one after another; the tests here have names of their own.
        let name = std::thread::current().name().unwrap_or("test").replace(':', "-");
        let path = std::env::temp_dir().join(format!("tovholder-disclosure-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    /// What the command writes, read back.
    fn table(&self, more: &str) -> Rows {
        let path = |name: &str| self.0.join(name).display().to_string();
        let line = format!(
            "indicators --spells {} --persons {} --out {} --totals {more}",
            path("spells.csv"),
            path("persons.csv"),
            path("out.csv")
        );
        run(&Command::try_parse_from(line.split_whitespace()).unwrap().arguments).unwrap();
        let text = std::fs::read_to_string(self.0.join("out.csv")).unwrap();
        let mut lines = text
            .lines()
            .map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
        let at = lines
            .next()
            .unwrap()
            .iter()
            .position(|name| name == "indicator")
            .unwrap();
        let all: Vec<Vec<String>> = lines.collect();
        let mut periods: Vec<&String> = all.iter().map(|row| &row[0]).collect();
        periods.sort();
        periods.dedup();
        let number = |text: &str| text.parse().unwrap_or(f64::NAN);
        all.iter()
            .map(|row| {
                let period = periods.binary_search(&&row[0]).unwrap();
                let figure = Row {
                    numerator: number(&row[at + 1]),
                    n: number(&row[at + 4]),
                    withheld: row[at + 5] == "true",
                };
                ((row[at].clone(), period, row[1..at].to_vec()), figure)
            })
            .collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// What the reader looks for: a count in a period and a cell.
type Name = (&'static str, usize, Cell);

/// Figures that are a number of some, and the figure that tells of how many; none where only the figure itself does.
const PARTS: [(&str, Option<&str>); 4] = [
    ("long_term_share", Some("stock_end")),
    ("self_support_share", Some("outflow")),
    ("return_share_26w", Some("outflow")),
    ("duration_median_km", None),
];
/// Figures that must not be shown where this one is not: they would tell it.
const TELL: [(&str, &str); 6] = [
    ("person_days", "persons"),
    ("full_time_persons", "persons"),
    ("long_term_share", "stock_end"),
    ("duration_completed_mean", "outflow"),
    ("self_support_share", "outflow"),
    ("return_share_26w", "outflow"),
];
const COUNTS: [&str; 6] = ["persons", "stock_end", "inflow", "outflow", "moved_in", "moved_out"];

/// Unknowns with their true value and bounds, and sums of them that are nought. Kept as differences from the truth, which the reader does not know
/// but which is one of the solutions.
#[derive(Default)]
struct Reader {
    names: HashMap<Name, usize>,
    bounds: Vec<(f64, f64)>,
    small: Vec<bool>,
    sums: Vec<Vec<(usize, f64)>>,
}

impl Reader {
    /// Who reads the table `shown`; `truth` is the same without anything withheld. `lag` and `window` as the periods overlap.
    fn of(truth: &Rows, shown: &Rows, lag: usize, window: usize, paid_stock: bool) -> Reader {
        let mut reader = Reader::default();
        for ((figure, period, cell), row) in truth {
            let hidden = |figure: &str| {
                shown
                    .get(&(figure.to_owned(), *period, cell.clone()))
                    .is_some_and(|r| r.withheld)
            };
            let seen = |figure: &str, period: usize| {
                let key = (figure.to_owned(), period, cell.clone());
                shown.get(&key).filter(|r| !r.withheld).map(|_| truth[&key].numerator)
            };
            if !hidden(figure) {
                continue;
            }
            let small = |value: f64| 0.0 < value && value < THRESHOLD;
            if let Some(&count) = COUNTS.iter().find(|name| *name == figure) {
                let before = period.checked_sub(lag).and_then(|before| seen("stock_end", before));
                let moved = |name: &str| match truth.contains_key(&(name.to_owned(), *period, cell.clone())) {
                    true => seen(name, *period),
                    false => Some(0.0),
                };
                let (least, most) = match count {
                    "persons" => (
                        seen("stock_end", *period)
                            .filter(|_| paid_stock)
                            .unwrap_or(0.0)
                            .max(row.numerator.min(1.0)),
                        match (before, seen("inflow", *period), moved("moved_in")) {
                            (Some(a), Some(b), Some(c)) => a + b + c,
                            _ => f64::INFINITY,
                        },
                    ),
                    // Nought is withheld only with a total whose parts are all nought; whoever thinks it is more is wrong.
                    "stock_end" => (
                        row.numerator.min(1.0),
                        seen("persons", *period).filter(|_| paid_stock).unwrap_or(f64::INFINITY),
                    ),
                    _ => (0.0, f64::INFINITY),
                };
                let name = (count, *period, cell.clone());
                reader.unknown(name, row.numerator, (least, most), small(row.numerator));
            } else if let Some(&(part, whole)) = PARTS.iter().find(|(part, _)| part == figure) {
                let most = whole.and_then(|whole| seen(whole, *period)).unwrap_or(f64::INFINITY);
                // The rest of a whole that is withheld with its part, and told nowhere else, is not known even where the part is.
                let rest = small(row.n - row.numerator) && row.n >= THRESHOLD && whole.is_some();
                let is_small = small(row.numerator) || rest;
                reader.unknown((part, *period, cell.clone()), row.numerator, (0.0, most), is_small);
            }
        }
        reader.adding_up(truth);
        reader.over_time(truth, lag, window);
        reader
    }

    fn unknown(&mut self, name: Name, value: f64, (least, most): (f64, f64), small: bool) {
        assert!(
            least <= value && value <= most,
            "{name:?}: {value} not in {least}..{most}"
        );
        self.names.insert(name, self.bounds.len());
        self.bounds.push((least - value, most - value));
        self.small.push(small);
    }

    /// A sum of unknowns; who is not among them is shown.
    fn sum(&mut self, terms: impl IntoIterator<Item = (Name, f64)>) {
        let terms: Vec<(usize, f64)> = terms
            .into_iter()
            .filter_map(|(name, sign)| Some((*self.names.get(&name)?, sign)))
            .collect();
        if !terms.is_empty() {
            self.sums.push(terms);
        }
    }

    fn adding_up(&mut self, truth: &Rows) {
        let mut lines: BTreeMap<(Name, usize), Vec<Name>> = BTreeMap::new();
        for (figure, period, cell) in truth.keys() {
            let names = COUNTS.into_iter().chain(PARTS.map(|part| part.0));
            let Some(figure) = names.into_iter().find(|name| name == figure) else {
                continue;
            };
            for d in (0..cell.len()).filter(|&d| cell[d] != "*") {
                let mut total = cell.clone();
                total[d] = "*".to_owned();
                // A column that is broken down by nothing has no total but itself.
                if truth.contains_key(&(figure.to_owned(), *period, total.clone())) {
                    lines
                        .entry(((figure, *period, total), d))
                        .or_default()
                        .push((figure, *period, cell.clone()));
                }
            }
        }
        for ((total, _), parts) in lines {
            // People in two groups stand in both and once in the total. How many they are is not written anywhere; the reader is taken to know it all
            // the same, unless nothing of the line is shown.
            let value = |name: &Name| truth[&(name.0.to_owned(), name.1, name.2.clone())].numerator;
            let twice = parts.iter().map(value).sum::<f64>() - value(&total);
            let seen = parts.iter().chain([&total]).any(|name| !self.names.contains_key(name));
            if twice != 0.0 && !seen {
                continue;
            }
            self.sum(parts.into_iter().map(|part| (part, 1.0)).chain([(total, -1.0)]));
        }
    }

    fn over_time(&mut self, truth: &Rows, lag: usize, window: usize) {
        let stocks: Vec<(usize, Cell)> = truth
            .keys()
            .filter(|key| key.0 == "stock_end")
            .map(|(_, period, cell)| (*period, cell.clone()))
            .collect();
        for (period, cell) in stocks {
            let name = |figure, period| (figure, period, cell.clone());
            if period >= lag {
                let signs = [
                    ("inflow", 1.0),
                    ("moved_in", 1.0),
                    ("outflow", -1.0),
                    ("moved_out", -1.0),
                ];
                let flows = signs.map(|(figure, sign)| (name(figure, period), sign));
                let stocks = [
                    (name("stock_end", period - lag), 1.0),
                    (name("stock_end", period), -1.0),
                ];
                self.sum(flows.into_iter().chain(stocks));
            }
            let median = ("duration_median_km".to_owned(), period, cell.clone());
            if period + 1 >= window && truth.contains_key(&median) {
                let year = (period + 1 - window..=period).map(|p| (name("outflow", p), 1.0));
                self.sum(year.chain([(name("duration_median_km", period), -1.0)]));
            }
        }
    }

    /// The small numbers that can be narrowed down further than they may be, with what is found.
    fn finds(&self) -> Vec<String> {
        let mut found = Vec::new();
        for group in self.groups() {
            let mut program = Program::of(self, &group);
            for &unknown in group.iter().filter(|&&unknown| self.small[unknown]) {
                let up = program.most(&group, unknown, 1.0, THRESHOLD);
                let down = if up >= THRESHOLD {
                    0.0
                } else {
                    program.most(&group, unknown, -1.0, THRESHOLD - up)
                };
                if up + down < THRESHOLD - 1e-6 {
                    let name = self.names.iter().find(|(_, at)| **at == unknown).unwrap().0;
                    found.push(format!("{name:?} can be {down} less or {up} more"));
                }
            }
        }
        found
    }

    /// Unknowns that hang together by sums.
    fn groups(&self) -> Vec<Vec<usize>> {
        let mut of: Vec<usize> = (0..self.bounds.len()).collect();
        fn root(of: &mut [usize], mut at: usize) -> usize {
            while of[at] != at {
                of[at] = of[of[at]];
                at = of[at];
            }
            at
        }
        for sum in &self.sums {
            for pair in sum.windows(2) {
                let (a, b) = (root(&mut of, pair[0].0), root(&mut of, pair[1].0));
                of[a] = b;
            }
        }
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for unknown in 0..of.len() {
            groups.entry(root(&mut of, unknown)).or_default().push(unknown);
        }
        groups.into_values().collect()
    }
}

/// The simplex method on a dense tableau: A y = b, y ≥ 0, with a basis that is a solution. (Dantzig 1951; Bland's rule after a while, so that it ends.)
struct Program {
    /// Rows: one for each basic variable; the last column is b.
    rows: Vec<Vec<f64>>,
    basis: Vec<usize>,
    width: usize,
    /// y where the unknowns have their true values.
    truths: Vec<f64>,
}

const NEARLY: f64 = 1e-9;

impl Program {
    /// y is how far an unknown is over its least; an upper bound is a row with a variable for what is left.
    fn of(reader: &Reader, group: &[usize]) -> Program {
        let place: HashMap<usize, usize> = group.iter().enumerate().map(|(i, &u)| (u, i)).collect();
        let mut rows: Vec<(Vec<(usize, f64)>, f64)> = Vec::new();
        let mut width = group.len();
        for sum in reader.sums.iter().filter(|sum| place.contains_key(&sum[0].0)) {
            let b = sum.iter().map(|&(u, sign)| -sign * reader.bounds[u].0).sum();
            rows.push((sum.iter().map(|&(u, sign)| (place[&u], sign)).collect(), b));
        }
        for (i, &u) in group.iter().enumerate() {
            let (least, most) = reader.bounds[u];
            if most.is_finite() {
                rows.push((vec![(i, 1.0), (width, 1.0)], most - least));
                width += 1;
            }
        }
        let artificial = width;
        let full = width + rows.len();
        let mut program = Program {
            rows: Vec::new(),
            basis: (artificial..full).collect(),
            width: full,
            truths: group.iter().map(|&u| -reader.bounds[u].0).collect(),
        };
        for (i, (terms, b)) in rows.into_iter().enumerate() {
            let sign = if b < 0.0 { -1.0 } else { 1.0 };
            let mut row = vec![0.0; full + 1];
            for (at, by) in terms {
                row[at] += sign * by;
            }
            row[artificial + i] = 1.0;
            row[full] = sign * b;
            program.rows.push(row);
        }
        // First find a solution: what is made up is brought to nought, and then left out.
        let mut goal = vec![0.0; full];
        goal[artificial..].fill(-1.0);
        let rest = program.maximise(&goal, full, f64::INFINITY);
        assert!(rest > -1e-6, "the truth is a solution, so there is one: {rest}");
        for row in 0..program.rows.len() {
            if program.basis[row] >= artificial
                && let Some(at) = (0..artificial).find(|&at| program.rows[row][at].abs() > 1e-7)
            {
                program.pivot(row, at);
            }
        }
        let kept: Vec<usize> = (0..program.rows.len())
            .filter(|&row| program.basis[row] < artificial)
            .collect();
        program.basis = kept.iter().map(|&row| program.basis[row]).collect();
        program.rows = kept
            .into_iter()
            .map(|row| {
                let mut of = std::mem::take(&mut program.rows[row]);
                let b = of[full];
                of.truncate(artificial);
                of.push(b);
                of
            })
            .collect();
        program.width = artificial;
        program
    }

    /// How far an unknown can go from the truth in one direction; looking no further than `enough`.
    fn most(&mut self, group: &[usize], unknown: usize, way: f64, enough: f64) -> f64 {
        let at = group.iter().position(|&u| u == unknown).unwrap();
        let mut goal = vec![0.0; self.width];
        goal[at] = way;
        let truth = way * self.truths[at];
        self.maximise(&goal, self.width, enough + truth) - truth
    }

    fn maximise(&mut self, goal: &[f64], columns: usize, enough: f64) -> f64 {
        let b = self.width;
        // The last row is what each variable gains; its last column is minus the value so far.
        let mut gains = goal.to_vec();
        gains.push(0.0);
        for (&of, row) in self.basis.iter().zip(&self.rows) {
            if goal[of] != 0.0 {
                gains.iter_mut().zip(row).for_each(|(gain, x)| *gain -= goal[of] * x);
            }
        }
        self.rows.push(gains);
        let last = self.basis.len();
        for step in 0.. {
            let gains = &self.rows[last];
            let better = (0..columns).filter(|&at| gains[at] > NEARLY);
            let entering = match step < 500 {
                true => better.max_by(|&x, &y| gains[x].total_cmp(&gains[y])),
                false => better.min(),
            };
            let value = -gains[b];
            let Some(entering) = entering.filter(|_| value < enough) else {
                self.rows.pop();
                return value;
            };
            let leaving = (0..last)
                .filter(|&row| self.rows[row][entering] > NEARLY)
                .min_by(|&x, &y| {
                    let ratio = |row: usize| self.rows[row][b] / self.rows[row][entering];
                    ratio(x).total_cmp(&ratio(y)).then(self.basis[x].cmp(&self.basis[y]))
                });
            let Some(leaving) = leaving else {
                self.rows.pop();
                return f64::INFINITY;
            };
            self.pivot(leaving, entering);
        }
        unreachable!("the loop has no end")
    }

    fn pivot(&mut self, row: usize, at: usize) {
        let by = self.rows[row][at];
        self.rows[row].iter_mut().for_each(|x| *x /= by);
        let pivot = self.rows[row].clone();
        let used: Vec<usize> = (0..pivot.len()).filter(|&i| pivot[i].abs() > 1e-12).collect();
        for (i, other) in self.rows.iter_mut().enumerate() {
            let by = other[at];
            if i != row && by.abs() > 1e-12 {
                for &j in &used {
                    other[j] -= by * pivot[j];
                }
            }
        }
        self.basis[row] = at;
    }
}

/// Somebody: group sizes differ, so that some cells are small and others are not.
fn person() -> impl Strategy<Value = String> {
    let size = prop_oneof![6 => Just(0usize), 3 => Just(1), 2 => Just(2), 1 => Just(3)];
    let spell = (0usize..3, 0i64..430, prop_oneof![1i64..30, 1i64..400]);
    (size, prop::collection::vec(spell, 1..3), 0usize..3, any::<bool>()).prop_map(|(area, spells, sex, moves)| {
        let day = |n: i64| (tovholder_spells::Day::from_ymd(2023, 6, 1).unwrap() + n as i32).to_string();
        let mut rows = Vec::new();
        // One after another, so that nobody is in two areas on one day.
        let mut from = 0;
        for (i, (benefit, gap, days)) in spells.into_iter().enumerate() {
            from += gap / (i as i64 + 1);
            let benefit = ["dp", "kt", "sy"][benefit.min(1 + i)];
            let areas = if moves && i == 0 {
                [area, (area + 1) % 4]
            } else {
                [area; 2]
            };
            let middle = from + days / 2;
            rows.push(format!("ID,{benefit},{},{},{}", day(from), day(middle), areas[0]));
            rows.push(format!(
                "ID,{benefit},{},{},{}",
                day(middle + 1),
                day(from + days),
                areas[1]
            ));
            from += days + 1;
            if moves {
                break;
            }
        }
        format!("{}|{}", ["K", "M", "M"][sex], rows.join("\n"))
    })
}

fn write(folder: &Folder, persons: &[String]) {
    let mut spells = "person,benefit,start,end,area\n".to_owned();
    let mut beside = "person,birth_date,sex,team\n".to_owned();
    for (i, person) in persons.iter().enumerate() {
        let (sex, rows) = person.split_once('|').unwrap();
        let id = format!("{:04}", i + 1);
        let team = ["a", "a", "a", "a", "b", "b", "c"][i % 7];
        beside.push_str(&format!("{id},1990-01-01,{sex},{team}\n"));
        spells.push_str(&rows.replace("ID", &id));
        spells.push('\n');
    }
    std::fs::write(folder.0.join("spells.csv"), spells).unwrap();
    std::fs::write(folder.0.join("persons.csv"), beside).unwrap();
}

fn audit(persons: &[String], by: &str, period: &str, gap: &str) -> Result<(), TestCaseError> {
    let folder = Folder::new();
    write(&folder, persons);
    let (from, to) = match period {
        "year" => ("2022-01", "2024-12"),
        "quarter" => ("2023-07", "2024-09"),
        "two-months" => ("2024-01", "2024-02"),
        _ => ("2024-01", "2024-03"),
    };
    let length = if period == "two-months" { "month" } else { period };
    let line = format!("--as-of 2025-06-30 --from {from} --to {to} --period {length} --gap {gap} {by}");
    let truth = folder.table(&format!("{line} --min-cell 0"));
    let shown = folder.table(&format!("{line} --min-cell {THRESHOLD}"));
    prop_assert_eq!(truth.len(), shown.len());
    for (key, row) in &shown {
        let small = |n: f64| 0.0 < n && n < THRESHOLD;
        let true_row = &truth[key];
        prop_assert!(row.withheld || (row.n == true_row.n && !small(row.n)), "{key:?}");
        let part = PARTS.iter().any(|part| part.0 == key.0);
        prop_assert!(
            row.withheld || !part || !(small(true_row.numerator) || small(true_row.n - true_row.numerator)),
            "{key:?}"
        );
        if let Some((_, of)) = TELL.iter().find(|tell| tell.0 == key.0) {
            let told = shown.get(&(of.to_string(), key.1, key.2.clone()));
            prop_assert!(
                row.withheld || told.is_none_or(|told| !told.withheld),
                "{key:?} tells {of}"
            );
        }
    }
    let (lag, window) = match period {
        "year" => (1, 1),
        "quarter" => (1, 4),
        "rolling-year" => (12, 1),
        _ => (1, 12),
    };
    let found = Reader::of(&truth, &shown, lag, window, gap == "0d").finds();
    prop_assert!(found.is_empty(), "{} found, the first: {}", found.len(), found[0]);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 4, ..ProptestConfig::with_cases(64) })]

    /// No breakdown, one, two: a list, a table with totals, and what changes inside spells.
    #[test]
    fn a_reader_with_a_linear_program_finds_no_small_number(
        persons in prop::collection::vec(person(), 5..90),
        by in prop::sample::select(vec![
            "", "--by benefit", "--by area", "--by benefit,area", "--by benefit,area",
            // Without the persons, who bound the flows as well, only the balance of stock and flows does.
            "--by benefit --indicators stock_end,inflow,outflow",
            "--by area --indicators stock_end,inflow,outflow,moved_in,moved_out",
        ]),
        period in prop::sample::select(vec!["month", "month", "quarter", "year", "rolling-year"]),
        gap in prop::sample::select(vec!["0d", "28d"]),
    ) {
        audit(&persons, by, period, gap)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 4, ..ProptestConfig::with_cases(12) })]

    /// Three breakdowns, where sums cross in a way that flows cannot describe.
    #[test]
    fn nor_in_three_breakdowns(persons in prop::collection::vec(person(), 40..120)) {
        let few = "--by benefit,sex,team --indicators persons,stock_end,inflow,outflow,long_term_share";
        audit(&persons, few, "two-months", "0d")?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 4, ..ProptestConfig::with_cases(24) })]

    /// Names get their numbers as they are met, and threads meet them as it happens. If other figures were withheld then, two tables of one register
    /// could be laid side by side.
    #[test]
    fn what_is_withheld_does_not_hang_on_the_order_of_persons(mut persons in prop::collection::vec(person(), 20..90)) {
        let folder = Folder::new();
        let line = format!("--as-of 2025-06-30 --from 2024-01 --to 2024-03 --by benefit,area --min-cell {THRESHOLD}");
        let withheld = || folder.table(&line).into_iter().map(|(name, row)| (name, row.withheld)).collect::<Vec<_>>();
        write(&folder, &persons);
        let forwards = withheld();
        persons.reverse();
        write(&folder, &persons);
        prop_assert_eq!(forwards, withheld());
    }
}

/// A total can have only empty parts: whoever goes from one benefit to another within the allowed break is in the stock of all, and of neither. Were
/// all the noughts told, a reader who knows by how much parts and totals differ would know the total.
#[test]
fn a_total_of_empty_parts_takes_one_of_them_along() {
    let person = "M|ID,kt,2024-01-02,2024-01-30,3\nID,dp,2024-02-21,2024-05-17,3".to_owned();
    audit(&[person], "--by benefit", "month", "28d").unwrap();
    let folder = Folder::new();
    write(
        &folder,
        &["M|ID,kt,2024-01-02,2024-01-30,3\nID,dp,2024-02-21,2024-05-17,3".to_owned()],
    );
    let line = "--as-of 2025-06-30 --from 2024-01 --to 2024-01 --gap 28d --by benefit --min-cell";
    let stock = |least: f64| -> Vec<(String, bool, f64)> {
        let rows = folder.table(&format!("{line} {least}")).into_iter();
        let stock = rows.filter(|((figure, ..), _)| figure == "stock_end");
        stock
            .map(|((_, _, cell), row)| (cell.last().unwrap().clone(), row.withheld, row.numerator))
            .collect()
    };
    let truth: Vec<(String, f64)> = stock(0.0).into_iter().map(|(cell, _, value)| (cell, value)).collect();
    assert_eq!(
        truth,
        [("*", 1.0), ("dp", 0.0), ("kt", 0.0)].map(|(cell, value)| (cell.to_owned(), value))
    );
    let withheld: Vec<bool> = stock(THRESHOLD).into_iter().map(|(_, withheld, _)| withheld).collect();
    assert_eq!(withheld.iter().filter(|withheld| **withheld).count(), 2, "{withheld:?}");
    assert!(withheld[0]);
}
