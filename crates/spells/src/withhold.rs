//! What else must be withheld so that no small number can be computed back, with the proof of it.
//!
//! A table tells more than its figures: parts add up to their total, and the stock is the stock before plus who came less who left. So for every small
//! number that is withheld a *second table* is looked for that agrees with everything shown, in which that number is another one: the two bounds
//! between which the number can lie are then at least the threshold apart, whatever a reader computes. Figures that such a second table changes are
//! withheld too; those that hide the fewest people are chosen.
//!
//! # How the second table is made
//!
//! Take the small cell and in every breakdown a partner: another part, or the total. The corners of that box are changed by the same amount, up
//! or down: a part and its total go the same way, two parts go opposite ways; so along every breakdown all sums stay. (In two breakdowns this is the
//! rectangle of four cells; Repsilber's hypercube in more. Boxes work in any number of breakdowns, where an exact answer would need a linear program.)
//! Where a stock changes, the change must come from somewhere and go somewhere: the flows of the
//! same period and the next, or the stocks before and after, where those are withheld too. The room is what the corners can give: nothing goes below zero, a
//! withheld stock not to zero (zeros are shown), a part not over a whole that is shown.
//!
//! A zero is withheld in one case: a total can have only empty parts, when somebody between two benefits is in the stock of all and of neither. One of
//! the parts goes with it then, for the reader may know by how much parts and totals differ.
//!
//! Where no box has room, one is always left: the cell with the totals over it, all of which may rise.
//!
//! # What it does not cover
//!
//! Tables made from the same register with other breakdowns, periods or dates. Sums that are none (persons in two groups stand once in the total) are
//! protected as if they were. Comparisons between figures are used only where they bound one from the other directly: persons are at least the stock and
//! at most the stock before and the inflow.
//!
//! Sources: Cox 1980 (suppression and audit); Repsilber 1994, Giessing & Repsilber 2002 (hypercubes); [`disclosure`](crate::disclosure) for one table
//! at a time, exactly.

use std::collections::HashMap;

use crate::Indicator as I;
use crate::person::Code;
use crate::table::{ALL, Figure};

/// What decides about withholding besides the figures themselves.
pub(crate) struct Rules {
    /// Counts from 1 to below this are small.
    pub threshold: u64,
    /// Totals are shown, so parts can be subtracted from them.
    pub totals: bool,
    /// After how many periods the next one begins: 1, or 12 where every period is a year and they overlap.
    pub lag: usize,
    /// How many periods a median looks back over, its own counted.
    pub window: usize,
    /// People can move between the groups.
    pub moves: bool,
    /// Nobody is in the stock without being among the persons: breaks are not allowed inside a spell.
    pub stock_is_paid: bool,
}

/// More than any count; stands for "as much as you like".
const ENDLESS: u64 = u64::MAX / 4;
/// How many periods a change of the stock is followed.
const FAR: usize = 24;
/// How many partners are tried in each breakdown, and how many boxes in all.
const PARTNERS: [usize; 9] = [0, 200, 16, 6, 4, 3, 2, 2, 2];
const BOXES: usize = 128;

/// The counts that hang together: of the persons, of the stock, of the flows. The flows are withheld together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Persons,
    Stock,
    Inflow,
    Outflow,
    MovedIn,
    MovedOut,
}

const FLOWS: [Of; 4] = [Of::Inflow, Of::Outflow, Of::MovedIn, Of::MovedOut];
const COUNTS: [Of; 6] = [
    Of::Persons,
    Of::Stock,
    Of::Inflow,
    Of::Outflow,
    Of::MovedIn,
    Of::MovedOut,
];

/// Whose number a figure tells beside its own, if anybody's.
fn base(indicator: I) -> Option<Of> {
    match indicator {
        I::Persons
        | I::PersonDays
        | I::FullTimePersons
        | I::ActivationDegree
        | I::CompanyDirectedShare
        | I::OrdinaryHoursShare => Some(Of::Persons),
        I::StockEnd | I::LongTermShare => Some(Of::Stock),
        I::Inflow => Some(Of::Inflow),
        I::MovedIn => Some(Of::MovedIn),
        I::MovedOut => Some(Of::MovedOut),
        I::Outflow
        | I::DurationCompletedMean
        | I::SelfSupportShare
        | I::ReturnShare
        | I::ExitToWork3
        | I::ExitToWork6
        | I::ExitToWork12 => Some(Of::Outflow),
        I::DurationMedianKm | I::PassiveShare | I::CaseworkerChanges | I::ShareWithoutChange => None,
    }
}

/// Whether a figure tells a number of people of its own beside that of its [`base`].
fn has_own(indicator: I) -> bool {
    matches!(
        indicator,
        I::CompanyDirectedShare
            | I::OrdinaryHoursShare
            | I::LongTermShare
            | I::SelfSupportShare
            | I::ReturnShare
            | I::ExitToWork3
            | I::ExitToWork6
            | I::ExitToWork12
            | I::DurationMedianKm
            | I::PassiveShare
            | I::CaseworkerChanges
            | I::ShareWithoutChange
    )
}

/// Marks more figures as withheld. They come by cell, then by period, every cell with the same ones.
pub(crate) fn close(cells: &[Vec<Code>], figures: &mut [Figure], periods: usize, rules: &Rules) {
    if !figures.iter().any(|f| f.withheld) {
        return;
    }
    let places = Places::of(figures, cells.len(), periods);
    let mut closing = Closing::of(cells, figures, &places, periods, rules);
    closing.stocks_and_flows();
    closing.persons();
    for indicator in I::ALL {
        let found: Vec<usize> = (0..periods).filter(|&p| places.has(p, indicator)).collect();
        for p in found {
            let hidden = closing.figure(figures, &places, p, indicator);
            for (cell, hidden) in hidden.into_iter().enumerate() {
                figures[places.at(cell, p, indicator)].withheld = hidden;
            }
        }
    }
}

/// Where the figures are: every cell has the same ones in the same order.
struct Places {
    stride: usize,
    /// By period and indicator.
    offset: Vec<Option<usize>>,
}

impl Places {
    fn of(figures: &[Figure], cells: usize, periods: usize) -> Places {
        let stride = figures.len() / cells.max(1);
        debug_assert_eq!(stride * cells, figures.len(), "every cell has the same figures");
        let mut offset = vec![None; periods * I::ALL.len()];
        for (i, figure) in figures[..stride].iter().enumerate() {
            offset[figure.period * I::ALL.len() + figure.indicator as usize] = Some(i);
        }
        Places { stride, offset }
    }

    fn has(&self, period: usize, indicator: I) -> bool {
        self.offset[period * I::ALL.len() + indicator as usize].is_some()
    }

    /// The place of a figure that is there.
    fn at(&self, cell: usize, period: usize, indicator: I) -> usize {
        cell * self.stride + self.offset[period * I::ALL.len() + indicator as usize].unwrap_or(0)
    }
}

/// Nowhere: no such cell.
const NONE: u32 = u32::MAX;

/// Who is beside whom: for each cell and breakdown the line of cells that differ in that breakdown only, the total last.
struct Lines {
    dimensions: usize,
    /// By cell and dimension: where the line begins, and which place in it the cell has.
    line: Vec<(u32, u32)>,
    members: Vec<u32>,
    /// How long the lines of each dimension are, the total counted.
    length: Vec<usize>,
}

impl Lines {
    /// Without totals nothing adds up to anything, and no cell has neighbours.
    fn of(cells: &[Vec<Code>], totals: bool) -> Lines {
        let dimensions = if totals { cells.first().map_or(0, Vec::len) } else { 0 };
        let mut lines = Lines {
            dimensions,
            line: vec![(0, 0); cells.len() * dimensions],
            members: Vec::new(),
            length: Vec::new(),
        };
        for d in 0..dimensions {
            let mut values: Vec<Code> = cells.iter().map(|cell| cell[d]).collect();
            values.sort_unstable();
            values.dedup();
            lines.length.push(values.len());
            let mut begins: HashMap<Vec<Code>, u32> = HashMap::new();
            for (i, cell) in cells.iter().enumerate() {
                let mut key = cell.clone();
                key[d] = ALL;
                let start = *begins.entry(key).or_insert_with(|| {
                    let start = lines.members.len();
                    lines.members.resize(start + values.len(), NONE);
                    start as u32
                });
                let place = values.partition_point(|&v| v < cell[d]) as u32;
                lines.members[(start + place) as usize] = i as u32;
                lines.line[i * dimensions + d] = (start, place);
            }
        }
        lines
    }

    /// The cells of a line.
    fn members(&self, cell: usize, d: usize) -> &[u32] {
        let start = self.line[cell * self.dimensions + d].0 as usize;
        &self.members[start..start + self.length[d]]
    }

    fn place(&self, cell: usize, d: usize) -> usize {
        self.line[cell * self.dimensions + d].1 as usize
    }

    /// The total stands last, its code being the greatest.
    fn is_total(&self, d: usize, place: usize) -> bool {
        place + 1 == self.length[d]
    }

    /// The corners of the box from a cell to a partner in every breakdown, and which way each goes when the cell rises. `None` where one is missing.
    fn corners(&self, cell: usize, partners: &[usize], corners: &mut Vec<(u32, bool)>) -> bool {
        corners.clear();
        corners.push((cell as u32, true));
        for (d, &partner) in partners.iter().enumerate() {
            let same = self.is_total(d, partner) || self.is_total(d, self.place(cell, d));
            for i in 0..corners.len() {
                let (at, rises) = corners[i];
                let other = self.members(at as usize, d)[partner];
                if other == NONE {
                    return false;
                }
                corners.push((other, rises == same));
            }
        }
        true
    }
}

/// One count in all cells and periods.
struct Count {
    /// By period and cell; empty if nobody is told.
    values: Vec<u64>,
    /// Whether it is told in a period.
    told: Vec<bool>,
}

/// The corners of a box, and whether each rises when the first does.
type Corners = [(u32, bool)];

/// A box that was chosen.
struct Chosen {
    corners: Vec<(u32, bool)>,
    partners: Vec<usize>,
    /// No box had room: this is the one where everything rises.
    last: bool,
}

/// What is about to be withheld at the corners of a box, when its room is looked at.
#[derive(Clone, Copy)]
struct Meant {
    stock: Option<usize>,
    flows: [usize; 2],
}

struct Closing<'r> {
    rules: &'r Rules,
    cells: usize,
    periods: usize,
    lines: Lines,
    counts: [Count; 6],
    /// What is withheld, by period and cell.
    persons: Vec<bool>,
    stock: Vec<bool>,
    flows: Vec<bool>,
    /// The partners that closed a cell in the period before: they will likely do again.
    lately: HashMap<(usize, usize), Vec<usize>>,
}

impl<'r> Closing<'r> {
    fn of(cells: &[Vec<Code>], figures: &[Figure], places: &Places, periods: usize, rules: &'r Rules) -> Closing<'r> {
        let all = periods * cells.len();
        let counts = COUNTS.map(|of| {
            let mut count = Count {
                values: Vec::new(),
                told: vec![false; periods],
            };
            for p in 0..periods {
                // Any figure on these people tells how many they are.
                let Some(indicator) = I::ALL.into_iter().find(|&i| base(i) == Some(of) && places.has(p, i)) else {
                    continue;
                };
                count.told[p] = true;
                count.values.resize(all, 0);
                for cell in 0..cells.len() {
                    count.values[p * cells.len() + cell] = figures[places.at(cell, p, indicator)].n;
                }
            }
            count
        });
        Closing {
            rules,
            cells: cells.len(),
            periods,
            lines: Lines::of(cells, rules.totals),
            counts,
            persons: vec![false; all],
            stock: vec![false; all],
            flows: vec![false; all],
            lately: HashMap::new(),
        }
    }

    fn told(&self, of: Of, p: usize) -> bool {
        self.counts[of as usize].told[p]
    }

    /// A count; 0 where it is not told.
    fn value(&self, of: Of, p: usize, cell: usize) -> u64 {
        let values = &self.counts[of as usize].values;
        values.get(p * self.cells + cell).copied().unwrap_or(0)
    }

    fn is_small(&self, of: Of, p: usize, cell: usize) -> bool {
        (1..self.rules.threshold).contains(&self.value(of, p, cell))
    }

    fn is_hidden(&self, of: Of, p: usize, cell: usize) -> bool {
        let mask = match of {
            Of::Persons => &self.persons,
            Of::Stock => &self.stock,
            _ => &self.flows,
        };
        mask[p * self.cells + cell]
    }

    /// The count, if a reader sees it.
    fn shown(&self, of: Of, p: usize, cell: usize) -> Option<u64> {
        (self.told(of, p) && !self.is_hidden(of, p, cell)).then(|| self.value(of, p, cell))
    }

    /// A withheld stock takes the flows to it and from it along.
    fn hide_stock(&mut self, p: usize, cell: usize) {
        self.stock[p * self.cells + cell] = true;
        self.hide_flows(p, cell);
        self.hide_flows(p + self.rules.lag, cell);
    }

    fn hide_flows(&mut self, p: usize, cell: usize) {
        if p < self.periods {
            self.flows[p * self.cells + cell] = true;
        }
    }

    fn stocks_and_flows(&mut self) {
        for p in 0..self.periods {
            for cell in 0..self.cells {
                self.persons[p * self.cells + cell] |= self.is_small(Of::Persons, p, cell);
                self.flows[p * self.cells + cell] |= FLOWS.into_iter().any(|of| self.is_small(of, p, cell));
                if self.is_small(Of::Stock, p, cell) {
                    self.hide_stock(p, cell);
                }
            }
        }
        for p in 0..self.periods {
            let stock = Meant {
                stock: Some(p),
                flows: [p, p + self.rules.lag],
            };
            let flows = Meant {
                stock: None,
                flows: [p, p],
            };
            self.each_small(Of::Stock, p, |closing, corners, up| {
                closing.stock_room(p, corners, up, stock)
            });
            for of in FLOWS {
                self.each_small(of, p, |closing, corners, up| {
                    closing.flow_room(of, p, corners, up, flows)
                });
            }
        }
    }

    fn persons(&mut self) {
        for p in 0..self.periods {
            self.each_small(Of::Persons, p, |closing, corners, up| {
                closing.room(corners, up, |cell, up| closing.slack(Of::Persons, p, cell, up))
            });
        }
    }

    /// Finds a box for every small cell of a count that is in none yet, and withholds its corners.
    fn each_small(&mut self, of: Of, p: usize, room: impl Fn(&Self, &Corners, bool) -> u64) {
        if !self.told(of, p) {
            return;
        }
        let mut done = vec![false; self.cells];
        for cell in 0..self.cells {
            if !self.is_small(of, p, cell) || done[cell] {
                continue;
            }
            let cost = |cell: usize| {
                // Where all flows are nought, there is nothing to give and little to hide.
                let people = match FLOWS.contains(&of) {
                    true => FLOWS.into_iter().map(|flow| self.value(flow, p, cell)).sum(),
                    false => self.value(of, p, cell),
                };
                match self.is_hidden(of, p, cell) {
                    true => Some(0),
                    false => (people > 0).then_some(people),
                }
            };
            let fits = |corners: &Corners| self.is_wide(corners, |corners, up| room(self, corners, up));
            let lately = self.lately.get(&(cell, of as usize));
            let chosen = self.choose(cell, lately, cost, fits);
            for &(corner, _) in &chosen.corners {
                let corner = corner as usize;
                done[corner] = true;
                match of {
                    Of::Persons => self.persons[p * self.cells + corner] = true,
                    Of::Stock => self.hide_stock(p, corner),
                    _ => self.hide_flows(p, corner),
                }
                if chosen.last {
                    // What would hold the rising corners down must not be shown; flows can always rise, inflow with outflow.
                    match of {
                        Of::Persons => self.hide_flows(p, corner),
                        Of::Stock if self.rules.stock_is_paid => self.persons[p * self.cells + corner] = true,
                        _ => {}
                    }
                }
            }
            self.lately.insert((cell, of as usize), chosen.partners);
        }
    }

    /// Whether the second tables up and down are far enough apart.
    fn is_wide(&self, corners: &Corners, room: impl Fn(&Corners, bool) -> u64) -> bool {
        let up = room(corners, true);
        up >= self.rules.threshold || up + room(corners, false) >= self.rules.threshold
    }

    /// How much the corners can change, given how much each can rise or fall.
    fn room(&self, corners: &Corners, up: bool, slack: impl Fn(usize, bool) -> u64) -> u64 {
        let mut room = ENDLESS;
        for &(cell, rises) in corners {
            room = room.min(slack(cell as usize, rises == up));
            if room == 0 {
                break;
            }
        }
        room
    }

    /// How much a withheld count can rise or fall, as far as figures shown of the same cell bound it.
    fn slack(&self, of: Of, p: usize, cell: usize, up: bool) -> u64 {
        let value = self.value(of, p, cell);
        let shown = |of, p| self.shown(of, p, cell);
        let before = || {
            p.checked_sub(self.rules.lag)
                .and_then(|before| shown(Of::Stock, before))
        };
        match (of, up) {
            (Of::Persons, true) => {
                // Who moved is told with the flows; where nobody can move, nobody did.
                let moved = match self.rules.moves {
                    true => shown(Of::MovedIn, p),
                    false => Some(0),
                };
                match (before(), shown(Of::Inflow, p), moved) {
                    (Some(before), Some(came), Some(moved)) => (before + came + moved).saturating_sub(value),
                    _ => ENDLESS,
                }
            }
            (Of::Persons, false) => {
                let stock = shown(Of::Stock, p).filter(|_| self.rules.stock_is_paid).unwrap_or(0);
                value.saturating_sub(stock.max(1))
            }
            (Of::Stock, true) => shown(Of::Persons, p)
                .filter(|_| self.rules.stock_is_paid)
                .map_or(ENDLESS, |persons| persons.saturating_sub(value)),
            (Of::Stock, false) => value.saturating_sub(1),
            (_, true) => ENDLESS,
            (_, false) => {
                // Whoever was there and was not before came; whoever was there and is not any more left.
                let (others, twin) = match of {
                    Of::Inflow => (before(), Of::MovedIn),
                    Of::MovedIn => (before(), Of::Inflow),
                    Of::Outflow => (shown(Of::Stock, p), Of::MovedOut),
                    _ => (shown(Of::Stock, p), Of::Outflow),
                };
                let least = match (others, shown(Of::Persons, p)) {
                    (Some(others), Some(persons)) => persons.saturating_sub(others + self.value(twin, p, cell)),
                    _ => 0,
                };
                value.saturating_sub(least)
            }
        }
    }

    /// How much a count can change by itself at the corners of a box.
    fn arc(&self, of: Of, p: usize, corners: &Corners, up: bool, meant: Meant) -> u64 {
        if !self.told(of, p) {
            let is_nought = matches!(of, Of::MovedIn | Of::MovedOut) && !self.rules.moves;
            return if is_nought { 0 } else { ENDLESS };
        }
        let is_meant = match of {
            Of::Stock => meant.stock == Some(p),
            _ => meant.flows.contains(&p),
        };
        self.room(corners, up, |cell, up| match is_meant || self.is_hidden(of, p, cell) {
            true => self.slack(of, p, cell, up),
            false => 0,
        })
    }

    /// How much a stock can change, with all that comes before and after it.
    fn stock_room(&self, p: usize, corners: &Corners, up: bool, meant: Meant) -> u64 {
        let own = self.arc(Of::Stock, p, corners, up, meant);
        if own == 0 {
            return 0;
        }
        let from = self.node(p, Pass::ToStock, corners, up, meant, FAR);
        own.min(from)
            .min(self.node(p + self.rules.lag, Pass::FromStock, corners, !up, meant, FAR))
    }

    /// How much a flow can change, with what makes up for it.
    fn flow_room(&self, of: Of, p: usize, corners: &Corners, up: bool, meant: Meant) -> u64 {
        let own = self.arc(of, p, corners, up, meant);
        if own == 0 {
            return 0;
        }
        let gains = matches!(of, Of::Outflow | Of::MovedOut) == up;
        own.min(self.node(p, Pass::Flow(of), corners, gains, meant, FAR))
    }

    /// How much more (`gains`) or less a period can get from all sides but one: stock before + inflow + moved in = outflow + moved out + stock.
    fn node(&self, p: usize, but: Pass, corners: &Corners, gains: bool, meant: Meant, far: usize) -> u64 {
        let lag = self.rules.lag;
        // The first period's stock before is not told, so its balance tells nothing.
        if p < lag || p >= self.periods || !self.told(Of::Stock, p) || !self.told(Of::Stock, p - lag) {
            return ENDLESS;
        }
        let mut room = 0;
        for of in FLOWS {
            if but != Pass::Flow(of) {
                let up = matches!(of, Of::Inflow | Of::MovedIn) == gains;
                room += self.arc(of, p, corners, up, meant);
            }
        }
        if far == 0 || room >= self.rules.threshold {
            return room.min(ENDLESS);
        }
        if but != Pass::FromStock {
            let own = self.arc(Of::Stock, p - lag, corners, gains, meant);
            if own > 0 {
                room += own.min(self.node(p - lag, Pass::ToStock, corners, gains, meant, far - 1));
            }
        }
        if but != Pass::ToStock {
            let own = self.arc(Of::Stock, p, corners, !gains, meant);
            if own > 0 {
                room += own.min(self.node(p + lag, Pass::FromStock, corners, gains, meant, far - 1));
            }
        }
        room.min(ENDLESS)
    }

    /// The cheapest box that fits, `cost` being what there is to hide in a cell; none for a cell of no use.
    fn choose(
        &self,
        cell: usize,
        lately: Option<&Vec<usize>>,
        cost: impl Fn(usize) -> Option<u64>,
        fits: impl Fn(&Corners) -> bool,
    ) -> Chosen {
        let lines = &self.lines;
        let mut corners = Vec::new();
        let price = |corners: &Corners| corners.iter().map(|&(c, _)| cost(c as usize)).sum::<Option<u64>>();
        if let Some(partners) = lately
            && lines.corners(cell, partners, &mut corners)
            && price(&corners) == Some(0)
            && fits(&corners)
        {
            let partners = partners.clone();
            return Chosen {
                corners,
                partners,
                last: false,
            };
        }
        let likely: Vec<Vec<usize>> = (0..lines.dimensions)
            .map(|d| {
                let mut found: Vec<(u64, usize)> = Vec::new();
                for (place, &other) in lines.members(cell, d).iter().enumerate() {
                    if other != NONE && other as usize != cell {
                        found.extend(cost(other as usize).map(|cost| (cost, place)));
                    }
                }
                found.sort_unstable();
                found.truncate(PARTNERS[lines.dimensions]);
                found.into_iter().map(|(_, place)| place).collect()
            })
            .collect();
        let mut boxes: Vec<(u64, Vec<usize>)> = Vec::new();
        let count: usize = likely.iter().map(Vec::len).product();
        for number in 0..count {
            let mut rest = number;
            let partners: Vec<usize> = likely
                .iter()
                .map(|places| {
                    let place = places[rest % places.len()];
                    rest /= places.len();
                    place
                })
                .collect();
            if lines.corners(cell, &partners, &mut corners)
                && let Some(price) = price(&corners)
            {
                if price == 0 && fits(&corners) {
                    return Chosen {
                        corners,
                        partners,
                        last: false,
                    };
                }
                boxes.push((price, partners));
            }
        }
        boxes.sort_unstable();
        for (_, partners) in boxes.into_iter().filter(|b| b.0 > 0).take(BOXES) {
            if lines.corners(cell, &partners, &mut corners) && fits(&corners) {
                return Chosen {
                    corners,
                    partners,
                    last: false,
                };
            }
        }
        // The totals over a part, and of a total the parts that lead to where somebody is: all of them rise together.
        let mut inmost = cell;
        let partners: Vec<usize> = (0..lines.dimensions)
            .map(|d| {
                let total = lines.length[d] - 1;
                if !lines.is_total(d, lines.place(cell, d)) {
                    return total;
                }
                let members = lines.members(inmost, d);
                let parts = (0..total).filter(|&place| members[place] != NONE);
                let part = parts.max_by_key(|&place| cost(members[place] as usize));
                inmost = part.map_or(inmost, |place| members[place] as usize);
                part.unwrap_or(total)
            })
            .collect();
        lines.corners(cell, &partners, &mut corners);
        Chosen {
            corners,
            partners,
            last: true,
        }
    }

    /// In which cells a figure is withheld in a period.
    fn figure(&mut self, figures: &[Figure], places: &Places, p: usize, indicator: I) -> Vec<bool> {
        let of = base(indicator);
        let looks_back = indicator == I::DurationMedianKm && FLOWS.into_iter().any(|flow| self.told(flow, p));
        let figure = |cell: usize| &figures[places.at(cell, p, indicator)];
        let mut hidden: Vec<bool> = (0..self.cells)
            .map(|cell| {
                // The exits a median is made of are the outflows of its year.
                let year = (p + 1).saturating_sub(self.rules.window)..=p;
                figure(cell).withheld
                    || of.is_some_and(|of| self.is_hidden(of, p, cell))
                    || looks_back && year.into_iter().any(|p| self.flows[p * self.cells + cell])
            })
            .collect();
        if !has_own(indicator) {
            return hidden;
        }
        let small = |count: u64| (1..self.rules.threshold).contains(&count);
        let some = |cell: usize| figure(cell).numerator as u64;
        // For changes of caseworker, the whole is time and bounds nothing.
        let all = |cell: usize| match indicator {
            I::CaseworkerChanges => ENDLESS,
            _ => figure(cell).n,
        };
        for part in [true, false] {
            let mut done = vec![false; self.cells];
            for cell in 0..self.cells {
                // The whole is told by its own figure, if it has one.
                let sensitive = match part {
                    true => small(some(cell)) || small(all(cell).saturating_sub(some(cell))),
                    false => of.is_none() && small(all(cell)),
                };
                if !sensitive || done[cell] {
                    continue;
                }
                // A part is at most its whole, where that is shown.
                let slack = |cell: usize, up: bool| match (part, up) {
                    (true, true) => match of.is_some_and(|of| !self.is_hidden(of, p, cell)) {
                        true => all(cell).saturating_sub(some(cell)),
                        false => ENDLESS,
                    },
                    (true, false) => some(cell),
                    (false, true) => ENDLESS,
                    (false, false) => all(cell),
                };
                let cost = |cell: usize| match hidden[cell] {
                    true => Some(0),
                    false => (all(cell) > 0).then(|| figure(cell).n.max(1)),
                };
                let fits = |corners: &Corners| self.is_wide(corners, |corners, up| self.room(corners, up, slack));
                let kind = COUNTS.len() + 2 * indicator as usize + usize::from(part);
                let chosen = self.choose(cell, self.lately.get(&(cell, kind)), cost, fits);
                if chosen.last && !fits(&chosen.corners) {
                    // Sums that are none can leave no room at all: then nothing is told.
                    return vec![true; self.cells];
                }
                for &(corner, _) in &chosen.corners {
                    hidden[corner as usize] = true;
                    done[corner as usize] = true;
                }
                self.lately.insert((cell, kind), chosen.partners);
            }
        }
        hidden
    }
}

/// From which side a change comes into a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pass {
    /// The stock of the period before.
    FromStock,
    /// The period's own stock.
    ToStock,
    Flow(Of),
}
