//! Words for what an import is made of.

use tovholder_casework::cpr::CprError;
use tovholder_casework::cvr::NumberError;
use tovholder_casework::import::{Kind, Problem, RowError, weeks};
use tovholder_store::sessions::Role;

use super::read::{self, Unreadable};
use crate::kit::format::sentence;
use crate::kit::lang::Lang;

/// What the rows of a file are.
#[must_use]
pub const fn kind(t: Lang, kind: Kind) -> &'static str {
    match kind {
        Kind::Units => t.setup_kind_units(),
        Kind::Employees => t.setup_kind_employees(),
        Kind::Teams => t.setup_kind_teams(),
        Kind::Citizens => t.setup_kind_citizens(),
        Kind::Spells => t.setup_kind_spells(),
        Kind::Hours => t.setup_kind_hours(),
        Kind::States => t.setup_kind_states(),
        Kind::Assignments => t.setup_kind_assignments(),
        Kind::Companies => t.setup_kind_companies(),
        Kind::Expenses => t.setup_kind_expenses(),
    }
}

/// What a column may hold.
#[must_use]
pub fn field(t: Lang, field: &str) -> &'static str {
    match field {
        "name" => t.setup_field_name(),
        "kind" => t.setup_field_kind(),
        "phone" => t.setup_field_phone(),
        "address" => t.setup_field_address(),
        "unit" => t.setup_field_unit(),
        "login" => t.setup_field_login(),
        "email" => t.setup_field_email(),
        "title" => t.setup_field_title(),
        "role" => t.setup_field_role(),
        "left_on" => t.setup_field_left_on(),
        "leader" => t.setup_field_leader(),
        "members" => t.setup_field_members(),
        "cpr" => t.setup_field_cpr(),
        "birth_date" => t.setup_field_birth_date(),
        "postcode" => t.setup_field_postcode(),
        "protected" => t.setup_field_protected(),
        "benefit" => t.setup_field_benefit(),
        "starts" => t.setup_field_starts(),
        "ends" => t.setup_field_ends(),
        "month" => t.setup_field_month(),
        "hours" => t.setup_field_hours(),
        "employee" => t.setup_field_employee(),
        "states" => t.setup_field_states(),
        "first_week" => t.setup_field_first_week(),
        "last_week" => t.setup_field_last_week(),
        "runs" => t.setup_field_states(),
        "gross" => t.setup_field_gross(),
        "refund" => t.setup_field_refund(),
        "cvr" => t.setup_field_cvr(),
        "industry" => t.setup_field_industry(),
        "contact" => t.setup_field_contact(),
        "employees" => t.setup_field_employees(),
        _ => "",
    }
}

/// A field as the name of one: with a capital.
#[must_use]
pub fn field_label(t: Lang, name: &str) -> String {
    sentence(field(t, name))
}

/// A line of help below a field.
#[must_use]
pub fn field_hint(t: Lang, field: &str) -> &'static str {
    match field {
        "unit" => t.setup_hint_unit(),
        "left_on" => t.setup_hint_left_on(),
        "leader" => t.setup_hint_leader(),
        "members" => t.setup_hint_members(),
        "birth_date" => t.setup_hint_birth_date(),
        "hours" => t.setup_hint_hours(),
        "employee" => t.setup_hint_employee(),
        "states" => t.setup_hint_states(),
        "gross" => t.setup_hint_gross(),
        "refund" => t.setup_hint_refund(),
        _ => "",
    }
}

/// A role.
#[must_use]
pub const fn role(t: Lang, role: Role) -> &'static str {
    match role {
        Role::Caseworker => t.role_caseworker(),
        Role::Consultant => t.role_consultant(),
        Role::TeamLeader => t.role_team_leader(),
        Role::Head => t.role_head(),
        Role::Administrator => t.role_administrator(),
    }
}

/// A kind of unit, or a role, by its key.
#[must_use]
pub fn key(t: Lang, key: &str) -> &'static str {
    match key {
        "jobcentre" => t.setup_unit_kind_jobcentre(),
        "benefits" => t.setup_unit_kind_benefits(),
        "youth" => t.setup_unit_kind_youth(),
        "substance_abuse" => t.setup_unit_kind_substance_abuse(),
        "social_psychiatry" => t.setup_unit_kind_social_psychiatry(),
        "health" => t.setup_unit_kind_health(),
        "companies" => t.setup_unit_kind_companies(),
        "family" => t.setup_unit_kind_family(),
        "integration" => t.setup_unit_kind_integration(),
        "management" => t.setup_unit_kind_management(),
        "other" => t.setup_unit_kind_other(),
        "yes" => t.common_yes(),
        "no" => t.common_no(),
        _ => key_of_role(t, key),
    }
}

fn key_of_role(t: Lang, key: &str) -> &'static str {
    key.parse().map_or("", |known| role(t, known))
}

/// Why a file cannot be read, and what to do.
#[must_use]
pub fn unreadable(t: Lang, why: Unreadable) -> String {
    match why {
        Unreadable::Empty => t.setup_file_empty().to_owned(),
        Unreadable::NoRows => t.setup_file_no_rows().to_owned(),
        Unreadable::TooLarge => t.setup_file_too_large(read::MAX_BYTES / 1024 / 1024),
        Unreadable::TooManyRows => t.setup_file_too_many_rows(t.integer(read::MAX_ROWS)),
        Unreadable::TooManyColumns => t.setup_file_too_many_columns(read::MAX_COLUMNS),
        Unreadable::OldOrLocked => t.setup_file_old().to_owned(),
        Unreadable::Broken => t.setup_file_broken().to_owned(),
    }
}

/// What should stand there, and how to mend it.
#[must_use]
pub fn problem(t: Lang, error: &RowError) -> (String, String) {
    let (expected, repair): (&str, &str) = match &error.problem {
        Problem::Cells { expected, found } => {
            return (t.setup_expect_cells(expected, found), t.setup_repair_cells().to_owned());
        }
        Problem::Required => {
            return (
                t.setup_expect_required(field_label(t, error.field)),
                t.setup_repair_required().to_owned(),
            );
        }
        Problem::LoginOrEmail => (t.setup_expect_login(), t.setup_repair_login()),
        Problem::TooLong(max) => {
            return (
                t.setup_expect_too_long(t.integer(*max)),
                t.setup_repair_too_long().to_owned(),
            );
        }
        Problem::Garbled => (t.setup_expect_letters(), t.setup_repair_letters()),
        Problem::Cpr(CprError::NoSuchDate) => (t.setup_expect_cpr_date(), t.setup_repair_cpr_date()),
        Problem::Cpr(_) => (t.setup_expect_cpr(), t.setup_repair_cpr()),
        Problem::RealCpr => (t.setup_expect_cpr_demo(), t.setup_repair_cpr_demo()),
        Problem::DemoCpr => (t.setup_expect_cpr_real(), t.setup_repair_cpr_real()),
        Problem::Cvr(NumberError::CheckDigit) => (t.setup_expect_cvr(), t.setup_repair_cvr_check()),
        Problem::Cvr(_) => (t.setup_expect_cvr(), t.setup_repair_cvr()),
        Problem::NotADate => (t.setup_expect_date(), t.setup_repair_date()),
        Problem::NoSuchDate => (t.setup_expect_date_exists(), t.setup_repair_date_exists()),
        Problem::NotAMonth => (t.setup_expect_month(), t.setup_repair_month()),
        Problem::NoSuchMonth => (t.setup_expect_month_exists(), t.setup_repair_month_exists()),
        Problem::NotADecimal => (t.setup_expect_decimal(), t.setup_repair_decimal()),
        Problem::NotHours { most } => {
            return (
                t.setup_expect_hours(t.integer(*most)),
                t.setup_repair_hours().to_owned(),
            );
        }
        Problem::InFuture => (t.setup_expect_past(), t.setup_repair_past()),
        Problem::EndBeforeStart => (t.setup_expect_after(), t.setup_repair_after()),
        Problem::NotAPhone => (t.setup_expect_phone(), t.setup_repair_phone()),
        Problem::NotAnEmail => (t.setup_expect_email(), t.setup_repair_email()),
        Problem::NotAPostcode => (t.setup_expect_postcode(), t.setup_repair_postcode()),
        Problem::NotANumber => (t.setup_expect_number(), t.setup_repair_number()),
        Problem::NotOneOf(words) => {
            let words: Vec<&str> = words.iter().map(|(word, _)| key(t, word)).collect();
            return (
                t.setup_expect_one_of(words.join(", ")),
                t.setup_repair_one_of().to_owned(),
            );
        }
        Problem::UnknownBenefit => (t.setup_expect_benefit(), t.setup_repair_benefit()),
        Problem::UnknownUnit => (t.setup_expect_unit(), t.setup_repair_unit()),
        Problem::UnknownEmployee => (t.setup_expect_employee(), t.setup_repair_employee()),
        Problem::UnknownCitizen => (t.setup_expect_citizen(), t.setup_repair_citizen()),
        Problem::Ambiguous => (t.setup_expect_one(), t.setup_repair_one()),
        Problem::WeeksBroken => (t.setup_expect_weeks(), t.setup_repair_weeks()),
        Problem::WeeksApart => (t.setup_expect_weeks_on(), t.setup_repair_weeks_on()),
        Problem::NotAState => (t.setup_expect_state(), t.setup_repair_state()),
        Problem::Overlaps { line } => {
            let repair = match line {
                Some(line) => t.setup_repair_overlap_line(i64::from(*line)),
                None => t.setup_repair_overlap().to_owned(),
            };
            return (t.setup_expect_overlap().to_owned(), repair);
        }
        Problem::Repeated { line } => return (t.setup_expect_once().to_owned(), t.setup_repair_once(i64::from(*line))),
    };
    (expected.to_owned(), repair.to_owned())
}

/// Where an error stands: the column's name as in the file.
#[must_use]
pub fn column(t: Lang, error: &RowError) -> String {
    match (error.column.as_str(), error.field) {
        ("", "") => t.setup_whole_row().to_owned(),
        ("", field) => field_label(t, field),
        (column, _) => column.to_owned(),
    }
}

/// The columns that are shown and chosen from: their place and name. Weeks stand as one, in the place of the first.
#[must_use]
pub fn shown_columns(t: Lang, header: &[String]) -> Vec<(usize, String)> {
    let is_week = |name: &str| weeks::week(name).is_some();
    let all: Vec<&String> = header.iter().filter(|name| is_week(name)).collect();
    let mut shown = Vec::new();
    let mut told = false;
    for (at, name) in header.iter().enumerate() {
        match (is_week(name), told) {
            (true, true) => {}
            (true, false) => {
                told = true;
                let (first, last) = (name.as_str(), all.last().map_or("", |last| last.as_str()));
                shown.push((at, t.setup_weeks(all.len(), first, last)));
            }
            (false, _) => shown.push((at, name.clone())),
        }
    }
    shown
}
