//! What a persona is: one coherent thread of a life, from which many citizens are told.

use rand::{Rng, RngExt};

use super::{names::Sex, personas_life, personas_work, personas_work_more, personas_youth};

/// Which of the three equal core tasks the plan serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CoreTask {
    /// Work or education.
    Work,
    /// A meaningful life with the highest possible functioning.
    MeaningfulLife,
    /// A child's or young person's development.
    Youth,
}

/// Who holds a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// The citizen.
    Citizen,
    /// A professional: the coordinator, or someone in the unit the effort belongs to.
    Employee,
    /// A relative or friend; `{ven}` is the name.
    Relative,
    /// The company; `{virksomhed}` and `{kontakt}` are its name and contact person.
    Company,
    /// A volunteer; `{mentor}` is the name.
    Volunteer,
}

/// A goal: the citizen's own words, the professional wording, and smaller goals on the way.
#[derive(Debug)]
pub struct Goal {
    /// True if the goal points at work or education (what the job-first rule looks for).
    pub job: bool,
    /// The goal in the citizen's own words; pick one.
    pub own: &'static [&'static str],
    /// The goal as the employee would put it. Kept apart from the citizen's words.
    pub professional: &'static str,
    /// Sub-goals in the citizen's words; use one to all of them.
    pub sub: &'static [&'static str],
}

/// A small step with one holder.
#[derive(Debug)]
pub struct Step {
    /// Who holds it.
    pub who: Who,
    /// Typical number of days from the conversation to the due date.
    pub days: u16,
    /// What is to be done.
    pub title: &'static str,
    /// What the holder may write when it is done or on its way.
    pub comment: &'static str,
}

/// Short, factual conversation notes; pick one that fits how the conversation went.
#[derive(Debug)]
pub struct Notes {
    /// First conversation.
    pub first: &'static [&'static str],
    /// An ordinary later conversation.
    pub follow_up: &'static [&'static str],
    /// Good news.
    pub good: &'static [&'static str],
    /// Something went the wrong way.
    pub setback: &'static [&'static str],
}

/// Something done for the goal over time.
#[derive(Debug)]
pub struct Effort {
    /// `company_placement`, `wage_subsidy`, `ordinary_hours`, `course`, `mentor`, `treatment`, `physiotherapy`,
    /// `voluntary_work`, `adult_apprentice`, `flex_job`, `job_search_support`, `family_support`, `social_support`,
    /// `school_support` or `education`.
    pub kind: &'static str,
    /// What it is called on the plan.
    pub title: &'static str,
    /// Key of the unit that runs it, see [`super::places::UNITS`].
    pub unit: &'static str,
    /// Typical length in weeks.
    pub weeks: u16,
    /// Hours a week at the start.
    pub hours: u8,
    /// Of these, ordinarily paid hours a week at the end (0 if none).
    pub paid_hours: u8,
}

/// One thread of a life.
#[derive(Debug)]
pub struct Persona {
    /// Name of the thread.
    pub key: &'static str,
    /// Core task of the plan.
    pub core_task: CoreTask,
    /// Benefits that fit, most common first: `dagpenge`, `kontanthjaelp`, `sygedagpenge`, `jobafklaring`,
    /// `ressourceforloeb`, `ledighedsydelse`, `foertidspension`, `selvforsoergelse_sho`, or `ingen`.
    pub benefits: &'static [&'static str],
    /// Youngest and oldest age.
    pub age: (u8, u8),
    /// Set if the thread belongs to one sex.
    pub sex: Option<Sex>,
    /// True if the thread is told by someone who came to Denmark as a refugee or migrant.
    pub newcomer: bool,
    /// True if there are children at home.
    pub children: bool,
    /// How common the thread is, relative to the others.
    pub weight: u32,
    /// Key of the unit the coordinator comes from.
    pub unit: &'static str,
    /// Other units involved.
    pub other_units: &'static [&'static str],
    /// Keys of trades that fit the wishes, see [`super::companies::TRADES`].
    pub trades: &'static [&'static str],
    /// Slots of this thread only; one value each is drawn for a citizen.
    pub slots: &'static [(&'static str, &'static [&'static str])],
    /// Goals, the main one first.
    pub goals: &'static [Goal],
    /// Steps in the order they would come.
    pub steps: &'static [Step],
    /// What the citizen is good at and can build on.
    pub resources: &'static [&'static str],
    /// Hopes.
    pub hopes: &'static [&'static str],
    /// People around the citizen.
    pub network: &'static [&'static str],
    /// Why it matters.
    pub motivation: &'static [&'static str],
    /// Questions for the next conversation.
    pub questions: &'static [&'static str],
    /// Conversation notes.
    pub notes: Notes,
    /// Efforts, usually in parallel.
    pub efforts: &'static [Effort],
    /// "What your new caseworker should know", in the citizen's voice; use two or three.
    pub handover: &'static [&'static str],
    /// Closing balance: what was reached.
    pub reached: &'static [&'static str],
    /// Closing balance: what helped.
    pub helped: &'static [&'static str],
    /// Closing balance: what remains.
    pub remains: &'static [&'static str],
}

/// All personas.
pub static PERSONAS: &[&[Persona]] = &[
    personas_work::PERSONAS,
    personas_work_more::PERSONAS,
    personas_life::PERSONAS,
    personas_youth::PERSONAS,
];

/// All personas, one after the other.
pub fn personas() -> impl Iterator<Item = &'static Persona> {
    PERSONAS.iter().copied().flatten()
}

/// A persona that fits the age (and sex), as common as its weight says. Without a fit: any adult's job search.
pub fn pick_persona(age: u8, sex: Sex, newcomer: bool, rng: &mut (impl Rng + ?Sized)) -> &'static Persona {
    let fits = |p: &&Persona| {
        (p.age.0..=p.age.1).contains(&age) && p.sex.is_none_or(|s| s == sex) && (newcomer || !p.newcomer)
    };
    let total: u32 = personas().filter(fits).map(|p| p.weight).sum();
    let mut left = if total == 0 { 0 } else { rng.random_range(0..total) };
    for p in personas().filter(fits) {
        if left < p.weight {
            return p;
        }
        left -= p.weight;
    }
    &personas_work::PERSONAS[0]
}

/// A step, in the order the columns are read.
pub(super) const fn step(who: Who, days: u16, title: &'static str, comment: &'static str) -> Step {
    Step {
        who,
        days,
        title,
        comment,
    }
}

/// An effort: kind, unit, weeks, hours, paid hours, title.
pub(super) const fn effort(
    kind: &'static str,
    unit: &'static str,
    weeks: u16,
    hours: u8,
    paid_hours: u8,
    title: &'static str,
) -> Effort {
    Effort {
        kind,
        title,
        unit,
        weeks,
        hours,
        paid_hours,
    }
}

/// A goal: points at work or education, own words, professional wording, sub-goals.
pub(super) const fn goal(
    job: bool,
    own: &'static [&'static str],
    professional: &'static str,
    sub: &'static [&'static str],
) -> Goal {
    Goal {
        job,
        own,
        professional,
        sub,
    }
}
