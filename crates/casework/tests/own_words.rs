//! What people wrote themselves can be mended by them, and only by them: a note, an own step, an answer to a message.

use jiff::civil::{Date, date};
use tovholder_casework::access::{Relation, may_correct};
use tovholder_casework::act::*;
use tovholder_casework::caseload::{ReadyList, Summary};
use tovholder_casework::decide::*;
use tovholder_casework::drift::DriftRule;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;
use uuid::Uuid;

const DAY: Date = date(2026, 3, 16);
const ANNA: CitizenId = CitizenId(Uuid::from_u128(7));
const KAREN: EmployeeId = EmployeeId(Uuid::from_u128(1));
const METTE: EmployeeId = EmployeeId(Uuid::from_u128(2));

/// Somebody with a relation to the plan.
#[derive(Clone, Copy)]
struct Who(Uuid, UserKind, Relation);
const CITIZEN: Who = Who(ANNA.0, UserKind::Citizen, Relation::Citizen);
const COORDINATOR: Who = Who(KAREN.0, UserKind::Employee, Relation::Coordinator);
const MENTOR: Who = Who(METTE.0, UserKind::Employee, Relation::Participant);
const LEADER: Who = Who(Uuid::from_u128(3), UserKind::Employee, Relation::UnitLeader);

impl Who {
    fn actor(self) -> Actor {
        Actor {
            kind: self.1,
            id: self.0,
            name: "Navn".into(),
            unit: String::new(),
        }
    }
}

struct Case {
    plan: Plan,
    ids: u128,
}

impl Case {
    fn new() -> Self {
        let mut ids = 100;
        let mut new_id = || {
            ids += 1;
            Uuid::from_u128(ids)
        };
        let actor = COORDINATOR.actor();
        let mut ctx = Context {
            actor: &actor,
            relation: Relation::Coordinator,
            voice: Voice::Own,
            now: DAY.at(9, 0, 0, 0),
            new_id: &mut new_id,
        };
        let (plan, _) = open_plan(ANNA, CoreTask::Work, (KAREN, "Karen".into()), DAY, &mut ctx).expect("opens");
        Case { plan, ids }
    }

    fn try_to(&mut self, who: Who, intent: Intent) -> Result<Vec<Change>, Refusal> {
        let ids = &mut self.ids;
        let mut new_id = || {
            *ids += 1;
            Uuid::from_u128(*ids)
        };
        let actor = who.actor();
        let mut ctx = Context {
            actor: &actor,
            relation: who.2,
            voice: Voice::Own,
            now: DAY.at(10, 0, 0, 0),
            new_id: &mut new_id,
        };
        let changes = decide(&self.plan, intent, &mut ctx)?;
        self.plan.apply(&changes);
        self.plan.check().expect("what must be true is");
        Ok(changes)
    }
    fn does(&mut self, who: Who, intent: Intent) -> Vec<Change> {
        self.try_to(who, intent).expect("is allowed")
    }
    fn refused(&mut self, who: Who, intent: Intent) -> Refusal {
        let before = self.plan.clone();
        let refusal = self.try_to(who, intent).expect_err("is refused");
        assert_eq!(self.plan, before);
        refusal
    }

    /// A conversation held by Karen, of which `writer` wrote the note.
    fn held(&mut self, writer: Who) -> Conversation {
        let outcome = Outcome {
            conversation: None,
            unplanned: Some(Booking {
                employee: KAREN,
                name: "Karen".into(),
                starts: DAY.at(9, 0, 0, 0),
                minutes: 45,
                channel: Channel::Meeting,
                place: String::new(),
            }),
            note: "Anna møder kl. 8".into(),
            goals: vec![],
            steps: vec![],
            ticked: vec![],
            answered: vec![],
            next: None,
            message: String::new(),
        };
        self.does(writer, Intent::Hold(outcome));
        self.plan.conversations.last().expect("was held").clone()
    }
    fn correct(&self, talk: &Conversation, note: &str, reason: &str) -> Intent {
        Intent::CorrectNote {
            conversation: talk.id,
            rev: self.plan.conversation(talk.id).expect("is there").rev,
            note: note.into(),
            reason: reason.into(),
        }
    }

    /// A step held by `holder`.
    fn step(&mut self, holder: Holder) -> Step {
        let input = StepInput {
            goal: None,
            title: "Ring til gartneriet".into(),
            holder,
            due: Some(DAY),
            role: Some(StepRole::CoBuilder),
        };
        self.does(COORDINATOR, Intent::SetStep(input));
        self.plan.steps.last().expect("was set").clone()
    }
    fn summary(&self) -> Summary {
        Summary::of(&self.plan)
    }
}

fn change(step: &Step, title: &str) -> Intent {
    Intent::ChangeStep {
        step: step.id,
        rev: step.rev,
        input: StepInput {
            goal: None,
            title: title.into(),
            holder: Holder::employee(KAREN, "Karen"),
            due: None,
            role: None,
        },
    }
}

#[test]
fn a_note_is_corrected_by_its_writer_and_the_coordinator_and_the_old_one_is_kept() {
    let mut case = Case::new();
    let talk = case.held(MENTOR);
    assert_eq!(talk.written_by, Some(METTE), "not Karen, who was booked");
    for (who, may) in [(CITIZEN, false), (COORDINATOR, true), (MENTOR, true), (LEADER, false)] {
        assert_eq!(may_correct(who.2, &who.actor(), &talk), may, "{:?}", who.2);
        if !may {
            let refusal = case.refused(who, case.correct(&talk, "Andet", "Fordi"));
            assert_eq!(refusal.why, Why::NotAllowed);
        }
    }
    let changes = case.does(MENTOR, case.correct(&talk, "Anna møder kl. 9", " Jeg skrev forkert "));
    let [only] = changes.as_slice() else {
        panic!("{changes:?}")
    };
    assert_eq!(only.kind, ActKind::NoteCorrected);
    assert_eq!(only.before, Some(Record::Conversation(talk.clone())));
    assert_eq!(only.reason, "Jeg skrev forkert");
    let now = case.plan.conversation(talk.id).expect("is there").clone();
    assert_eq!(now.note, "Anna møder kl. 9");
    assert_eq!(
        Conversation {
            note: talk.note.clone(),
            rev: talk.rev,
            ..now
        },
        talk,
        "nothing else moved"
    );

    case.does(MENTOR, Intent::Undo(changes.clone()));
    assert_eq!(case.plan.conversation(talk.id).expect("is there").note, talk.note);
    // Somebody else has been there since: not undone over their words.
    let changes = case.does(MENTOR, case.correct(&talk, "Anna møder kl. 9", "Forkert"));
    case.does(COORDINATOR, case.correct(&talk, "Anna møder kl. 10", "Også forkert"));
    assert_eq!(case.refused(MENTOR, Intent::Undo(changes)).why, Why::CannotUndo);
}

#[test]
fn a_note_needs_words_and_a_reason_and_a_conversation_that_has_been() {
    let mut case = Case::new();
    let talk = case.held(COORDINATOR);
    assert_eq!(
        case.refused(COORDINATOR, case.correct(&talk, "  ", "Fordi")).field,
        "note"
    );
    assert_eq!(
        case.refused(COORDINATOR, case.correct(&talk, "Nyt", " ")).field,
        "reason"
    );
    let long = "x".repeat(10_001);
    let refusal = case.refused(COORDINATOR, case.correct(&talk, &long, "Fordi"));
    assert_eq!((refusal.field, refusal.why), ("note", Why::TooLong(10_000)));

    let stale = Intent::CorrectNote {
        conversation: talk.id,
        rev: talk.rev + 1,
        note: "Nyt".into(),
        reason: "Fordi".into(),
    };
    let refusal = case.refused(COORDINATOR, stale);
    assert_eq!(refusal.why, Why::Conflict(Box::new(Record::Conversation(talk.clone()))));

    let booking = Booking {
        employee: KAREN,
        name: "Karen".into(),
        starts: DAY.at(14, 0, 0, 0),
        minutes: 30,
        channel: Channel::Phone,
        place: String::new(),
    };
    case.does(COORDINATOR, Intent::Book(booking));
    let booked = case.plan.conversations.last().expect("is booked").clone();
    assert_eq!(
        case.refused(COORDINATOR, case.correct(&booked, "Nyt", "Fordi")).why,
        Why::NotFound
    );

    let missed = Intent::MissConversation {
        conversation: booked.id,
        rev: booked.rev,
        note: "Kom ikke".into(),
        next: None,
        message: String::new(),
    };
    case.does(COORDINATOR, missed);
    case.does(COORDINATOR, case.correct(&booked, "", "Anna kom, men jeg var gået"));
    assert_eq!(case.plan.conversation(booked.id).expect("is there").note, "");
}

#[test]
fn a_citizen_changes_and_drops_own_steps_and_no_others() {
    let mut case = Case::new();
    let theirs = case.step(Holder::employee(KAREN, "Karen"));
    let drop = |step: &Step| Intent::DropStep {
        step: step.id,
        rev: step.rev,
        reason: "Det passer ikke mere".into(),
    };
    assert_eq!(case.refused(CITIZEN, change(&theirs, "Andet")).why, Why::NotAllowed);
    assert_eq!(case.refused(CITIZEN, drop(&theirs)).why, Why::NotAllowed);

    let own = case.step(Holder::citizen());
    case.does(CITIZEN, change(&own, "Gå forbi gartneriet"));
    let now = case.plan.step(own.id).expect("is there").clone();
    assert_eq!((now.title.as_str(), now.due), ("Gå forbi gartneriet", None));
    assert_eq!(
        now.holder,
        Holder::citizen(),
        "a step is not handed to somebody by the citizen alone"
    );
    assert_eq!(now.role, own.role, "nor is what it asks of the employee taken away");
    assert!(matches!(case.refused(CITIZEN, change(&own, "x")).why, Why::Conflict(_)));

    let changes = case.does(CITIZEN, drop(&now));
    assert_eq!(changes[0].reason, "Det passer ikke mere");
    assert_eq!(case.plan.step(own.id).expect("is there").status, StepStatus::Dropped);
    case.does(CITIZEN, Intent::Undo(changes));
    let back = case.plan.step(own.id).expect("is there");
    assert_eq!((back.status, back.ended), (StepStatus::Open, None));

    // Who may write may still change both, and give a step away.
    let back = back.clone();
    case.does(MENTOR, change(&back, "Ring"));
    assert_eq!(case.plan.step(own.id).expect("is there").holder.employee, Some(KAREN));
}

#[test]
fn a_citizen_writes_to_the_coordinator_without_being_asked() {
    let mut case = Case::new();
    assert_eq!(
        case.refused(CITIZEN, Intent::Send { text: " ".into() }).field,
        "message"
    );
    case.does(
        CITIZEN,
        Intent::Send {
            text: "Må jeg komme en time senere?".into(),
        },
    );
    let sent = case.plan.messages[0].clone();
    assert_eq!((sent.author_kind, sent.employee), (PersonKind::Citizen, Some(KAREN)));
    assert!(sent.waits_for_employee() && sent.answers.is_none());
}

#[test]
fn an_answer_waits_for_the_employee_until_it_is_read() {
    let mut case = Case::new();
    let rule = DriftRule {
        employment_goal: false,
        company_contact_weeks: None,
    };
    let waits = |case: &Case| case.summary().is_in(ReadyList::WaitingForMe, rule, DAY.at(10, 0, 0, 0));
    case.does(
        MENTOR,
        Intent::Send {
            text: "Hvordan går det?".into(),
        },
    );
    let asked = case.plan.messages[0].clone();
    assert_eq!((asked.author_kind, asked.employee), (PersonKind::Employee, Some(METTE)));
    assert!(asked.waits_for_citizen() && !asked.waits_for_employee() && !waits(&case));
    let answer = |to: &Message, text: &str| Intent::Answer {
        message: to.id,
        text: text.into(),
    };
    assert_eq!(case.refused(COORDINATOR, answer(&asked, "Mig selv")).why, Why::NotFound);
    assert_eq!(case.refused(CITIZEN, answer(&asked, " ")).field, "text");

    case.does(CITIZEN, answer(&asked, "Det går godt"));
    assert!(
        case.plan.message(asked.id).expect("is there").read,
        "who answers has read"
    );
    let reply = case.plan.messages[1].clone();
    assert_eq!((reply.author_kind, reply.employee), (PersonKind::Citizen, Some(METTE)));
    assert_eq!(reply.answers, Some(asked.id));
    assert!(reply.waits_for_employee() && !reply.waits_for_citizen() && waits(&case));

    // The citizen's own page does not read what the citizen wrote.
    case.does(CITIZEN, Intent::ReadMessages);
    assert!(waits(&case));
    assert_eq!(case.refused(CITIZEN, answer(&reply, "Mig selv")).why, Why::NotFound);
    assert_eq!(
        case.refused(CITIZEN, Intent::ReadMessage { message: reply.id }).why,
        Why::NotAllowed
    );
    assert_eq!(
        case.refused(MENTOR, Intent::ReadMessage { message: asked.id }).why,
        Why::NotFound
    );

    case.does(COORDINATOR, Intent::ReadMessage { message: reply.id });
    assert!(!waits(&case));
    assert!(
        case.does(MENTOR, Intent::ReadMessage { message: reply.id }).is_empty(),
        "read once"
    );

    case.does(CITIZEN, answer(&asked, "Og tak"));
    let second = case.plan.messages[2].clone();
    case.does(COORDINATOR, answer(&second, "Selv tak"));
    assert!(!waits(&case), "an answer is read too");
    assert_eq!(case.plan.messages[3].employee, Some(KAREN));
    assert!(case.plan.messages[3].waits_for_citizen());
}
