//! The two pictures of a plan, computed here and drawn as SVG by `templates/kit/charts.html`.
//!
//! Places along the width are percentages and places along the height are pixels, so a picture fills a phone and a desk without
//! its letters shrinking, and needs no style attribute. Nothing depends on colour alone: lines differ in dash and mark, bars in
//! filling and outline, and a table with the same content stands beneath every picture.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::kit::lang::Lang;

/// A length or place along the width, in percent.
fn percent(value: f64) -> String {
    format!("{value:.2}%")
}

/// How far `date` is between `first` and `last`: 0 to 1, and one half when there is only one day.
fn share(date: Date, first: Date, last: Date) -> f64 {
    let days = |a: Date, b: Date| f64::from(b.duration_since(a).as_hours() as i32) / 24.0;
    let whole = days(first, last);
    if whole <= 0.0 {
        0.5
    } else {
        (days(first, date) / whole).clamp(0.0, 1.0)
    }
}

/// How a citizen and an employee see the same thing on one day, on a scale from 1 to 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Views {
    /// The day.
    pub date: Date,
    /// The citizen's own number, if filled in.
    pub citizen: Option<u8>,
    /// The employee's number, if filled in.
    pub employee: Option<u8>,
}

/// The line of the citizen and the line of the employee over time.
#[derive(Clone, Debug)]
pub struct SideBySide {
    /// What the picture shows.
    pub title: String,
    /// What it says, in one sentence.
    pub reading: String,
    /// What the citizen's line is called on this page: `Dig` or the name.
    pub citizen_name: String,
    /// What the employee's line is called.
    pub employee_name: String,
    /// The numbers, oldest first.
    pub points: Vec<Views>,
}

/// A mark on a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Place along the width.
    pub x: String,
    /// Place along the height, in pixels.
    pub y: f64,
}

/// A piece of a line between two marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// Where it begins.
    pub from: Mark,
    /// Where it ends.
    pub to: Mark,
}

/// A line of text on an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct AxisLabel {
    /// Place of what it names along the width.
    pub tick: String,
    /// Place of the text along the width; another one at the right edge, where it would stick out.
    pub x: String,
    /// Which end of the text stands there: `start`, `middle` or `end`.
    pub anchor: &'static str,
    /// The text.
    pub text: String,
}

impl SideBySide {
    /// Height of the whole picture in pixels.
    pub const HEIGHT: f64 = 216.0;
    const TOP: f64 = 14.0;
    const STEP: f64 = 40.0;
    const LEFT: f64 = 9.0;
    const WIDTH: f64 = 87.0;

    /// Puts the numbers in order of time. Numbers outside 1 to 5 are taken as not filled in.
    #[must_use]
    pub fn new(
        title: impl Into<String>,
        reading: impl Into<String>,
        citizen_name: impl Into<String>,
        employee_name: impl Into<String>,
        mut points: Vec<Views>,
    ) -> Self {
        points.sort_by_key(|point| point.date);
        for point in &mut points {
            point.citizen = point.citizen.filter(|value| (1..=5).contains(value));
            point.employee = point.employee.filter(|value| (1..=5).contains(value));
        }
        Self {
            title: title.into(),
            reading: reading.into(),
            citizen_name: citizen_name.into(),
            employee_name: employee_name.into(),
            points,
        }
    }

    /// The lines across, from 5 down to 1, with their place along the height.
    #[must_use]
    pub fn levels(&self) -> [(u8, f64); 5] {
        [5, 4, 3, 2, 1].map(|value| (value, Self::y(value)))
    }

    /// The marks of the citizen.
    #[must_use]
    pub fn citizen_marks(&self) -> Vec<Mark> {
        self.marks(|point| point.citizen)
    }

    /// The marks of the employee.
    #[must_use]
    pub fn employee_marks(&self) -> Vec<Mark> {
        self.marks(|point| point.employee)
    }

    /// The line of the citizen.
    #[must_use]
    pub fn citizen_line(&self) -> Vec<Stroke> {
        Self::line(&self.citizen_marks())
    }

    /// The line of the employee.
    #[must_use]
    pub fn employee_line(&self) -> Vec<Stroke> {
        Self::line(&self.employee_marks())
    }

    /// The dates below: the first, the last, and one near the middle. More do not fit on a phone.
    #[must_use]
    pub fn dates(&self, t: Lang) -> Vec<AxisLabel> {
        let (Some(first), Some(last)) = (self.points.first(), self.points.last()) else {
            return Vec::new();
        };
        let middle = self
            .points
            .iter()
            .map(|point| (share(point.date, first.date, last.date), point.date))
            .filter(|(place, date)| (0.39..=0.61).contains(place) && *date != first.date)
            .min_by(|(a, _), (b, _)| (a - 0.5).abs().total_cmp(&(b - 0.5).abs()));
        let mut labels = vec![(share(first.date, first.date, last.date), first.date)];
        labels.extend(middle);
        if last.date != first.date {
            labels.push((1.0, last.date));
        }
        labels
            .into_iter()
            .map(|(place, date)| AxisLabel {
                tick: percent(Self::LEFT + place * Self::WIDTH),
                x: percent(Self::LEFT + place * Self::WIDTH),
                anchor: anchor(place),
                text: t.date_short(date),
            })
            .collect()
    }

    fn y(value: u8) -> f64 {
        Self::TOP + f64::from(5 - value.clamp(1, 5)) * Self::STEP
    }

    fn marks(&self, side: impl Fn(&Views) -> Option<u8>) -> Vec<Mark> {
        let (Some(first), Some(last)) = (self.points.first(), self.points.last()) else {
            return Vec::new();
        };
        self.points
            .iter()
            .filter_map(|point| {
                let x = percent(Self::LEFT + share(point.date, first.date, last.date) * Self::WIDTH);
                Some(Mark {
                    x,
                    y: Self::y(side(point)?),
                })
            })
            .collect()
    }

    fn line(marks: &[Mark]) -> Vec<Stroke> {
        marks
            .windows(2)
            .map(|pair| Stroke {
                from: pair[0].clone(),
                to: pair[1].clone(),
            })
            .collect()
    }
}

/// Text near an edge grows inwards.
fn anchor(place: f64) -> &'static str {
    match place {
        p if p < 0.15 => "start",
        p if p > 0.85 => "end",
        _ => "middle",
    }
}

/// How far an effort is. Follows from its dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Begins after today.
    Planned,
    /// Today is one of its days.
    Ongoing,
    /// Its last day has gone.
    Ended,
}

impl Stage {
    /// All of them, in the order of the key below the picture.
    pub const ALL: [Self; 3] = [Self::Ongoing, Self::Planned, Self::Ended];

    /// Ending of the class `lane-…`.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Ongoing => "ongoing",
            Self::Ended => "ended",
        }
    }

    /// In words.
    #[must_use]
    pub const fn label(self, t: Lang) -> &'static str {
        match self {
            Self::Planned => t.kit_efforts_planned(),
            Self::Ongoing => t.kit_efforts_ongoing(),
            Self::Ended => t.kit_efforts_ended(),
        }
    }
}

/// One effort among others that run at the same time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// What it is.
    pub label: String,
    /// Which unit, company or person carries it; may be empty.
    pub who: String,
    /// Where it leads; may be empty.
    pub href: String,
    /// First day.
    pub from: Date,
    /// Last day, counted in. None goes on.
    pub to: Option<Date>,
}

/// Efforts side by side on one time axis, with today marked.
#[derive(Clone, Debug)]
pub struct Lanes {
    /// What the picture shows.
    pub title: String,
    /// What it says, in one sentence.
    pub reading: String,
    /// The efforts, in the order given.
    pub lanes: Vec<Lane>,
    /// The day the page is made for.
    pub today: Date,
    first: Date,
    last: Date,
}

/// Where a bar stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Left end.
    pub x: String,
    /// Length.
    pub width: String,
}

impl Lanes {
    /// Puts efforts on an axis of whole months that holds all of them and today. An effort without a last day runs to the end of
    /// the axis, which then shows at least three months more.
    #[must_use]
    pub fn new(title: impl Into<String>, reading: impl Into<String>, lanes: Vec<Lane>, today: Date) -> Self {
        let open = lanes.iter().any(|lane| lane.to.is_none());
        let ahead = if open { today.saturating_add(3.months()) } else { today };
        let first = lanes
            .iter()
            .map(|lane| lane.from)
            .chain([today])
            .min()
            .unwrap_or(today)
            .first_of_month();
        let last = lanes
            .iter()
            .map(|lane| lane.to.unwrap_or(lane.from))
            .chain([ahead])
            .max()
            .unwrap_or(ahead)
            .last_of_month();
        Self {
            title: title.into(),
            reading: reading.into(),
            lanes,
            today,
            first,
            last,
        }
    }

    /// Where an effort's bar stands. Never so short that it cannot be seen.
    #[must_use]
    pub fn bar(&self, lane: &Lane) -> Bar {
        let start = self.place(lane.from);
        // The last day counts in, so the bar ends where the next day begins.
        let end = lane.to.map_or(1.0, |to| self.place(to.tomorrow().unwrap_or(to)));
        let width = (end - start).max(0.012);
        Bar {
            x: percent(start.min(1.0 - width) * 100.0),
            width: percent(width * 100.0),
        }
    }

    /// How far an effort is today.
    #[must_use]
    pub fn stage(&self, lane: &Lane) -> Stage {
        if lane.from > self.today {
            Stage::Planned
        } else if lane.to.is_some_and(|to| to < self.today) {
            Stage::Ended
        } else {
            Stage::Ongoing
        }
    }

    /// Where today is.
    #[must_use]
    pub fn today_x(&self) -> String {
        percent(self.place(self.today) * 100.0)
    }

    /// Which end of the word *today* stands at its line.
    #[must_use]
    pub fn today_anchor(&self) -> &'static str {
        anchor(self.place(self.today))
    }

    /// The months below, at most four of them: more do not fit on a phone.
    #[must_use]
    pub fn months(&self, t: Lang) -> Vec<AxisLabel> {
        let count = (i32::from(self.last.year()) - i32::from(self.first.year())) * 12 + i32::from(self.last.month())
            - i32::from(self.first.month())
            + 1;
        let step = ((count + 3) / 4).max(1);
        let mut labels: Vec<AxisLabel> = Vec::new();
        let mut month = self.first;
        let mut year = None;
        while month <= self.last {
            let place = self.place(month);
            // The year is said once, where it begins.
            let text = if year == Some(month.year()) {
                t.month_short(month.month()).to_owned()
            } else {
                format!("{} {}", t.month_short(month.month()), month.year())
            };
            year = Some(month.year());
            let (x, anchor) = if place > 0.8 { (1.0, "end") } else { (place, "start") };
            labels.push(AxisLabel {
                tick: percent(place * 100.0),
                x: percent(x * 100.0),
                anchor,
                text,
            });
            month = month.saturating_add(step.months());
        }
        labels
    }

    fn place(&self, date: Date) -> f64 {
        share(date, self.first, self.last.tomorrow().unwrap_or(self.last))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn views(year: i16, month: i8, day: i8, citizen: u8, employee: u8) -> Views {
        Views {
            date: date(year, month, day),
            citizen: Some(citizen),
            employee: Some(employee),
        }
    }

    #[test]
    fn lines_run_from_the_first_to_the_last_day() {
        let chart = SideBySide::new(
            "",
            "",
            "",
            "",
            vec![
                views(2026, 7, 1, 5, 3),
                views(2026, 1, 1, 1, 1),
                views(2026, 4, 1, 2, 9),
            ],
        );
        let citizen = chart.citizen_marks();
        assert_eq!(
            citizen.iter().map(|mark| mark.y).collect::<Vec<_>>(),
            [174.0, 134.0, 14.0]
        );
        assert_eq!((citizen[0].x.as_str(), citizen[2].x.as_str()), ("9.00%", "96.00%"));
        assert_eq!(chart.citizen_line().len(), 2);
        // Nine is no answer on this scale: the line goes from the first to the third day.
        assert_eq!(chart.employee_marks().len(), 2);
        assert_eq!(chart.employee_line().len(), 1);
    }

    #[test]
    fn one_day_stands_in_the_middle() {
        let chart = SideBySide::new("", "", "", "", vec![views(2026, 7, 1, 3, 3)]);
        assert_eq!(chart.citizen_marks()[0].x, "52.50%");
        assert!(chart.citizen_line().is_empty());
        assert_eq!(chart.dates(Lang::Da)[0].anchor, "middle");
    }

    #[test]
    fn no_numbers_draw_nothing() {
        let chart = SideBySide::new("", "", "", "", Vec::new());
        assert!(chart.citizen_marks().is_empty() && chart.dates(Lang::Da).is_empty());
    }

    #[test]
    fn dates_that_stand_too_close_give_way_to_the_first_and_the_last() {
        let days = [1, 2, 3, 29, 30].map(|day| views(2026, 6, day, 2, 2)).to_vec();
        let labels = SideBySide::new("", "", "", "", days).dates(Lang::Da);
        assert_eq!(labels.len(), 2);
        assert_eq!((labels[0].anchor, labels[1].anchor), ("start", "end"));
        assert!(labels[1].text.starts_with("30."), "{labels:?}");

        let days = [1, 13, 15, 30].map(|day| views(2026, 6, day, 2, 2)).to_vec();
        let labels = SideBySide::new("", "", "", "", days).dates(Lang::Da);
        assert_eq!((labels.len(), labels[1].anchor), (3, "middle"));
        assert!(labels[1].text.starts_with("15."), "{labels:?}");
    }

    fn lane(from: Date, to: Option<Date>) -> Lane {
        Lane {
            label: String::new(),
            who: String::new(),
            href: String::new(),
            from,
            to,
        }
    }

    #[test]
    fn the_axis_holds_whole_months_and_today() {
        let lanes = Lanes::new(
            "",
            "",
            vec![lane(date(2026, 3, 10), Some(date(2026, 4, 30)))],
            date(2026, 5, 5),
        );
        assert_eq!((lanes.first, lanes.last), (date(2026, 3, 1), date(2026, 5, 31)));
        let bar = lanes.bar(&lanes.lanes[0]);
        // 9 of 92 days before it, 52 days long.
        assert_eq!((bar.x.as_str(), bar.width.as_str()), ("9.78%", "56.52%"));
        assert_eq!(
            lanes
                .months(Lang::En)
                .iter()
                .map(|label| label.text.as_str())
                .collect::<Vec<_>>(),
            ["Mar 2026", "Apr", "May"]
        );
    }

    #[test]
    fn what_has_no_end_runs_to_the_edge() {
        let lanes = Lanes::new("", "", vec![lane(date(2026, 1, 1), None)], date(2026, 11, 16));
        assert_eq!(lanes.last, date(2027, 2, 28));
        assert_eq!(
            lanes.bar(&lanes.lanes[0]),
            Bar {
                x: "0.00%".into(),
                width: "100.00%".into()
            }
        );
        let months = lanes.months(Lang::En);
        assert_eq!(
            months.iter().map(|label| label.text.as_str()).collect::<Vec<_>>(),
            ["Jan 2026", "May", "Sep", "Jan 2027"]
        );
        assert_eq!(
            (months[3].tick.as_str(), months[3].x.as_str(), months[3].anchor),
            ("86.08%", "100.00%", "end")
        );
    }

    #[test]
    fn the_last_day_counts_in() {
        let lanes = Lanes::new(
            "",
            "",
            vec![
                lane(date(2026, 1, 1), Some(date(2026, 6, 30))),
                lane(date(2026, 7, 1), None),
            ],
            date(2026, 6, 30),
        );
        assert_eq!(lanes.stage(&lanes.lanes[0]), Stage::Ongoing);
        assert_eq!(lanes.stage(&lanes.lanes[1]), Stage::Planned);
        let later = Lanes {
            today: date(2026, 7, 1),
            ..lanes
        };
        assert_eq!(later.stage(&later.lanes[0]), Stage::Ended);
    }

    #[test]
    fn a_single_day_can_be_seen_even_at_the_right_edge() {
        let lanes = Lanes::new(
            "",
            "",
            vec![
                lane(date(2024, 1, 1), Some(date(2026, 12, 31))),
                lane(date(2026, 12, 31), Some(date(2026, 12, 31))),
            ],
            date(2026, 1, 1),
        );
        assert_eq!(
            lanes.bar(&lanes.lanes[1]),
            Bar {
                x: "98.80%".into(),
                width: "1.20%".into()
            }
        );
    }
}
