//! A figure month by month as a picture: the line, the band within which it swings for no particular reason, the target and what lies ahead.
//!
//! As all our pictures: places along the width are percentages, so that it fills a phone and a desk without its letters shrinking. A month that means
//! something has another mark, not only another colour.

use tovholder_figures::reading::Reading;
use tovholder_figures::strategy::Better;
use tovholder_spells::Month;
use tovholder_spells::forecast::Ahead;

use crate::figures::{Format, date};
use crate::kit::lang::Lang;

/// Left end of the line, in per cent of the width.
const LEFT: f64 = 12.0;
/// Right end.
const RIGHT: f64 = 96.0;

/// A mark of a month.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Where, in per cent.
    pub x: f64,
    /// Where, in pixels.
    pub y: f64,
    /// `plain`, `good`, `bad`, `change`, and `open` for a month that may still change.
    pub kind: &'static str,
}

/// A piece of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Stroke {
    /// From here, in per cent.
    pub x1: f64,
    /// From here, in pixels.
    pub y1: f64,
    /// To here.
    pub x2: f64,
    /// To here.
    pub y2: f64,
    /// `main`, `other`, `target`, `ahead`.
    pub kind: &'static str,
}

/// A label at an edge.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// Where, in per cent.
    pub x: f64,
    /// Where, in pixels.
    pub y: f64,
    /// `start`, `middle` or `end`.
    pub anchor: &'static str,
    /// What it says.
    pub text: String,
}

/// The picture.
#[derive(Clone, Debug)]
pub struct Trend {
    /// What it shows.
    pub title: String,
    /// What it says.
    pub reading: String,
    /// Height in pixels.
    pub height: f64,
    /// The band of no particular reason: top and height.
    pub band: Option<(f64, f64)>,
    /// The middle of the band.
    pub centre: Option<f64>,
    /// Lines.
    pub strokes: Vec<Stroke>,
    /// Months.
    pub marks: Vec<Mark>,
    /// Ranges of the months ahead: x, top, bottom.
    pub ranges: Vec<(f64, f64, f64)>,
    /// Marks of the scale.
    pub ticks: Vec<Label>,
    /// Names of months.
    pub months: Vec<Label>,
    /// Where the law cut the series.
    pub cuts: Vec<f64>,
    /// Whose the other line is.
    pub other: String,
    /// Left end of the lines.
    pub left: f64,
    /// Right end of the lines.
    pub right: f64,
}

/// What is drawn.
pub struct Input<'a> {
    /// What it shows.
    pub title: String,
    /// What it says.
    pub says: String,
    /// The months with limits.
    pub reading: &'a Reading,
    /// Which way is good.
    pub better: Better,
    /// How numbers are written.
    pub format: Format,
    /// The target of each month that has one, as computed.
    pub targets: &'a [(Month, f64)],
    /// The months ahead.
    pub ahead: &'a [(Month, Ahead)],
    /// Somebody else's months, as computed, and who they are.
    pub other: (&'a [(Month, f64)], &'a str),
    /// Cuts in the series.
    pub cuts: &'a [Month],
    /// Small, without scale and months.
    pub small: bool,
}

struct Scale {
    first: Month,
    last: Month,
    left: f64,
    right: f64,
    low: f64,
    high: f64,
    top: f64,
    bottom: f64,
}

impl Scale {
    fn x(&self, month: Month) -> f64 {
        let all = f64::from((self.last - self.first).max(1));
        let share = f64::from(month - self.first) / all;
        round(self.left + share * (self.right - self.left))
    }
    fn y(&self, value: f64) -> f64 {
        let share = (value - self.low) / (self.high - self.low);
        round(self.bottom - share.clamp(0.0, 1.0) * (self.bottom - self.top))
    }
}

fn round(place: f64) -> f64 {
    (place * 100.0).round() / 100.0
}

/// A step of 1, 2 or 5 of some power of ten, so that about four marks fit.
fn step(range: f64) -> f64 {
    let rough = range / 4.0;
    let power = 10_f64.powf(rough.log10().floor());
    let times = match rough / power {
        t if t <= 1.0 => 1.0,
        t if t <= 2.0 => 2.0,
        t if t <= 5.0 => 5.0,
        _ => 10.0,
    };
    times * power
}

impl Trend {
    /// Draws; none without months.
    #[must_use]
    pub fn draw(t: Lang, input: &Input<'_>) -> Option<Trend> {
        let values = &input.reading.values;
        let (first, last) = (values.first()?.month, values.last()?.month);
        let limits = input
            .reading
            .chart
            .as_ref()
            .and_then(|chart| chart.points.last().copied());
        let beyond = input.ahead.last().map_or(last, |(month, _)| last.max(*month));
        let shown = |value: f64| input.format.unit.shown(value);
        let mut all: Vec<f64> = values.iter().filter_map(|v| v.value).collect();
        // A lower limit below nought is drawn at nought: no figure here can be less.
        all.extend(limits.iter().flat_map(|p| [p.upper(), p.lower().max(0.0)]));
        all.extend(input.targets.iter().map(|(_, v)| *v));
        all.extend(input.other.0.iter().map(|(_, v)| *v));
        all.extend(input.ahead.iter().flat_map(|(_, a)| {
            let (low, high) = a.range.unwrap_or((a.value, a.value));
            [low.max(0.0), high, a.value]
        }));
        let all: Vec<f64> = all.into_iter().map(shown).collect();
        let (mut low, mut high) = all
            .iter()
            .fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(*v), h.max(*v)));
        if high - low < 1e-9 {
            (low, high) = ((low - 1.0).max(0.0), high + 1.0);
        }
        let by = step(high - low);
        let (low, high) = if input.small {
            (low, high)
        } else {
            ((low / by).floor() * by, (high / by).ceil() * by)
        };
        let scale = Scale {
            first,
            last: beyond,
            left: if input.small { 2.0 } else { LEFT },
            right: if input.small { 97.0 } else { RIGHT },
            low,
            high,
            top: if input.small { 8.0 } else { 22.0 },
            bottom: if input.small { 72.0 } else { 262.0 },
        };
        let place = |month: Month, value: f64| (scale.x(month), scale.y(shown(value)));
        let mut strokes = Vec::new();
        let mut line = |points: &[(Month, f64)], kind: &'static str| {
            // A month without figure is a hole in the line.
            for pair in points.windows(2).filter(|pair| pair[1].0 - pair[0].0 == 1) {
                let ((x1, y1), (x2, y2)) = (place(pair[0].0, pair[0].1), place(pair[1].0, pair[1].1));
                strokes.push(Stroke { x1, y1, x2, y2, kind });
            }
        };
        let within = |points: &[(Month, f64)]| -> Vec<(Month, f64)> {
            points
                .iter()
                .filter(|(m, _)| *m >= first && *m <= beyond)
                .copied()
                .collect()
        };
        let other = within(input.other.0);
        line(&other, "other");
        let targets = within(input.targets);
        line(&targets, "target");
        let own: Vec<(Month, f64)> = values.iter().filter_map(|v| Some((v.month, v.value?))).collect();
        let ahead: Vec<(Month, f64)> = own
            .iter()
            .rev()
            .find(|(m, _)| input.ahead.first().is_some_and(|(a, _)| *a > *m))
            .copied()
            .into_iter()
            .chain(input.ahead.iter().map(|(m, a)| (*m, a.value)))
            .collect();
        if !input.ahead.is_empty() {
            line(&ahead, "ahead");
        }
        line(&own, "main");
        // A target of a single month is a short line of its own.
        if let [(month, value)] = targets[..] {
            let (x, y) = place(month, value);
            strokes.push(Stroke {
                x1: x - 2.0,
                y1: y,
                x2: x + 2.0,
                y2: y,
                kind: "target",
            });
        }
        let marks = values
            .iter()
            .zip(0..)
            .filter_map(|(value, at): (_, usize)| {
                let (x, y) = place(value.month, value.value?);
                let found = input.reading.signals.get(at).copied().flatten();
                let kind = match found {
                    _ if value.provisional => "open",
                    None => "plain",
                    Some(found) => match input.better {
                        Better::Watch => "change",
                        better if found.upwards == (better == Better::Higher) => "good",
                        _ => "bad",
                    },
                };
                Some(Mark { x, y, kind })
            })
            .collect();
        let band = limits.map(|p| {
            let (top, bottom) = (scale.y(shown(p.upper())), scale.y(shown(p.lower().max(0.0))));
            (top, round(bottom - top))
        });
        Some(Trend {
            title: input.title.clone(),
            reading: input.says.clone(),
            height: if input.small { 80.0 } else { 290.0 },
            band,
            centre: limits.map(|p| scale.y(shown(p.centre))),
            strokes,
            marks,
            ranges: input
                .ahead
                .iter()
                .filter_map(|(month, a)| {
                    let (low, high) = a.range?;
                    Some((scale.x(*month), scale.y(shown(high)), scale.y(shown(low.max(0.0)))))
                })
                .collect(),
            ticks: if input.small {
                vec![]
            } else {
                ticks(t, &scale, input.format, by)
            },
            months: if input.small { vec![] } else { months(t, &scale) },
            cuts: input
                .cuts
                .iter()
                .filter(|m| **m > first && **m <= last)
                .map(|m| scale.x(*m))
                .collect(),
            other: input.other.1.to_owned(),
            left: scale.left,
            right: scale.right,
        })
    }

    /// The marks that stand out, drawn last.
    pub fn loud(&self) -> impl Iterator<Item = &Mark> {
        self.marks.iter().filter(|m| m.kind != "plain")
    }

    /// The other marks.
    pub fn quiet(&self) -> impl Iterator<Item = &Mark> {
        self.marks.iter().filter(|m| m.kind == "plain")
    }

    /// The newest month's mark.
    #[must_use]
    pub fn newest(&self) -> Option<&Mark> {
        self.marks.last()
    }

    /// Whether a month has a mark of this kind.
    #[must_use]
    pub fn marked(&self, kind: &str) -> bool {
        self.marks.iter().any(|m| m.kind == kind)
    }

    /// Whether a line of this kind is drawn.
    #[must_use]
    pub fn has(&self, kind: &str) -> bool {
        self.strokes.iter().any(|s| s.kind == kind)
    }
}

fn ticks(t: Lang, scale: &Scale, format: Format, by: f64) -> Vec<Label> {
    let count = ((scale.high - scale.low) / by).round() as i32;
    (0..=count)
        .map(|i| {
            let value = scale.low + by * f64::from(i);
            Label {
                x: 0.0,
                y: scale.y(value),
                anchor: "start",
                text: format.tick(t, value, by),
            }
        })
        .collect()
}

/// At most five months: more do not fit on a phone.
fn months(t: Lang, scale: &Scale) -> Vec<Label> {
    let all = scale.last - scale.first;
    let by = (all / 4).max(1);
    let mut labels = Vec::new();
    let mut month = scale.first;
    while month <= scale.last {
        let x = scale.x(month);
        let day = date(month.first());
        labels.push(Label {
            x,
            y: 282.0,
            anchor: if x > 90.0 {
                "end"
            } else if x < 15.0 {
                "start"
            } else {
                "middle"
            },
            text: format!("{} {:02}", t.month_short(day.month()), day.year() % 100),
        });
        month = month + by;
    }
    labels
}

/// A place among others of different size.
#[derive(Clone, Debug)]
pub struct FunnelPicture {
    /// What it shows.
    pub title: String,
    /// What it says.
    pub reading: String,
    /// The others.
    pub places: Vec<(f64, f64)>,
    /// Ourselves.
    pub own: Option<(f64, f64)>,
    /// The limits: pieces of two lines.
    pub limits: Vec<Stroke>,
    /// All together.
    pub centre: f64,
    /// Marks of the scale.
    pub ticks: Vec<Label>,
    /// Sizes.
    pub sizes: Vec<Label>,
}

/// Height of a funnel in pixels.
pub const FUNNEL_HEIGHT: f64 = 300.0;

impl FunnelPicture {
    /// Draws places of `(of how many, number shown)` with the limits within which one of that size falls by chance.
    #[must_use]
    pub fn draw(
        t: Lang,
        (title, reading): (String, String),
        funnel: &tovholder_figures::benchmark::Funnel,
        times: f64,
        format: Format,
        own: Option<(f64, f64)>,
    ) -> Option<FunnelPicture> {
        let sizes = || {
            funnel
                .places
                .iter()
                .map(|(_, size, _)| *size as f64)
                .chain(own.map(|(size, _)| size))
        };
        let values = funnel.places.iter().map(|(.., v)| *v).chain(own.map(|(_, v)| v));
        let (least, most) = sizes().fold((f64::MAX, 1.0_f64), |(l, m), s| (l.min(s), m.max(s)));
        let high = values.fold(funnel.centre, f64::max);
        if least <= 0.0 || !most.is_finite() || high <= 0.0 {
            return None;
        }
        let by = step(high);
        let top = (high / by).ceil() * by;
        // Sizes differ a hundredfold: each doubling is as wide as the next.
        let (from, to) = (least.ln(), (most.ln()).max(least.ln() + 1.0));
        let x = |size: f64| round(LEFT + (size.max(least).ln() - from) / (to - from) * (RIGHT - LEFT));
        let y = |value: f64| round(262.0 - (value / top).clamp(0.0, 1.0) * 240.0);
        let mut limits = Vec::new();
        const PIECES: i32 = 40;
        let at = |i: i32| (from + (to - from) * f64::from(i) / f64::from(PIECES)).exp();
        for i in 0..PIECES {
            let (a, b) = (at(i), at(i + 1));
            let (here, next) = (funnel.limits(a, times, 0.998), funnel.limits(b, times, 0.998));
            for (one, two) in [(here.lower, next.lower), (here.upper, next.upper)] {
                if one <= top || two <= top {
                    limits.push(Stroke {
                        x1: x(a),
                        y1: y(one),
                        x2: x(b),
                        y2: y(two),
                        kind: "limit",
                    });
                }
            }
        }
        let count = (top / by).round() as i32;
        Some(FunnelPicture {
            title,
            reading,
            places: funnel
                .places
                .iter()
                .map(|(_, size, v)| (x(*size as f64), y(*v)))
                .collect(),
            own: own.map(|(size, v)| (x(size), y(v))),
            limits,
            centre: y(funnel.centre),
            ticks: (0..=count)
                .map(|i| Label {
                    x: 0.0,
                    y: y(by * f64::from(i)),
                    anchor: "start",
                    text: format.tick(t, by * f64::from(i), by),
                })
                .collect(),
            sizes: [least, (least * most).sqrt(), most]
                .into_iter()
                .zip(["start", "middle", "end"])
                .map(|(size, anchor)| Label {
                    x: x(size),
                    y: 282.0,
                    anchor,
                    text: t.integer(size.round() as i64),
                })
                .collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_numbers() {
        assert_eq!([4.0, 7.0, 13.0, 40.0, 90.0].map(step), [1.0, 2.0, 5.0, 10.0, 50.0]);
        assert!((step(0.3) - 0.1).abs() < 1e-12);
    }

    #[test]
    fn a_scale_holds_its_ends() {
        let scale = Scale {
            first: Month(10),
            last: Month(20),
            left: 12.0,
            right: 96.0,
            low: 0.0,
            high: 50.0,
            top: 20.0,
            bottom: 260.0,
        };
        assert_eq!(
            (scale.x(Month(10)), scale.x(Month(20)), scale.x(Month(15))),
            (12.0, 96.0, 54.0)
        );
        assert_eq!((scale.y(0.0), scale.y(50.0), scale.y(-9.0)), (260.0, 20.0, 260.0));
    }
}
