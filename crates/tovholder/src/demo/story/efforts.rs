//! Efforts: what is done for the goal, in parallel, and the companies that take part in it.

use tovholder_casework::act::*;
use tovholder_casework::decide::*;
use tovholder_casework::id::*;
use tovholder_casework::plan::*;

use super::{Event, Story, Who};
use crate::demo::calendar::Day;
use crate::demo::cast::Drifting;
use crate::demo::chance::{between, chance, pick};
use crate::demo::texts::{Effort as EffortText, places::UNITS};

/// The kind of a text's effort in `rules/efforts.toml`.
fn kind(text: &EffortText) -> &'static str {
    match (text.kind, text.unit) {
        ("company_placement", _) => "company_placement",
        ("wage_subsidy", _) => "wage_subsidy_private",
        ("ordinary_hours", _) => "ordinary_hours",
        ("adult_apprentice", _) => "adult_apprentice",
        ("flex_job", _) => "flexi_job",
        ("course", "sundhed") => "coping",
        ("course", "integration") => "danish",
        ("course", _) => "course",
        ("education", _) => "education",
        ("mentor", _) => "mentor",
        ("treatment", "rusmiddel") => "substance",
        ("treatment", _) => "coping",
        ("physiotherapy", _) => "training",
        ("voluntary_work", _) => "voluntary_work",
        ("job_search_support", _) => "job_search",
        ("family_support", _) => "family",
        ("school_support", _) => "school",
        ("social_support", _) => "home_support",
        _ => "other",
    }
}

impl Story<'_> {
    fn at_company(&self, kind: &str) -> bool {
        let rules = self.world.rules.on(self.world.calendar.date(self.now.day));
        rules.effort(kind).is_some_and(|effort| effort.company_directed)
    }

    /// After a conversation: begins the next effort of the thread of life, beside those that run. In a plan for work that has
    /// none at a company for the weeks to come, a visit is agreed.
    pub(super) fn begin_effort(&mut self) -> Result<(), Refusal> {
        let often = if self.cast.character.is_some() { 1.0 } else { 0.55 };
        if self.efforts < self.persona.efforts.len() && chance(self.rng, often) {
            let text = &self.persona.efforts[self.efforts];
            self.efforts += 1;
            self.agree(text)?;
        }
        let work = self.plan.head.core_task == CoreTask::Work;
        if work && self.cast.drifting.is_none() && chance(self.rng, 0.5) {
            let soon = self.world.calendar.date(self.now.day + 40);
            if self.plan.last_company_contact().is_none_or(|contact| contact < soon) {
                let wait = between(self.rng, 6, 24);
                let moment = self.office(self.now.day + wait);
                self.plan_for(moment, Event::Visit);
            }
        }
        Ok(())
    }

    fn agree(&mut self, text: &'static EffortText) -> Result<(), Refusal> {
        let kind = kind(text);
        let at_company = self.at_company(kind);
        if at_company && self.cast.drifting == Some(Drifting::NoCompany) {
            return Ok(());
        }
        let company = at_company.then(|| self.new_company());
        let calendar = &self.world.calendar;
        let from = calendar.open_from(self.now.day + between(self.rng, 3, 18));
        let weeks = self.weeks(kind, i32::from(text.weeks));
        let until = from + weeks * 7 - 1;
        if self.cast.closed.is_some_and(|closed| from >= closed - 14) {
            return Ok(());
        }
        // The character's placement is running today, and the others end when they end.
        let endless =
            matches!(kind, "ordinary_hours" | "flexi_job") && (self.cast.character.is_some() || chance(self.rng, 0.2));
        let title = self.say(text.title);
        let weekly = f64::from(text.hours);
        let paid = match kind {
            "ordinary_hours" => f64::from(between(self.rng, 2, i32::from(text.hours).max(2))).min(weekly),
            "flexi_job" | "wage_subsidy_private" | "adult_apprentice" => weekly,
            _ => 0.0,
        };
        let hours = (text.hours > 0).then_some((weekly, paid));
        let unit = UNITS.iter().position(|unit| unit.key == text.unit);
        let input = EffortInput {
            kind: kind.to_owned(),
            title: title.chars().take(200).collect(),
            unit: unit.map(|unit| self.world.units[unit].id),
            company,
            provider: self.provider(at_company, unit),
            from: calendar.date(from),
            until: (!endless).then(|| calendar.date(until)),
            hours,
        };
        let changes = self.perform(Who::Employee(self.lead()), Voice::Together, Intent::SetEffort(input))?;
        let rises = text.paid_hours > 0 || (at_company && chance(self.rng, 0.3));
        if let Some(Record::Effort(effort)) = changes.into_iter().next().map(|c| c.after)
            && rises
            && text.hours > 0
        {
            self.expect_hours(effort.id, from, if endless { from + 52 * 7 } else { until });
        }
        Ok(())
    }

    /// A company that fits the wishes: from now on the texts speak of it.
    fn new_company(&mut self) -> CompanyId {
        let company = self.world.company(self.persona.trades, self.rng);
        self.slots.set("virksomhed", &company.name);
        self.slots.set("kontakt", &company.contact_first);
        company.id
    }

    /// As long as the text says, or as the rules allow.
    fn weeks(&mut self, kind: &str, typical: i32) -> i32 {
        let rules = self.world.rules.on(self.world.calendar.date(self.now.day));
        let allowed = rules
            .placement(kind, &self.person.target_group)
            .and_then(|p| p.max_weeks);
        let weeks = (typical + between(self.rng, -2, 4)).max(2);
        allowed.map_or(weeks, |most| weeks.min(i32::try_from(most).unwrap_or(weeks)))
    }

    fn provider(&mut self, at_company: bool, unit: Option<usize>) -> String {
        if at_company {
            return self.slots.get("virksomhed").unwrap_or_default().to_owned();
        }
        unit.map(|unit| self.world.units[unit].name.clone()).unwrap_or_default()
    }

    /// Hours and paid hours rise every few weeks.
    fn expect_hours(&mut self, id: EffortId, from: Day, until: Day) {
        let mut day = from;
        for _ in 0..4 {
            day += between(self.rng, 24, 46);
            if day >= until {
                break;
            }
            let moment = self.office(day);
            if moment.day < until {
                self.plan_for(moment, Event::Hours(id));
            }
        }
    }

    pub(super) fn more_hours(&mut self, id: EffortId) -> Result<(), Refusal> {
        let Some(effort) = self.plan.efforts.iter().find(|e| e.id == id) else {
            return Ok(());
        };
        let Some(now) = effort.hours.last().copied() else {
            return Ok(());
        };
        let (rev, most) = (effort.rev, self.most_hours(id));
        let from = self.world.calendar.date(self.now.day);
        if from <= now.from {
            return Ok(());
        }
        let hours = (now.hours + f64::from(between(self.rng, 0, 4))).min(most);
        let paid = (now.paid + f64::from(between(self.rng, 2, 5))).min(hours);
        let intent = Intent::SetHours {
            effort: id,
            rev,
            from,
            hours,
            paid,
        };
        self.perform(Who::Employee(self.lead()), Voice::Together, intent)
            .map(drop)
    }

    fn most_hours(&self, id: EffortId) -> f64 {
        let rules = self.world.rules.on(self.world.calendar.date(self.now.day));
        let kind = self.plan.efforts.iter().find(|e| e.id == id).map(|e| e.kind.as_str());
        let allowed = kind.and_then(|kind| rules.placement(kind, &self.person.target_group));
        f64::from(allowed.and_then(|p| p.max_hours_per_week).unwrap_or(37))
    }

    /// Contact with a company where nothing runs at one: a visit together.
    pub(super) fn visit(&mut self) -> Result<(), Refusal> {
        let day = self.world.calendar.date(self.now.day);
        if self.plan.last_company_contact().is_some_and(|contact| contact >= day) {
            return Ok(());
        }
        let company = self.new_company();
        let office = self.world.unit("virksomhed");
        let consultants = &self.world.units[office].specialists;
        let consultant = pick(self.rng, consultants).map(|who| self.world.employees[*who].name.clone());
        let title = self.slots.fill(
            "[Besøg hos {virksomhed}|Rundvisning hos {virksomhed}|Møde med {kontakt} hos {virksomhed}]",
            self.rng,
        );
        let input = EffortInput {
            kind: "company_visit".to_owned(),
            title: title.chars().take(200).collect(),
            unit: Some(self.world.units[office].id),
            company: Some(company),
            provider: consultant.unwrap_or_default(),
            from: day,
            until: Some(day),
            hours: None,
        };
        self.perform(Who::Employee(self.lead()), Voice::Together, Intent::SetEffort(input))
            .map(drop)
    }
}
