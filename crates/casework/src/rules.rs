//! Dated rules: what the law, the authorities and the municipality may change, read from the files in `rules/`.
//!
//! Ask for the rules of a day, then for the rule:
//!
//! ```
//! use jiff::civil::date;
//! use tovholder_casework::plan::CoreTask;
//! use tovholder_casework::rules::Rules;
//!
//! let rules = Rules::builtin();
//! let before = rules.on(date(2026, 1, 31)).drift(CoreTask::Work).limits.company_contact_weeks;
//! let after = rules.on(date(2026, 2, 1)).drift(CoreTask::Work).limits.company_contact_weeks;
//! assert_eq!((before, after), (Some(12), Some(8)));
//! ```

mod read;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests;

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use jiff::civil::Date;

use crate::consent::{Information, Way};
use crate::drift::DriftRule;
use crate::plan::{CoreTask, PersonKind};

pub use read::{Basis, Dated, RuleError};
use read::{Entry, File};

/// A name or short explanation in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Danish.
    pub da: String,
    /// English.
    pub en: String,
}

/// When a plan is adrift.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// Which plans it is about.
    pub core_task: CoreTask,
    /// What is asked for, to be handed to [`judge`](crate::drift::judge).
    pub limits: DriftRule,
    /// The rule in words.
    pub explanation: Label,
}

/// Conversations in the first months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Code of the target group.
    pub target_group: String,
    /// At least this many with the municipality.
    pub conversations: u32,
    /// At least this many with the unemployment fund, besides.
    pub unemployment_fund: u32,
    /// In how many months from the first day.
    pub within_months: u32,
    /// Must everyone have the first one, also those who may be exempted from the rest?
    pub first_with_everyone: bool,
    /// The share of the cohort the rule is about, per cent. 100 = every person.
    pub cohort_percent: u32,
    /// The month in which closer contact begins at the latest.
    pub intensified_at_month: Option<u32>,
    /// The rule in words.
    pub explanation: Label,
}

/// A target group of the employment effort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetGroup {
    /// Name in data.
    pub code: String,
    /// Number in LAB § 6. `None` where the law gives none (yet).
    pub number: Option<u32>,
    /// Name on screen.
    pub label: Label,
}

/// The family a benefit belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BenefitGroup {
    /// Unemployment insurance.
    Unemployment,
    /// Social assistance.
    Assistance,
    /// Sickness.
    Illness,
    /// Permanently or long reduced capacity for work.
    ReducedCapacity,
    /// Pension and early retirement.
    Pension,
    /// Parental leave.
    Parental,
    /// Education.
    Education,
    /// No public benefit.
    None,
}

/// A public benefit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Benefit {
    /// Name in data.
    pub code: String,
    /// Name on screen.
    pub label: Label,
    /// Its family.
    pub group: BenefitGroup,
    /// Codes in the DREAM register.
    pub dream: Vec<RangeInclusive<u16>>,
    /// The benefit that took over on the day after `valid_to`, by law: the person's spell goes on.
    pub replaced_by: Option<String>,
    /// From this day no new cases begin.
    pub no_new_from: Option<Date>,
}

/// Visitationskategori.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readiness {
    /// Name in data.
    pub code: String,
    /// Name on screen.
    pub label: Label,
    /// What a new case is registered as.
    pub default: bool,
}

/// Where a placement may take place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Employer {
    /// Anywhere.
    Any,
    /// Private companies.
    Private,
    /// Public employers.
    Public,
}

/// What holds for a kind of placement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// Kind of effort.
    pub kind: String,
    /// Whom it is for; empty = everyone not named elsewhere.
    pub target_groups: Vec<String>,
    /// How long it may last at first. `None` = no limit.
    pub max_weeks: Option<u32>,
    /// By how much it may be extended at a time. `None` = not at all.
    pub extension_weeks: Option<u32>,
    /// Most hours a week.
    pub max_hours_per_week: Option<u32>,
    /// Where.
    pub employer: Employer,
    /// Is the number bound by the ordinary staff (rimelighed)?
    pub ratio: bool,
    /// Must it come on top of the ordinary staff (merbeskæftigelse)?
    pub additional: bool,
}

/// How many supported persons a workplace may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ratio {
    /// Name in data.
    pub code: String,
    /// Allowed in any case.
    pub at_least: u32,
    /// One for every `per` ordinary staff up to `up_to` (the last step has none), step upon step.
    pub steps: Vec<(u32, Option<u32>)>,
    /// The rule in words.
    pub explanation: Label,
}

impl Ratio {
    /// Supported persons allowed with this many ordinary staff (full-time persons).
    pub fn allowed(&self, ordinary_staff: u32) -> u32 {
        let mut below = 0;
        let mut sum = 0;
        for (per, up_to) in &self.steps {
            let top = up_to.map_or(ordinary_staff, |up_to| up_to.min(ordinary_staff));
            sum += top.saturating_sub(below) / per;
            below = top;
        }
        sum.max(self.at_least)
    }
}

/// What holds after a change of coordinator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoordinatorRule {
    /// Days the former coordinator may still read the plan.
    pub former_reads_days: u32,
    /// The rule in words.
    pub explanation: Label,
}

/// How long a consent may last, and when both sides are reminded that it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentLimit {
    /// Months it may last at most.
    pub months: u32,
    /// Days before its end at which the citizen and the coordinator are told.
    pub remind_days: u32,
}

/// A kind of information in words, as they stand in the text of a consent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentKind {
    /// Which.
    pub kind: Information,
    /// In words, in the citizen's mouth.
    pub label: Label,
}

/// The text of a consent that is read to the citizen. [`crate::consent::fill`] fills in its places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentText {
    /// Which way the information goes.
    pub way: Way,
    /// Its number; a consent keeps the number of the text that was read.
    pub version: u32,
    /// What the citizen agrees to.
    pub text: Label,
    /// What a no means (retssikkerhedsloven § 12 no. 3).
    pub refusal: Label,
    /// What withdrawing means.
    pub ending: Label,
}

/// How soon what a citizen says is wrong is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RightsRule {
    /// At the latest after so many months.
    pub answer_months: u32,
    /// Those who answer are reminded so many days before.
    pub soon_days: u32,
}

/// How many at least are alike in what leaves for research.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResearchRule {
    /// k, unless something else is asked for.
    pub k: u32,
    /// No k is below this.
    pub least: u32,
    /// Details are coarsened when more persons than this would be withheld, in a hundred.
    pub withheld_percent: u32,
}

/// How long a case is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retention {
    /// Beginning of the KLE number; empty = all others.
    pub kle: String,
    /// Years after the last activity.
    pub years: u32,
}

/// How long something that lies around is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leftover {
    /// `draft`, `session`, `link` or `form`.
    pub what: String,
    /// Days.
    pub days: u32,
}

/// The part of life an effort is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Area {
    /// Work.
    Work,
    /// Education and skills.
    Education,
    /// Everyday life, home and network.
    Everyday,
    /// Health.
    Health,
    /// Children and young people.
    Youth,
}

/// A kind of effort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EffortKind {
    /// Name in data.
    pub code: String,
    /// Name on screen.
    pub label: Label,
    /// What it is about.
    pub area: Area,
    /// Takes place at, or with, a company.
    pub company_directed: bool,
    /// Picture in the look.
    pub icon: String,
}

/// A role in a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// Name in data.
    pub code: String,
    /// Name on screen.
    pub label: Label,
    /// The kind of person who has this role.
    pub kind: PersonKind,
}

/// All rules of all days. Read once at start, never changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    drift: Vec<Dated<Drift>>,
    contact: Vec<Dated<Contact>>,
    target_groups: Vec<Dated<TargetGroup>>,
    benefits: Vec<Dated<Benefit>>,
    readiness: Vec<Dated<Readiness>>,
    placements: Vec<Dated<Placement>>,
    ratio: Vec<Dated<Ratio>>,
    coordinator: Vec<Dated<CoordinatorRule>>,
    retention: Vec<Dated<Retention>>,
    consent_limit: Vec<Dated<ConsentLimit>>,
    consent_kinds: Vec<Dated<ConsentKind>>,
    consent_texts: Vec<Dated<ConsentText>>,
    leftovers: Vec<Dated<Leftover>>,
    rights: Vec<Dated<RightsRule>>,
    research: Vec<Dated<ResearchRule>>,
    efforts: Vec<Dated<EffortKind>>,
    roles: Vec<Dated<Role>>,
}

macro_rules! builtin {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules/", $name)))),*]
    };
}

/// What lies around and has a time of its own.
pub const LEFTOVERS: [&str; 4] = ["draft", "session", "link", "form"];

/// The files built into the binary.
const BUILTIN: [(&str, &str); 14] = builtin![
    "drift.toml",
    "contact.toml",
    "target_groups.toml",
    "benefits.toml",
    "readiness.toml",
    "placements.toml",
    "coordinator.toml",
    "retention.toml",
    "leftovers.toml",
    "consent.toml",
    "rights.toml",
    "research.toml",
    "efforts.toml",
    "roles.toml",
];

impl Rules {
    /// The rules built into the binary.
    pub fn builtin() -> Rules {
        Rules::from_files(std::iter::empty::<(&str, &str)>()).expect("a test reads the rules built into the binary")
    }

    /// The rules built into the binary, with these files (name, text) instead of those of the same name. Reading the folder is
    /// the caller's job.
    ///
    /// # Errors
    ///
    /// The first thing wrong: unknown file, invalid TOML, a missing, misspelt or impossible value, versions of a rule that
    /// overlap or leave a gap, a code that is named but not defined.
    ///
    /// ```
    /// use tovholder_casework::rules::Rules;
    ///
    /// let error = Rules::from_files([("coordinator.toml", "[[coordinator]]\nvalid_from = \"2026-02-30\"")]).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "coordinator.toml, coordinator no. 1, key `valid_from`: expected a date such as \"2026-07-01\", found `2026-02-30`"
    /// );
    /// ```
    pub fn from_files<N: AsRef<str>, T: AsRef<str>>(
        files: impl IntoIterator<Item = (N, T)>,
    ) -> Result<Rules, RuleError> {
        let mut texts: BTreeMap<&str, String> =
            BUILTIN.iter().map(|(name, text)| (*name, (*text).to_owned())).collect();
        for (name, text) in files {
            let name = name.as_ref();
            let Some(slot) = texts.get_mut(name) else {
                return Err(RuleError {
                    file: name.to_owned(),
                    entry: String::new(),
                    key: String::new(),
                    expected: format!("one of {}", BUILTIN.map(|(name, _)| name).join(", ")),
                    found: "a file of another name".to_owned(),
                });
            };
            *slot = text.as_ref().to_owned();
        }
        let open =
            |name: &str, headings: &[&str]| File::parse(name, texts.get(name).map_or("", String::as_str), headings);

        let file = open("drift.toml", &["drift"])?;
        let drift = file.entries("drift", read_drift)?;
        file.check_versions("drift", &drift, |d| d.core_task)?;
        for task in CoreTask::ALL {
            check_without_end(&file, task.as_str(), drift.iter().filter(|d| d.core_task == *task))?;
        }

        let file = open("target_groups.toml", &["target_group"])?;
        let target_groups = file.entries("target_group", read_target_group)?;
        file.check_versions("target_group", &target_groups, |g| g.code.clone())?;
        let is_target_group = |code: &str| target_groups.iter().any(|g| g.code == code);

        let file = open("contact.toml", &["contact"])?;
        let contact = file.entries("contact", read_contact)?;
        file.check_versions("contact", &contact, |c| c.target_group.clone())?;
        if let Some(c) = contact.iter().find(|c| !is_target_group(&c.target_group)) {
            return Err(file.error(
                "target_group",
                "a code from target_groups.toml",
                &format!("`{}`", c.target_group),
            ));
        }

        let file = open("benefits.toml", &["benefit"])?;
        let benefits = file.entries("benefit", read_benefit)?;
        file.check_versions("benefit", &benefits, |b| b.code.clone())?;
        check_benefits(&file, &benefits)?;

        let file = open("readiness.toml", &["readiness"])?;
        let readiness = file.entries("readiness", read_readiness)?;
        file.check_versions("readiness", &readiness, |r| r.code.clone())?;

        let file = open("efforts.toml", &["effort"])?;
        let efforts = file.entries("effort", read_effort)?;
        file.check_versions("effort", &efforts, |e| e.code.clone())?;

        let file = open("placements.toml", &["placement", "ratio"])?;
        let placements = file.entries("placement", read_placement)?;
        check_placements(&file, &placements, &efforts, is_target_group)?;
        let ratio = file.entries("ratio", read_ratio)?;
        file.check_versions("ratio", &ratio, |_| ())?;
        check_without_end(&file, "ratio", ratio.iter())?;

        let file = open("coordinator.toml", &["coordinator"])?;
        let coordinator = file.entries("coordinator", read_coordinator)?;
        file.check_versions("coordinator", &coordinator, |_| ())?;
        check_without_end(&file, "coordinator", coordinator.iter())?;

        let file = open("retention.toml", &["retention"])?;
        let retention = file.entries("retention", read_retention)?;
        file.check_versions("retention", &retention, |r| r.kle.clone())?;
        check_without_end(&file, "kle = \"\"", retention.iter().filter(|r| r.kle.is_empty()))?;

        let file = open("leftovers.toml", &["leftover"])?;
        let leftovers = file.entries("leftover", read_leftover)?;
        file.check_versions("leftover", &leftovers, |l| l.what.clone())?;
        for what in LEFTOVERS {
            check_without_end(&file, what, leftovers.iter().filter(|l| l.what == what))?;
        }

        let file = open("consent.toml", &["limit", "kind", "text"])?;
        let consent_limit = file.entries("limit", read_consent_limit)?;
        file.check_versions("limit", &consent_limit, |_| ())?;
        check_without_end(&file, "limit", consent_limit.iter())?;
        let consent_kinds = file.entries("kind", read_consent_kind)?;
        file.check_versions("kind", &consent_kinds, |k| k.kind)?;
        for kind in Information::ALL {
            check_without_end(&file, kind.as_str(), consent_kinds.iter().filter(|k| k.kind == *kind))?;
        }
        let consent_texts = file.entries("text", read_consent_text)?;
        file.check_versions("text", &consent_texts, |text| text.way)?;
        check_consent_texts(&file, &consent_texts)?;
        let file = open("rights.toml", &["rights"])?;
        let rights = file.entries("rights", read_rights)?;
        file.check_versions("rights", &rights, |_| ())?;
        check_without_end(&file, "rights", rights.iter())?;

        let file = open("research.toml", &["research"])?;
        let research = file.entries("research", read_research)?;
        file.check_versions("research", &research, |_| ())?;
        check_without_end(&file, "research", research.iter())?;

        let file = open("roles.toml", &["role"])?;
        let roles = file.entries("role", read_role)?;
        file.check_versions("role", &roles, |r| r.code.clone())?;

        Ok(Rules {
            drift,
            contact,
            target_groups,
            benefits,
            readiness,
            placements,
            ratio,
            coordinator,
            retention,
            consent_limit,
            consent_kinds,
            consent_texts,
            leftovers,
            rights,
            research,
            efforts,
            roles,
        })
    }

    /// The rules of a day.
    pub fn on(&self, date: Date) -> RulesOn<'_> {
        RulesOn { rules: self, date }
    }
}

/// The rules of one day.
#[derive(Debug, Clone, Copy)]
pub struct RulesOn<'a> {
    rules: &'a Rules,
    date: Date,
}

impl<'a> RulesOn<'a> {
    /// When a plan of this core task is adrift.
    pub fn drift(self, task: CoreTask) -> &'a Dated<Drift> {
        self.always(self.rules.drift.iter().filter(move |d| d.core_task == task))
    }

    /// Conversations in the first months; `None` = as needed, no number in the rules.
    pub fn contact(self, target_group: &str) -> Option<&'a Dated<Contact>> {
        self.valid(&self.rules.contact).find(|c| c.target_group == target_group)
    }

    /// All target groups, in the order of the law.
    pub fn target_groups(self) -> impl Iterator<Item = &'a Dated<TargetGroup>> {
        self.valid(&self.rules.target_groups)
    }

    /// One target group.
    pub fn target_group(self, code: &str) -> Option<&'a Dated<TargetGroup>> {
        self.target_groups().find(|g| g.code == code)
    }

    /// All benefits.
    pub fn benefits(self) -> impl Iterator<Item = &'a Dated<Benefit>> {
        self.valid(&self.rules.benefits)
    }

    /// One benefit.
    pub fn benefit(self, code: &str) -> Option<&'a Dated<Benefit>> {
        self.benefits().find(|b| b.code == code)
    }

    /// The benefit behind a code in the DREAM register.
    pub fn benefit_of_dream(self, dream: u16) -> Option<&'a Dated<Benefit>> {
        self.benefits()
            .find(|b| b.dream.iter().any(|range| range.contains(&dream)))
    }

    /// All values of readiness.
    pub fn readiness_values(self) -> impl Iterator<Item = &'a Dated<Readiness>> {
        self.valid(&self.rules.readiness)
    }

    /// One value of readiness.
    pub fn readiness(self, code: &str) -> Option<&'a Dated<Readiness>> {
        self.readiness_values().find(|r| r.code == code)
    }

    /// What a new case is registered as.
    pub fn default_readiness(self) -> Option<&'a Dated<Readiness>> {
        self.readiness_values().find(|r| r.default)
    }

    /// What holds for a placement of this kind for a person of this target group.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use tovholder_casework::rules::Rules;
    ///
    /// let rules = Rules::builtin();
    /// let day = rules.on(date(2026, 3, 1));
    /// assert_eq!(day.placement("company_placement", "dagpenge").and_then(|p| p.max_weeks), Some(4));
    /// assert_eq!(day.placement("company_placement", "sygedagpenge").and_then(|p| p.max_weeks), Some(13));
    /// ```
    pub fn placement(self, kind: &str, target_group: &str) -> Option<&'a Dated<Placement>> {
        let of_kind = || self.valid(&self.rules.placements).filter(|p| p.kind == kind);
        of_kind()
            .find(|p| p.target_groups.iter().any(|g| g == target_group))
            .or_else(|| of_kind().find(|p| p.target_groups.is_empty()))
    }

    /// How many supported persons a workplace may have.
    pub fn ratio(self) -> &'a Dated<Ratio> {
        self.always(self.rules.ratio.iter())
    }

    /// How long a consent may last.
    pub fn consent_limit(self) -> &'a Dated<ConsentLimit> {
        self.always(self.rules.consent_limit.iter())
    }

    /// The words for a kind of information.
    pub fn consent_kind(self, kind: Information) -> &'a Dated<ConsentKind> {
        self.always(self.rules.consent_kinds.iter().filter(|k| k.kind == kind))
    }

    /// The text of a consent.
    pub fn consent_text(self, way: Way) -> &'a Dated<ConsentText> {
        self.always(self.rules.consent_texts.iter().filter(|text| text.way == way))
    }

    /// What holds after a change of coordinator.
    pub fn coordinator(self) -> &'a Dated<CoordinatorRule> {
        self.always(self.rules.coordinator.iter())
    }

    /// How many days something that lies around is kept: one of [`LEFTOVERS`]; anything else for ever.
    pub fn leftover(self, what: &str) -> u32 {
        let mut of = self.rules.leftovers.iter().filter(|l| l.what == what).peekable();
        if of.peek().is_none() {
            return u32::MAX;
        }
        self.always(of).days
    }

    /// How soon what a citizen says is wrong is answered.
    pub fn rights(self) -> &'a Dated<RightsRule> {
        self.always(self.rules.rights.iter())
    }

    /// How many at least are alike in what leaves for research.
    pub fn research(self) -> &'a Dated<ResearchRule> {
        self.always(self.rules.research.iter())
    }

    /// How long a case under this KLE number is kept: the longest beginning that fits.
    pub fn retention(self, kle: &str) -> &'a Dated<Retention> {
        self.valid(&self.rules.retention)
            .filter(|r| !r.kle.is_empty() && kle.starts_with(&r.kle))
            .max_by_key(|r| r.kle.len())
            .unwrap_or_else(|| self.always(self.rules.retention.iter().filter(|r| r.kle.is_empty())))
    }

    /// All kinds of effort.
    pub fn efforts(self) -> impl Iterator<Item = &'a Dated<EffortKind>> {
        self.valid(&self.rules.efforts)
    }

    /// One kind of effort.
    pub fn effort(self, code: &str) -> Option<&'a Dated<EffortKind>> {
        self.efforts().find(|e| e.code == code)
    }

    /// All roles in which people take part in a plan.
    pub fn roles(self) -> impl Iterator<Item = &'a Dated<Role>> {
        self.valid(&self.rules.roles)
    }

    /// The roles a person of this kind may have.
    pub fn roles_of(self, kind: PersonKind) -> impl Iterator<Item = &'a Dated<Role>> {
        self.roles().filter(move |r| r.kind == kind)
    }

    /// One role.
    pub fn role(self, code: &str) -> Option<&'a Dated<Role>> {
        self.roles().find(|r| r.code == code)
    }

    fn valid<T>(self, entries: &'a [Dated<T>]) -> impl Iterator<Item = &'a Dated<T>> {
        entries.iter().filter(move |e| e.covers(self.date))
    }

    /// For rules that must have an answer on every day: before the first version, the first one counts.
    fn always<T>(self, mut versions: impl Iterator<Item = &'a Dated<T>>) -> &'a Dated<T> {
        let first = versions.next().expect("reading checked that there is a version");
        versions
            .take_while(|v| v.valid_from <= self.date)
            .last()
            .unwrap_or(first)
    }
}

fn label(entry: &Entry<'_>) -> Result<Label, RuleError> {
    Ok(Label {
        da: entry.text("da")?,
        en: entry.text("en")?,
    })
}

fn read_drift(e: &Entry<'_>) -> Result<Drift, RuleError> {
    let tasks: Vec<_> = CoreTask::ALL.iter().map(|task| (task.as_str(), *task)).collect();
    Ok(Drift {
        core_task: e.one_of("core_task", &tasks)?,
        limits: DriftRule {
            employment_goal: e.flag("employment_goal_required")?,
            company_contact_weeks: e.optional_number("company_contact_weeks", 0..=520)?,
        },
        explanation: label(e)?,
    })
}

fn read_contact(e: &Entry<'_>) -> Result<Contact, RuleError> {
    Ok(Contact {
        target_group: e.text("target_group")?,
        conversations: e.number("conversations", 0..=100)?,
        unemployment_fund: e.optional_number("unemployment_fund", 0..=100)?.unwrap_or(0),
        within_months: e.number("within_months", 1..=120)?,
        first_with_everyone: e.flag("first_with_everyone")?,
        cohort_percent: e.number("cohort_percent", 1..=100)?,
        intensified_at_month: e.optional_number("intensified_at_month", 1..=120)?,
        explanation: label(e)?,
    })
}

fn read_target_group(e: &Entry<'_>) -> Result<TargetGroup, RuleError> {
    Ok(TargetGroup {
        code: e.text("code")?,
        number: e.optional_number("number", 1..=99)?,
        label: label(e)?,
    })
}

fn read_benefit(e: &Entry<'_>) -> Result<Benefit, RuleError> {
    Ok(Benefit {
        code: e.text("code")?,
        label: label(e)?,
        group: e.one_of(
            "group",
            &[
                ("unemployment", BenefitGroup::Unemployment),
                ("assistance", BenefitGroup::Assistance),
                ("illness", BenefitGroup::Illness),
                ("reduced_capacity", BenefitGroup::ReducedCapacity),
                ("pension", BenefitGroup::Pension),
                ("parental", BenefitGroup::Parental),
                ("education", BenefitGroup::Education),
                ("none", BenefitGroup::None),
            ],
        )?,
        dream: e.ranges("dream")?,
        replaced_by: e.optional_text("replaced_by")?,
        no_new_from: e.optional_date("no_new_from")?,
    })
}

fn read_readiness(e: &Entry<'_>) -> Result<Readiness, RuleError> {
    Ok(Readiness {
        code: e.text("code")?,
        label: label(e)?,
        default: e.optional_flag("default")?.unwrap_or(false),
    })
}

fn read_placement(e: &Entry<'_>) -> Result<Placement, RuleError> {
    Ok(Placement {
        kind: e.text("kind")?,
        target_groups: e.texts("target_groups")?,
        max_weeks: e.optional_number("max_weeks", 1..=2600)?,
        extension_weeks: e.optional_number("extension_weeks", 1..=2600)?,
        max_hours_per_week: e.optional_number("max_hours_per_week", 1..=37)?,
        employer: e.one_of(
            "employer",
            &[
                ("any", Employer::Any),
                ("private", Employer::Private),
                ("public", Employer::Public),
            ],
        )?,
        ratio: e.flag("ratio")?,
        additional: e.flag("additional")?,
    })
}

fn read_ratio(e: &Entry<'_>) -> Result<Ratio, RuleError> {
    let expected = "steps such as [{ per = 5, up_to = 50 }, { per = 10 }], upwards, only the last without up_to";
    let mut steps: Vec<(u32, Option<u32>)> = Vec::new();
    let tables = e.tables("steps", expected)?;
    for (index, table) in tables.iter().enumerate() {
        let number = |key| {
            table
                .get(key)
                .and_then(toml::Value::as_integer)
                .and_then(|n| u32::try_from(n).ok())
        };
        let wrong = || e.error("steps", expected, &format!("`{table}`").replace('\n', " "));
        let per = number("per").filter(|per| *per > 0).ok_or_else(wrong)?;
        let up_to = number("up_to");
        let is_last = index + 1 == tables.len();
        let known = table.keys().all(|key| key == "per" || key == "up_to");
        let upwards = up_to.is_none_or(|top| steps.last().and_then(|step| step.1).is_none_or(|below| below < top));
        if !known || !upwards || up_to.is_none() != is_last || up_to.is_some() != table.contains_key("up_to") {
            return Err(wrong());
        }
        steps.push((per, up_to));
    }
    if steps.is_empty() {
        return Err(e.error("steps", expected, "none"));
    }
    Ok(Ratio {
        code: e.text("code")?,
        at_least: e.number("at_least", 0..=100)?,
        steps,
        explanation: label(e)?,
    })
}

fn read_coordinator(e: &Entry<'_>) -> Result<CoordinatorRule, RuleError> {
    Ok(CoordinatorRule {
        former_reads_days: e.number("former_reads_days", 0..=3660)?,
        explanation: label(e)?,
    })
}

fn read_consent_limit(e: &Entry<'_>) -> Result<ConsentLimit, RuleError> {
    Ok(ConsentLimit {
        months: e.number("months", 1..=120)?,
        remind_days: e.number("remind_days", 1..=366)?,
    })
}

fn read_consent_kind(e: &Entry<'_>) -> Result<ConsentKind, RuleError> {
    let all: Vec<_> = Information::ALL.iter().map(|kind| (kind.as_str(), *kind)).collect();
    Ok(ConsentKind {
        kind: e.one_of("code", &all)?,
        label: label(e)?,
    })
}

fn read_consent_text(e: &Entry<'_>) -> Result<ConsentText, RuleError> {
    let ways: Vec<_> = Way::ALL.iter().map(|way| (way.as_str(), *way)).collect();
    let both = |da, en| -> Result<Label, RuleError> {
        Ok(Label {
            da: e.text(da)?,
            en: e.text(en)?,
        })
    };
    Ok(ConsentText {
        way: e.one_of("way", &ways)?,
        version: e.number("version", 1..=10_000)?,
        text: both("da", "en")?,
        refusal: both("refuse_da", "refuse_en")?,
        ending: both("end_da", "end_en")?,
    })
}

/// Every way has a text on every day, versions are counted up, and a text that leaves out what makes a consent concrete is none.
fn check_consent_texts(file: &File, texts: &[Dated<ConsentText>]) -> Result<(), RuleError> {
    for way in Way::ALL {
        let own: Vec<_> = texts.iter().filter(|text| text.way == *way).collect();
        check_without_end(file, way.as_str(), own.iter().copied())?;
        if let Some(pair) = own.windows(2).find(|pair| pair[1].version <= pair[0].version) {
            let expected = format!("a number above {}, the version before it", pair[0].version);
            return Err(file.error("version", &expected, &pair[1].version.to_string()));
        }
    }
    for text in texts {
        for words in [&text.text.da, &text.text.en] {
            for place in ["{from}", "{to}", "{what}", "{purpose}", "{until}"] {
                if !words.contains(place) {
                    return Err(file.error("text", &format!("a text with {place}"), &format!("`{words}`")));
                }
            }
        }
    }
    Ok(())
}

fn read_retention(e: &Entry<'_>) -> Result<Retention, RuleError> {
    let kle = e
        .optional_text("kle")?
        .ok_or_else(|| e.error("kle", "the beginning of a KLE number, or \"\"", "nothing"))?;
    Ok(Retention {
        kle,
        years: e.number("years", 0..=200)?,
    })
}

fn read_leftover(e: &Entry<'_>) -> Result<Leftover, RuleError> {
    Ok(Leftover {
        what: e.one_of("what", &LEFTOVERS.map(|what| (what, what)))?.to_owned(),
        days: e.number("days", 1..=36_600)?,
    })
}

fn read_rights(e: &Entry<'_>) -> Result<RightsRule, RuleError> {
    Ok(RightsRule {
        answer_months: e.number("answer_months", 1..=12)?,
        soon_days: e.number("soon_days", 0..=60)?,
    })
}

fn read_research(e: &Entry<'_>) -> Result<ResearchRule, RuleError> {
    let least = e.number("least", 3..=100)?;
    Ok(ResearchRule {
        k: e.number("k", least..=1_000)?,
        least,
        withheld_percent: e.number("withheld_percent", 0..=50)?,
    })
}

fn read_effort(e: &Entry<'_>) -> Result<EffortKind, RuleError> {
    Ok(EffortKind {
        code: e.text("code")?,
        label: label(e)?,
        area: e.one_of(
            "area",
            &[
                ("work", Area::Work),
                ("education", Area::Education),
                ("everyday", Area::Everyday),
                ("health", Area::Health),
                ("youth", Area::Youth),
            ],
        )?,
        company_directed: e.flag("company_directed")?,
        icon: e.text("icon")?,
    })
}

fn read_role(e: &Entry<'_>) -> Result<Role, RuleError> {
    let kinds: Vec<_> = PersonKind::ALL.iter().map(|kind| (kind.as_str(), *kind)).collect();
    Ok(Role {
        code: e.text("code")?,
        label: label(e)?,
        kind: e.one_of("kind", &kinds)?,
    })
}

/// A rule that must have an answer on every day has a last version without end.
fn check_without_end<'a, T: 'a>(
    file: &File,
    what: &str,
    versions: impl Iterator<Item = &'a Dated<T>>,
) -> Result<(), RuleError> {
    let expected = "a last version without valid_to";
    match versions.last() {
        None => Err(file.error(what, expected, "no version at all")),
        Some(Dated {
            valid_to: Some(last), ..
        }) => Err(file.error(what, expected, &format!("an end on {last}"))),
        Some(_) => Ok(()),
    }
}

fn check_benefits(file: &File, benefits: &[Dated<Benefit>]) -> Result<(), RuleError> {
    for (index, one) in benefits.iter().enumerate() {
        if let Some(next) = &one.replaced_by
            && !benefits.iter().any(|b| &b.code == next)
        {
            return Err(file.error("replaced_by", "the code of another benefit", &format!("`{next}`")));
        }
        for other in benefits[..index].iter().filter(|other| other.meets(one)) {
            let shared = one
                .dream
                .iter()
                .find(|a| other.dream.iter().any(|b| a.start() <= b.end() && b.start() <= a.end()));
            if let Some(range) = shared {
                return Err(file.error(
                    "dream",
                    "each code to belong to one benefit at a time",
                    &format!(
                        "{}-{} in both {} and {}",
                        range.start(),
                        range.end(),
                        other.code,
                        one.code
                    ),
                ));
            }
        }
    }
    Ok(())
}

fn check_placements(
    file: &File,
    placements: &[Dated<Placement>],
    efforts: &[Dated<EffortKind>],
    is_target_group: impl Fn(&str) -> bool,
) -> Result<(), RuleError> {
    file.check_versions("placement", placements, |p| (p.kind.clone(), p.target_groups.clone()))?;
    for (index, one) in placements.iter().enumerate() {
        if !efforts.iter().any(|e| e.code == one.kind) {
            return Err(file.error("kind", "a code from efforts.toml", &format!("`{}`", one.kind)));
        }
        if let Some(group) = one.target_groups.iter().find(|g| !is_target_group(g)) {
            return Err(file.error("target_groups", "codes from target_groups.toml", &format!("`{group}`")));
        }
        for other in placements[..index]
            .iter()
            .filter(|other| other.kind == one.kind && other.meets(one))
        {
            if let Some(group) = one.target_groups.iter().find(|g| other.target_groups.contains(g)) {
                return Err(file.error(
                    "target_groups",
                    "each target group in one entry of a kind at a time",
                    &format!("`{group}` twice under {}", one.kind),
                ));
            }
        }
    }
    Ok(())
}
