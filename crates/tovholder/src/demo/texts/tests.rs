//! What every text must hold, tried on many invented citizens.

use std::collections::{BTreeMap, BTreeSet};

use rand::{RngExt, SeedableRng, rngs::StdRng};

use super::{balls::BALLS, companies, fill::some, messages, names, persona::*, places, progression::PRECONDITIONS, *};

fn rng(seed: u64) -> StdRng {
    StdRng::seed_from_u64(seed)
}

fn slots(persona: &Persona, rng: &mut StdRng) -> Slots {
    let sex = persona.sex.unwrap_or_else(|| names::sex(rng));
    let origin = if persona.newcomer {
        names::newcomer_origin(rng)
    } else {
        names::origin(rng)
    };
    let first = names::first(sex, 1985, origin, rng);
    let mut slots = Slots::for_citizen(persona, first, sex, origin, rng);
    slots.set("dato", "tirsdag den 3. marts");
    slots.set("tid", "10.30");
    slots
}

/// Texts the citizen writes or reads first-hand.
fn citizen_texts(p: &Persona) -> Vec<&'static str> {
    let mut all: Vec<&str> = Vec::new();
    for g in p.goals {
        all.extend(g.own);
        all.extend(g.sub);
    }
    for s in p.steps {
        all.extend([s.title, s.comment]);
    }
    let n = &p.notes;
    for list in [
        p.hopes,
        p.network,
        p.resources,
        p.motivation,
        p.questions,
        p.handover,
        p.reached,
        p.helped,
        p.remains,
        n.first,
        n.follow_up,
        n.good,
        n.setback,
    ] {
        all.extend(list);
    }
    all
}

fn all_texts(p: &Persona) -> Vec<&'static str> {
    let mut all = citizen_texts(p);
    all.extend(p.goals.iter().map(|g| g.professional));
    all.extend(p.efforts.iter().map(|e| e.title));
    all
}

/// Texts that belong to no persona.
fn common_texts() -> Vec<&'static str> {
    let mut all: Vec<&str> = Vec::new();
    for list in [
        messages::APPOINTMENT,
        messages::REMINDER,
        messages::STEP_REMINDER,
        messages::ENCOURAGEMENT,
        messages::NO_SHOW,
        messages::FROM_CITIZEN,
        messages::FROM_HELPERS,
        messages::CONSENTS,
        messages::LOOK_REASONS,
        companies::NEED_WORDS,
        companies::AFTER_PLACEMENT,
        companies::VISIT_NOTES,
    ] {
        all.extend(list);
    }
    all.extend(messages::CHANGE_REASONS.iter().map(|(_, text)| *text));
    for b in BALLS {
        all.extend([b.title, b.text, b.outcome, b.rejection]);
    }
    for p in PRECONDITIONS {
        all.push(p.question);
        all.extend(p.citizen.iter().chain(&p.employee).copied().flatten());
    }
    all
}

/// Björnsson's readability: words per sentence plus the percentage of words longer than six letters.
fn lix(text: &str) -> f64 {
    let words: Vec<usize> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(|w| w.chars().count())
        .collect();
    let sentences = text
        .split(['.', '!', '?', ':'])
        .filter(|s| s.chars().any(char::is_alphabetic))
        .count();
    let n = words.len().max(1) as f64;
    n / sentences.max(1) as f64 + 100.0 * words.iter().filter(|&&w| w > 6).count() as f64 / n
}

#[test]
fn lix_is_the_known_formula() {
    // Six words, one sentence, three of them long.
    assert!((lix("Jeg kender kommunens virksomheder og skolerne.") - 56.0).abs() < 0.1);
}

#[test]
fn every_persona_is_complete() {
    assert!(personas().count() >= 24);
    let mut keys = BTreeSet::new();
    for p in personas() {
        let k = p.key;
        assert!(keys.insert(k), "{k} twice");
        assert!(!p.benefits.is_empty() && p.age.0 < p.age.1 && p.weight > 0, "{k}");
        assert!(p.goals.iter().map(|g| g.own.len()).sum::<usize>() >= 4, "{k}: goals");
        assert!(
            p.goals.iter().all(|g| !g.professional.is_empty() && g.sub.len() >= 2),
            "{k}: sub-goals"
        );
        assert!(p.steps.len() >= 8, "{k}: steps");
        for who in [Who::Citizen, Who::Employee, Who::Relative] {
            assert!(p.steps.iter().any(|s| s.who == who), "{k}: no step for {who:?}");
        }
        assert!(
            p.steps.iter().any(|s| matches!(s.who, Who::Company | Who::Volunteer)),
            "{k}: only the family"
        );
        assert!(p.steps.iter().all(|s| (1..=42).contains(&s.days)), "{k}: days");
        assert!(
            p.resources.len() >= 4 && p.motivation.len() >= 3 && p.questions.len() >= 4,
            "{k}"
        );
        assert!(
            p.hopes.len() >= 2 && p.network.len() >= 3 && p.handover.len() >= 3,
            "{k}"
        );
        let n = &p.notes;
        assert!(
            [n.first, n.follow_up, n.good, n.setback, p.reached, p.helped, p.remains]
                .iter()
                .all(|l| l.len() >= 2),
            "{k}"
        );
        assert!(p.efforts.len() >= 2, "{k}: efforts");
        for unit in p
            .efforts
            .iter()
            .map(|e| e.unit)
            .chain(p.other_units.iter().copied())
            .chain([p.unit])
        {
            assert!(places::unit(unit).is_some(), "{k}: no unit {unit}");
        }
        for e in p.efforts {
            assert!(e.hours <= 37 && e.paid_hours <= 37 && e.weeks > 0, "{k}: {}", e.title);
        }
        for t in p.trades {
            assert!(companies::TRADES.iter().any(|x| x.key == *t), "{k}: no trade {t}");
        }
        if p.core_task == CoreTask::Work {
            assert!(p.goals.iter().any(|g| g.job), "{k}: no goal points at work");
        }
    }
    for task in [CoreTask::Work, CoreTask::MeaningfulLife, CoreTask::Youth] {
        assert!(personas().filter(|p| p.core_task == task).count() >= 5);
    }
    assert!(
        BALLS
            .iter()
            .all(|b| places::unit(b.from).is_some() && places::unit(b.to).is_some())
    );
}

#[test]
fn slots_are_filled_and_sentences_clean() {
    let mut r = rng(7);
    for p in personas() {
        for text in all_texts(p).into_iter().chain(common_texts()) {
            for _ in 0..4 {
                let s = slots(p, &mut r);
                let out = s.fill(text, &mut r);
                let bad = ["{", "}", "[", "]", "|", "  ", " .", " ,", ",,", "..", "s's", "''"];
                assert!(!bad.iter().any(|b| out.contains(b)), "{}: {text} → {out}", p.key);
                assert_eq!(out.trim(), out, "{}", p.key);
                let first = out.chars().next().expect("no text is empty");
                assert!(!first.is_lowercase(), "{}: {out}", p.key);
            }
        }
    }
}

#[test]
fn citizens_can_read_it() {
    let mut r = rng(11);
    for p in personas() {
        let s = slots(p, &mut r);
        let mut text = String::new();
        for t in citizen_texts(p) {
            let filled = s.fill(t, &mut r);
            text.push_str(filled.trim_end_matches('.'));
            text.push_str(". ");
        }
        assert!(lix(&text) <= 30.0, "{}: LIX {:.1}", p.key, lix(&text));
        let n = &p.notes;
        let notes: Vec<String> = [n.first, n.follow_up, n.good, n.setback]
            .concat()
            .iter()
            .map(|t| s.fill(t, &mut r))
            .collect();
        assert!(
            lix(&notes.join(" ")) <= 35.0,
            "{}: notes, LIX {:.1}",
            p.key,
            lix(&notes.join(" "))
        );
    }
    let p = personas().next().expect("there are personas");
    let s = slots(p, &mut r);
    let common: Vec<String> = common_texts().iter().map(|t| s.fill(t, &mut r)).collect();
    assert!(lix(&common.join(". ")) <= 35.0);
}

#[test]
fn no_word_that_labels_a_person() {
    let labels = [
        "alkoholiker",
        "misbruger",
        "klient",
        "ressourcesvag",
        "belastet",
        "socialt udsat",
        "invalid",
        "handicappet",
        "psykisk syg",
        "narkoman",
        "doven",
        "umotiveret",
        "problembarn",
        "kronisk",
        "diagnose",
        "arbejdsløshedsramt",
        "aktivitetsparat",
        "jobparat",
        "skizo",
        "depression",
        "autis",
        "adhd",
        "sclerose",
        "hjerneskade",
    ];
    for text in personas().flat_map(all_texts).chain(common_texts()) {
        let low = text.to_lowercase();
        for l in labels {
            assert!(!low.contains(l), "{l} in: {text}");
        }
    }
}

#[test]
fn three_thousand_citizens_do_not_read_the_same() {
    let mut r = rng(3000);
    let mut goals: BTreeMap<String, u32> = BTreeMap::new();
    let mut notes = BTreeSet::new();
    let mut tasks: BTreeMap<CoreTask, u32> = BTreeMap::new();
    for _ in 0..3000 {
        let age = r.random_range(15..=66);
        let sex = names::sex(&mut r);
        let newcomer = r.random_bool(0.1);
        let p = pick_persona(age, sex, newcomer, &mut r);
        assert!((p.age.0..=p.age.1).contains(&age), "{} at {age}", p.key);
        assert!(p.sex.is_none_or(|s| s == sex) && (newcomer || !p.newcomer));
        *tasks.entry(p.core_task).or_default() += 1;
        let s = slots(p, &mut r);
        *goals.entry(s.fill_one(p.goals[0].own, &mut r)).or_default() += 1;
        notes.insert(s.fill_one(p.notes.first, &mut r));
    }
    assert!(goals.len() >= 600, "{} different goals", goals.len());
    let (text, most) = goals.iter().max_by_key(|(_, n)| **n).expect("there are goals");
    assert!(*most <= 40, "{most} times: {text}");
    assert!(notes.len() >= 2000, "{} different notes", notes.len());
    assert_eq!(tasks.len(), 3);
    assert!(tasks[&CoreTask::Work] > 1500, "{tasks:?}");
}

#[test]
fn same_seed_same_words() {
    let tell = |seed| {
        let mut r = rng(seed);
        let mut out = String::new();
        for p in personas() {
            let s = slots(p, &mut r);
            for t in all_texts(p) {
                out.push_str(&s.fill(t, &mut r));
            }
            let c = companies::company(&mut r);
            out.push_str(&format!("{} {} {}", c.name, c.contact, places::street(&mut r)));
        }
        out
    };
    assert_eq!(tell(1), tell(1));
    assert_ne!(tell(1), tell(2));
}

#[test]
fn names_are_many_and_match_sex() {
    use names::Origin::*;
    let origins = [
        Danish, Turkish, Arabic, Somali, Eritrean, Polish, Ukrainian, Balkan, Persian, Asian,
    ];
    let firsts = |sex| -> BTreeSet<&str> {
        let years = [1955, 1975, 1990, 2005];
        origins
            .iter()
            .flat_map(|o| years.iter().flat_map(|y| names::first_names(sex, *y, *o)))
            .copied()
            .collect()
    };
    let (women, men) = (firsts(Sex::Female), firsts(Sex::Male));
    assert!(women.len() >= 150 && men.len() >= 150, "{} {}", women.len(), men.len());
    assert!(women.is_disjoint(&men), "{:?}", women.intersection(&men));
    let surnames: BTreeSet<_> = origins
        .iter()
        .flat_map(|o| names::surnames(*o))
        .chain(names::SEN)
        .collect();
    assert!(surnames.len() >= 120, "{}", surnames.len());
    let mut r = rng(5);
    let danish = (0..10_000).filter(|_| names::origin(&mut r) == Danish).count();
    assert!((7_700..8_300).contains(&danish), "{danish}");
}

#[test]
fn a_painters_plan_names_a_painters_firm() {
    let p = &personas_work::PERSONAS[0];
    let mut s = Slots::default();
    s.set("fag", "maler");
    assert_eq!(s.trades(p), ["maler"]);
    s.set("fag", "snedker");
    assert_eq!(s.trades(p), p.trades);
    for trade in fill::WORK_OF.iter().map(|w| w.1) {
        assert!(companies::TRADES.iter().any(|t| t.key == trade), "{trade}");
    }
}

#[test]
fn nobody_in_a_plan_shares_a_name() {
    let mut r = rng(21);
    for p in personas().flat_map(|p| [p; 20]) {
        let s = slots(p, &mut r);
        let people: BTreeSet<_> = ["navn", "barn", "ven", "mentor", "medarbejder"]
            .map(|k| s.get(k))
            .into();
        assert_eq!(people.len(), 5, "{people:?}");
    }
}

#[test]
fn genitive_and_capitals() {
    let mut s = Slots::default();
    s.set("navn", "Jens");
    s.set("barn", "Ida");
    s.set("han", "han");
    assert_eq!(
        s.fill("{Han} er {navns} far, ikke {barns}. {ukendt}", &mut rng(1)),
        "Han er Jens' far, ikke Idas. {ukendt}"
    );
}

#[test]
fn companies_are_many_and_whole() {
    let bases: BTreeSet<_> = companies::TRADES.iter().flat_map(|t| t.names).collect();
    assert!(bases.len() >= 80, "{} base names", bases.len());
    let keys: BTreeSet<_> = companies::TRADES.iter().map(|t| t.key).collect();
    assert_eq!(keys.len(), companies::TRADES.len());
    let mut r = rng(9);
    let mut seen = BTreeSet::new();
    for _ in 0..1000 {
        let c = companies::company(&mut r);
        assert!((c.trade.size.0..=c.trade.size.1).contains(&c.employees));
        let need = companies::need(c.trade, &mut r);
        assert!(need.hours_from <= need.hours_to && need.hours_to <= 37 && !need.words.contains(['{', '[']));
        seen.insert(c.name);
    }
    assert!(seen.len() >= 600, "{} names", seen.len());
}

#[test]
fn shares_sum_to_a_hundred() {
    assert_eq!(places::TOWNS.iter().map(|t| t.share).sum::<u32>(), 100);
    assert_eq!(places::UNITS.iter().map(|u| u.share).sum::<u32>(), 100);
}

#[test]
fn some_are_different() {
    let picked = some(&["a", "b", "c"], 2, &mut rng(4));
    assert_eq!(picked.iter().collect::<BTreeSet<_>>().len(), 2);
}

/// The sheets could have been written on the pages: the demo shows nothing that the product would refuse.
#[test]
fn status_sheets_keep_the_sheets_own_rules() {
    use tovholder_casework::status::{Judgement, MAX_GOAL, MAX_SENTENCE, MOST_OPEN, SHORT_MONTHS, Term};

    let mut seen = BTreeSet::new();
    for sheet in status::SHEETS {
        assert!(
            places::UNITS.iter().any(|unit| unit.teams.contains(&sheet.team)),
            "{}",
            sheet.team
        );
        for term in Term::ALL {
            let open = sheet
                .goals
                .iter()
                .filter(|goal| goal.term == *term && goal.end.is_none());
            assert!(open.count() <= MOST_OPEN, "{}", sheet.team);
        }
        for goal in sheet.goals {
            assert!(
                seen.insert(goal.words) && goal.words.chars().count() <= MAX_GOAL,
                "{}",
                goal.words
            );
            assert!(goal.term == Term::Long || goal.months <= SHORT_MONTHS, "{}", goal.words);
            assert!(
                (goal.said.len() as i32) < goal.since + i32::from(goal.end.is_none()),
                "{}",
                goal.words
            );
            let mut agreed = "";
            for said in goal.said {
                assert_eq!(said.2.is_some(), !agreed.is_empty(), "{}", said.1);
                assert!(!said.3.is_empty() || said.0 == Judgement::Reached, "{}", said.1);
                for text in [said.1, said.3] {
                    assert!(
                        text.chars().count() <= MAX_SENTENCE && (text.is_empty() || seen.insert(text)),
                        "{text}"
                    );
                }
                agreed = said.3;
            }
        }
    }
    let teams: BTreeSet<&str> = places::UNITS
        .iter()
        .flat_map(|unit| unit.teams.iter().copied())
        .collect();
    assert!(status::SHEETS.len() < teams.len(), "some have not begun");
}
