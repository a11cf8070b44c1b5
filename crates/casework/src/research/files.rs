//! The files of an export: plain CSV (UTF-8, comma, a header), and a codebook that tells every column.
//!
//! Only ids, numbers, days and codes are written, and no code that is not in the rules: a text that somebody typed has no way in. Rows are sorted by what
//! stands in them, so that their order tells nothing either.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use uuid::Uuid;

use super::anonymity::{self, Histories, LADDER, Proof, Published, Unproved};
use super::{Grain, LeftOut, Material, Request, Scope};
use crate::id::*;
use crate::rules::Rules;

/// A file: its name, and what stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The name.
    pub name: &'static str,
    /// The text.
    pub text: String,
}

/// The name of the codebook.
pub const CODEBOOK: &str = "README.md";

/// A column: its name, what it means, and where it comes from.
struct Column(&'static str, &'static str, &'static str);

/// A table.
struct Sheet {
    file: &'static str,
    about: &'static str,
    columns: &'static [Column],
}

const PERSON: Column = Column("person", "pseudonym of the person", "citizen.id");
const PLAN: Column = Column("plan", "pseudonym of the plan", "plan.id");
const FROM: &str = "first day, coarsened; empty: before the period";
const UNTIL: &str = "last day, coarsened; empty: goes on after the period";

const PERSONS: Sheet = Sheet {
    file: "persons.csv",
    about: "One row a person.",
    columns: &[
        PERSON,
        Column(
            "born_from",
            "first year of the band the year of birth lies in",
            "citizen.birth_date",
        ),
        Column("born_until", "last year of that band", "citizen.birth_date"),
        Column(
            "area",
            "first digits of the postal code; empty: not told, or not known",
            "citizen.postcode",
        ),
        Column(
            "unit",
            "kind of the unit responsible when the file was made; empty: not told",
            "unit.kind",
        ),
    ],
};
const BENEFITS: Sheet = Sheet {
    file: "benefits.csv",
    about: "Periods on a benefit that touch the period.",
    columns: &[
        PERSON,
        Column(
            "benefit",
            "code of the benefit (rules/benefits.toml); other: a code that is not there",
            "spell.benefit",
        ),
        Column("from", FROM, "spell.starts"),
        Column("until", UNTIL, "spell.ends"),
    ],
};
const PLANS: Sheet = Sheet {
    file: "plans.csv",
    about: "Plans that touch the period.",
    columns: &[
        PERSON,
        PLAN,
        Column("core_task", "work; life: a meaningful life; youth", "plan.core_task"),
        Column("opened", FROM, "plan.opened"),
        Column("closed", UNTIL, "plan.closed"),
        Column("steps_agreed", "steps agreed in the period", "step.since"),
        Column("steps_done", "steps done in the period", "step.ended, step.status"),
        Column(
            "steps_dropped",
            "steps dropped in the period",
            "step.ended, step.status",
        ),
        Column(
            "coordinators",
            "different coordinators in the period",
            "coordination.employee_id",
        ),
    ],
};
const EFFORTS: Sheet = Sheet {
    file: "efforts.csv",
    about: "Efforts that touch the period, without those entered by mistake.",
    columns: &[
        PERSON,
        PLAN,
        Column(
            "kind",
            "code of the kind (rules/efforts.toml); other: a code that is not there",
            "effort.kind",
        ),
        Column("at_company", "1: at a company", "effort.company_id"),
        Column("from", FROM, "effort.starts"),
        Column("until", UNTIL, "effort.ends"),
        Column(
            "hours",
            "hours a week, the last agreed in the period, rounded; empty: none agreed",
            "effort.hours",
        ),
        Column("paid_hours", "of which paid by the company, rounded", "effort.hours"),
    ],
};
const CONVERSATIONS: Sheet = Sheet {
    file: "conversations.csv",
    about: "Conversations in the period.",
    columns: &[
        PERSON,
        PLAN,
        Column("when", "the day, coarsened", "conversation.starts"),
        Column(
            "channel",
            "meeting, phone, video, home, company",
            "conversation.channel",
        ),
        Column("status", "booked, held, cancelled, no_show", "conversation.status"),
        Column("count", "how many", ""),
    ],
};
const PROGRESS: Sheet = Sheet {
    file: "progress.csv",
    about: "Answers about the six preconditions in the period, without those taken back.",
    columns: &[
        PERSON,
        PLAN,
        Column("when", "the day, coarsened", "rating.given"),
        Column("rater", "citizen or employee", "rating.rater"),
        Column(
            "precondition",
            "ownership, seeking_help, contribution, skills, opportunities, availability",
            "rating.precondition",
        ),
        Column("value", "1 to 5", "rating.value"),
    ],
};
const COORDINATORS: Sheet = Sheet {
    file: "coordinators.csv",
    about: "Who coordinated, as numbers: the same number in a plan is the same employee, and another plan's numbers have nothing to do with them.",
    columns: &[
        PERSON,
        PLAN,
        Column(
            "coordinator",
            "1 for the first in the period, 2 for the next …",
            "coordination.employee_id",
        ),
        Column("from", FROM, "coordination.starts"),
        Column("until", UNTIL, "coordination.ends"),
    ],
};
const SHEETS: [&Sheet; 7] = [
    &PERSONS,
    &BENEFITS,
    &PLANS,
    &EFFORTS,
    &CONVERSATIONS,
    &PROGRESS,
    &COORDINATORS,
];

/// All columns of all files, for the register.
#[must_use]
pub fn columns() -> String {
    let one = |sheet: &&Sheet| {
        let names: Vec<&str> = sheet.columns.iter().map(|column| column.0).collect();
        format!("{}: {}", sheet.file, names.join(", "))
    };
    SHEETS.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// A code as it is; `other` for what is no code but a text somebody typed; nothing for nothing.
pub(super) fn code(text: &str) -> String {
    let is_code = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if text.len() <= 40 && text.chars().all(is_code) && text.chars().filter(char::is_ascii_digit).count() < 6 {
        text.to_owned()
    } else {
        "other".to_owned()
    }
}

/// A finished export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// The files, the codebook among them.
    pub files: Vec<File>,
    /// What was proved of the table of persons.
    pub proof: Proof,
}

/// Writes the files. `pseudonym` gives a person's or a plan's for its id.
///
/// # Errors
/// [`Unproved`] when the finished table of persons is not as promised: nothing may leave then.
pub fn write(
    request: &Request,
    scope: &Scope,
    rules: &Rules,
    material: &Material,
    published: &Published,
    pseudonym: impl Fn(Uuid) -> String,
) -> Result<Export, Unproved> {
    let persons: HashMap<CitizenId, String> = published.kept.keys().map(|id| (*id, pseudonym(id.0))).collect();
    // Plans of those who are told of: whatever hangs on another plan has no row.
    let plans: HashMap<PlanId, String> = material
        .plans
        .iter()
        .filter_map(|plan| {
            Some((
                plan.plan,
                format!("{},{}", persons.get(&plan.citizen)?, pseudonym(plan.plan.0)),
            ))
        })
        .collect();
    let mut rows: HashMap<&str, Vec<String>> = HashMap::new();
    let mut row = |sheet: &Sheet, line: String| rows.entry(sheet.file).or_default().push(line);

    for (citizen, group) in &published.kept {
        let (from, until) = (group.born_from, group.born_until);
        row(
            &PERSONS,
            format!("{},{from},{until},{},{}", persons[citizen], group.area, group.unit),
        );
    }
    for spell in &material.spells {
        let Some(person) = persons.get(&spell.citizen) else {
            continue;
        };
        let known = |day| rules.on(day).benefit(&spell.benefit).is_some();
        let benefit = if known(spell.from) || known(scope.until) {
            &spell.benefit
        } else {
            "other"
        };
        row(
            &BENEFITS,
            format!(
                "{person},{benefit},{},{}",
                scope.first(spell.from),
                scope.last(spell.until)
            ),
        );
    }
    let mut coordinators: BTreeMap<PlanId, Vec<EmployeeId>> = BTreeMap::new();
    let mut periods: Vec<_> = material.coordinators.iter().collect();
    periods.sort_unstable_by_key(|period| (period.plan, period.from));
    for period in periods {
        let Some(plan) = plans.get(&period.plan) else { continue };
        let all = coordinators.entry(period.plan).or_default();
        let number = all.iter().position(|one| *one == period.employee).unwrap_or_else(|| {
            all.push(period.employee);
            all.len() - 1
        });
        row(
            &COORDINATORS,
            format!(
                "{plan},{},{},{}",
                number + 1,
                scope.first(period.from),
                scope.last(period.until)
            ),
        );
    }
    for one in &material.plans {
        let Some(plan) = plans.get(&one.plan) else { continue };
        row(
            &PLANS,
            format!(
                "{plan},{},{},{},{},{},{},{}",
                one.core_task,
                scope.first(one.opened),
                scope.last(one.closed),
                one.steps,
                one.done,
                one.dropped,
                coordinators.get(&one.plan).map_or(0, Vec::len)
            ),
        );
    }
    for effort in &material.efforts {
        let Some(plan) = plans.get(&effort.plan) else { continue };
        let known = |day| rules.on(day).effort(&effort.kind).is_some();
        let kind = if known(effort.from) || known(scope.until) {
            &effort.kind
        } else {
            "other"
        };
        // The last agreed before the period was over.
        let hours = effort.hours.iter().rfind(|hours| hours.from <= scope.until);
        let (hours, paid) = hours.map_or_else(Default::default, |h| {
            (format!("{:.0}", h.hours), format!("{:.0}", h.paid))
        });
        row(
            &EFFORTS,
            format!(
                "{plan},{kind},{},{},{},{hours},{paid}",
                u8::from(effort.at_company),
                scope.first(effort.from),
                scope.last(effort.until)
            ),
        );
    }
    let mut talks: BTreeMap<String, u32> = BTreeMap::new();
    for talk in &material.talks {
        if let Some(plan) = plans.get(&talk.plan) {
            let when = scope.grain.of(talk.on);
            *talks
                .entry(format!("{plan},{when},{},{}", talk.channel, talk.status))
                .or_default() += 1;
        }
    }
    for (talk, count) in talks {
        row(&CONVERSATIONS, format!("{talk},{count}"));
    }
    for answer in &material.answers {
        let Some(plan) = plans.get(&answer.plan) else { continue };
        let when = scope.grain.of(answer.on);
        row(
            &PROGRESS,
            format!(
                "{plan},{when},{},{},{}",
                answer.rater, answer.precondition, answer.value
            ),
        );
    }

    let mut files = Vec::new();
    let mut counts = BTreeMap::new();
    for sheet in SHEETS {
        let mut lines = rows.remove(sheet.file).unwrap_or_default();
        lines.sort_unstable();
        counts.insert(sheet.file, lines.len());
        let names: Vec<&str> = sheet.columns.iter().map(|column| column.0).collect();
        let mut text = names.join(",");
        text.push('\n');
        for line in lines {
            text.push_str(&line);
            text.push('\n');
        }
        files.push(File { name: sheet.file, text });
    }
    let proof = anonymity::prove(&files[0].text, scope.k)?;
    let histories = anonymity::histories(scope, material, published);
    let text = codebook(request, scope, material, published, (proof, histories), &counts);
    files.push(File { name: CODEBOOK, text });
    Ok(Export { files, proof })
}

/// What the codebook says: everything a reader must know to use the files rightly.
fn codebook(
    request: &Request,
    scope: &Scope,
    material: &Material,
    published: &Published,
    (proof, histories): (Proof, Histories),
    counts: &BTreeMap<&str, usize>,
) -> String {
    let permission = match request.permission.as_str() {
        "" => "not needed, as the municipality has declared (§ 10(3))".to_owned(),
        number => format!("Datatilsynet, {number}"),
    };
    let grain = match scope.grain {
        Grain::Month => "month: 2026-03",
        Grain::Quarter => "quarter: 2026-Q1",
        Grain::Year => "year: 2026",
    };
    let mut text = format!(
        "# {}: codebook\n\n\
         Pseudonymised data from a municipality's jobcenter (Tovholder). They are still personal data, and for this project alone.\n\n\
         | | |\n|---|---|\n\
         | project | {} ({}) |\n| recipient | {} |\n| purpose | {} |\n| legal basis | {} |\n| permission | {permission} |\n\
         | period | {} to {} |\n| to be deleted by the recipient at the latest | {} |\n\n",
        plain(&request.project),
        plain(&request.project),
        plain(&request.reference),
        plain(&request.recipient),
        plain(&request.purpose),
        plain(&request.basis),
        scope.from,
        scope.until,
        request.delete_by,
    );
    text.push_str(
        "The recipient uses them for statistics and research only (databeskyttelsesloven § 10(2)), does not try to find out who anybody is, joins them with nothing \
         that the project's approval does not name, passes them on to nobody, publishes no groups of few persons, and says when they are deleted.\n\n\
         ## What was done\n\n",
    );
    let _ = write!(
        text,
        "- **Pseudonyms** are HMAC-SHA-256 with a key of this project alone: the same in every file and every export of the project, and of no use beside \
         another project's. The key stays with the municipality.\n\
         - **Days** are coarsened to the {grain}. What began before the period has no beginning, and what goes on after it no end.\n\
         - **k-anonymity**, k = {}: of each combination in persons.csv there are at least {} persons. Step {} of {}: {}. {} persons in {} groups, the smallest of {}.\n\
         - **Withheld** because their group would have been smaller: {} persons. **Left out** with protected name or address: {}; because they said no to a use of \
         what is held about them: {}.\n",
        scope.k,
        scope.k,
        published.rung + 1,
        LADDER.len(),
        LADDER[published.rung],
        proof.persons,
        proof.groups,
        proof.smallest,
        published.withheld.len(),
        material.left_out(LeftOut::Protected),
        material.left_out(LeftOut::Objects),
    );
    let _ = write!(
        text,
        "- **Not in any file**: names, CPR numbers, addresses, days of birth, sex (the system does not hold it), telephone, e-mail, every text anybody wrote, units' \
         closed notes, messages, employees, companies.\n\n\
         k-anonymity is of persons.csv alone. It does not hide what all in a group have in common, and a history by {} can be as good as a name: {} of {} persons have a \
         group and a sequence of benefits together that nobody else here has, and {} share theirs with fewer than {}.\n",
        scope.grain, histories.alone, proof.persons, histories.few, scope.k,
    );
    for sheet in SHEETS {
        let count = counts.get(sheet.file).copied().unwrap_or_default();
        let _ = write!(
            text,
            "\n## {}\n\n{} {count} rows.\n\n| column | meaning | source |\n|---|---|---|\n",
            sheet.file, sheet.about
        );
        for Column(name, meaning, source) in sheet.columns {
            let _ = writeln!(text, "| `{name}` | {meaning} | {source} |");
        }
    }
    text.push_str("\n`SHA256SUMS` has the sum of each file (`sha256sum -c SHA256SUMS`). The municipality's register has the sum of that file.\n");
    text
}

/// On one line, and without what would end a cell.
fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace('|', "/")
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that panics fails")]
mod tests {
    use super::*;
    use crate::plan::*;
    use crate::research::*;
    use jiff::civil::date;

    fn material() -> Material {
        let citizen = |n: u128| CitizenId(Uuid::from_u128(n));
        let plan = |n: u128| PlanId(Uuid::from_u128(100 + n));
        let people = (0..7).map(|n| Person {
            citizen: citizen(n),
            born: if n == 6 { 1930 } else { 1983 },
            postcode: "9230".into(),
            unit: "jobcentre".into(),
            left_out: (n == 5).then_some(LeftOut::Objects),
        });
        let mut all = Material {
            people: people.collect(),
            ..Material::default()
        };
        for n in 0..7 {
            all.spells.push(Spell {
                citizen: citizen(n),
                benefit: if n == 0 {
                    "Anna Lind, sygemeldt".into()
                } else {
                    "kontanthjaelp".into()
                },
                from: date(2023, 1, 1),
                until: Some(date(2025, 5, 9)),
            });
            all.plans.push(OnePlan {
                plan: plan(n),
                citizen: citizen(n),
                core_task: CoreTask::Work,
                opened: date(2025, 2, 3),
                closed: None,
                steps: 4,
                done: 2,
                dropped: 1,
            });
        }
        all.efforts.push(OneEffort {
            plan: plan(1),
            kind: "company_placement".into(),
            at_company: true,
            from: date(2025, 3, 1),
            until: None,
            hours: vec![
                Hours {
                    from: date(2025, 3, 1),
                    hours: 8.0,
                    paid: 0.0,
                },
                Hours {
                    from: date(2025, 4, 1),
                    hours: 12.4,
                    paid: 3.0,
                },
                Hours {
                    from: date(2026, 2, 1),
                    hours: 20.0,
                    paid: 9.0,
                },
            ],
        });
        for day in [3, 17] {
            all.talks.push(Talk {
                plan: plan(1),
                on: date(2025, 3, day),
                channel: Channel::Phone,
                status: ConversationStatus::Held,
            });
        }
        all.answers.push(Answer {
            plan: plan(2),
            on: date(2025, 3, 3),
            rater: Rater::Citizen,
            precondition: Precondition::Skills,
            value: 3,
        });
        let karen = EmployeeId(Uuid::from_u128(900));
        let ole = EmployeeId(Uuid::from_u128(901));
        for (employee, from, until) in [
            (karen, date(2025, 2, 3), Some(date(2025, 4, 30))),
            (ole, date(2025, 5, 1), Some(date(2025, 5, 31))),
            (karen, date(2025, 6, 1), None),
        ] {
            all.coordinators.push(Coordinator {
                plan: plan(1),
                employee,
                from,
                until,
            });
        }
        // Of somebody who is left out: it has no row.
        all.answers.push(Answer {
            plan: plan(5),
            ..all.answers[0].clone()
        });
        all
    }

    fn written(material: &Material) -> Export {
        let scope = Scope {
            from: date(2025, 1, 1),
            until: date(2025, 12, 31),
            k: 5,
            grain: Grain::Month,
        };
        let request = Request {
            reference: "24/1234".into(),
            project: "Veje | til job".into(),
            recipient: "Aalborg Universitet".into(),
            purpose: "Hvad virker,\nog for hvem".into(),
            basis: "databeskyttelsesloven § 10".into(),
            permission: String::new(),
            delete_by: date(2028, 12, 31),
        };
        let published = anonymity::publish(&material.people, 5, 30);
        let pseudonym = |id: Uuid| format!("p{}", id.as_u128());
        write(&request, &scope, &Rules::builtin(), material, &published, pseudonym).unwrap()
    }

    fn text<'a>(export: &'a Export, name: &str) -> &'a str {
        &export.files.iter().find(|file| file.name == name).unwrap().text
    }

    #[test]
    fn each_file_says_what_it_may_and_no_more() {
        let export = written(&material());
        assert_eq!(
            export.proof,
            Proof {
                persons: 5,
                groups: 1,
                smallest: 5
            }
        );
        assert!(text(&export, "persons.csv").contains("p3,1980,1984,92,jobcentre\n"));
        let benefits = text(&export, "benefits.csv");
        assert!(benefits.contains("p0,other,,2025-05\n") && benefits.contains("p1,kontanthjaelp,,2025-05\n"));
        assert_eq!(
            text(&export, "plans.csv").lines().nth(2),
            Some("p1,p101,work,2025-02,,4,2,1,2")
        );
        assert!(text(&export, "efforts.csv").ends_with("\np1,p101,company_placement,1,2025-03,,12,3\n"));
        assert!(text(&export, "conversations.csv").ends_with("\np1,p101,2025-03,phone,held,2\n"));
        assert!(text(&export, "progress.csv").ends_with("\np2,p102,2025-03,citizen,skills,3\n"));
        assert!(
            text(&export, "coordinators.csv")
                .ends_with("\np1,p101,1,2025-02,2025-04\np1,p101,1,2025-06,\np1,p101,2,2025-05,2025-05\n")
        );
        for file in &export.files {
            for out in ["Anna", "p5,", "p105", "p6,", "p106"] {
                assert!(!file.text.contains(out), "{out} in {}", file.name);
            }
        }
        let codebook = text(&export, CODEBOOK);
        assert!(codebook.contains("Veje / til job") && codebook.contains("Hvad virker, og for hvem"));
        assert!(codebook.contains("smaller: 1 persons") && codebook.contains("held about them: 1."));
        for sheet in SHEETS {
            for Column(name, ..) in sheet.columns {
                assert!(codebook.contains(&format!("| `{name}` |")), "{name}");
                assert!(columns().contains(name));
            }
        }
    }

    #[test]
    fn the_order_things_are_read_in_tells_nothing() {
        let one = material();
        let mut other = material();
        other.people.reverse();
        other.spells.rotate_left(3);
        other.plans.reverse();
        other.talks.reverse();
        other.coordinators.reverse();
        assert_eq!(written(&one), written(&other));
    }

    #[test]
    fn what_is_no_code_is_other() {
        for (text, told) in [
            ("jobcentre", "jobcentre"),
            ("", ""),
            ("Jobcenter Lærkebro", "other"),
            ("6105901234", "other"),
            ("a,b", "other"),
            ("a\nb", "other"),
        ] {
            assert_eq!(code(text), told);
        }
    }
}
