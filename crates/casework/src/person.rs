//! The citizen as a person: what the plan's pages need to know, and no more.

use crate::act::Record;
use crate::decide::{Refusal, Why, optional_text, refuse, same_rev};
use crate::id::*;
use crate::reference::occupation;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A citizen. The CPR number is kept elsewhere and is never part of this.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citizen {
    /// The id.
    pub id: CitizenId,
    /// The unit responsible for the citizen.
    pub unit: UnitId,
    /// Name, 1–140 characters.
    pub name: String,
    /// Date of birth.
    pub birth_date: Date,
    /// Telephone.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// Street and number.
    pub address: String,
    /// Postal code.
    pub postcode: String,
    /// Name and address are protected: where the citizen lives and can be reached is shown to few, and only when they ask.
    #[serde(default)]
    pub protected: bool,
    /// The kinds of work the citizen looks for, in own words.
    pub wishes: String,
    /// DISCO-08 code of the wished occupation; empty when none is chosen.
    pub occupation: String,
    /// Revision, from 1.
    pub rev: u32,
}

impl Citizen {
    /// Age in whole years on a day.
    ///
    /// ```
    /// # use tovholder_casework::{id::*, person::Citizen};
    /// # use jiff::civil::date;
    /// # let id = uuid::Uuid::nil();
    /// # let text = String::new;
    /// let born = |birth_date| Citizen { birth_date, id: CitizenId(id), unit: UnitId(id), name: text(), phone: text(),
    ///     email: text(), address: text(), postcode: text(), protected: false, wishes: text(), occupation: text(), rev: 1 };
    /// assert_eq!(born(date(2000, 3, 1)).age(date(2026, 2, 28)), 25);
    /// assert_eq!(born(date(2000, 2, 29)).age(date(2026, 3, 1)), 26);
    /// ```
    pub fn age(&self, today: Date) -> i16 {
        let had_birthday = (today.month(), today.day()) >= (self.birth_date.month(), self.birth_date.day());
        today.year() - self.birth_date.year() - i16::from(!had_birthday)
    }

    /// The citizen as everybody around the plan may see them: where a protected citizen lives and can be reached is left out.
    pub fn veiled(&self) -> Citizen {
        if !self.protected {
            return self.clone();
        }
        Citizen {
            phone: String::new(),
            email: String::new(),
            address: String::new(),
            postcode: String::new(),
            ..self.clone()
        }
    }

    /// The citizen with other wishes for work: own words of at most 2,000 characters, and a DISCO-08 code or nothing. None when nothing
    /// changes. `rev` is the revision the citizen saw.
    ///
    /// # Errors
    /// Refuses a revision that is not the present one, too long a text, and a code the list does not have.
    pub fn with_wishes(&self, rev: u32, wishes: &str, code: &str) -> Result<Option<Citizen>, Refusal> {
        same_rev(Record::Citizen(self.clone()), rev)?;
        let wishes = optional_text("wishes", wishes, 2_000)?;
        if !code.is_empty() && occupation(code).is_none() {
            return refuse("occupation", Why::NotFound);
        }
        let after = Citizen {
            wishes,
            occupation: code.to_owned(),
            ..self.clone()
        };
        let changed = after != *self;
        Ok(changed.then(|| Citizen { rev: rev + 1, ..after }))
    }
}
