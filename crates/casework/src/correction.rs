//! What a citizen says is wrong about what is held of them, or does not want done with it (GDPR articles 16 and 21), and the answer.
//!
//! It is a citizen's own act and waits for the coordinator or the unit's leader. It is answered with words and an outcome before a day that a dated rule
//! sets. The citizen's words stay in the record whatever the answer: whoever reads the history reads both.

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use serde::{Deserialize, Serialize};

use crate::access::{Action, Relation, may};
use crate::act::{Actor, UserKind};
use crate::decide::{Refusal, Why, optional_text, refuse, text};
use crate::id::*;
use crate::keyed::keyed;

keyed! {
    /// What the citizen asks for.
    Wish {
        /// Something is wrong or missing.
        Correct = "correct",
        /// The citizen does not want something to be done with it.
        Object = "object",
    }
}

keyed! {
    /// What it is about.
    About {
        /// Name, address, telephone.
        Person = "person",
        /// Goals and steps.
        Goals = "goals",
        /// Notes of conversations, messages and remarks.
        Words = "words",
        /// Efforts and placements.
        Efforts = "efforts",
        /// Answers about the way to a job.
        Progress = "progress",
        /// Who is around the plan, and who reads it.
        People = "people",
        /// Benefits, hours and categories.
        Registers = "registers",
        /// Something else.
        Other = "other",
    }
}

keyed! {
    /// What came of it.
    Outcome {
        /// It was done as the citizen asked.
        Done = "done",
        /// Some of it was.
        Partly = "partly",
        /// It was not.
        Refused = "refused",
    }
}

/// What a citizen said, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// Its id.
    pub id: CorrectionId,
    /// The citizen.
    pub citizen: CitizenId,
    /// What the citizen asks for.
    pub wish: Wish,
    /// What it is about.
    pub about: About,
    /// In the citizen's words. 1–4,000 characters.
    pub words: String,
    /// When it was said.
    pub asked: Timestamp,
    /// The last day for the answer.
    pub due: Date,
    /// What came of it; none while it waits.
    pub outcome: Option<Outcome>,
    /// The answer in words; empty while it waits.
    pub answer: String,
    /// Who answered, by name.
    pub answered_by: String,
    /// When.
    pub answered: Option<Timestamp>,
    /// Revision, from 1.
    pub rev: u32,
}

/// Whether an employee of this relation to the citizen's plan answers: the coordinator, and the leader of the unit responsible.
pub fn may_answer(relation: Relation) -> bool {
    relation != Relation::Citizen && may(relation, Action::Close)
}

impl Correction {
    /// What a citizen says on a day. `months` is how long an answer may take.
    ///
    /// # Errors
    /// Refuses anybody but the citizen, no words, too many, and words with a CPR number: they go into the record, which lies unsealed.
    pub fn ask(
        id: CorrectionId,
        actor: &Actor,
        (wish, about): (Wish, About),
        words: &str,
        (at, today): (Timestamp, Date),
        months: u32,
    ) -> Result<Self, Refusal> {
        if actor.kind != UserKind::Citizen {
            return refuse("", Why::NotAllowed);
        }
        let words = text("words", words, 4_000)?;
        if crate::cpr::stands_in(&words) {
            return refuse("words", Why::HasCpr);
        }
        Ok(Correction {
            id,
            citizen: CitizenId(actor.id),
            wish,
            about,
            words,
            asked: at,
            due: today.saturating_add(Span::new().months(months)),
            outcome: None,
            answer: String::new(),
            answered_by: String::new(),
            answered: None,
            rev: 1,
        })
    }

    /// The same with an answer.
    ///
    /// # Errors
    /// Refuses what is answered already, and no words or too many: a yes too is told in words, and a no is explained.
    pub fn answer(&self, actor: &Actor, outcome: Outcome, words: &str, at: Timestamp) -> Result<Self, Refusal> {
        if self.outcome.is_some() {
            return refuse("", Why::Changed);
        }
        let words = optional_text("answer", words, 4_000)?;
        if words.chars().count() < 10 {
            return refuse("answer", Why::TooShort(10));
        }
        if crate::cpr::stands_in(&words) {
            return refuse("answer", Why::HasCpr);
        }
        Ok(Correction {
            outcome: Some(outcome),
            answer: words,
            answered_by: actor.name.clone(),
            answered: Some(at),
            rev: self.rev + 1,
            ..self.clone()
        })
    }

    /// Not answered, and past its day.
    #[must_use]
    pub fn is_overdue(&self, today: Date) -> bool {
        self.outcome.is_none() && self.due < today
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::*;
    use jiff::civil::date;
    use uuid::Uuid;

    fn actor(kind: UserKind) -> Actor {
        Actor {
            kind,
            id: Uuid::from_u128(7),
            name: "Anna Lind".into(),
            unit: String::new(),
        }
    }
    fn ask(kind: UserKind, words: &str, today: Date) -> Result<Correction, Refusal> {
        let wanted = (Wish::Correct, About::Goals);
        Correction::ask(
            CorrectionId(Uuid::from_u128(1)),
            &actor(kind),
            wanted,
            words,
            (Timestamp::UNIX_EPOCH, today),
            1,
        )
    }

    #[test]
    fn only_the_citizen_asks_in_words_and_the_answer_has_a_day() {
        let asked = ask(UserKind::Citizen, " Jeg har aldrig sagt det ", date(2026, 1, 31)).unwrap();
        assert_eq!(
            (asked.words.as_str(), asked.due),
            ("Jeg har aldrig sagt det", date(2026, 2, 28))
        );
        assert!(!asked.is_overdue(date(2026, 2, 28)) && asked.is_overdue(date(2026, 3, 1)));
        let why = |kind, words| ask(kind, words, date(2026, 1, 31)).unwrap_err().why;
        assert_eq!(why(UserKind::Employee, "Det er forkert"), Why::NotAllowed);
        assert_eq!(why(UserKind::Citizen, " \n"), Why::Required);
        assert_eq!(why(UserKind::Citizen, "Mit nummer er 610590-1234"), Why::HasCpr);
    }

    #[test]
    fn an_answer_has_words_and_is_given_once() {
        let asked = ask(UserKind::Citizen, "Det er forkert", date(2026, 1, 1)).unwrap();
        let by = actor(UserKind::Employee);
        let answer = |asked: &Correction, words| asked.answer(&by, Outcome::Refused, words, Timestamp::UNIX_EPOCH);
        assert_eq!(answer(&asked, "Nej").unwrap_err().why, Why::TooShort(10));
        let answered = answer(&asked, "Vi har talt om det, og noten står som aftalt.").unwrap();
        assert_eq!((answered.outcome, answered.rev), (Some(Outcome::Refused), 2));
        assert_eq!(answered.words, asked.words, "the citizen's view stays");
        assert!(!answered.is_overdue(date(2027, 1, 1)));
        assert_eq!(
            answer(&answered, "Og en gang til, nu med flere ord").unwrap_err().why,
            Why::Changed
        );
    }

    #[test]
    fn the_coordinator_and_the_leader_answer_and_nobody_else() {
        for relation in Relation::ALL.iter().copied() {
            let answers = matches!(relation, Relation::Coordinator | Relation::UnitLeader);
            assert_eq!(may_answer(relation), answers, "{relation}");
        }
    }
}
