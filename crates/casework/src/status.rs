//! A team's status sheet: a few goals in the team's own words, set with its leader, and once a month a sentence on each.
//!
//! Nothing is overwritten. A goal or an update that is written again gets the next revision; the newest holds, the others are its history.
//! The sheet is about the work, never about a citizen: every employee may read it, and a text with a CPR number in it is refused.
//!
//! A month stands as its first day.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::cpr;
use crate::decide::{Refusal, Why, text};
use crate::id::*;
use crate::keyed::keyed;
use crate::plan::GoalStatus;

/// The most goals of each term that are open at once: the sheet is one page, and what is one of many is nobody's goal.
pub const MOST_OPEN: usize = 3;
/// A short goal ends at most so many months after it was set.
pub const SHORT_MONTHS: i32 = 3;
/// A long goal ends at most so many years ahead.
pub const LONG_YEARS: i32 = 3;
/// The most characters of a goal.
pub const MAX_GOAL: usize = 160;
/// The most characters of a sentence: what an update says, the next action, why a goal ended.
pub const MAX_SENTENCE: usize = 200;
/// From this day of the month those who have not written are reminded.
pub const REMIND_FROM: i8 = 15;

keyed! {
    /// How far away a goal is.
    Term {
        /// Within three months.
        Short = "short",
        /// Longer.
        Long = "long",
    }
}
keyed! {
    /// How a goal goes, in the team's own judgement.
    Judgement {
        /// It moves.
        OnTheWay = "on_the_way",
        /// It does not.
        Stuck = "stuck",
        /// It is there.
        Reached = "reached",
    }
}
keyed! {
    /// Whether what was agreed last time was done.
    ActionDone {
        /// It was.
        Yes = "yes",
        /// A part of it.
        Partly = "partly",
        /// Not yet.
        No = "no",
    }
}

/// The first day of the month a day is in.
pub fn month_of(day: Date) -> Date {
    day.first_of_month()
}

/// One revision of a goal.
#[derive(Clone, Debug, PartialEq)]
pub struct TeamGoal {
    /// The goal, the same in all its revisions.
    pub id: TeamGoalId,
    /// 1 for the first.
    pub rev: u32,
    /// Whose.
    pub team: TeamId,
    /// How far away.
    pub term: Term,
    /// In the team's own words.
    pub words: String,
    /// The code of the figure that follows it; empty for none.
    pub measure: String,
    /// Whose figure: this unit's; none for the whole municipality.
    pub unit: Option<UnitId>,
    /// What the team wants the figure to be, as it is computed; none where the strategy's own target is enough.
    pub target: Option<f64>,
    /// The day it was first set.
    pub since: Date,
    /// The day it is to be reached.
    pub due: Date,
    /// Open, reached or dropped.
    pub status: GoalStatus,
    /// How it ended, or why; empty while it is open.
    pub why: String,
    /// Who wrote this revision.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// One revision of what the team said of a goal in a month.
#[derive(Clone, Debug, PartialEq)]
pub struct Update {
    /// Of which goal.
    pub goal: TeamGoalId,
    /// The month.
    pub month: Date,
    /// 1 for the first.
    pub rev: u32,
    /// What was said.
    pub said: UpdateInput,
    /// The holder's name as it was.
    pub holder_name: String,
    /// Who wrote it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A goal as typed.
#[derive(Clone, Debug, PartialEq)]
pub struct TeamGoalInput {
    /// How far away.
    pub term: Term,
    /// In the team's own words.
    pub words: String,
    /// The code of a figure; empty for none.
    pub measure: String,
    /// Whose figure; none for the whole municipality.
    pub unit: Option<UnitId>,
    /// What the figure should be.
    pub target: Option<f64>,
    /// The day it is to be reached.
    pub due: Date,
}

/// An update as typed.
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateInput {
    /// How it goes.
    pub judgement: Judgement,
    /// One sentence.
    pub says: String,
    /// Whether last time's action was done; none where there was none.
    pub done: Option<ActionDone>,
    /// What happens next; may be empty when the goal is reached.
    pub action: String,
    /// Who holds the next action.
    pub holder: Option<EmployeeId>,
    /// When it should be done.
    pub due: Option<Date>,
}

/// The unit whose figures are a team's own: the one they all work in. None for a team that spans units, which looks at the whole municipality.
pub fn unit_of(members: &[UnitId]) -> Option<UnitId> {
    let first = members.first()?;
    members.iter().all(|unit| unit == first).then_some(*first)
}

/// Somebody's place in a team.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Is one of the team.
    pub member: bool,
    /// Leads the team.
    pub leader: bool,
    /// Is head of the department.
    pub head: bool,
}
impl Place {
    /// The team writes its own updates.
    pub const fn may_update(self) -> bool {
        self.member || self.leader
    }
    /// Goals are set with the leader.
    pub const fn may_set(self) -> bool {
        self.leader || self.head
    }
}

/// Everything on a team's sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Every revision of every goal: the oldest goal first, of each the newest revision first.
    pub goals: Vec<TeamGoal>,
    /// Every revision of every update: the newest month first, of each the newest revision first.
    pub updates: Vec<Update>,
}

impl Sheet {
    /// Each goal as it is now, the oldest first.
    pub fn current(&self) -> impl Iterator<Item = &TeamGoal> {
        let newest = |at: &usize| *at == 0 || self.goals[at - 1].id != self.goals[*at].id;
        (0..self.goals.len()).filter(newest).map(|at| &self.goals[at])
    }
    /// A goal as it is now.
    pub fn goal(&self, id: TeamGoalId) -> Option<&TeamGoal> {
        self.goals.iter().find(|goal| goal.id == id)
    }
    /// The goals the team works on, those that are due first in front.
    pub fn open(&self, term: Term) -> Vec<&TeamGoal> {
        let mut goals: Vec<&TeamGoal> = self.all_open().filter(|goal| goal.term == term).collect();
        goals.sort_by_key(|goal| goal.due);
        goals
    }
    /// All goals the team works on.
    pub fn all_open(&self) -> impl Iterator<Item = &TeamGoal> {
        self.current().filter(|goal| goal.status == GoalStatus::Open)
    }
    /// What was said of a goal in a month: the newest revision.
    pub fn update(&self, goal: TeamGoalId, month: Date) -> Option<&Update> {
        self.updates.iter().find(|u| u.goal == goal && u.month == month)
    }
    /// What was last said of a goal, up to and with a month.
    pub fn latest(&self, goal: TeamGoalId, month: Date) -> Option<&Update> {
        self.updates.iter().find(|u| u.goal == goal && u.month <= month)
    }
    /// What was last said of a goal before a month.
    pub fn before(&self, goal: TeamGoalId, month: Date) -> Option<&Update> {
        self.updates.iter().find(|u| u.goal == goal && u.month < month)
    }
    /// The goals the team has not spoken of in the month of this day. A goal set in the month itself waits for the next.
    pub fn silent(&self, today: Date) -> impl Iterator<Item = &TeamGoal> {
        let month = month_of(today);
        self.all_open()
            .filter(move |goal| goal.since < month && self.update(goal.id, month).is_none())
    }
    /// Whether to remind the team: the month is half gone and something has not been spoken of.
    pub fn remind(&self, today: Date) -> bool {
        today.day() >= REMIND_FROM && self.silent(today).next().is_some()
    }

    /// Checks a goal as typed. `of` is the goal it is a new revision of, with the revision that was seen.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn set(
        &self,
        of: Option<(TeamGoalId, u32)>,
        input: TeamGoalInput,
        today: Date,
    ) -> Result<TeamGoalInput, Vec<Refusal>> {
        let mut wrong = Wrong::default();
        let before = match of {
            None => None,
            Some((id, rev)) => Some(self.to_change(id, rev).map_err(|refusal| vec![refusal])?),
        };
        let words = wrong.sentence("words", &input.words, MAX_GOAL);
        let months = |from: Date, many: i32| from.saturating_add(jiff::Span::new().months(many));
        let last = match input.term {
            Term::Short => months(before.map_or(today, |goal| goal.since), SHORT_MONTHS),
            Term::Long => months(today, LONG_YEARS * 12),
        };
        // A day that stood there already may have passed: mending a word must not force a new one.
        if input.due < today && before.is_none_or(|goal| goal.due != input.due) {
            wrong.add("due", Why::DayGone);
        } else if input.due > last {
            wrong.add("due", Why::NotAfter(last));
        }
        let own = |goal: &&TeamGoal| before.is_some_and(|before| before.id == goal.id);
        let others = self.all_open().filter(|goal| goal.term == input.term && !own(goal));
        if others.count() >= MOST_OPEN {
            wrong.add("term", Why::TooMany(MOST_OPEN));
        }
        wrong.or(TeamGoalInput { words, ..input })
    }

    /// Checks the end of a goal: reached, or dropped with a reason.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn end(&self, id: TeamGoalId, rev: u32, status: GoalStatus, why: &str) -> Result<String, Vec<Refusal>> {
        self.to_change(id, rev).map_err(|refusal| vec![refusal])?;
        let mut wrong = Wrong::default();
        if status == GoalStatus::Open {
            wrong.add("status", Why::Required);
        }
        // What was learned is worth a sentence either way.
        let why = wrong.sentence("why", why, MAX_SENTENCE);
        wrong.or(why)
    }

    /// Checks what is said of a goal in the month of today. `rev` is the revision that was seen, 0 for none; `team` those who may hold an action.
    /// None when it is what stands there already.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn say(
        &self,
        id: TeamGoalId,
        rev: u32,
        input: UpdateInput,
        team: &[EmployeeId],
        today: Date,
    ) -> Result<Option<UpdateInput>, Vec<Refusal>> {
        let month = month_of(today);
        let now = self.update(id, month);
        let mut wrong = Wrong::default();
        if self.all_open().all(|goal| goal.id != id) {
            wrong.add("", Why::NotFound);
        }
        let says = wrong.sentence("says", &input.says, MAX_SENTENCE);
        let asked = self.before(id, month).is_some_and(|last| !last.said.action.is_empty());
        if asked && input.done.is_none() {
            wrong.add("done", Why::Required);
        }
        let ends = input.judgement == Judgement::Reached && input.action.trim().is_empty();
        let (mut action, mut holder, mut due) = (String::new(), None, None);
        if !ends {
            action = wrong.sentence("action", &input.action, MAX_SENTENCE);
            (holder, due) = (input.holder, input.due);
            match holder {
                None => wrong.add("holder", Why::Required),
                Some(who) if !team.contains(&who) => wrong.add("holder", Why::NotFound),
                Some(_) => (),
            }
            match due {
                None => wrong.add("due", Why::Required),
                Some(day) if day < month => wrong.add("due", Why::NotBefore(month)),
                Some(_) => (),
            }
        }
        let said = UpdateInput {
            judgement: input.judgement,
            says,
            done: input.done.filter(|_| asked),
            action,
            holder,
            due,
        };
        if wrong.0.is_empty() && now.is_some_and(|now| now.said == said) {
            return Ok(None);
        }
        if now.map_or(0, |now| now.rev) != rev {
            wrong.add("", Why::Changed);
        }
        wrong.or(Some(said))
    }

    fn to_change(&self, id: TeamGoalId, rev: u32) -> Result<&TeamGoal, Refusal> {
        let refuse = |why| Refusal { field: "", why };
        let goal = self.goal(id).ok_or(refuse(Why::NotFound))?;
        if goal.rev != rev {
            return Err(refuse(Why::Changed));
        }
        if goal.status != GoalStatus::Open {
            return Err(refuse(Why::NotFound));
        }
        Ok(goal)
    }
}

/// What is wrong, so far.
#[derive(Default)]
struct Wrong(Vec<Refusal>);
impl Wrong {
    fn add(&mut self, field: &'static str, why: Why) {
        self.0.push(Refusal { field, why });
    }
    /// A text that must be there, on one line, and name nobody by number.
    fn sentence(&mut self, field: &'static str, typed: &str, max: usize) -> String {
        match text(field, typed, max) {
            Ok(clean) if cpr::stands_in(&clean) => self.add(field, Why::HasCpr),
            Ok(clean) => return clean.split_whitespace().collect::<Vec<_>>().join(" "),
            Err(refusal) => self.0.push(refusal),
        }
        String::new()
    }
    fn or<T>(self, right: T) -> Result<T, Vec<Refusal>> {
        if self.0.is_empty() { Ok(right) } else { Err(self.0) }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    const TODAY: Date = date(2026, 3, 16);
    const MARCH: Date = date(2026, 3, 1);
    const KAREN: EmployeeId = EmployeeId(Uuid::from_u128(1));
    const OLE: EmployeeId = EmployeeId(Uuid::from_u128(2));

    fn id(n: u128) -> TeamGoalId {
        TeamGoalId(Uuid::from_u128(n))
    }

    fn goal(n: u128, rev: u32, since: Date) -> TeamGoal {
        TeamGoal {
            id: id(n),
            rev,
            team: TeamId(Uuid::from_u128(9)),
            term: Term::Short,
            words: format!("Mål {n}"),
            measure: String::new(),
            unit: None,
            target: None,
            since,
            due: date(2026, 5, 1),
            status: GoalStatus::Open,
            why: String::new(),
            by: "Lis".into(),
            at: Timestamp::UNIX_EPOCH,
        }
    }

    fn said(action: &str) -> UpdateInput {
        UpdateInput {
            judgement: Judgement::OnTheWay,
            says: "Det går fremad".into(),
            done: None,
            action: action.into(),
            holder: Some(KAREN),
            due: Some(date(2026, 4, 1)),
        }
    }

    fn update(n: u128, month: Date, rev: u32, action: &str) -> Update {
        Update {
            goal: id(n),
            month,
            rev,
            said: said(action),
            holder_name: "Karen".into(),
            by: "Karen".into(),
            at: Timestamp::UNIX_EPOCH,
        }
    }

    fn input() -> TeamGoalInput {
        TeamGoalInput {
            term: Term::Short,
            words: " Alle har\r\n en aftale ".into(),
            measure: String::new(),
            unit: None,
            target: None,
            due: date(2026, 6, 16),
        }
    }

    fn whys<T: std::fmt::Debug>(answer: Result<T, Vec<Refusal>>) -> Vec<(&'static str, Why)> {
        answer.unwrap_err().into_iter().map(|r| (r.field, r.why)).collect()
    }

    #[test]
    fn a_goal_is_one_line_with_a_day_within_its_term() {
        let sheet = Sheet::default();
        let set = |input| sheet.set(None, input, TODAY);
        assert_eq!(set(input()).unwrap().words, "Alle har en aftale");
        let due = |due, term| TeamGoalInput { due, term, ..input() };
        let last = date(2026, 6, 16);
        assert!(set(due(last, Term::Short)).is_ok() && set(due(TODAY, Term::Short)).is_ok());
        let late = date(2026, 6, 17);
        assert_eq!(whys(set(due(late, Term::Short))), [("due", Why::NotAfter(last))]);
        assert!(set(due(late, Term::Long)).is_ok());
        assert_eq!(
            whys(set(due(date(2029, 3, 17), Term::Long))),
            [("due", Why::NotAfter(date(2029, 3, 16)))]
        );
        assert_eq!(whys(set(due(date(2026, 3, 15), Term::Long))), [("due", Why::DayGone)]);
        let wrong = TeamGoalInput {
            words: "Hjælp 610190-1236".into(),
            due: late,
            ..input()
        };
        assert_eq!(whys(set(wrong)), [("words", Why::HasCpr), ("due", Why::NotAfter(last))]);
    }

    #[test]
    fn three_goals_of_a_term_are_enough_and_a_goal_is_not_in_its_own_way() {
        let since = date(2026, 2, 1);
        let sheet = Sheet {
            goals: (1..=3).map(|n| goal(n, 1, since)).collect(),
            updates: vec![],
        };
        assert_eq!(whys(sheet.set(None, input(), TODAY)), [("term", Why::TooMany(3))]);
        let long = TeamGoalInput {
            term: Term::Long,
            ..input()
        };
        assert!(sheet.set(None, long, TODAY).is_ok());
        // Set on 1 February, so it is short until 1 May, whenever it is mended.
        assert_eq!(
            whys(sheet.set(Some((id(2), 1)), input(), TODAY)),
            [("due", Why::NotAfter(date(2026, 5, 1)))]
        );
        let mended = TeamGoalInput {
            due: date(2026, 5, 1),
            ..input()
        };
        assert!(sheet.set(Some((id(2), 1)), mended.clone(), TODAY).is_ok());
        // Its day has passed: the words can still be mended.
        assert!(sheet.set(Some((id(2), 1)), mended, date(2026, 5, 20)).is_ok());
        assert_eq!(whys(sheet.set(Some((id(2), 2)), input(), TODAY)), [("", Why::Changed)]);
        assert_eq!(whys(sheet.set(Some((id(7), 1)), input(), TODAY)), [("", Why::NotFound)]);
    }

    #[test]
    fn a_goal_ends_once_and_with_a_word() {
        let mut sheet = Sheet {
            goals: vec![goal(1, 1, MARCH)],
            updates: vec![],
        };
        assert_eq!(
            whys(sheet.end(id(1), 1, GoalStatus::Open, " ")),
            [("status", Why::Required), ("why", Why::Required)]
        );
        assert_eq!(
            sheet
                .end(id(1), 1, GoalStatus::Dropped, "Vi målte det forkerte")
                .unwrap(),
            "Vi målte det forkerte"
        );
        sheet.goals.insert(
            0,
            TeamGoal {
                status: GoalStatus::Dropped,
                ..goal(1, 2, MARCH)
            },
        );
        assert_eq!(sheet.current().map(|g| g.rev).collect::<Vec<_>>(), [2]);
        assert_eq!(sheet.all_open().count(), 0);
        assert_eq!(
            whys(sheet.end(id(1), 2, GoalStatus::Reached, "Ja")),
            [("", Why::NotFound)]
        );
        assert_eq!(
            whys(sheet.end(id(1), 1, GoalStatus::Reached, "Ja")),
            [("", Why::Changed)]
        );
    }

    #[test]
    fn an_update_has_a_sentence_an_action_a_holder_and_a_day() {
        let sheet = Sheet {
            goals: vec![goal(1, 1, date(2026, 2, 1))],
            updates: vec![],
        };
        let say = |input| sheet.say(id(1), 0, input, &[KAREN], TODAY);
        assert!(say(said("Vi ringer")).is_ok());
        let nothing = UpdateInput {
            says: " ".into(),
            holder: None,
            due: None,
            ..said("")
        };
        assert_eq!(
            whys(say(nothing.clone())),
            ["says", "action", "holder", "due"].map(|field| (field, Why::Required))
        );
        // What is reached needs nothing more, unless the team wants it.
        let reached = UpdateInput {
            judgement: Judgement::Reached,
            says: "Alle er ringet op".into(),
            ..nothing
        };
        assert!(say(reached.clone()).is_ok());
        let more = UpdateInput {
            action: "Vi holder fast".into(),
            ..reached
        };
        assert_eq!(whys(say(more)), [("holder", Why::Required), ("due", Why::Required)]);
        let other = UpdateInput {
            holder: Some(OLE),
            due: Some(date(2026, 2, 28)),
            says: "Se 6101901236".into(),
            ..said("Vi ringer")
        };
        assert_eq!(
            whys(say(other)),
            [
                ("says", Why::HasCpr),
                ("holder", Why::NotFound),
                ("due", Why::NotBefore(MARCH))
            ]
        );
        assert_eq!(
            whys(sheet.say(id(2), 0, said("x"), &[KAREN], TODAY)),
            [("", Why::NotFound)]
        );
    }

    #[test]
    fn last_months_action_is_asked_for_and_a_newer_revision_is_not_overwritten() {
        let february = date(2026, 2, 1);
        let mut sheet = Sheet {
            goals: vec![goal(1, 1, date(2026, 1, 5))],
            updates: vec![
                update(1, february, 2, "Vi ringer"),
                update(1, february, 1, "Vi skriver"),
            ],
        };
        assert_eq!(sheet.before(id(1), MARCH).unwrap().said.action, "Vi ringer");
        assert_eq!(
            whys(sheet.say(id(1), 0, said("Nyt"), &[KAREN], TODAY)),
            [("done", Why::Required)]
        );
        let answered = UpdateInput {
            done: Some(ActionDone::Partly),
            ..said("Nyt")
        };
        assert_eq!(
            sheet.say(id(1), 0, answered.clone(), &[KAREN], TODAY).unwrap(),
            Some(answered.clone())
        );
        sheet.updates.insert(0, update(1, MARCH, 1, "Andet"));
        assert_eq!(
            whys(sheet.say(id(1), 0, answered.clone(), &[KAREN], TODAY)),
            [("", Why::Changed)]
        );
        assert!(sheet.say(id(1), 1, answered.clone(), &[KAREN], TODAY).is_ok());
        // Somebody has written the very same: nothing is left to write.
        sheet.updates[0].said = answered.clone();
        assert_eq!(sheet.say(id(1), 0, answered, &[KAREN], TODAY), Ok(None));
        assert_eq!(sheet.latest(id(1), MARCH).unwrap().month, MARCH);
    }

    #[test]
    fn the_team_is_reminded_from_the_middle_of_the_month_of_what_it_has_not_spoken_of() {
        let mut sheet = Sheet {
            goals: vec![goal(1, 1, date(2026, 2, 28)), goal(2, 1, MARCH)],
            updates: vec![],
        };
        // Goal 2 was set this month.
        assert_eq!(sheet.silent(TODAY).map(|g| g.id).collect::<Vec<_>>(), [id(1)]);
        assert!(sheet.remind(date(2026, 3, 15)) && !sheet.remind(date(2026, 3, 14)));
        sheet.updates.push(update(1, MARCH, 1, "Vi ringer"));
        assert!(!sheet.remind(TODAY));
        assert_eq!(sheet.silent(date(2026, 4, 1)).count(), 2);
        assert!(!Sheet::default().remind(TODAY));
    }

    #[test]
    fn a_team_that_spans_units_has_no_figures_of_its_own() {
        let [one, two] = [1, 2].map(|n| UnitId(Uuid::from_u128(n)));
        assert_eq!(unit_of(&[one, one]), Some(one));
        assert_eq!(unit_of(&[one, two]), None);
        assert_eq!(unit_of(&[]), None);
    }

    #[test]
    fn the_team_writes_and_the_leader_sets() {
        let place = |member, leader, head| Place { member, leader, head };
        let may = |place: Place| (place.may_update(), place.may_set());
        assert_eq!(may(place(true, false, false)), (true, false));
        assert_eq!(may(place(false, true, false)), (true, true));
        assert_eq!(may(place(false, false, true)), (false, true));
        assert_eq!(may(Place::default()), (false, false));
    }

    proptest! {
        /// However goals are set and ended, never more than three of a term are open, and every day is within its term.
        #[test]
        fn the_sheet_stays_one_page(acts in prop::collection::vec((0u8..3, 0i32..1500, any::<bool>(), 0usize..8), 0..40)) {
            let mut sheet = Sheet::default();
            let mut today = TODAY;
            for (act, days, short, which) in acts {
                today = today.saturating_add(jiff::Span::new().days(days % 40));
                let term = if short { Term::Short } else { Term::Long };
                let input = TeamGoalInput { term, due: today.saturating_add(jiff::Span::new().days(days)), ..input() };
                let known = sheet.current().nth(which).cloned();
                match (act, known) {
                    (0, _) => if let Ok(input) = sheet.set(None, input, today) {
                        let n = sheet.goals.len() as u128 + 1;
                        sheet.goals.push(TeamGoal { term: input.term, due: input.due, ..goal(n, 1, today) });
                    },
                    (1, Some(old)) => if let Ok(input) = sheet.set(Some((old.id, old.rev)), input, today) {
                        let at = sheet.goals.iter().position(|g| g.id == old.id).unwrap();
                        sheet.goals.insert(at, TeamGoal { term: input.term, due: input.due, rev: old.rev + 1, ..old });
                    },
                    (2, Some(old)) if sheet.end(old.id, old.rev, GoalStatus::Reached, "Ja").is_ok() => {
                        let at = sheet.goals.iter().position(|g| g.id == old.id).unwrap();
                        sheet.goals.insert(at, TeamGoal { status: GoalStatus::Reached, rev: old.rev + 1, ..old });
                    },
                    _ => (),
                }
                for term in Term::ALL {
                    prop_assert!(sheet.open(*term).len() <= MOST_OPEN);
                }
                for goal in sheet.goals.iter().filter(|g| g.term == Term::Short) {
                    prop_assert!(goal.due <= goal.since.saturating_add(jiff::Span::new().months(SHORT_MONTHS)));
                }
            }
        }
    }
}
