//! Words for the values a plan is made of: one function for each enum of casework, so that a label reads the same on every page.

use tovholder_casework::access::Relation;
use tovholder_casework::act::Voice;
use tovholder_casework::caseload::ReadyList;
use tovholder_casework::drift::Drift;
use tovholder_casework::plan::*;
use tovholder_casework::rules::Label;
use tovholder_casework::status::{ActionDone, Judgement, Term};

use crate::kit::form::Choice;
use crate::kit::lang::Lang;

/// What the plan serves.
#[must_use]
pub const fn core_task(t: Lang, value: CoreTask) -> &'static str {
    match value {
        CoreTask::Work => t.word_core_task_work(),
        CoreTask::MeaningfulLife => t.word_core_task_life(),
        CoreTask::Youth => t.word_core_task_youth(),
    }
}

/// What a goal is directed at.
#[must_use]
pub const fn aim(t: Lang, value: Aim) -> &'static str {
    match value {
        Aim::Employment => t.word_aim_employment(),
        Aim::Education => t.word_aim_education(),
        Aim::Health => t.word_aim_health(),
        Aim::Everyday => t.word_aim_everyday(),
        Aim::Community => t.word_aim_community(),
        Aim::Development => t.word_aim_development(),
    }
}

/// Where a goal stands.
#[must_use]
pub const fn goal_status(t: Lang, value: GoalStatus) -> &'static str {
    match value {
        GoalStatus::Open => t.word_goal_open(),
        GoalStatus::Reached => t.word_goal_reached(),
        GoalStatus::Dropped => t.word_goal_dropped(),
    }
}

/// How far away a team's goal is.
#[must_use]
pub const fn term(t: Lang, value: Term) -> &'static str {
    match value {
        Term::Short => t.word_term_short(),
        Term::Long => t.word_term_long(),
    }
}

/// How a team's goal goes.
#[must_use]
pub const fn judgement(t: Lang, value: Judgement) -> &'static str {
    match value {
        Judgement::OnTheWay => t.word_judgement_on_the_way(),
        Judgement::Stuck => t.word_judgement_stuck(),
        Judgement::Reached => t.word_judgement_reached(),
    }
}

/// Whether what a team agreed was done.
#[must_use]
pub const fn action_done(t: Lang, value: ActionDone) -> &'static str {
    match value {
        ActionDone::Yes => t.word_action_done_yes(),
        ActionDone::Partly => t.word_action_done_partly(),
        ActionDone::No => t.word_action_done_no(),
    }
}

/// Where a step stands.
#[must_use]
pub const fn step_status(t: Lang, value: StepStatus) -> &'static str {
    match value {
        StepStatus::Open => t.word_step_open(),
        StepStatus::Done => t.word_step_done(),
        StepStatus::Dropped => t.word_step_dropped(),
    }
}

/// What kind of person.
#[must_use]
pub const fn person_kind(t: Lang, value: PersonKind) -> &'static str {
    match value {
        PersonKind::Citizen => t.word_person_citizen(),
        PersonKind::Employee => t.word_person_employee(),
        PersonKind::Relative => t.word_person_relative(),
        PersonKind::Volunteer => t.word_person_volunteer(),
        PersonKind::Company => t.word_person_company(),
        PersonKind::Partner => t.word_person_partner(),
    }
}

/// Which way of working a step calls for.
#[must_use]
pub const fn step_role(t: Lang, value: StepRole) -> &'static str {
    match value {
        StepRole::ResourceFinder => t.word_role_resource_finder(),
        StepRole::CoBuilder => t.word_role_co_builder(),
        StepRole::Translator => t.word_role_translator(),
    }
}

/// What that way of working means.
#[must_use]
pub const fn step_role_hint(t: Lang, value: StepRole) -> &'static str {
    match value {
        StepRole::ResourceFinder => t.word_role_resource_finder_hint(),
        StepRole::CoBuilder => t.word_role_co_builder_hint(),
        StepRole::Translator => t.word_role_translator_hint(),
    }
}

/// What a plan rests on, said by the citizen.
#[must_use]
pub const fn strength_kind(t: Lang, value: StrengthKind) -> &'static str {
    match value {
        StrengthKind::Resource => t.word_strength_resource(),
        StrengthKind::Hope => t.word_strength_hope(),
        StrengthKind::Network => t.word_strength_network(),
        StrengthKind::Motivation => t.word_strength_motivation(),
    }
}

/// How a conversation is held.
#[must_use]
pub const fn channel(t: Lang, value: Channel) -> &'static str {
    match value {
        Channel::Meeting => t.word_channel_meeting(),
        Channel::Phone => t.word_channel_phone(),
        Channel::Video => t.word_channel_video(),
        Channel::Home => t.word_channel_home(),
        Channel::Company => t.word_channel_company(),
    }
}

/// Where a conversation stands.
#[must_use]
pub const fn conversation_status(t: Lang, value: ConversationStatus) -> &'static str {
    match value {
        ConversationStatus::Booked => t.word_conversation_booked(),
        ConversationStatus::Held => t.word_conversation_held(),
        ConversationStatus::Cancelled => t.word_conversation_cancelled(),
        ConversationStatus::NoShow => t.word_conversation_no_show(),
    }
}

/// Who gives a rating.
#[must_use]
pub const fn rater(t: Lang, value: Rater) -> &'static str {
    match value {
        Rater::Citizen => t.word_rater_citizen(),
        Rater::Employee => t.word_rater_employee(),
    }
}

/// Why the coordinator changes.
#[must_use]
pub const fn transfer_reason(t: Lang, value: TransferReason) -> &'static str {
    match value {
        TransferReason::CitizenWish => t.word_transfer_citizen_wish(),
        TransferReason::StaffLeft => t.word_transfer_staff_left(),
        TransferReason::NewUnit => t.word_transfer_new_unit(),
        TransferReason::Workload => t.word_transfer_workload(),
        TransferReason::Other => t.word_transfer_other(),
    }
}

/// How somebody is related to a plan.
#[must_use]
pub const fn relation(t: Lang, value: Relation) -> &'static str {
    match value {
        Relation::Citizen => t.word_relation_citizen(),
        Relation::Coordinator => t.word_relation_coordinator(),
        Relation::NextCoordinator => t.word_relation_next_coordinator(),
        Relation::Participant => t.word_relation_participant(),
        Relation::UnitLeader => t.word_relation_unit_leader(),
        Relation::FormerCoordinator => t.word_relation_former_coordinator(),
        Relation::AwaitsConsent => t.word_relation_awaits_consent(),
        Relation::Emergency => t.word_relation_emergency(),
        Relation::None => t.word_relation_none(),
    }
}

/// Whose words they are.
#[must_use]
pub const fn voice(t: Lang, value: Voice) -> &'static str {
    match value {
        Voice::Own => t.word_voice_own(),
        Voice::Together => t.word_voice_together(),
        Voice::OnBehalf => t.word_voice_on_behalf(),
    }
}

/// A ready list of everybody's citizens in a unit: whose they are is another question.
#[must_use]
pub const fn ready_list_of_unit(t: Lang, value: ReadyList) -> &'static str {
    match value {
        ReadyList::NewToMe => t.word_list_new_to_coordinator(),
        ReadyList::WaitingForMe => t.word_list_waiting_for_coordinator(),
        other => ready_list(t, other),
    }
}

/// A ready list of *my citizens*.
#[must_use]
pub const fn ready_list(t: Lang, value: ReadyList) -> &'static str {
    match value {
        ReadyList::All => t.word_list_all(),
        ReadyList::NoNextConversation => t.word_list_no_next_conversation(),
        ReadyList::Drifting => t.word_list_drifting(),
        ReadyList::StepOverdue => t.word_list_step_overdue(),
        ReadyList::NewToMe => t.word_list_new_to_me(),
        ReadyList::WaitingForCitizen => t.word_list_waiting_for_citizen(),
        ReadyList::WaitingForMe => t.word_list_waiting_for_me(),
        ReadyList::ChangeComing => t.word_list_change_coming(),
        ReadyList::OutcomeMissing => t.word_list_outcome_missing(),
    }
}

/// A precondition for work, in the citizen's words.
#[must_use]
pub const fn precondition(t: Lang, value: Precondition) -> &'static str {
    match value {
        Precondition::Ownership => t.word_pre_ownership(),
        Precondition::SeekingHelp => t.word_pre_help(),
        Precondition::Contribution => t.word_pre_contribution(),
        Precondition::Skills => t.word_pre_skills(),
        Precondition::Opportunities => t.word_pre_opportunities(),
        Precondition::Availability => t.word_pre_availability(),
    }
}

/// What the precondition means.
#[must_use]
pub const fn precondition_about(t: Lang, value: Precondition) -> &'static str {
    match value {
        Precondition::Ownership => t.word_pre_ownership_about(),
        Precondition::SeekingHelp => t.word_pre_help_about(),
        Precondition::Contribution => t.word_pre_contribution_about(),
        Precondition::Skills => t.word_pre_skills_about(),
        Precondition::Opportunities => t.word_pre_opportunities_about(),
        Precondition::Availability => t.word_pre_availability_about(),
    }
}

/// What each answer from 1 to 5 means for a precondition.
#[must_use]
pub const fn precondition_anchors(t: Lang, value: Precondition) -> [&'static str; 5] {
    match value {
        Precondition::Ownership => [
            t.word_pre_ownership_1(),
            t.word_pre_ownership_2(),
            t.word_pre_ownership_3(),
            t.word_pre_ownership_4(),
            t.word_pre_ownership_5(),
        ],
        Precondition::SeekingHelp => [
            t.word_pre_help_1(),
            t.word_pre_help_2(),
            t.word_pre_help_3(),
            t.word_pre_help_4(),
            t.word_pre_help_5(),
        ],
        Precondition::Contribution => [
            t.word_pre_contribution_1(),
            t.word_pre_contribution_2(),
            t.word_pre_contribution_3(),
            t.word_pre_contribution_4(),
            t.word_pre_contribution_5(),
        ],
        Precondition::Skills => [
            t.word_pre_skills_1(),
            t.word_pre_skills_2(),
            t.word_pre_skills_3(),
            t.word_pre_skills_4(),
            t.word_pre_skills_5(),
        ],
        Precondition::Opportunities => [
            t.word_pre_opportunities_1(),
            t.word_pre_opportunities_2(),
            t.word_pre_opportunities_3(),
            t.word_pre_opportunities_4(),
            t.word_pre_opportunities_5(),
        ],
        Precondition::Availability => [
            t.word_pre_availability_1(),
            t.word_pre_availability_2(),
            t.word_pre_availability_3(),
            t.word_pre_availability_4(),
            t.word_pre_availability_5(),
        ],
    }
}

/// Why a plan for work is drifting, as a sentence.
#[must_use]
pub fn drift(t: Lang, why: &Drift) -> String {
    match why {
        Drift::NoEmploymentGoal => t.word_drift_goal().to_owned(),
        Drift::NoCompanyContact { since, weeks } => t.word_drift_company(t.date(*since), *weeks),
    }
}

/// A name that stands in the rules: a kind of effort, a role, a benefit.
#[must_use]
pub fn rule(t: Lang, label: &Label) -> &str {
    match t {
        Lang::Da => &label.da,
        Lang::En => &label.en,
    }
}

/// Every value as a choice of a field, such as `choices(t, Aim::ALL, aim, fields.text("aim"))`. `chosen` is what was sent, as its key.
pub fn choices<V: Copy + AsRef<str>>(
    t: Lang,
    all: &[V],
    label: impl Fn(Lang, V) -> &'static str,
    chosen: &str,
) -> Vec<Choice> {
    all.iter()
        .map(|value| Choice::new(value.as_ref(), label(t, *value), value.as_ref() == chosen))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// Two values with one label could not be told apart in a list.
    #[test]
    fn every_value_has_a_label_of_its_own() {
        fn distinct<V: Copy + AsRef<str> + std::fmt::Debug>(all: &[V], label: impl Fn(Lang, V) -> &'static str) {
            for t in [Lang::Da, Lang::En] {
                let labels: std::collections::BTreeSet<_> = all.iter().map(|v| label(t, *v)).collect();
                assert_eq!(labels.len(), all.len(), "{labels:?}");
            }
        }
        distinct(CoreTask::ALL, core_task);
        distinct(Aim::ALL, aim);
        distinct(GoalStatus::ALL, goal_status);
        distinct(StepStatus::ALL, step_status);
        distinct(PersonKind::ALL, person_kind);
        distinct(StepRole::ALL, step_role);
        distinct(StepRole::ALL, step_role_hint);
        distinct(StrengthKind::ALL, strength_kind);
        distinct(Channel::ALL, channel);
        distinct(ConversationStatus::ALL, conversation_status);
        distinct(Rater::ALL, rater);
        distinct(TransferReason::ALL, transfer_reason);
        distinct(Relation::ALL, relation);
        distinct(Voice::ALL, voice);
        distinct(ReadyList::ALL, ready_list);
        distinct(Precondition::ALL, precondition);
        distinct(Precondition::ALL, precondition_about);
        for step in 0..5 {
            distinct(Precondition::ALL, |t, p| precondition_anchors(t, p)[step]);
        }
    }

    #[test]
    fn drift_says_since_when_and_how_long_is_allowed() {
        let why = Drift::NoCompanyContact {
            since: date(2026, 1, 5),
            weeks: 8,
        };
        assert_eq!(
            drift(Lang::Da, &why),
            "Der har ikke været kontakt med en virksomhed siden 5. januar 2026. Der må højst gå 8 uger."
        );
        assert_eq!(
            drift(Lang::En, &Drift::NoEmploymentGoal),
            "There is no goal of work or education."
        );
    }
}
