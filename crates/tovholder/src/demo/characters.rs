//! A handful of people placed by hand, for the log-in page and the pictures: their stories are told by the same rules as everybody's, with the turns that matter
//! fixed.

use jiff::civil::{Date, date};

use super::texts::{Origin, Sex};

/// Somebody placed by hand.
pub struct Character {
    /// First name.
    pub first: &'static str,
    /// Surname.
    pub last: &'static str,
    /// Sex.
    pub sex: Sex,
    /// Where the name comes from.
    pub origin: Origin,
    /// Date of birth.
    pub born: Date,
    /// The thread of life.
    pub persona: &'static str,
    /// The benefit today.
    pub benefit: &'static str,
    /// How many days ago the plan opened.
    pub opened: i32,
    /// How many days ago the coordinator changed.
    pub changed: Option<i32>,
    /// In how many days the coordinator changes; moved to the next day the offices are open.
    pub coming: Option<i32>,
    /// Whether colleagues of several units take part.
    pub joint: bool,
    /// In how many days the next conversation is; moved to the next day the offices are open.
    pub next: Option<i32>,
    /// The citizen's next step: what, and in how many days.
    pub step: Option<(&'static str, i32)>,
    /// A question that waits for the next conversation.
    pub question: Option<&'static str>,
}

/// Everyone placed by hand. The first is the citizen of the log-in page, the second the plan with many units.
pub const CHARACTERS: &[Character] = &[
    // On the way back to her trade in small steps: a placement with paid hours that rise, and a coordinator who took over in spring.
    Character {
        first: "Mette",
        last: "Lindegaard",
        sex: Sex::Female,
        origin: Origin::Danish,
        born: date(1984, 3, 9),
        persona: "sygeplejerske_tilbage",
        benefit: "jobafklaring",
        opened: 330,
        changed: Some(140),
        coming: None,
        joint: true,
        next: Some(3),
        step: Some(("Sige til min leder, om jeg er klar til én time mere", 1)),
        question: Some("Må jeg prøve en vagt mere, før vi skriver det i aftalen?"),
    },
    // Work and treatment side by side: four units around one man.
    Character {
        first: "Brian",
        last: "Toft Nielsen",
        sex: Sex::Male,
        origin: Origin::Danish,
        born: date(1979, 10, 22),
        persona: "alkohol_sideloebende",
        benefit: "kontanthjaelp",
        opened: 410,
        changed: None,
        coming: None,
        joint: true,
        next: Some(7),
        step: Some(("Møde hos værkstedet mandag, onsdag og fredag", 4)),
        question: Some("Kan mine samtaler flyttes, så jeg ikke går glip af en arbejdsdag?"),
    },
    // Young, out of school, into a workshop.
    Character {
        first: "Noah",
        last: "Kjær",
        sex: Sex::Male,
        origin: Origin::Danish,
        born: date(2007, 5, 30),
        persona: "motorer",
        benefit: "kontanthjaelp",
        opened: 190,
        changed: None,
        coming: None,
        joint: false,
        next: Some(6),
        step: Some(("Ringe til værkstedet og spørge, om jeg må komme forbi", 2)),
        question: None,
    },
    // New language, old trade.
    Character {
        first: "Rima",
        last: "Haddad",
        sex: Sex::Female,
        origin: Origin::Arabic,
        born: date(1988, 1, 17),
        persona: "laerer_fra_hjemlandet",
        benefit: "kontanthjaelp",
        opened: 520,
        changed: Some(300),
        coming: None,
        joint: true,
        next: Some(9),
        step: Some(("Læse højt for de store børn på torsdag", 3)),
        question: Some("Hvornår får jeg svar om mit eksamensbevis?"),
    },
    // A good everyday life comes first.
    Character {
        first: "Kirsten",
        last: "Østergaard Holm",
        sex: Sex::Female,
        origin: Origin::Danish,
        born: date(1966, 8, 4),
        persona: "have_og_boernebarn",
        benefit: "foertidspension",
        opened: 610,
        changed: Some(400),
        coming: None,
        joint: true,
        next: Some(13),
        step: Some(("Gå ned i haven to formiddage i denne uge", 5)),
        question: None,
    },
    // A job lost with the shop, and a search he runs himself.
    Character {
        first: "Torben",
        last: "Bach",
        sex: Sex::Male,
        origin: Origin::Danish,
        born: date(1971, 12, 2),
        persona: "lukket_butik",
        benefit: "dagpenge",
        opened: 75,
        changed: None,
        coming: Some(16),
        joint: false,
        next: Some(12),
        step: Some(("Skrive til to butikker, jeg gerne vil arbejde i", 4)),
        question: None,
    },
    // School again, one subject at a time.
    Character {
        first: "Alma",
        last: "Skovgaard",
        sex: Sex::Female,
        origin: Origin::Danish,
        born: date(2011, 2, 14),
        persona: "skole_igen",
        benefit: "ingen",
        opened: 150,
        changed: None,
        coming: None,
        joint: true,
        next: Some(5),
        step: Some(("Være med i to timer billedkunst", 2)),
        question: None,
    },
];

/// The character with this place among the citizens.
pub fn of(index: u32) -> Option<&'static Character> {
    CHARACTERS.get(index as usize)
}
