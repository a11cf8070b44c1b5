//! `tovholder spells synth`: a register of people who do not exist, of any size. Same seed, same bytes.
//!
//! Everybody is drawn alone, from the seed and the person's number, with integers only; so the bytes depend neither on the number of
//! threads nor on the machine. The proportions are chosen by hand so that stocks and durations have the size of the published ones;
//! nothing was estimated from persons.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tovholder_spells::{Day, Interval, Month};

use crate::problem::Problem;
use crate::progress::Progress;

/// The municipalities' codes, and their inhabitants in hundreds on 1 January 2026. Source: Statistics Denmark, FOLK1AM (CC BY 4.0).
#[rustfmt::skip]
const AREAS: [(u16, u32); 98] = [
    (101, 6717), (147, 1062), (151, 540), (153, 410), (155, 145), (157, 751), (159, 712), (161, 258), (163, 320),
    (165, 293), (167, 542), (169, 605), (173, 586), (175, 451), (183, 247), (185, 442), (187, 187), (190, 429),
    (201, 265), (210, 424), (217, 642), (219, 552), (223, 254), (230, 579), (240, 462), (250, 474), (253, 541),
    (259, 640), (260, 317), (265, 927), (269, 250), (270, 418), (306, 320), (316, 750), (320, 381), (326, 480),
    (329, 360), (330, 810), (336, 238), (340, 309), (350, 299), (360, 385), (370, 852), (376, 591), (390, 448),
    (400, 387), (410, 406), (420, 404), (430, 523), (440, 243), (450, 324), (461, 2132), (479, 600), (480, 292),
    (482, 118), (492, 58), (510, 552), (530, 272), (540, 741), (550, 362), (561, 1149), (563, 33), (573, 495),
    (575, 426), (580, 584), (607, 529), (615, 988), (621, 962), (630, 1232), (657, 905), (661, 593), (665, 186),
    (671, 201), (706, 444), (707, 365), (710, 498), (727, 243), (730, 1006), (740, 1028), (741, 36), (746, 664),
    (751, 3784), (756, 433), (760, 554), (766, 486), (773, 193), (779, 441), (787, 426), (791, 979), (810, 365),
    (813, 575), (820, 356), (825, 17), (840, 313), (846, 415), (849, 380), (851, 2260), (860, 630),
];

/// How much somebody is in need of benefits: seldom, now and then, or much of the time.
const KINDS: [u64; 3] = [52, 36, 12];

/// A benefit: who comes on it, and for how long.
struct Benefit {
    code: &'static str,
    /// From this age, and until before that.
    ages: (i32, i32),
    /// How often it begins, by kind of person.
    weight: [u64; 3],
    /// Days: the least, then the ends of eight equal shares of the spells.
    days: [u64; 9],
    /// Goes on for life.
    lasting: bool,
    /// In per cent how often another benefit follows at once, and which.
    then: (u64, &'static [usize]),
    /// In per cent how often it is on part of full time.
    part: u64,
}

// Places in the list below, of those that follow another.
const DAGPENGE: usize = 0;
const KONTANTHJAELP: usize = 1;
const SYGEDAGPENGE: usize = 3;
const JOBAFKLARING: usize = 4;
const RESSOURCEFORLOEB: usize = 5;
const LEDIGHEDSYDELSE: usize = 6;
const FLEKSJOB: usize = 7;
const FOERTIDSPENSION: usize = 8;
const BARSEL: usize = 9;

#[rustfmt::skip]
const BENEFITS: [Benefit; 12] = [
    Benefit { code: "dagpenge", ages: (18, 65), weight: [300, 420, 260], days: [5, 24, 45, 70, 105, 155, 225, 370, 730],
        lasting: false, then: (9, &[SYGEDAGPENGE, KONTANTHJAELP, BARSEL]), part: 12 },
    Benefit { code: "kontanthjaelp", ages: (30, 66), weight: [8, 50, 190], days: [10, 60, 120, 200, 310, 480, 760, 1300, 3600],
        lasting: false, then: (28, &[RESSOURCEFORLOEB, FLEKSJOB, FOERTIDSPENSION, SYGEDAGPENGE, LEDIGHEDSYDELSE]), part: 6 },
    Benefit { code: "uddannelseshjaelp", ages: (18, 30), weight: [40, 220, 520], days: [10, 50, 100, 160, 240, 350, 520, 800, 2200],
        lasting: false, then: (18, &[KONTANTHJAELP, RESSOURCEFORLOEB, SYGEDAGPENGE]), part: 4 },
    Benefit { code: "sygedagpenge", ages: (18, 67), weight: [420, 380, 200], days: [2, 12, 24, 36, 50, 72, 110, 170, 330],
        lasting: false, then: (7, &[JOBAFKLARING, DAGPENGE, LEDIGHEDSYDELSE]), part: 16 },
    Benefit { code: "jobafklaring", ages: (18, 67), weight: [1, 6, 20], days: [60, 180, 280, 390, 500, 620, 730, 900, 1460],
        lasting: false, then: (55, &[LEDIGHEDSYDELSE, RESSOURCEFORLOEB, FLEKSJOB, FOERTIDSPENSION]), part: 0 },
    Benefit { code: "ressourceforloeb", ages: (18, 60), weight: [0, 3, 30], days: [200, 450, 640, 800, 980, 1150, 1350, 1600, 1830],
        lasting: false, then: (80, &[FOERTIDSPENSION, LEDIGHEDSYDELSE, FLEKSJOB]), part: 0 },
    Benefit { code: "ledighedsydelse", ages: (18, 67), weight: [1, 5, 30], days: [20, 60, 100, 150, 215, 300, 430, 660, 1800],
        lasting: false, then: (75, &[FLEKSJOB, FLEKSJOB, SYGEDAGPENGE]), part: 0 },
    Benefit { code: "fleksjob", ages: (18, 67), weight: [1, 6, 30], days: [90, 365, 730, 1200, 1800, 2600, 3600, 5000, 9000],
        lasting: false, then: (70, &[LEDIGHEDSYDELSE, SYGEDAGPENGE]), part: 100 },
    Benefit { code: "foertidspension", ages: (25, 67), weight: [4, 9, 60], days: [3650, 3650, 3650, 3650, 3650, 3650, 3650, 3650, 3650],
        lasting: true, then: (0, &[]), part: 0 },
    Benefit { code: "barselsdagpenge", ages: (20, 44), weight: [150, 110, 60], days: [14, 60, 120, 220, 260, 290, 310, 330, 370],
        lasting: false, then: (5, &[DAGPENGE, SYGEDAGPENGE]), part: 4 },
    Benefit { code: "revalidering", ages: (20, 50), weight: [1, 5, 14], days: [100, 250, 400, 560, 700, 850, 1000, 1250, 1800],
        lasting: false, then: (20, &[DAGPENGE]), part: 0 },
    Benefit { code: "efterloen", ages: (61, 66), weight: [260, 200, 60], days: [3650, 3650, 3650, 3650, 3650, 3650, 3650, 3650, 3650],
        lasting: true, then: (0, &[]), part: 8 },
];

/// Days until somebody comes back, by kind of person: the least, then the ends of eight equal shares.
const AWAY: [[u64; 9]; 3] = [
    [60, 500, 1000, 1600, 2300, 3200, 4300, 6000, 9000],
    [21, 150, 330, 560, 850, 1250, 1800, 2700, 5000],
    [2, 12, 30, 65, 120, 210, 380, 700, 1800],
];

const KINDS_OF_EFFORT: [(&str, bool, u64, u64); 5] = [
    ("company_placement", true, 4, 25),
    ("wage_subsidy", true, 30, 37),
    ("course", false, 10, 37),
    ("guidance", false, 2, 8),
    ("mentor", false, 1, 4),
];

const EDUCATION: [(&str, u64); 4] = [("basic", 27), ("vocational", 36), ("upper", 11), ("higher", 26)];

/// The pension age, and the years before the first that are lived through so that the first day has people in the middle of spells.
const PENSION: i32 = 67;
const RUN_IN: i32 = 8;

/// Draw a register: spells.csv, persons.csv and, where it is of a size to be useful, efforts, earnings and caseworkers
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// How many people, of whom many never are on a benefit
    #[arg(long, value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    pub persons: u64,
    /// How many years, the last being 2024
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=60))]
    pub years: u16,
    /// What it is drawn from: the same seed, the same bytes
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// The folder for the files, made if it is not there
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Efforts, earnings and caseworkers too, which without this come with up to 500,000 people
    #[arg(long)]
    pub all: bool,
}

/// Draws and writes.
pub fn run(arguments: &Arguments) -> Result<(), Problem> {
    let problem = |path: &Path, error: io::Error| Problem::other(format!("{}: {error}", path.display()));
    std::fs::create_dir_all(&arguments.out).map_err(|error| problem(&arguments.out, error))?;
    let draw = Draw {
        seed: arguments.seed,
        window: Interval {
            from: Month((2025 - i32::from(arguments.years)) * 12).first(),
            to: Month(2025 * 12).first(),
        },
        width: arguments.persons.to_string().len().max(6),
        all: arguments.all || arguments.persons <= 500_000,
    };
    let names = ["spells", "persons", "efforts", "earnings", "caseworkers"];
    let headers = [
        "person,benefit,start,end,area,share",
        "person,birth_date,sex,education",
        "person,kind,start,end,company_directed,hours_per_week,paid_hours_per_week",
        "person,month,hours",
        "person,employee,start,end",
    ];
    let files = if draw.all { 5 } else { 2 };
    let paths: Vec<PathBuf> = names[..files]
        .iter()
        .map(|name| arguments.out.join(format!("{name}.csv")))
        .collect();
    // Written under other names first: a folder never has half a register that looks whole.
    let parts: Vec<PathBuf> = paths.iter().map(|path| path.with_extension("csv.part")).collect();
    let mut open = Vec::new();
    for (part, header) in parts.iter().zip(headers) {
        let mut file = BufWriter::with_capacity(1 << 20, File::create(part).map_err(|error| problem(part, error))?);
        writeln!(file, "{header}").map_err(|error| problem(part, error))?;
        open.push(file);
    }
    let progress = Progress::new("drawing", arguments.persons);
    let threads = std::thread::available_parallelism().map_or(1, usize::from) as u64;
    let (mut spells, mut with_spells) = (0, 0);
    let mut next = 0;
    while next < arguments.persons {
        let blocks: Vec<Block> = std::thread::scope(|scope| {
            let running: Vec<_> = (0..threads)
                .map(|i| (next + i * BLOCK).min(arguments.persons)..(next + (i + 1) * BLOCK).min(arguments.persons))
                .map(|range| scope.spawn(|| draw.block(range)))
                .collect();
            running
                .into_iter()
                .map(|b| b.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                .collect()
        });
        next += threads * BLOCK;
        for block in blocks {
            spells += block.spells;
            with_spells += block.with_spells;
            progress.advance(block.people);
            for ((file, part), text) in open.iter_mut().zip(&parts).zip(&block.files) {
                file.write_all(text).map_err(|error| problem(part, error))?;
            }
        }
    }
    for ((mut file, part), path) in open.into_iter().zip(&parts).zip(&paths) {
        file.flush()
            .and_then(|()| std::fs::rename(part, path))
            .map_err(|error| problem(part, error))?;
    }
    drop(progress);
    eprintln!(
        "{} people, of whom {with_spells} were on a benefit; {spells} rows of spells from {} to {}",
        arguments.persons,
        draw.window.from,
        draw.window.to - 1
    );
    Ok(())
}

/// People drawn at a time by one thread.
const BLOCK: u64 = 10_000;

struct Draw {
    seed: u64,
    window: Interval,
    width: usize,
    all: bool,
}

#[derive(Default)]
struct Block {
    files: [Vec<u8>; 5],
    people: u64,
    spells: u64,
    with_spells: u64,
}

/// SplitMix64 (Steele, Lea & Flood 2014): small, quick, and good enough for people who do not exist.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
    /// 0 to below `n`.
    fn below(&mut self, n: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(n)) >> 64) as u64
    }
    fn percent(&mut self, p: u64) -> bool {
        self.below(100) < p
    }
    /// One of the places, as often as its weight says.
    fn of(&mut self, weights: impl Iterator<Item = u64> + Clone) -> usize {
        let mut at = self.below(weights.clone().sum::<u64>().max(1));
        weights
            .enumerate()
            .find_map(|(i, weight)| match at < weight {
                true => Some(i),
                false => {
                    at -= weight;
                    None
                }
            })
            .unwrap_or(0)
    }
    /// A length: first one of eight equal shares, then anywhere in it.
    fn days(&mut self, ends: &[u64; 9]) -> i32 {
        let share = self.below(8) as usize;
        (ends[share] + self.below(ends[share + 1] - ends[share] + 1)) as i32
    }
}

struct Someone {
    id: Vec<u8>,
    born: Day,
    kind: usize,
    woman: bool,
    area: u16,
}

impl Draw {
    fn block(&self, people: std::ops::Range<u64>) -> Block {
        let mut block = Block::default();
        for number in people {
            block.people += 1;
            let before = block.spells;
            self.someone(number, &mut block);
            block.with_spells += u64::from(block.spells > before);
        }
        block
    }

    fn someone(&self, number: u64, block: &mut Block) {
        let mut chance =
            Chance(self.seed.wrapping_mul(0xD134_2543_DE82_EF95) ^ number.wrapping_mul(0xA24B_AED4_963E_E407));
        chance.next();
        let oldest = self.window.from.plus_months(-12 * PENSION);
        let youngest = self.window.to.plus_months(-12 * 16);
        let mut who = Someone {
            id: format!("{:0width$}", number + 1, width = self.width).into_bytes(),
            born: oldest + chance.below((youngest - oldest) as u64) as i32,
            kind: chance.of(KINDS.into_iter()),
            woman: chance.percent(50),
            area: area(&mut chance),
        };
        let education = EDUCATION[chance.of(EDUCATION.iter().map(|e| e.1))].0;
        let line = &mut block.files[1];
        line.extend_from_slice(&who.id);
        line.push(b',');
        date(line, who.born);
        line.extend_from_slice(if who.woman { b",K," } else { b",M," });
        line.extend_from_slice(education.as_bytes());
        line.push(b'\n');
        self.life(&mut who, &mut chance, block);
    }

    /// Spells one after another until the pension or the window's end.
    fn life(&self, who: &mut Someone, chance: &mut Chance, block: &mut Block) {
        let pension = who.born.plus_months(12 * PENSION);
        let until = pension.min(self.window.to);
        let begins = self.window.from.plus_months(-12 * RUN_IN);
        let grown = who.born.plus_months(12 * 18);
        let mut at = begins.max(grown);
        at = at + chance.days(&AWAY[who.kind]) / (1 + (at == grown) as i32);
        let mut follows: Option<usize> = None;
        let mut spells: Vec<Interval> = Vec::new();
        while at < until {
            let age = (at.month() - who.born.month()) / 12;
            let fits = |b: &Benefit| b.ages.0 <= age && age < b.ages.1;
            let benefit = match follows.filter(|&b| fits(&BENEFITS[b])) {
                Some(benefit) => benefit,
                None => chance.of(BENEFITS.iter().enumerate().map(|(i, b)| match fits(b) {
                    // Fathers take a fifth of the leave.
                    true if i == BARSEL && !who.woman => b.weight[who.kind] / 5,
                    true => b.weight[who.kind],
                    false => 0,
                })),
            };
            let kind = &BENEFITS[benefit];
            let days = chance.days(&kind.days);
            let ends = if kind.lasting {
                pension
            } else {
                (at + days.max(1)).min(pension)
            };
            let spell = Interval { from: at, to: ends };
            self.spell(who, spell, kind, chance, block);
            if ends > self.window.from {
                spells.push(spell);
            }
            if kind.lasting {
                break;
            }
            at = ends;
            follows = None;
            if !kind.then.1.is_empty() && chance.percent(kind.then.0) {
                follows = Some(kind.then.1[chance.below(kind.then.1.len() as u64) as usize]);
            } else {
                at = at + chance.days(&AWAY[who.kind]);
                if chance.percent(6) {
                    who.area = area(chance);
                }
            }
        }
        if self.all {
            self.beside(who, &spells, chance, block);
        }
    }

    /// A spell as rows: a new one where the person moves, as registers have it.
    fn spell(&self, who: &mut Someone, spell: Interval, kind: &Benefit, chance: &mut Chance, block: &mut Block) {
        let share = if chance.percent(kind.part) {
            20 + 5 * chance.below(15)
        } else {
            100
        };
        let mut from = spell.from;
        let moves = spell.days() > 60 && chance.percent(if spell.days() > 700 { 20 } else { 4 });
        if moves {
            let middle = spell.from + 1 + chance.below(spell.days() as u64 - 1) as i32;
            self.row(who, Interval { from, to: middle }, kind.code, share, block);
            who.area = area(chance);
            from = middle;
        }
        self.row(who, Interval { from, to: spell.to }, kind.code, share, block);
    }

    fn row(&self, who: &Someone, days: Interval, code: &str, share: u64, block: &mut Block) {
        if days.to <= self.window.from || days.from >= self.window.to {
            return;
        }
        block.spells += 1;
        let line = &mut block.files[0];
        line.extend_from_slice(&who.id);
        line.push(b',');
        line.extend_from_slice(code.as_bytes());
        line.push(b',');
        date(line, days.from);
        line.push(b',');
        // What is going on has no end yet.
        if days.to < self.window.to {
            date(line, days.to - 1);
        }
        line.push(b',');
        line.extend_from_slice(&[
            b'0' + (who.area / 100) as u8,
            b'0' + (who.area / 10 % 10) as u8,
            b'0' + (who.area % 10) as u8,
        ]);
        match share {
            100 => line.extend_from_slice(b",1\n"),
            _ => line.extend_from_slice(&[
                b',',
                b'0',
                b'.',
                b'0' + (share / 10) as u8,
                b'0' + (share % 10) as u8,
                b'\n',
            ]),
        }
    }

    /// Efforts in the spells, hours beside and after them, and who was responsible.
    fn beside(&self, who: &Someone, spells: &[Interval], chance: &mut Chance, block: &mut Block) {
        let id = std::str::from_utf8(&who.id).expect("digits");
        let known = self.window.to;
        let mut hours: Vec<(Month, u64)> = Vec::new();
        let mut responsible: Option<(u64, Day)> = None;
        for (i, spell) in spells.iter().enumerate() {
            let days = spell.to.min(known) - spell.from;
            // An effort every half year or so for two in five.
            let mut at = spell.from + chance.below(120) as i32;
            while at < spell.to.min(known) && days > 30 && chance.percent(45) {
                let (kind, company, least, most) = KINDS_OF_EFFORT[chance.below(5) as usize];
                let last = (at + 13 + chance.below(120) as i32).min(spell.to - 1);
                let week = least + chance.below(most - least + 1);
                let paid = if company && chance.percent(30) {
                    chance.below(week / 2 + 1)
                } else {
                    0
                };
                let end = if last < known { last.to_string() } else { String::new() };
                let line = format!("{id},{kind},{at},{end},{},{week},{paid}\n", u8::from(company));
                block.files[2].extend_from_slice(line.as_bytes());
                at = last + 30 + chance.below(200) as i32;
            }
            let next = spells.get(i + 1).map_or(known, |s| s.from);
            let mut month = spell.from.month();
            if chance.percent(15) {
                while month.first() < spell.to.min(known) {
                    hours.push((month, 4 + chance.below(60)));
                    month = month + 1;
                }
            }
            // Two in three go to work, and are followed for 14 months.
            month = spell.to.month() + 1;
            if chance.percent(66) {
                for _ in 0..14 {
                    if month.first() >= next.min(known) {
                        break;
                    }
                    hours.push((month, 60 + chance.below(101)));
                    month = month + 1;
                }
            }
            // A caseworker holds a citizen for about two years; half of those who come back get the same.
            let mut at = spell.from;
            while at < spell.to.min(known) {
                let to = (at + 120 + chance.below(1200) as i32).min(spell.to);
                let employee = match responsible {
                    Some((employee, _)) if at == spell.from && chance.percent(50) => employee,
                    _ => chance.below(60),
                };
                responsible = Some((employee, at));
                let end = if to < known {
                    (to - 1).to_string()
                } else {
                    String::new()
                };
                let line = format!("{id},{}-{employee:02},{at},{end}\n", who.area);
                block.files[4].extend_from_slice(line.as_bytes());
                at = to;
            }
        }
        hours.sort_unstable();
        hours.dedup_by_key(|h| h.0);
        for (month, hours) in hours.into_iter().filter(|h| h.0.first() >= self.window.from) {
            block.files[3].extend_from_slice(format!("{id},{month},{hours}\n").as_bytes());
        }
    }
}

fn area(chance: &mut Chance) -> u16 {
    AREAS[chance.of(AREAS.iter().map(|a| u64::from(a.1)))].0
}

/// `YYYY-MM-DD`, without the machinery of formatting.
fn date(line: &mut Vec<u8>, day: Day) {
    let (y, m, d) = day.ymd();
    let digit = |n: i32| b'0' + (n % 10) as u8;
    line.extend_from_slice(&[
        digit(y / 1000),
        digit(y / 100),
        digit(y / 10),
        digit(y),
        b'-',
        digit(m / 10),
        digit(m),
        b'-',
        digit(d / 10),
        digit(d),
    ]);
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::*;

    fn drawn(name: &str, persons: u64, seed: u64) -> Vec<String> {
        let out = std::env::temp_dir().join(format!("tovholder-synth-{}-{name}", std::process::id()));
        run(&Arguments {
            persons,
            years: 10,
            seed,
            out: out.clone(),
            all: false,
        })
        .unwrap();
        let files = ["spells", "persons", "efforts", "earnings", "caseworkers"];
        let texts = files
            .map(|f| std::fs::read_to_string(out.join(format!("{f}.csv"))).unwrap())
            .to_vec();
        std::fs::remove_dir_all(out).unwrap();
        texts
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes_and_another_others() {
        let one = drawn("one", 21_000, 7);
        assert_eq!(one, drawn("two", 21_000, 7));
        assert_ne!(one[0], drawn("three", 21_000, 8)[0]);
        // The first people are the same however many follow.
        assert!(one[0].starts_with(drawn("four", 15_000, 7)[0].split_at(5_000).0));
        assert!(one.iter().all(|text| text.lines().count() > 1_000));
    }
}
