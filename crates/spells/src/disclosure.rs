//! Small numbers: what must be withheld so that nobody is recognised, and proof that it cannot be computed back.
//!
//! A count of 1–4 can point at a person, so it is hidden (primary suppression). A hidden cell in a table with totals is the total less the rest, so
//! more cells must be hidden (secondary suppression): as few people's worth as possible. And because hiding by eye goes wrong, an audit computes for
//! every hidden cell the least and the greatest value that the published table allows. The span must be at least the threshold.
//!
//! ```
//! use tovholder_spells::disclosure::{Mark, Rule, Table};
//! let table = Table::two_way(&[vec![3, 12, 9], vec![15, 20, 11], vec![8, 7, 14]]).unwrap();
//! let mask = table.protect(&Rule::default());
//! assert_eq!(mask.mark(0, 0), Mark::Small); // the 3
//! for (row, column) in [(0, 1), (2, 0), (2, 1)] {
//!     assert_eq!(mask.mark(row, column), Mark::Closing); // 12, 8 and 7: the cheapest rectangle
//! }
//! assert_eq!(mask.mark(1, 1), Mark::Shown);
//! let audit = table.audit(&mask, 0);
//! assert_eq!((audit[0].lower, audit[0].upper), (0, Some(11)));
//! ```
//!
//! # What it covers
//!
//! Tables of counts whose totals are sums: columns (benefits) with a total, rows (areas) in a tree of any depth. Each cell is then an arc between two
//! sums, the table a circulation, and the span of a hidden cell a pair of maximum flows: exact, without a solver for linear programs. Where
//! totals count each person once although the person stands in several cells, the totals are no sums; hide as if they were.
//!
//! Not covered: tables published at two dates or under two filters can be subtracted from each other. [`Rule::reveals`] tests one such pair.
//!
//! Sources: Hundepool et al., *Statistical Disclosure Control*, 2012, ch. 4; Cox 1995 (network flows for suppression); the Danish practice of hiding 1–4
//! or fewer than three by Statistics Denmark's data confidentiality policy.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

/// More than any count; stands for "no limit" in flows.
const ENDLESS: u64 = u64::MAX / 4;

/// What is too small to be shown.
///
/// ```
/// use tovholder_spells::disclosure::Rule;
/// let rule = Rule::default();
/// assert_eq!([0, 1, 4, 5].map(|count| rule.hides(count)), [false, true, true, false]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Counts from 1 to below this are hidden, and a hidden cell's span is at least this. Usual: 3, 5 or 10.
    pub threshold: u64,
    /// A rate needs at least so many to be a rate of.
    pub least_denominator: u64,
    /// Also hide 0, where that nobody is there says something about everybody else.
    pub hide_zeros: bool,
}

impl Default for Rule {
    /// Threshold 5, denominators of at least 20, zeros shown.
    fn default() -> Self {
        Rule {
            threshold: 5,
            least_denominator: 20,
            hide_zeros: false,
        }
    }
}

impl Rule {
    /// The default with another threshold.
    ///
    /// ```
    /// use tovholder_spells::disclosure::Rule;
    /// assert!(!Rule::of(3).hides(3));
    /// ```
    pub fn of(threshold: u64) -> Self {
        Rule {
            threshold,
            ..Rule::default()
        }
    }

    /// Whether a count standing alone is hidden. See [`Rule`] for an example.
    pub fn hides(&self, count: u64) -> bool {
        count < self.threshold && (count > 0 || self.hide_zeros)
    }

    /// Whether a share of `of` out of `all` may be shown: `all` large enough, and neither those it happened to nor the rest so few that the share gives
    /// them away.
    ///
    /// ```
    /// use tovholder_spells::disclosure::Rule;
    /// let rule = Rule::default();
    /// assert!(rule.shows_rate(10, 40));
    /// assert!(!rule.shows_rate(6, 15)); // of too few
    /// assert!(!rule.shows_rate(2, 40)); // 5 % of 40 is two
    /// assert!(!rule.shows_rate(38, 40)); // 95 % of 40 leaves two
    /// ```
    pub fn shows_rate(&self, of: u64, all: u64) -> bool {
        all >= self.least_denominator && of <= all && !self.hides(of) && !self.hides(all - of)
    }

    /// Whether two published counts, of which the one includes the other, reveal a small group by their difference: last month and this, all and
    /// all-but-one area.
    ///
    /// ```
    /// use tovholder_spells::disclosure::Rule;
    /// assert!(Rule::default().reveals(102, 100));
    /// assert!(!Rule::default().reveals(100, 100));
    /// ```
    pub fn reveals(&self, whole: u64, part: u64) -> bool {
        self.hides(whole.abs_diff(part))
    }

    /// What a reader knows at least about a hidden cell: where zeros are shown, that it is not zero.
    fn floor(&self) -> u64 {
        u64::from(!self.hide_zeros)
    }
}

/// Why rows do not make a table.
///
/// ```
/// use tovholder_spells::disclosure::{Malformed, Table};
/// assert_eq!(Table::two_way(&[vec![1, 2], vec![3]]).unwrap_err(), Malformed::Columns(1));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// This row has not the columns of the others, or is a total and has counts of its own.
    Columns(usize),
    /// This row's parent is no row, or lies under the row itself.
    Parent(usize),
    /// There is not exactly one row without a parent.
    Root,
}

impl std::fmt::Display for Malformed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Malformed::Columns(row) => write!(f, "row {row} has not the columns of the others"),
            Malformed::Parent(row) => write!(f, "row {row} has a parent that is no row above it"),
            Malformed::Root => f.write_str("exactly one row must be the total of all"),
        }
    }
}

impl std::error::Error for Malformed {}

/// A table of counts with its totals.
///
/// ```
/// use tovholder_spells::disclosure::Table;
/// // Two municipalities in one region, one in another, and the country.
/// let parents = [Some(2), Some(2), Some(4), Some(4), None];
/// let table = Table::new(&parents, &[vec![5, 6], vec![7, 8], vec![], vec![9, 10], vec![]]).unwrap();
/// assert_eq!(table.count(2, 0), 12); // the first region
/// assert_eq!(table.count(4, 2), 45); // the country, both benefits
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    parents: Vec<Option<usize>>,
    leaf: Vec<bool>,
    /// Columns shown: those given, and their total where there are two or more.
    width: usize,
    counts: Vec<u64>,
}

impl Table {
    /// A table whose rows form a tree: `parents[r]` is the row that row `r` is a part of, `None` for the total of all. Rows that nothing is part of
    /// bring their counts, one a column; the others are sums and bring none. See [`Table`] for an example.
    ///
    /// # Errors
    /// When the rows make no table.
    pub fn new(parents: &[Option<usize>], counts: &[Vec<u64>]) -> Result<Table, Malformed> {
        let rows = parents.len();
        if counts.len() != rows || parents.iter().filter(|parent| parent.is_none()).count() != 1 {
            return Err(Malformed::Root);
        }
        for start in 0..rows {
            let (mut row, mut steps) = (start, 0);
            while let Some(parent) = parents[row] {
                steps += 1;
                if parent >= rows || steps > rows {
                    return Err(Malformed::Parent(start));
                }
                row = parent;
            }
        }
        let leaf: Vec<bool> = (0..rows).map(|row| !parents.contains(&Some(row))).collect();
        let given = (0..rows).find(|&row| leaf[row]).map_or(0, |row| counts[row].len());
        let wrong = |&row: &usize| counts[row].len() != if leaf[row] { given } else { 0 };
        if let Some(row) = (0..rows).find(wrong) {
            return Err(Malformed::Columns(row));
        }
        let width = if given > 1 { given + 1 } else { given };
        let mut table = Table {
            parents: parents.to_vec(),
            leaf,
            width,
            counts: vec![0; rows * width],
        };
        for (row, own) in counts.iter().enumerate() {
            let total = (given > 1).then(|| own.iter().sum());
            for (column, &count) in own
                .iter()
                .chain(&total)
                .enumerate()
                .take(if own.is_empty() { 0 } else { width })
            {
                let mut at = Some(row);
                while let Some(up) = at {
                    table.counts[up * width + column] += count;
                    at = parents[up];
                }
            }
        }
        Ok(table)
    }

    /// A plain table: the rows given, and below them a row of totals. See [the module](self) for an example.
    ///
    /// # Errors
    /// When the rows are not equally long.
    pub fn two_way(rows: &[Vec<u64>]) -> Result<Table, Malformed> {
        let mut parents = vec![Some(rows.len()); rows.len()];
        parents.push(None);
        let mut counts = rows.to_vec();
        counts.push(if rows.is_empty() { vec![0] } else { Vec::new() });
        Table::new(&parents, &counts)
    }

    /// How many rows, totals included.
    ///
    /// ```
    /// use tovholder_spells::disclosure::Table;
    /// let table = Table::two_way(&[vec![1, 2]]).unwrap();
    /// assert_eq!((table.rows(), table.columns()), (2, 3));
    /// ```
    pub fn rows(&self) -> usize {
        self.parents.len()
    }

    /// How many columns, the total included. See [`Table::rows`] for an example.
    pub fn columns(&self) -> usize {
        self.width
    }

    /// A cell; the last column is the total where there are two or more others. See [`Table`] for an example.
    ///
    /// # Panics
    /// When there is no such cell.
    pub fn count(&self, row: usize, column: usize) -> u64 {
        assert!(row < self.rows() && column < self.width, "no cell {row}, {column}");
        self.counts[row * self.width + column]
    }

    /// The sums as nodes and the cells as arcs between them: each cell is a part of one sum and, seen from the other side, of one more, so a
    /// table that adds up is a circulation. (A total row that is itself a sum of rows needs no sum over its columns: that follows.)
    fn arcs(&self) -> Vec<(usize, usize)> {
        let rows = self.rows();
        // Node `row` is the sum over the columns of that row (of leaves and of the root); with one column there is no such sum, and one shared
        // node closes the circle. Node `rows + row * width + column` is the sum in that column over the parts of the row.
        let across = |row: usize| if self.width == 1 { 0 } else { row };
        let down = |row: usize, column: usize| rows + row * self.width + column;
        let mut arcs = Vec::with_capacity(self.counts.len());
        for row in 0..rows {
            for column in 0..self.width {
                let inner = if self.leaf[row] { across(row) } else { down(row, column) };
                let outer = self.parents[row].map_or(across(row), |parent| down(parent, column));
                let is_total = self.width > 1 && column + 1 == self.width;
                arcs.push(if is_total { (outer, inner) } else { (inner, outer) });
            }
        }
        arcs
    }

    fn nodes(&self) -> usize {
        self.rows() * (1 + self.width)
    }

    /// Hides what is small, and as much more as is needed for every hidden cell to have a span of at least the threshold.
    ///
    /// Each small cell in turn that could still be narrowed down is closed by the cheapest cycle through it: cells that can rise and fall together
    /// without moving a published total, cost being the count that gets hidden. Zeros are never chosen: they have no room.
    /// See [the module](self) for an example.
    pub fn protect(&self, rule: &Rule) -> Mask {
        let mut marks: Vec<Mark> = self
            .counts
            .iter()
            .map(|&count| if rule.hides(count) { Mark::Small } else { Mark::Shown })
            .collect();
        let arcs = self.arcs();
        let floor = rule.floor();
        for cell in 0..marks.len() {
            if marks[cell] != Mark::Small {
                continue;
            }
            let network = Network::new(self, &arcs, &marks, floor);
            if network.span(cell, rule.threshold) >= rule.threshold {
                continue;
            }
            for closing in self.cheapest_cycle(&arcs, &marks, cell, rule.threshold + floor) {
                if marks[closing] == Mark::Shown {
                    marks[closing] = Mark::Closing;
                }
            }
        }
        Mask {
            width: self.width,
            marks,
        }
    }

    /// The cells of the cheapest cycle along which `cell` can rise by the threshold: on it, cells that fall must have `room` for that.
    fn cheapest_cycle(&self, arcs: &[(usize, usize)], marks: &[Mark], cell: usize, room: u64) -> Vec<usize> {
        let (goal, start) = arcs[cell];
        let mut ways: Vec<Vec<(usize, usize)>> = vec![Vec::new(); self.nodes()];
        for (other, &(from, to)) in arcs.iter().enumerate() {
            let hidden = marks[other] != Mark::Shown;
            if other == cell || (!hidden && self.counts[other] == 0) {
                continue;
            }
            ways[from].push((to, other));
            if self.counts[other] >= room {
                ways[to].push((from, other));
            }
        }
        // Dijkstra; among equally cheap cycles the one with fewest cells.
        let mut best = vec![(u64::MAX, u64::MAX); self.nodes()];
        let mut came_by = vec![None; self.nodes()];
        let mut waiting = BinaryHeap::from([Reverse(((0, 0), start))]);
        best[start] = (0, 0);
        while let Some(Reverse((cost, node))) = waiting.pop() {
            if cost > best[node] {
                continue;
            }
            for &(next, other) in &ways[node] {
                let price = if marks[other] == Mark::Shown {
                    (self.counts[other], 1)
                } else {
                    (0, 0)
                };
                let cost = (cost.0 + price.0, cost.1 + price.1);
                if cost < best[next] {
                    best[next] = cost;
                    came_by[next] = Some((node, other));
                    waiting.push(Reverse((cost, next)));
                }
            }
        }
        let mut cycle = Vec::new();
        let mut node = goal;
        while node != start {
            // There is always a cycle: upwards through the totals, all of which hold the cell's own count and may rise without end.
            let Some((before, other)) = came_by[node] else { break };
            cycle.push(other);
            node = before;
        }
        cycle
    }

    /// For every hidden cell the least and the greatest value that agree with everything published: exactly what a reader who does the
    /// arithmetic can find out. `floor` is what the reader knows every hidden cell to be at least: 0, or 1 where zeros are shown.
    ///
    /// ```
    /// use tovholder_spells::disclosure::{Mark, Mask, Table};
    /// // One hidden cell among totals is no hidden cell.
    /// let table = Table::two_way(&[vec![3, 12], vec![15, 20]]).unwrap();
    /// let mut mask = Mask::nothing(&table);
    /// mask.hide(0, 0);
    /// let cell = table.audit(&mask, 0)[0];
    /// assert_eq!((cell.lower, cell.upper), (3, Some(3)));
    /// ```
    pub fn audit(&self, mask: &Mask, floor: u64) -> Vec<Span> {
        let network = Network::new(self, &self.arcs(), &mask.marks, floor);
        let hidden = (0..self.counts.len()).filter(|&cell| mask.marks[cell] != Mark::Shown);
        hidden
            .map(|cell| {
                let rise = network.rise(cell, ENDLESS);
                Span {
                    row: cell / self.width,
                    column: cell % self.width,
                    lower: self.counts[cell] - network.fall(cell, ENDLESS),
                    upper: (rise < ENDLESS).then(|| self.counts[cell] + rise),
                }
            })
            .collect()
    }

    /// Whether a mask keeps what it hides: every hidden cell's span is at least the threshold, and nothing that the rule hides is shown.
    ///
    /// ```
    /// use tovholder_spells::disclosure::{Mask, Rule, Table};
    /// let table = Table::two_way(&[vec![3, 12], vec![15, 20]]).unwrap();
    /// let mut mask = Mask::nothing(&table);
    /// assert!(!table.is_safe(&mask, &Rule::default())); // a 3 is shown
    /// mask.hide(0, 0);
    /// assert!(!table.is_safe(&mask, &Rule::default())); // and can be computed
    /// assert!(table.is_safe(&table.protect(&Rule::default()), &Rule::default()));
    /// ```
    pub fn is_safe(&self, mask: &Mask, rule: &Rule) -> bool {
        let shown = |cell: usize| mask.marks[cell] == Mark::Shown;
        (0..self.counts.len()).all(|cell| !(shown(cell) && rule.hides(self.counts[cell])))
            && self
                .audit(mask, rule.floor())
                .iter()
                .all(|span| span.width().is_none_or(|width| width >= rule.threshold))
    }
}

/// What is done with a cell.
///
/// ```
/// use tovholder_spells::disclosure::Mark;
/// assert_ne!(Mark::Shown, Mark::Small);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Published.
    Shown,
    /// Hidden because it is small.
    Small,
    /// Hidden because a small one could be computed from it. A publication must not tell the two apart.
    Closing,
}

/// Which cells of a table are hidden. See [the module](self) for an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mask {
    width: usize,
    marks: Vec<Mark>,
}

impl Mask {
    /// A mask that hides nothing, for auditing somebody else's table. See [`Table::audit`] for an example.
    pub fn nothing(table: &Table) -> Mask {
        Mask {
            width: table.width,
            marks: vec![Mark::Shown; table.counts.len()],
        }
    }

    /// Hides a cell. See [`Table::audit`] for an example.
    ///
    /// # Panics
    /// When there is no such cell.
    pub fn hide(&mut self, row: usize, column: usize) {
        assert!(column < self.width, "no column {column}");
        self.marks[row * self.width + column] = Mark::Small;
    }

    /// What is done with a cell. See [the module](self) for an example.
    ///
    /// # Panics
    /// When there is no such cell.
    pub fn mark(&self, row: usize, column: usize) -> Mark {
        assert!(column < self.width, "no column {column}");
        self.marks[row * self.width + column]
    }
}

/// What the published table allows a hidden cell to be.
///
/// ```
/// use tovholder_spells::disclosure::Span;
/// let span = Span { row: 0, column: 0, lower: 2, upper: Some(9) };
/// assert_eq!(span.width(), Some(7));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The cell's row.
    pub row: usize,
    /// The cell's column.
    pub column: usize,
    /// The least value.
    pub lower: u64,
    /// The greatest value; `None` when nothing published limits it.
    pub upper: Option<u64>,
}

impl Span {
    /// Greatest less least; `None` when there is no greatest. See [`Span`] for an example.
    pub fn width(&self) -> Option<u64> {
        self.upper.map(|upper| upper - self.lower)
    }
}

/// The hidden cells as arcs that may carry more without end, and less down to the floor.
struct Network {
    /// For each node the edges that leave it.
    leaving: Vec<Vec<usize>>,
    /// Edge 2k carries more of the k-th hidden cell, edge 2k + 1 less.
    to: Vec<usize>,
    room: Vec<u64>,
    /// For each cell the number of its pair of edges.
    pair: Vec<Option<usize>>,
}

impl Network {
    fn new(table: &Table, arcs: &[(usize, usize)], marks: &[Mark], floor: u64) -> Network {
        let mut network = Network {
            leaving: vec![Vec::new(); table.nodes()],
            to: Vec::new(),
            room: Vec::new(),
            pair: vec![None; arcs.len()],
        };
        for (cell, &(from, to)) in arcs.iter().enumerate() {
            if marks[cell] != Mark::Shown {
                let edge = network.to.len();
                network.pair[cell] = Some(edge);
                network.to.extend([to, from]);
                network.room.extend([ENDLESS, table.counts[cell].saturating_sub(floor)]);
                network.leaving[from].push(edge);
                network.leaving[to].push(edge + 1);
            }
        }
        network
    }

    /// How much a hidden cell can rise, looking no further than `enough`: what the others can carry back from where it leads to where it begins.
    fn rise(&self, cell: usize, enough: u64) -> u64 {
        self.pair[cell].map_or(0, |edge| self.flow(edge, self.to[edge], self.to[edge + 1], enough))
    }

    /// How much it can fall: what the others can carry in its place, and no more than it has.
    fn fall(&self, cell: usize, enough: u64) -> u64 {
        self.pair[cell].map_or(0, |edge| {
            self.flow(edge, self.to[edge + 1], self.to[edge], enough.min(self.room[edge + 1]))
                .min(self.room[edge + 1])
        })
    }

    /// Rise and fall together, looking no further than `enough`.
    fn span(&self, cell: usize, enough: u64) -> u64 {
        let rise = self.rise(cell, enough);
        if rise >= enough {
            rise
        } else {
            rise + self.fall(cell, enough)
        }
    }

    /// The maximum flow without the pair of edges `barred`, by shortest augmenting paths (Edmonds & Karp 1972).
    fn flow(&self, barred: usize, from: usize, to: usize, enough: u64) -> u64 {
        // A cell that begins where it ends takes part in no published sum.
        if from == to {
            return enough;
        }
        let mut room = self.room.clone();
        (room[barred], room[barred + 1]) = (0, 0);
        let mut total = 0;
        while total < enough {
            let mut came_by = vec![usize::MAX; self.leaving.len()];
            let mut waiting = VecDeque::from([from]);
            while let Some(node) = waiting.pop_front() {
                for &edge in &self.leaving[node] {
                    let next = self.to[edge];
                    if room[edge] > 0 && next != from && came_by[next] == usize::MAX {
                        came_by[next] = edge;
                        waiting.push_back(next);
                    }
                }
            }
            let (mut node, mut least, mut path) = (to, ENDLESS, Vec::new());
            while node != from {
                if came_by[node] == usize::MAX {
                    return total;
                }
                let edge = came_by[node];
                least = least.min(room[edge]);
                path.push(edge);
                node = self.to[edge ^ 1];
            }
            if least >= ENDLESS {
                return ENDLESS;
            }
            for edge in path {
                if room[edge] < ENDLESS {
                    room[edge] -= least;
                }
                room[edge ^ 1] = (room[edge ^ 1] + least).min(ENDLESS);
            }
            total += least;
        }
        total
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn three_by_three() -> Table {
        Table::two_way(&[vec![3, 12, 9], vec![15, 20, 11], vec![8, 7, 14]]).unwrap()
    }

    #[test]
    fn sums() {
        let table = three_by_three();
        let totals: Vec<u64> = (0..4).map(|row| table.count(row, 3)).collect();
        assert_eq!(totals, [24, 46, 29, 99]);
        assert_eq!(
            (0..3).map(|column| table.count(3, column)).collect::<Vec<_>>(),
            [26, 39, 34]
        );
    }

    #[test]
    fn one_hidden_cell_is_recovered() {
        let table = three_by_three();
        let mut mask = Mask::nothing(&table);
        mask.hide(0, 0);
        assert_eq!(
            table.audit(&mask, 0),
            [Span {
                row: 0,
                column: 0,
                lower: 3,
                upper: Some(3)
            }]
        );
        // A second in the same row is no help: the columns give both away.
        mask.hide(0, 1);
        assert!(table.audit(&mask, 0).iter().all(|span| span.width() == Some(0)));
    }

    #[test]
    fn the_cheapest_rectangle_closes() {
        let table = three_by_three();
        let mask = table.protect(&Rule::default());
        let hidden: Vec<(usize, usize, u64)> = table
            .audit(&mask, 0)
            .iter()
            .map(|span| (span.row, span.column, table.count(span.row, span.column)))
            .collect();
        assert_eq!(hidden, [(0, 0, 3), (0, 1, 12), (2, 0, 8), (2, 1, 7)]);
        assert_eq!(hidden.iter().map(|cell| cell.2).sum::<u64>() - 3, 27);
        let first = table.audit(&mask, 0)[0];
        assert_eq!((first.lower, first.upper), (0, Some(11)));
        assert!(table.is_safe(&mask, &Rule::default()));
    }

    #[test]
    fn nothing_small_nothing_hidden() {
        let table = Table::two_way(&[vec![5, 0, 9], vec![15, 20, 11]]).unwrap();
        assert_eq!(table.protect(&Rule::default()), Mask::nothing(&table));
        // Unless zeros are telling.
        let rule = Rule {
            hide_zeros: true,
            ..Rule::default()
        };
        let mask = table.protect(&rule);
        assert_eq!(mask.mark(0, 1), Mark::Small);
        assert!(table.is_safe(&mask, &rule));
    }

    #[test]
    fn two_small_ones_that_only_have_each_other_need_a_third() {
        // 1 + 2 hidden in a row of 3 + zeros: each is 1 or 2.
        let table = Table::two_way(&[vec![1, 2, 0, 0], vec![30, 40, 50, 60], vec![35, 45, 55, 65]]).unwrap();
        let mask = table.protect(&Rule::default());
        assert!(table.is_safe(&mask, &Rule::default()));
    }

    #[test]
    fn a_list_with_a_total() {
        let table = Table::two_way(&[vec![2], vec![40], vec![30], vec![50]]).unwrap();
        assert_eq!((table.columns(), table.count(4, 0)), (1, 122));
        let mask = table.protect(&Rule::default());
        // The cheapest that can give and take.
        assert_eq!((mask.mark(0, 0), mask.mark(2, 0)), (Mark::Small, Mark::Closing));
        assert_eq!(table.audit(&mask, 0)[0].upper, Some(32));
        // A total of one cell cannot stand when the cell cannot.
        let alone = Table::two_way(&[vec![2]]).unwrap();
        let mask = alone.protect(&Rule::default());
        assert_eq!(mask.mark(1, 0), Mark::Small);
        assert_eq!(alone.audit(&mask, 0)[0].upper, None);
        assert_eq!(Table::two_way(&[]).unwrap().count(0, 0), 0);
    }

    #[test]
    fn a_small_municipality_is_not_the_region_less_its_neighbours() {
        // Region A: 2 + 50; region B: 60 + 70; the country.
        let parents = [Some(2), Some(2), Some(6), Some(5), Some(5), Some(6), None];
        let counts = [
            vec![2, 31],
            vec![50, 32],
            vec![],
            vec![60, 33],
            vec![70, 34],
            vec![],
            vec![],
        ];
        let table = Table::new(&parents, &counts).unwrap();
        assert_eq!((table.count(2, 0), table.count(6, 2)), (52, 312));
        let mut one = Mask::nothing(&table);
        one.hide(0, 0);
        assert_eq!(table.audit(&one, 0)[0].width(), Some(0));
        let mask = table.protect(&Rule::default());
        assert!(table.is_safe(&mask, &Rule::default()));
        let hidden: Vec<_> = table
            .audit(&mask, 0)
            .iter()
            .map(|span| (span.row, span.column))
            .collect();
        assert_eq!(hidden, [(0, 0), (0, 1), (1, 0), (1, 1)]);
    }

    #[test]
    fn a_share_can_give_away_a_count() {
        let rule = Rule::default();
        let shown = |of, all| rule.shows_rate(of, all);
        assert_eq!(
            [
                shown(5, 20),
                shown(5, 19),
                shown(4, 20),
                shown(16, 20),
                shown(0, 20),
                shown(20, 20)
            ],
            [true, false, false, false, true, true]
        );
        assert!(!shown(21, 20));
    }

    #[test]
    fn malformed() {
        let error = |parents: &[Option<usize>], counts: &[Vec<u64>]| Table::new(parents, counts).unwrap_err();
        assert_eq!(error(&[Some(1), Some(0)], &[vec![], vec![]]), Malformed::Root);
        assert_eq!(
            error(&[Some(1), Some(0), None], &[vec![], vec![], vec![1]]),
            Malformed::Parent(0)
        );
        assert_eq!(error(&[Some(7), None], &[vec![1], vec![]]), Malformed::Parent(0));
        assert_eq!(error(&[Some(1), None], &[vec![1], vec![1]]), Malformed::Columns(1));
    }

    /// Every table of the same shape that agrees with what is shown, by trying them all; only where the grand total is shown.
    fn by_trying(table: &Table, mask: &Mask, floor: u64) -> Vec<(u64, u64)> {
        let leaves: Vec<usize> = (0..table.rows()).filter(|&row| table.leaf[row]).collect();
        let columns = (table.columns() - 1).max(1);
        let root = table.parents.iter().position(Option::is_none).unwrap();
        let most = table.count(root, table.columns() - 1);
        let mut spans = vec![(u64::MAX, 0); table.counts.len()];
        fn go(at: usize, left: u64, inner: &mut [Vec<u64>], visit: &mut dyn FnMut(&[Vec<u64>])) {
            let columns = inner[0].len();
            if at == inner.len() * columns {
                return visit(inner);
            }
            for value in 0..=left {
                inner[at / columns][at % columns] = value;
                go(at + 1, left - value, inner, visit);
            }
        }
        go(0, most, &mut vec![vec![0; columns]; leaves.len()], &mut |inner| {
            let mut counts = vec![Vec::new(); table.rows()];
            for (&row, own) in leaves.iter().zip(inner) {
                counts[row] = own.clone();
            }
            let other = Table::new(&table.parents, &counts).unwrap();
            let agrees = (0..other.counts.len()).all(|cell| match mask.marks[cell] {
                Mark::Shown => other.counts[cell] == table.counts[cell],
                _ => other.counts[cell] >= floor,
            });
            if agrees {
                for (span, &count) in spans.iter_mut().zip(&other.counts) {
                    *span = (span.0.min(count), span.1.max(count));
                }
            }
        });
        spans
    }

    fn audit_agrees_with_trying(table: &Table, hide: &[bool], floor: u64) -> Result<(), TestCaseError> {
        let mut mask = Mask::nothing(table);
        for (cell, _) in hide.iter().enumerate().filter(|(_, hide)| **hide) {
            mask.hide(cell / table.columns(), cell % table.columns());
        }
        let tried = by_trying(table, &mask, floor);
        for span in table.audit(&mask, floor) {
            let tried = tried[span.row * table.columns() + span.column];
            prop_assert_eq!((span.lower, span.upper), (tried.0, Some(tried.1)));
        }
        Ok(())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(60))]

        /// The flows find what trying every table finds: in the plain table, a wider one, a tree, and a tree of one column.
        #[test]
        fn the_audit_is_exact(
            rows in prop::collection::vec(prop::collection::vec(1u64..4, 2), 2),
            hide in prop::collection::vec(any::<bool>(), 8),
            floor in 0u64..2,
        ) {
            audit_agrees_with_trying(&Table::two_way(&rows).unwrap(), &hide, floor)?;
        }

        #[test]
        fn the_audit_is_exact_in_three_columns(
            rows in prop::collection::vec(prop::collection::vec(0u64..3, 3), 2),
            hide in prop::collection::vec(any::<bool>(), 11),
        ) {
            audit_agrees_with_trying(&Table::two_way(&rows).unwrap(), &hide, 0)?;
        }

        #[test]
        fn the_audit_is_exact_in_a_tree(
            rows in prop::collection::vec(prop::collection::vec(1u64..3, 2), 3),
            hide in prop::collection::vec(any::<bool>(), 14),
            floor in 0u64..2,
        ) {
            let counts = [vec![], rows[0].clone(), vec![], rows[1].clone(), rows[2].clone()];
            let parents = [None, Some(0), Some(0), Some(2), Some(2)];
            // Trying has an end only where the grand total is known.
            let mut hide = hide;
            hide[2] = false;
            audit_agrees_with_trying(&Table::new(&parents, &counts).unwrap(), &hide, floor)?;
        }

        #[test]
        fn the_audit_is_exact_in_a_tree_of_one_column(
            rows in prop::collection::vec(0u64..4, 4),
            hide in prop::collection::vec(any::<bool>(), 6),
        ) {
            let leaf = |row: usize| vec![rows[row]];
            let counts = [leaf(0), leaf(1), vec![], leaf(2), leaf(3), vec![], vec![]];
            let parents = [Some(2), Some(2), Some(6), Some(5), Some(5), Some(6), None];
            audit_agrees_with_trying(&Table::new(&parents, &counts).unwrap(), &hide, 0)?;
        }

        /// Whatever the table, no hidden cell can be narrowed down, and no more is shown than allowed.
        #[test]
        fn protected_tables_pass_the_audit(
            rows in (1usize..6).prop_flat_map(|columns| prop::collection::vec(prop::collection::vec(prop_oneof![3 => 0u64..8, 1 => 8u64..200], columns), 1..8)),
            threshold in prop::sample::select(vec![3u64, 5, 10]),
            hide_zeros: bool,
        ) {
            let rule = Rule { hide_zeros, ..Rule::of(threshold) };
            let table = Table::two_way(&rows).unwrap();
            let mask = table.protect(&rule);
            prop_assert!(table.is_safe(&mask, &rule), "{:?}", table.audit(&mask, rule.floor()));
            for row in 0..table.rows() {
                for column in 0..table.columns() {
                    prop_assert_eq!(mask.mark(row, column) == Mark::Small, rule.hides(table.count(row, column)));
                    prop_assert!(mask.mark(row, column) != Mark::Closing || table.count(row, column) > 0);
                }
            }
        }

        /// The same where areas lie in regions.
        #[test]
        fn protected_trees_pass_the_audit(
            regions in prop::collection::vec(prop::collection::vec(prop::collection::vec(0u64..30, 3), 1..4), 1..4),
            threshold in prop::sample::select(vec![3u64, 5, 10]),
        ) {
            let (mut parents, mut counts) = (vec![None], vec![vec![]]);
            for region in regions {
                let own = parents.len();
                parents.push(Some(0));
                counts.push(vec![]);
                for area in region {
                    parents.push(Some(own));
                    counts.push(area);
                }
            }
            let table = Table::new(&parents, &counts).unwrap();
            let rule = Rule::of(threshold);
            prop_assert!(table.is_safe(&table.protect(&rule), &rule));
        }
    }
}
