//! Lærkebro Kommune: an invented municipality, its towns, streets, schools and units. Its postcodes are not in use.

use rand::{Rng, RngExt, seq::IndexedRandom};

/// Name of the municipality.
pub const MUNICIPALITY: &str = "Lærkebro Kommune";

/// Domain for invented mail addresses; `.example` never reaches anyone.
pub const MAIL_DOMAIN: &str = "laerkebro.example";

/// A town with its (unused) postcode and its share of the inhabitants in percent.
#[derive(Debug)]
pub struct Town {
    /// Name.
    pub name: &'static str,
    /// Postcode.
    pub postcode: &'static str,
    /// Share in percent.
    pub share: u32,
}

const fn t(name: &'static str, postcode: &'static str, share: u32) -> Town {
    Town { name, postcode, share }
}

/// The towns; shares sum to 100.
pub static TOWNS: &[Town] = &[
    t("Lærkebro", "9581", 38),
    t("Tranevig", "9582", 17),
    t("Havrum", "9583", 13),
    t("Klintholt", "9584", 9),
    t("Hvedby", "9585", 8),
    t("Birkemade", "9586", 6),
    t("Bøgesund", "9587", 5),
    t("Sønder Elkær", "9588", 4),
];

/// A town, drawn by its size.
pub fn town(rng: &mut (impl Rng + ?Sized)) -> &'static Town {
    let mut left = rng.random_range(0..100);
    for town in TOWNS {
        if left < town.share {
            return town;
        }
        left -= town.share;
    }
    &TOWNS[0]
}

const STREET_FIRST: &[&str] = &[
    "Lærke",
    "Vibe",
    "Svale",
    "Birke",
    "Ahorn",
    "Kirsebær",
    "Mølle",
    "Strand",
    "Havne",
    "Skov",
    "Eng",
    "Mose",
    "Kær",
    "Bakke",
    "Teglværks",
    "Mejeri",
    "Stations",
    "Skole",
    "Smede",
    "Åkande",
    "Rugmarks",
    "Hyldeblomst",
    "Kløver",
    "Tranebær",
    "Hvede",
    "Solsikke",
    "Lunde",
    "Dige",
    "Fyr",
    "Gartner",
];
const STREET_LAST: &[&str] = &["vej", "vænget", "parken", "stien", "bakken", "toften", "vangen"];
const STREETS: &[&str] = &[
    "Torvegade",
    "Nørregade",
    "Østergade",
    "Søndergade",
    "Vestergade",
    "Algade",
    "Brogade",
    "Lillegade",
    "Kirkestræde",
    "Gammel Bygade",
    "Rådhuspladsen",
    "Åboulevarden",
];

/// A street and number, with a floor in a third of the cases: `Vibevænget 14`, `Algade 3, 2. th.`
pub fn street(rng: &mut (impl Rng + ?Sized)) -> String {
    let name = if rng.random_bool(0.25) {
        STREETS.choose(rng).copied().unwrap_or("Algade").to_owned()
    } else {
        let first = STREET_FIRST.choose(rng).copied().unwrap_or("Lærke");
        let last = STREET_LAST.choose(rng).copied().unwrap_or("vej");
        format!("{first}{last}")
    };
    let number = rng.random_range(1..=96);
    if rng.random_bool(0.33) {
        let floor = ["st.", "1.", "2.", "3."].choose(rng).copied().unwrap_or("st.");
        let door = ["tv.", "th.", "mf."].choose(rng).copied().unwrap_or("th.");
        format!("{name} {number}, {floor} {door}")
    } else {
        format!("{name} {number}")
    }
}

/// Schools and other places to learn.
pub static SCHOOLS: &[&str] = &[
    "Lærkebro Skole",
    "Åskolen i Lærkebro",
    "Tranevig Skole",
    "Havrum Skole",
    "Klintholt Friskole",
    "Hvedby Skole",
    "Bøgesund Lilleskole",
    "Birkemade Skole",
    "10'eren i Lærkebro",
    "FGU Lærkebro",
    "Lærkebro Gymnasium",
    "Erhvervsskolen ved Åen",
    "Social- og sundhedsskolen i Tranevig",
    "Klintholt Efterskole",
    "Ungdomsskolen i Havrum",
];

/// Places where people meet: clubs, associations, volunteers.
pub static ASSOCIATIONS: &[&str] = &[
    "Nabohjælpen i Lærkebro",
    "Besøgsvennerne i Tranevig",
    "Lektiecaféen på biblioteket",
    "Havrum Boldklub",
    "Koret Lærkerne",
    "Nyttehaverne ved Åen",
    "Reparationscaféen i Hvedby",
    "Mødestedet Broen",
    "Klintholt Roklub",
    "Kvindekredsen i Bøgesund",
    "Frivilligcenter Lærkebro",
    "Birkemade Spejderne",
    "Den grønne genbrug",
    "Mændenes Mødested i Tranevig",
];

/// Unemployment funds and unions; invented and general.
pub static UNIONS: &[&str] = &[
    "A-kassen Fællesbro",
    "Servicefagenes A-kasse",
    "Håndværkets A-kasse",
    "Akademikernes Fælles A-kasse",
    "Omsorgsfagenes A-kasse",
    "Transportfagenes Forbund",
    "Butik og Kontor, afdeling Lærkebro",
    "Metalfagenes Klub i Lærkebro",
    "Pleje og Omsorg, lokalafdelingen",
];

/// A unit of the municipality.
#[derive(Debug)]
pub struct UnitText {
    /// Key used by personas and efforts.
    pub key: &'static str,
    /// Name on screen.
    pub name: &'static str,
    /// One line on what the unit does, for citizens.
    pub about: &'static str,
    /// Address of the unit.
    pub address: &'static str,
    /// Job titles found there.
    pub roles: &'static [&'static str],
    /// Teams in the unit.
    pub teams: &'static [&'static str],
    /// Share of the employees in percent.
    pub share: u32,
}

/// The units; shares sum to 100.
pub static UNITS: &[UnitText] = &[
    UnitText {
        key: "jobcenter",
        name: "Jobcenter Lærkebro",
        about: "Her får du hjælp til at finde vej til et job eller en uddannelse.",
        address: "Brogade 12, 9581 Lærkebro",
        roles: &[
            "Jobrådgiver",
            "Jobrådgiver",
            "Jobrådgiver",
            "Beskæftigelseskonsulent",
            "Fastholdelseskonsulent",
            "Faglig koordinator",
        ],
        teams: &[
            "Team Jobklar",
            "Team Sygedagpenge",
            "Team Springbræt",
            "Team Fleks og Senior",
        ],
        share: 34,
    },
    UnitText {
        key: "ydelse",
        name: "Ydelsescentret",
        about: "Her udbetaler vi hjælpen og svarer på spørgsmål om penge.",
        address: "Brogade 14, 9581 Lærkebro",
        roles: &["Ydelsesrådgiver", "Ydelsesrådgiver", "Økonomivejleder"],
        teams: &["Team Ydelser"],
        share: 9,
    },
    UnitText {
        key: "unge",
        name: "Ungeenheden",
        about: "Her er hjælpen samlet for dig mellem 15 og 29 år.",
        address: "Skolevangen 3, 9581 Lærkebro",
        roles: &["Ungevejleder", "Ungerådgiver", "Uddannelsesvejleder", "Gademedarbejder"],
        teams: &["Team Første Skridt", "Team Uddannelse"],
        share: 13,
    },
    UnitText {
        key: "virksomhed",
        name: "Virksomhedsservice",
        about: "Én indgang for virksomheder, der vil samarbejde med kommunen.",
        address: "Havnevej 1, 9582 Tranevig",
        roles: &["Virksomhedskonsulent", "Virksomhedskonsulent", "Jobformidler"],
        teams: &["Team Virksomhed"],
        share: 9,
    },
    UnitText {
        key: "rusmiddel",
        name: "Rusmiddelcentret",
        about: "Her kan du få samtaler og behandling, hvis alkohol eller stoffer fylder for meget.",
        address: "Åkandestien 8, 9581 Lærkebro",
        roles: &["Behandler", "Sygeplejerske", "Socialrådgiver"],
        teams: &["Team Behandling"],
        share: 6,
    },
    UnitText {
        key: "socialpsykiatri",
        name: "Socialpsykiatrien",
        about: "Her får du støtte til en hverdag, der hænger sammen.",
        address: "Lundevej 22, 9583 Havrum",
        roles: &["Bostøtte", "Bostøtte", "Recoverymentor", "Ergoterapeut"],
        teams: &["Team Hverdag", "Team Mødestedet"],
        share: 10,
    },
    UnitText {
        key: "sundhed",
        name: "Sundhedscentret",
        about: "Træning, vejledning og hold, der gør hverdagen lettere.",
        address: "Engvej 5, 9581 Lærkebro",
        roles: &["Fysioterapeut", "Ergoterapeut", "Sundhedsvejleder"],
        teams: &["Team Træning"],
        share: 7,
    },
    UnitText {
        key: "familie",
        name: "Familie og PPR",
        about: "Støtte til børn, unge og deres familier, hjemme og i skolen.",
        address: "Skolevangen 7, 9581 Lærkebro",
        roles: &["Familierådgiver", "Psykolog i PPR", "Familiekonsulent", "Skolevejleder"],
        teams: &["Team Familie", "Team Skole"],
        share: 9,
    },
    UnitText {
        key: "integration",
        name: "Ny i Lærkebro",
        about: "For dig, der er kommet til Danmark og skal i gang med sprog og arbejde.",
        address: "Stationsvej 2, 9581 Lærkebro",
        roles: &["Integrationsrådgiver", "Sprogvejleder"],
        teams: &["Team Sprog og Job"],
        share: 3,
    },
];

/// The unit with this key.
pub fn unit(key: &str) -> Option<&'static UnitText> {
    UNITS.iter().find(|u| u.key == key)
}
