//! What a citizen lived on in the five years, and the two classifications beside it: target group and readiness. Three separate facts.

use rand_chacha::ChaCha8Rng;
use tovholder_casework::rules::Rules;

use super::calendar::{Calendar, Day};
use super::chance::{between, chance, waiting};

/// A period on a benefit, or in a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The code in the rules.
    pub code: String,
    /// First day.
    pub from: Day,
    /// Last day; none while it lasts.
    pub until: Option<Day>,
}

/// People on kontanthjælp by readiness: Jobindsats.dk / STAR, July 2026 (measure y60a02, full-time persons by visitationskategori).
const READINESS: &[(&str, i32)] = &[
    ("jobparat", 16_409),
    ("aktivitetsparat", 55_751),
    ("uddannelsesparat", 9_000),
    ("aabenlys_uddannelsesparat", 657),
    ("uoplyst", 1_765),
];

/// What is known of the citizen.
#[derive(Clone, Copy)]
pub struct Known {
    /// The benefit of the last plan, in today's codes.
    pub benefit: &'static str,
    /// Age today.
    pub age: i16,
    /// Came to the country lately.
    pub newcomer: bool,
    /// First and last day of the plans, from the oldest plan's first day to the last plan's last.
    pub opened: Day,
    /// When the last plan began.
    pub current: Day,
    /// Its last day.
    pub closed: Option<Day>,
}

/// The spells, oldest first, without overlap.
pub fn spells(rules: &Rules, calendar: &Calendar, rng: &mut ChaCha8Rng, known: Known) -> Vec<Span> {
    if known.benefit == "ingen" {
        return vec![];
    }
    let today = calendar.today();
    let window = today - 5 * 365;
    let begin = known.current - waiting(rng, 25.0);
    let end = known
        .closed
        .map(|closed| closed + between(rng, -20, 10))
        .filter(|end| *end < today);
    // Before the benefit of today there may have been another that leads to it, day by day, or an earlier spell with a gap between.
    let mut chain: Vec<(&str, Day, Option<Day>)> = vec![];
    let mut start = begin;
    match known.benefit {
        "foertidspension" => start = window - between(rng, 0, 1_500).min(1_500),
        "jobafklaring" => {
            let ill = start - 26 * 7;
            chain.push(("sygedagpenge", ill, Some(start - 1)));
        }
        "ressourceforloeb" => {
            // No new ones since the rules' day: those that run began before it.
            let last = rules
                .on(calendar.date(today))
                .benefit("ressourceforloeb")
                .and_then(|b| b.no_new_from)
                .map_or(start, |day| calendar.day(day) - 1 - between(rng, 0, 200));
            start = start.min(last);
            let before = if chance(rng, 0.5) {
                "jobafklaring"
            } else {
                "kontanthjaelp"
            };
            chain.push((before, start - between(rng, 150, 500), Some(start - 1)));
        }
        "ledighedsydelse" => {
            let before = if chance(rng, 0.5) { "fleksjob" } else { "jobafklaring" };
            chain.push((before, start - between(rng, 120, 500), Some(start - 1)));
        }
        _ => {}
    }
    if chain.is_empty() && known.benefit != "foertidspension" && chance(rng, 0.45) {
        let until = start - 30 - waiting(rng, 220.0);
        let earlier = match (known.benefit, between(rng, 0, 9)) {
            ("sygedagpenge", 0..3) => "dagpenge",
            ("kontanthjaelp", 0..2) => "sygedagpenge",
            ("kontanthjaelp", 2) if known.age > 25 => "dagpenge",
            (same, _) => same,
        };
        chain.push((earlier, until - 40 - waiting(rng, 160.0), Some(until)));
    }
    chain.push((known.benefit, start, end));
    if let Some(end) = end
        && chance(rng, 0.12)
    {
        // Not everybody found work: some went on to another benefit.
        let next = match known.benefit {
            "sygedagpenge" => "jobafklaring",
            "dagpenge" => "kontanthjaelp",
            _ => "su",
        };
        chain.push((next, end + 1, None));
    }
    let seen = chain
        .into_iter()
        .filter(|(_, _, until)| until.is_none_or(|until| until >= window));
    let mut spans: Vec<Span> = vec![];
    for (code, from, until) in seen {
        let after = spans
            .last()
            .and_then(|span| span.until)
            .map_or(from, |until| from.max(until + 1));
        if until.is_some_and(|until| until < after) {
            continue;
        }
        by_law(rules, calendar, known, code, after, until, &mut spans);
    }
    spans
}

/// Writes a spell under the codes the law had on its days: where a benefit ends by law, the one that replaces it goes on the day after.
pub fn by_law(
    rules: &Rules,
    calendar: &Calendar,
    known: Known,
    code: &str,
    from: Day,
    until: Option<Day>,
    spans: &mut Vec<Span>,
) {
    let mut code = match code {
        // Before the reform of 1 July 2025, kontanthjælp was three benefits.
        "kontanthjaelp" if known.newcomer => "sho",
        "kontanthjaelp" if known.age < 33 => "uddannelseshjaelp",
        other => other,
    }
    .to_owned();
    if rules.on(calendar.date(from)).benefit(&code).is_none() {
        // The old name is gone on this day.
        code = "kontanthjaelp".to_owned();
    }
    let rule = rules.on(calendar.date(from)).benefit(&code);
    let by_law = rule.and_then(|rule| Some((rule.valid_to?, rule.replaced_by.clone()?)));
    match by_law {
        Some((last, next)) if until.is_none_or(|until| until > calendar.day(last)) => {
            let last = calendar.day(last);
            let first = Span {
                code,
                from,
                until: Some(last),
            };
            spans.push(first);
            spans.push(Span {
                code: next,
                from: last + 1,
                until,
            });
        }
        _ => spans.push(Span { code, from, until }),
    }
}

/// Target group and readiness over time.
pub struct Classes {
    /// Target groups.
    pub target_group: Vec<Span>,
    /// Readiness.
    pub readiness: Vec<Span>,
}

impl Classes {
    /// Draws both for a citizen.
    pub fn draw(calendar: &Calendar, rng: &mut ChaCha8Rng, known: Known) -> Self {
        let from = known.opened;
        let until = known.closed;
        let one = |code: &str| {
            vec![Span {
                code: code.to_owned(),
                from,
                until,
            }]
        };
        let readiness = match known.benefit {
            "kontanthjaelp" => Some(drawn_readiness(rng, known.age)),
            _ => None,
        };
        let target_group = match (known.benefit, readiness) {
            ("kontanthjaelp", Some("aktivitetsparat")) if known.age < 30 => "aktivitetsparat_ung",
            ("kontanthjaelp", Some("jobparat")) => "jobparat",
            ("kontanthjaelp", Some("uddannelsesparat" | "aabenlys_uddannelsesparat")) => "uddannelsesparat",
            ("kontanthjaelp", _) => "aktivitetsparat",
            ("ledighedsydelse", _) => "fleksjobvisiteret",
            ("ingen", _) if known.age < 18 => "under_18",
            ("ingen", _) => "selvforsoergende",
            (same, _) => same,
        };
        let readiness = match readiness {
            None => vec![],
            // Judged anew on the way: readiness changes without the benefit or the spell changing.
            Some("jobparat") if chance(rng, 0.35) => {
                let end = until.unwrap_or(calendar.today() - 1);
                if end - from > 60 {
                    let day = between(rng, from + 30, end - 20);
                    let before = Span {
                        code: "aktivitetsparat".to_owned(),
                        from,
                        until: Some(day - 1),
                    };
                    let after = Span {
                        code: "jobparat".to_owned(),
                        from: day,
                        until,
                    };
                    vec![before, after]
                } else {
                    one("jobparat")
                }
            }
            Some(code) => one(code),
        };
        Classes {
            target_group: one(target_group),
            readiness,
        }
    }

    /// The target group today, or the last.
    pub fn group(&self) -> &str {
        self.target_group.last().map_or("", |span| span.code.as_str())
    }
}

/// Readiness as common as published; education concerns those under 30 only.
fn drawn_readiness(rng: &mut ChaCha8Rng, age: i16) -> &'static str {
    let all: i32 = READINESS.iter().map(|(_, n)| n).sum();
    let mut left = between(rng, 0, all - 1);
    for (code, n) in READINESS {
        left -= n;
        if left < 0 {
            return match *code {
                "uddannelsesparat" | "aabenlys_uddannelsesparat" if age >= 30 => "aktivitetsparat",
                code => code,
            };
        }
    }
    "uoplyst"
}
