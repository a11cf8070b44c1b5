//! Counts that others publish of every municipality, month by month: those built into the binary, and over them those that were brought in since.
//!
//! A count is kept as it was published, and never as a share, so that places can be pooled by adding. What was not published stays unknown. Nothing
//! that was brought in is overwritten: a newer version of the same month lies over the older one, and taken away it shows the older one again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use tovholder_spells::{Day, Month};

const BUILT_IN: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../rules/reference/published.csv"
));
const TABLES: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../rules/reference/published_tables.csv"
));

/// Who publishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// Jobindsats.dk by the Danish Agency for Labour Market and Recruitment (STAR).
    Jobindsats,
    /// StatBank by Statistics Denmark.
    StatBank,
}

impl Source {
    /// Both.
    pub const ALL: [Source; 2] = [Source::Jobindsats, Source::StatBank];

    /// The name in data.
    pub fn code(self) -> &'static str {
        match self {
            Source::Jobindsats => "jobindsats",
            Source::StatBank => "statbank",
        }
    }

    /// The source with this name in data.
    pub fn of(code: &str) -> Option<Source> {
        Source::ALL.into_iter().find(|source| source.code() == code)
    }

    /// The name to show beside a figure.
    pub fn name(self) -> &'static str {
        match self {
            Source::Jobindsats => "Jobindsats.dk / STAR",
            Source::StatBank => "Danmarks Statistik",
        }
    }
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quantity {
    /// People who live there.
    Inhabitants,
    /// Full-time persons on kontanthjælp, and before 1 July 2025 on the benefits it took over from.
    KontanthjaelpFullTime,
    /// Persons on it.
    KontanthjaelpPersons,
    /// Persons on it with ordinary hours of work.
    KontanthjaelpHours,
    /// Unemployed on dagpenge, as full-time persons.
    DagpengeFullTime,
    /// Of these the long-term unemployed.
    DagpengeLongTerm,
}

impl Quantity {
    /// All of them.
    pub const ALL: [Quantity; 6] = [
        Quantity::Inhabitants,
        Quantity::KontanthjaelpFullTime,
        Quantity::KontanthjaelpPersons,
        Quantity::KontanthjaelpHours,
        Quantity::DagpengeFullTime,
        Quantity::DagpengeLongTerm,
    ];

    /// The name in data.
    pub fn code(self) -> &'static str {
        match self {
            Quantity::Inhabitants => "inhabitants",
            Quantity::KontanthjaelpFullTime => "kontanthjaelp_full_time",
            Quantity::KontanthjaelpPersons => "kontanthjaelp_persons",
            Quantity::KontanthjaelpHours => "kontanthjaelp_hours",
            Quantity::DagpengeFullTime => "dagpenge_full_time",
            Quantity::DagpengeLongTerm => "dagpenge_long_term",
        }
    }

    /// The quantity with this name in data.
    pub fn of(code: &str) -> Option<Quantity> {
        Quantity::ALL.into_iter().find(|quantity| quantity.code() == code)
    }

    /// Who publishes it.
    pub fn source(self) -> Source {
        match self {
            Quantity::Inhabitants => Source::StatBank,
            _ => Source::Jobindsats,
        }
    }

    /// The table it is published in.
    pub fn table(self) -> &'static str {
        TABLES_READ
            .iter()
            .find(|table| table.quantity == self)
            .map_or("", |table| &table.id)
    }
}

/// What a count is published of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// The whole country.
    Denmark,
    /// A municipality, by its code.
    Municipality(u16),
}

impl Area {
    /// The area with this name in data: `DK` or a municipality's code.
    pub fn of(text: &str) -> Option<Area> {
        match text {
            "DK" => Some(Area::Denmark),
            code => code.parse().ok().map(Area::Municipality),
        }
    }

    /// The name in data.
    pub fn code(self) -> String {
        match self {
            Area::Denmark => "DK".to_owned(),
            Area::Municipality(code) => code.to_string(),
        }
    }
}

/// One month of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// The version says nothing about this month.
    Nothing,
    /// The source does not show the figure, because it is small or not known.
    Withheld,
    /// The figure.
    Is(u64),
}

/// What one version says of one count in one place, month by month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What is counted.
    pub quantity: Quantity,
    /// Where.
    pub area: Area,
    /// The first month.
    pub from: Month,
    /// Each month.
    pub figures: Vec<Said>,
}

impl Line {
    /// Reads a line as it is kept: the first month, then a number for each month, `-` where the source shows none, `.` where nothing is said.
    ///
    /// ```
    /// use tovholder_figures::published::{Line, Said};
    /// let line = Line::read("inhabitants", "766", "2026-01", "47510 - . 47533").unwrap();
    /// assert_eq!(line.figures, [Said::Is(47510), Said::Withheld, Said::Nothing, Said::Is(47533)]);
    /// assert_eq!(line.text(), "47510 - . 47533");
    /// assert!(Line::read("inhabitants", "766", "2026-01", "mange").unwrap_err().contains("mange"));
    /// ```
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn read(quantity: &str, area: &str, from: &str, figures: &str) -> Result<Line, String> {
        let wrong = |what: &str| format!("{quantity} {area}: {what}");
        Ok(Line {
            quantity: Quantity::of(quantity).ok_or_else(|| wrong("no such count"))?,
            area: Area::of(area).ok_or_else(|| wrong("no such place"))?,
            from: from.parse().map_err(|_| wrong("not a month"))?,
            figures: figures
                .split(' ')
                .map(|text| match text {
                    "." => Ok(Said::Nothing),
                    "-" => Ok(Said::Withheld),
                    number => number.parse().map(Said::Is).map_err(|_| wrong(number)),
                })
                .collect::<Result<_, String>>()?,
        })
    }

    /// The figures as they are kept.
    pub fn text(&self) -> String {
        let texts: Vec<String> = self
            .figures
            .iter()
            .map(|said| match said {
                Said::Nothing => ".".to_owned(),
                Said::Withheld => "-".to_owned(),
                Said::Is(number) => number.to_string(),
            })
            .collect();
        texts.join(" ")
    }

    /// The last month.
    pub fn last(&self) -> Month {
        self.from + (i32::try_from(self.figures.len()).unwrap_or(1) - 1)
    }

    fn months(&self) -> impl Iterator<Item = (Month, Said)> + '_ {
        (0..).zip(&self.figures).map(|(at, said)| (self.from + at, *said))
    }
}

/// Single figures on their way to become lines.
#[derive(Clone, Debug, Default)]
pub struct Gathered(BTreeMap<(Quantity, Area), BTreeMap<Month, Option<u64>>>);

impl Gathered {
    /// Adds a figure; none where the source shows none. False when another figure of the same place and month was there already.
    pub fn add(&mut self, quantity: Quantity, area: Area, month: Month, value: Option<u64>) -> bool {
        let before = self.0.entry((quantity, area)).or_default().insert(month, value);
        before.is_none_or(|before| before == value)
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The lines.
    pub fn lines(&self) -> Vec<Line> {
        self.0
            .iter()
            .filter_map(|(&(quantity, area), months)| {
                let (&from, &last) = (months.keys().next()?, months.keys().next_back()?);
                let said = |month: i32| match months.get(&Month(month)) {
                    None => Said::Nothing,
                    Some(None) => Said::Withheld,
                    Some(Some(number)) => Said::Is(*number),
                };
                Some(Line {
                    quantity,
                    area,
                    from,
                    figures: (from.0..=last.0).map(said).collect(),
                })
            })
            .collect()
    }
}

/// What was brought in at once.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// When it was read from its source.
    pub read: Day,
    /// What it says.
    pub lines: Vec<Line>,
}

/// The day the built-in counts were read.
const BUILT_IN_READ: (i32, i32, i32) = (2026, 8, 22);

/// All published counts as they hold.
#[derive(Clone, Debug, Default)]
pub struct Published {
    counts: BTreeMap<(Quantity, Area), BTreeMap<Month, Option<u64>>>,
    read: BTreeMap<Quantity, Day>,
}

static BUILT_IN_VERSION: LazyLock<Version> = LazyLock::new(|| Version {
    read: Day::from_ymd(BUILT_IN_READ.0, BUILT_IN_READ.1, BUILT_IN_READ.2).unwrap_or_default(),
    lines: read(BUILT_IN).expect("a test reads the counts built into the binary"),
});

impl Published {
    /// The built-in counts, and over them the versions, which come in the order they were brought in. Of two versions of a count the one that goes
    /// further in time lies on top: an old file brought in late does not cover newer figures. Of two that go equally far the later one does.
    ///
    /// ```
    /// use tovholder_figures::published::{Area, Line, Published, Quantity, Version};
    /// let odder = Area::Municipality(727);
    /// let march = "2026-03".parse().unwrap();
    /// let built_in = Published::over(&[]);
    /// let line = Line::read("dagpenge_full_time", "727", "2026-03", "1 2 3 4 5 6").unwrap();
    /// let newer = Published::over(&[Version { read: "2026-09-20".parse().unwrap(), lines: vec![line] }]);
    /// assert_ne!(built_in.of(Quantity::DagpengeFullTime, odder, march), Some(Some(1)));
    /// assert_eq!(newer.of(Quantity::DagpengeFullTime, odder, march), Some(Some(1)));
    /// ```
    pub fn over(versions: &[Version]) -> Published {
        let mut published = Published::default();
        let all: Vec<&Version> = std::iter::once(&*BUILT_IN_VERSION).chain(versions).collect();
        for quantity in Quantity::ALL {
            let own = |version: &Version| {
                version
                    .lines
                    .iter()
                    .filter(|line| line.quantity == quantity)
                    .map(Line::last)
                    .max()
            };
            let mut order: Vec<(Month, &Version)> = all.iter().filter_map(|v| Some((own(v)?, *v))).collect();
            // Stable: of two that go equally far, the later one stays last.
            order.sort_by_key(|(newest, _)| *newest);
            for (_, version) in order {
                published.read.insert(quantity, version.read);
                for line in version.lines.iter().filter(|line| line.quantity == quantity) {
                    published.lay(line);
                }
            }
        }
        published
    }

    fn lay(&mut self, line: &Line) {
        let months = self.counts.entry((line.quantity, line.area)).or_default();
        for (month, said) in line.months() {
            match said {
                Said::Nothing => {}
                Said::Withheld => drop(months.insert(month, None)),
                Said::Is(number) => drop(months.insert(month, Some(number))),
            }
        }
    }

    /// The count of a month: nothing where no version says anything, none within where the source shows none.
    pub fn of(&self, quantity: Quantity, area: Area, month: Month) -> Option<Option<u64>> {
        self.counts.get(&(quantity, area))?.get(&month).copied()
    }

    /// The newest count known at the end of a month, for counts that move slowly and come late.
    pub fn latest(&self, quantity: Quantity, area: Area, month: Month) -> Option<u64> {
        let months = self.counts.get(&(quantity, area))?;
        months.range(..=month).rev().find_map(|(_, number)| *number)
    }

    /// The newest month of a count.
    pub fn newest(&self, quantity: Quantity) -> Option<Month> {
        let own = self.counts.iter().filter(|((own, _), _)| *own == quantity);
        own.filter_map(|(_, months)| months.keys().next_back().copied()).max()
    }

    /// When the newest version of a count was read from its source.
    pub fn read(&self, quantity: Quantity) -> Option<Day> {
        self.read.get(&quantity).copied()
    }

    /// The municipalities a count is published of, by code.
    pub fn municipalities(&self, quantity: Quantity) -> impl Iterator<Item = u16> + '_ {
        self.counts.keys().filter_map(move |(own, area)| match area {
            Area::Municipality(code) if *own == quantity => Some(*code),
            _ => None,
        })
    }

    /// What a version would change: how many months are new, how many get another number, how many stay as they are.
    pub fn differs(&self, quantity: Quantity, lines: &[Line]) -> Changes {
        let mut changes = Changes::default();
        let mut areas = BTreeSet::new();
        for line in lines.iter().filter(|line| line.quantity == quantity) {
            areas.insert(line.area);
            for (month, said) in line.months() {
                let said = match said {
                    Said::Nothing => continue,
                    Said::Withheld => None,
                    Said::Is(number) => Some(number),
                };
                changes.withheld += usize::from(said.is_none());
                match self.of(quantity, line.area, month) {
                    None => changes.new += 1,
                    Some(held) if held == said => changes.same += 1,
                    Some(_) => changes.other += 1,
                }
                changes.from = Some(changes.from.map_or(month, |from| from.min(month)));
                changes.to = changes.to.max(Some(month));
            }
        }
        changes.areas = areas.len();
        changes
    }
}

/// What bringing a version in would change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Places.
    pub areas: usize,
    /// The first month.
    pub from: Option<Month>,
    /// The last month.
    pub to: Option<Month>,
    /// Months of a place nobody has said anything about.
    pub new: usize,
    /// Months of a place that get another number, or another that is not shown.
    pub other: usize,
    /// Months of a place that stay as they are.
    pub same: usize,
    /// Months of a place for which the source shows none.
    pub withheld: usize,
}

fn read(text: &str) -> Result<Vec<Line>, String> {
    let mut lines = csv::ReaderBuilder::new()
        .delimiter(b';')
        .comment(Some(b'#'))
        .from_reader(text.as_bytes());
    lines
        .records()
        .map(|line| {
            let line = line.map_err(|error| error.to_string())?;
            let field = |at: usize| line.get(at).unwrap_or_default();
            Line::read(field(0), field(1), field(2), field(3))
        })
        .collect()
}

/// Where a count stands among what a source publishes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The count.
    pub quantity: Quantity,
    /// The table's id in small letters.
    pub id: String,
    /// The value that picks out whom it is about, among the table's dimensions; empty for all.
    pub group: String,
    /// What the source calls the measure.
    pub measure: String,
    /// What a question to Jobindsats' API version 2 adds, to get the group.
    pub ask_v2: String,
    /// What a question to version 3 adds.
    pub ask_v3: String,
}

static TABLES_READ: LazyLock<Vec<Table>> =
    LazyLock::new(|| tables(TABLES).expect("a test reads the tables built into the binary"));

/// The tables and measures we know.
pub fn built_in_tables() -> &'static [Table] {
    &TABLES_READ
}

/// Reads a list of tables, as `rules/reference/published_tables.csv` is one.
///
/// # Errors
/// What is wrong, in words.
pub fn tables(text: &str) -> Result<Vec<Table>, String> {
    let mut lines = csv::ReaderBuilder::new()
        .delimiter(b';')
        .comment(Some(b'#'))
        .from_reader(text.as_bytes());
    lines
        .records()
        .map(|line| {
            let line = line.map_err(|error| error.to_string())?;
            let field = |at: usize| line.get(at).unwrap_or_default().trim().to_owned();
            Ok(Table {
                quantity: Quantity::of(&field(0)).ok_or_else(|| format!("{:?}: no such count", field(0)))?,
                id: field(1).to_lowercase(),
                group: field(2),
                measure: field(3),
                ask_v2: field(4),
                ask_v3: field(5),
            })
        })
        .collect()
}

/// What a figure counts; none where it is none of the counts we compare. The other dimensions must be about everybody: `I alt`, `Mænd og kvinder i alt`,
/// `Total`.
///
/// ```
/// use tovholder_figures::published::{Quantity, built_in_tables, recognise};
/// let of = |table, group, measure| recognise(built_in_tables(), table, group, measure);
/// assert_eq!(of("y25i01", "A-dagpenge · A-kasse i alt", "Antal ledige fuldtidspersoner"), Some(Quantity::DagpengeFullTime));
/// assert_eq!(of("y25i01", "Kontanthjælp", "Antal ledige fuldtidspersoner"), None);
/// assert_eq!(of("folk1am", "Total · Age, total", "INDHOLD"), Some(Quantity::Inhabitants));
/// assert_eq!(of("folk1am", "Men · Age, total", "INDHOLD"), None);
/// ```
pub fn recognise(tables: &[Table], table: &str, group: &str, measure: &str) -> Option<Quantity> {
    let total = |part: &&str| {
        let part = part.to_lowercase();
        part.is_empty() || part.ends_with("i alt") || part.ends_with("total")
    };
    let parts: Vec<&str> = group.split(" · ").filter(|part| !total(part)).collect();
    let found = tables.iter().find(|known| {
        let wanted: &[&str] = if known.group.is_empty() { &[] } else { &[&known.group] };
        known.id == table && known.measure == measure && wanted == parts
    });
    found.map(|known| known.quantity)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::*;

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    fn version(read: &str, lines: &[(&str, &str, &str, &str)]) -> Version {
        Version {
            read: read.parse().unwrap(),
            lines: lines
                .iter()
                .map(|(quantity, area, from, figures)| Line::read(quantity, area, from, figures).unwrap())
                .collect(),
        }
    }

    #[test]
    fn the_built_in_counts_are_of_everybody_and_the_unknown_stays_unknown() {
        let published = Published::over(&[]);
        for quantity in Quantity::ALL {
            assert_eq!(published.municipalities(quantity).count(), 98, "{quantity:?}");
            assert!(
                published.of(quantity, Area::Denmark, month("2024-01")).is_some(),
                "{quantity:?}"
            );
            assert_eq!(Quantity::of(quantity.code()), Some(quantity));
            assert!(!quantity.table().is_empty());
        }
        let of = |quantity, area, at| published.of(quantity, area, month(at));
        assert_eq!(
            of(Quantity::KontanthjaelpFullTime, Area::Denmark, "2026-07"),
            Some(Some(83_581))
        );
        // A month the source does not show, and one that nobody has said anything about.
        let hidden = published
            .counts
            .values()
            .flat_map(BTreeMap::values)
            .filter(|count| count.is_none());
        assert!(hidden.count() > 10);
        assert_eq!(of(Quantity::KontanthjaelpFullTime, Area::Denmark, "2030-01"), None);
        // Inhabitants come later than the rest: the newest known is used.
        assert_eq!(of(Quantity::Inhabitants, Area::Denmark, "2026-07"), None);
        assert_eq!(
            published.latest(Quantity::Inhabitants, Area::Denmark, month("2026-07")),
            Some(6_028_459)
        );
        assert_eq!(
            published.latest(Quantity::Inhabitants, Area::Denmark, month("2023-12")),
            None
        );
    }

    #[test]
    fn a_newer_version_lies_over_an_older_one_and_taken_away_shows_it_again() {
        let of = |versions: &[Version], at: &str| {
            Published::over(versions).of(Quantity::KontanthjaelpHours, Area::Municipality(741), month(at))
        };
        let first = version("2026-10-01", &[("kontanthjaelp_hours", "741", "2026-05", "7 8 9 10")]);
        let second = version("2026-11-01", &[("kontanthjaelp_hours", "741", "2026-06", ". - 11 12")]);
        let both = [first.clone(), second.clone()];
        assert_eq!(of(&both, "2026-05"), Some(Some(7)));
        // The second says nothing about June, and that July is not shown.
        assert_eq!(of(&both, "2026-06"), Some(Some(8)));
        assert_eq!(of(&both, "2026-07"), Some(None));
        assert_eq!(of(&both, "2026-09"), Some(Some(12)));
        assert_eq!(of(std::slice::from_ref(&first), "2026-07"), Some(Some(9)));
        let read = |versions: &[Version]| {
            Published::over(versions)
                .read(Quantity::KontanthjaelpHours)
                .unwrap()
                .to_string()
        };
        assert_eq!(
            (read(&both), read(&[first])),
            ("2026-11-01".into(), "2026-10-01".into())
        );
        assert_eq!(
            Published::over(&[second]).read(Quantity::Inhabitants),
            Published::over(&[]).read(Quantity::Inhabitants)
        );
    }

    #[test]
    fn an_old_file_brought_in_late_does_not_cover_newer_figures() {
        let new = version("2026-10-01", &[("dagpenge_full_time", "DK", "2026-07", "70000 71000")]);
        let old = version("2026-11-01", &[("dagpenge_full_time", "DK", "2026-01", "1 2 3")]);
        let published = Published::over(&[new, old]);
        let of = |at: &str| {
            published
                .of(Quantity::DagpengeFullTime, Area::Denmark, month(at))
                .unwrap()
        };
        assert_eq!(of("2026-08"), Some(71_000));
        // The built-in counts go further than the old file.
        assert!(of("2026-01").unwrap() > 1000);
    }

    #[test]
    fn what_a_version_would_change_is_counted() {
        let lines = version(
            "2026-11-01",
            &[
                ("dagpenge_full_time", "727", "2026-07", "5 6 -"),
                ("inhabitants", "727", "2026-07", "1"),
            ],
        )
        .lines;
        let changes = Published::over(&[]).differs(Quantity::DagpengeFullTime, &lines);
        assert_eq!(
            (
                changes.areas,
                changes.new,
                changes.other,
                changes.same,
                changes.withheld
            ),
            (1, 2, 1, 0, 1)
        );
        assert_eq!(
            (changes.from, changes.to),
            (Some(month("2026-07")), Some(month("2026-09")))
        );
        let again = Published::over(&[Version {
            read: Day::default(),
            lines: lines.clone(),
        }])
        .differs(Quantity::DagpengeFullTime, &lines);
        assert_eq!((again.new, again.other, again.same), (0, 0, 3));
    }

    #[test]
    fn figures_are_gathered_into_lines() {
        let mut gathered = Gathered::default();
        let odder = Area::Municipality(727);
        assert!(gathered.add(Quantity::Inhabitants, odder, month("2026-03"), Some(5)));
        assert!(gathered.add(Quantity::Inhabitants, odder, month("2026-01"), None));
        assert!(gathered.add(Quantity::Inhabitants, odder, month("2026-01"), None));
        assert!(!gathered.add(Quantity::Inhabitants, odder, month("2026-03"), Some(6)));
        let lines = gathered.lines();
        assert_eq!(
            (lines.len(), lines[0].text().as_str(), lines[0].last()),
            (1, "- . 6", month("2026-03"))
        );
    }

    #[test]
    fn a_line_that_is_wrong_is_named() {
        assert!(
            read("a;b;c;d\ninhabitants;DK;2024-01;1 x")
                .unwrap_err()
                .contains("inhabitants DK: x")
        );
        assert!(
            read("a;b;c;d\ninhabitants;DK;2024;1")
                .unwrap_err()
                .contains("not a month")
        );
        assert!(
            read("a;b;c;d\nfolk;DK;2024-01;1")
                .unwrap_err()
                .contains("no such count")
        );
        assert!(
            tables("a;b;c;d;e;f\nfolk;x;;y;;")
                .unwrap_err()
                .contains("no such count")
        );
    }
}
