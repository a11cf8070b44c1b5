//! Pseudonymised data for research (databeskyttelsesloven § 10): what is written down about an export, who is left out, how those who are in it are made
//! alike, and the files.
//!
//! Three steps, each of them pure: [`anonymity::publish`] says in which group each person is shown and who is withheld; [`files::write`] writes the files
//! with pseudonyms, and [`anonymity::prove`] reads the finished table of persons and says whether each group is as large as was promised. What leaves
//! is personal data all the same: whoever holds the key, or knows enough about somebody, can find them again.

pub mod anonymity;
pub mod files;

use jiff::civil::Date;

use crate::correction::{Outcome, Wish};
use crate::decide::{Refusal, Why, optional_text, refuse, text};
use crate::id::*;
use crate::keyed::keyed;
use crate::plan::{Channel, ConversationStatus, CoreTask, Hours, Precondition, Rater};

keyed! {
    /// How exact the days in the files are.
    Grain {
        /// The month: `2026-03`.
        Month = "month",
        /// The quarter: `2026-Q1`.
        Quarter = "quarter",
        /// The year: `2026`.
        Year = "year",
    }
}
impl Grain {
    /// A day as it stands in the files.
    ///
    /// ```
    /// # use jiff::civil::date;
    /// # use tovholder_casework::research::Grain;
    /// let day = date(2026, 5, 17);
    /// let shown: Vec<String> = Grain::ALL.iter().map(|grain| grain.of(day)).collect();
    /// assert_eq!(shown, ["2026-05", "2026-Q2", "2026"]);
    /// ```
    #[must_use]
    pub fn of(self, day: Date) -> String {
        match self {
            Grain::Month => format!("{:04}-{:02}", day.year(), day.month()),
            Grain::Quarter => format!("{:04}-Q{}", day.year(), (day.month() - 1) / 3 + 1),
            Grain::Year => format!("{:04}", day.year()),
        }
    }
}

keyed! {
    /// Why a citizen is left out before anything is counted.
    LeftOut {
        /// Name and address are protected.
        Protected = "protected",
        /// The citizen has said no to something being done with what is held about them, and it waits or was agreed to.
        Objects = "objects",
    }
}

/// Whether what a citizen said keeps them out: whoever says no is out from that moment, and stays out unless the answer was no.
#[must_use]
pub fn objects(wish: Wish, outcome: Option<Outcome>) -> bool {
    wish == Wish::Object && outcome != Some(Outcome::Refused)
}

/// What the municipality writes down about an export before it is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The project's number in the municipality's records. The same number has the same pseudonyms.
    pub reference: String,
    /// What the project is called; the citizens read it.
    pub project: String,
    /// Who receives the files; the citizens read it.
    pub recipient: String,
    /// For what.
    pub purpose: String,
    /// By which law.
    pub basis: String,
    /// The number of Datatilsynet's permission; empty when none of the cases of § 10(3) applies.
    pub permission: String,
    /// The last day the recipient may keep the files.
    pub delete_by: Date,
}

impl Request {
    /// The same, trimmed and sound.
    ///
    /// # Errors
    /// Refuses what is missing or too long, a CPR number, and a last day that is not ahead.
    pub fn checked(&self, today: Date) -> Result<Request, Refusal> {
        let checked = Request {
            reference: text("reference", &self.reference, 60)?,
            project: text("project", &self.project, 140)?,
            recipient: text("recipient", &self.recipient, 140)?,
            purpose: text("purpose", &self.purpose, 1_000)?,
            basis: text("basis", &self.basis, 200)?,
            permission: optional_text("permission", &self.permission, 100)?,
            delete_by: self.delete_by,
        };
        for (field, text) in [
            ("reference", &checked.reference),
            ("project", &checked.project),
            ("recipient", &checked.recipient),
            ("purpose", &checked.purpose),
            ("basis", &checked.basis),
            ("permission", &checked.permission),
        ] {
            if crate::cpr::stands_in(text) {
                return refuse(field, Why::HasCpr);
            }
            if field != "purpose" && text.contains('\n') {
                return refuse(field, Why::NotAllowed);
            }
        }
        if checked.delete_by <= today {
            return refuse("delete_by", Why::DayGone);
        }
        Ok(checked)
    }
}

/// What is noted about a recipient who has deleted what they got: on which day, and how the municipality knows.
///
/// # Errors
/// Refuses a day before the export was made or after today, and words that are missing, too long, or hold a CPR number.
pub fn deleted(day: Date, remark: &str, made: Date, today: Date) -> Result<String, Refusal> {
    if day < made {
        return refuse("day", Why::NotBefore(made));
    }
    if day > today {
        return refuse("day", Why::NotAfter(today));
    }
    let remark = text("remark", remark, 500)?;
    if crate::cpr::stands_in(&remark) {
        return refuse("remark", Why::HasCpr);
    }
    Ok(remark)
}

/// What an export is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// First day: who had a plan or a benefit from this day on …
    pub from: Date,
    /// … until and with this one.
    pub until: Date,
    /// At least so many persons are alike.
    pub k: u32,
    /// How exact days are.
    pub grain: Grain,
}

impl Scope {
    /// The same, when it can be kept.
    ///
    /// # Errors
    /// Refuses an end before the start or after today, and a k below `least` or above 1,000.
    pub fn checked(self, least: u32, today: Date) -> Result<Scope, Refusal> {
        if self.until < self.from {
            return refuse("until", Why::EndBeforeStart);
        }
        if self.until > today {
            return refuse("until", Why::NotAfter(today));
        }
        if !(least..=1_000).contains(&self.k) {
            return refuse("k", Why::OutOfRange(i64::from(least), 1_000));
        }
        Ok(self)
    }

    /// A first day as it stands in the files; nothing when it lies before the period.
    #[must_use]
    pub fn first(&self, day: Date) -> String {
        if day < self.from {
            String::new()
        } else {
            self.grain.of(day)
        }
    }

    /// A last day as it stands in the files; nothing when it goes on after the period.
    #[must_use]
    pub fn last(&self, day: Option<Date>) -> String {
        day.filter(|day| *day <= self.until)
            .map_or_else(String::new, |day| self.grain.of(day))
    }
}

/// A citizen as the groups know them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub citizen: CitizenId,
    /// The year of birth.
    pub born: i16,
    /// The postal code; empty when it is not known.
    pub postcode: String,
    /// The kind of the unit responsible.
    pub unit: String,
    /// Why they are left out.
    pub left_out: Option<LeftOut>,
}

/// A period on a benefit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spell {
    /// Whose.
    pub citizen: CitizenId,
    /// The benefit's code.
    pub benefit: String,
    /// First day.
    pub from: Date,
    /// Last day; none while it lasts.
    pub until: Option<Date>,
}

/// A plan, with its steps as numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnePlan {
    /// Its id.
    pub plan: PlanId,
    /// Whose.
    pub citizen: CitizenId,
    /// Which core task it serves.
    pub core_task: CoreTask,
    /// First day.
    pub opened: Date,
    /// Last day; none while it is open.
    pub closed: Option<Date>,
    /// Steps agreed in the period.
    pub steps: u32,
    /// Steps done in the period.
    pub done: u32,
    /// Steps dropped in the period.
    pub dropped: u32,
}

/// An effort.
#[derive(Clone, Debug, PartialEq)]
pub struct OneEffort {
    /// The plan.
    pub plan: PlanId,
    /// The kind's code.
    pub kind: String,
    /// Whether it is at a company.
    pub at_company: bool,
    /// First day.
    pub from: Date,
    /// Last day; none while it lasts.
    pub until: Option<Date>,
    /// The hours over time.
    pub hours: Vec<Hours>,
}

/// Conversations of one plan that began on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Talk {
    /// The plan.
    pub plan: PlanId,
    /// The day.
    pub on: Date,
    /// How.
    pub channel: Channel,
    /// What became of it.
    pub status: ConversationStatus,
}

/// An answer about one of the six preconditions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The plan.
    pub plan: PlanId,
    /// The day.
    pub on: Date,
    /// Who answered.
    pub rater: Rater,
    /// About what.
    pub precondition: Precondition,
    /// 1–5.
    pub value: u8,
}

/// One coordinator's period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coordinator {
    /// The plan.
    pub plan: PlanId,
    /// Who: only to tell one from the other.
    pub employee: EmployeeId,
    /// First day.
    pub from: Date,
    /// Last day; none while it lasts.
    pub until: Option<Date>,
}

/// All that an export is made of. Names, CPR numbers, addresses and texts are not in it: they are never read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Material {
    /// Everybody with a plan or a benefit in the period, also those who are left out.
    pub people: Vec<Person>,
    /// Periods on benefits that touch the period.
    pub spells: Vec<Spell>,
    /// Plans that touch it.
    pub plans: Vec<OnePlan>,
    /// Efforts that touch it.
    pub efforts: Vec<OneEffort>,
    /// Conversations in it.
    pub talks: Vec<Talk>,
    /// Answers in it.
    pub answers: Vec<Answer>,
    /// Coordinators' periods that touch it.
    pub coordinators: Vec<Coordinator>,
}

impl Material {
    /// How many are left out for a reason.
    #[must_use]
    pub fn left_out(&self, why: LeftOut) -> usize {
        self.people.iter().filter(|person| person.left_out == Some(why)).count()
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn request() -> Request {
        Request {
            reference: " 24/1234 ".into(),
            project: "Veje til job".into(),
            recipient: "Aalborg Universitet".into(),
            purpose: "Hvad virker,\nog for hvem".into(),
            basis: "databeskyttelsesloven § 10".into(),
            permission: String::new(),
            delete_by: date(2028, 12, 31),
        }
    }

    #[test]
    fn a_request_says_who_for_what_and_until_when() {
        let today = date(2026, 3, 16);
        assert_eq!(request().checked(today).unwrap().reference, "24/1234");
        let refused = |change: fn(&mut Request)| {
            let mut changed = request();
            change(&mut changed);
            let refusal = changed.checked(today).unwrap_err();
            (refusal.field, refusal.why)
        };
        assert_eq!(refused(|r| r.recipient = " ".into()), ("recipient", Why::Required));
        assert_eq!(refused(|r| r.project = "610590-1234".into()), ("project", Why::HasCpr));
        assert_eq!(refused(|r| r.project = "a\nb".into()), ("project", Why::NotAllowed));
        assert_eq!(
            refused(|r| r.delete_by = date(2026, 3, 16)),
            ("delete_by", Why::DayGone)
        );
    }

    #[test]
    fn a_period_has_been_and_k_is_never_below_the_least() {
        let today = date(2026, 3, 16);
        let scope = |from, until, k| Scope {
            from,
            until,
            k,
            grain: Grain::Month,
        };
        let whole = scope(date(2024, 1, 1), date(2025, 12, 31), 3);
        assert_eq!(whole.checked(3, today), Ok(whole));
        for (bad, field) in [
            (scope(date(2025, 1, 1), date(2024, 1, 1), 5), "until"),
            (scope(date(2025, 1, 1), date(2026, 3, 17), 5), "until"),
            (scope(date(2025, 1, 1), date(2025, 3, 17), 2), "k"),
        ] {
            assert_eq!(bad.checked(3, today).unwrap_err().field, field);
        }
        assert_eq!(whole.first(date(2023, 12, 31)), "");
        assert_eq!(whole.first(date(2024, 1, 1)), "2024-01");
        assert_eq!(whole.last(Some(date(2026, 1, 1))), "");
        assert_eq!(whole.last(Some(date(2025, 12, 31))), "2025-12");
    }

    #[test]
    fn a_deletion_is_of_a_day_between_the_export_and_today() {
        let (made, today) = (date(2026, 1, 10), date(2026, 3, 16));
        let noted = |day, words| deleted(day, words, made, today).map_err(|refusal| refusal.why);
        assert_eq!(noted(made, " Brev af 10. januar "), Ok("Brev af 10. januar".to_owned()));
        assert_eq!(noted(date(2026, 1, 9), "Brev"), Err(Why::NotBefore(made)));
        assert_eq!(noted(date(2026, 3, 17), "Brev"), Err(Why::NotAfter(today)));
        assert_eq!(noted(today, "  "), Err(Why::Required));
        assert_eq!(noted(today, "Om 610590-1234"), Err(Why::HasCpr));
    }

    #[test]
    fn who_says_no_is_out_until_the_answer_is_no() {
        for (outcome, out) in [
            (None, true),
            (Some(Outcome::Done), true),
            (Some(Outcome::Partly), true),
            (Some(Outcome::Refused), false),
        ] {
            assert_eq!(objects(Wish::Object, outcome), out);
            assert!(!objects(Wish::Correct, outcome));
        }
    }
}
