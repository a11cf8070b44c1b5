//! Invented people's names: Danish first names by sex and age cohort, surnames, and names of the largest groups of
//! immigrant background. Lists from general knowledge; any likeness to a living person is chance.

use rand::{Rng, RngExt, seq::IndexedRandom};

/// Sex as in the last digit of a CPR number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    /// Woman or girl.
    Female,
    /// Man or boy.
    Male,
}

/// Where a name comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// Danish.
    Danish,
    /// Turkish or Kurdish.
    Turkish,
    /// Arabic: Syria, Iraq, Lebanon, Palestine.
    Arabic,
    /// Somali.
    Somali,
    /// Eritrean.
    Eritrean,
    /// Polish.
    Polish,
    /// Ukrainian.
    Ukrainian,
    /// Bosnian and neighbours.
    Balkan,
    /// Iran and Afghanistan.
    Persian,
    /// Tamil, Vietnamese, Thai and Filipino.
    Asian,
}

/// A first name and a surname.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// First name.
    pub first: String,
    /// Surname, sometimes two.
    pub last: String,
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.first, self.last)
    }
}

/// Either sex, evenly.
pub fn sex(rng: &mut (impl Rng + ?Sized)) -> Sex {
    if rng.random_bool(0.5) { Sex::Female } else { Sex::Male }
}

/// An origin in the proportion of people who meet an employment service: about four in five are Danish.
pub fn origin(rng: &mut (impl Rng + ?Sized)) -> Origin {
    use Origin::*;
    match rng.random_range(0..100) {
        0..80 => Danish,
        80..84 => Arabic,
        84..87 => Turkish,
        87..89 => Ukrainian,
        89..91 => Polish,
        91..93 => Balkan,
        93..95 => Persian,
        95..97 => Asian,
        97..99 => Somali,
        _ => Eritrean,
    }
}

/// An origin among those who came to the country lately.
pub fn newcomer_origin(rng: &mut (impl Rng + ?Sized)) -> Origin {
    use Origin::*;
    [Arabic, Arabic, Ukrainian, Ukrainian, Eritrean, Persian, Somali, Turkish]
        .choose(rng)
        .copied()
        .unwrap_or(Arabic)
}

/// A first name that fits sex, birth year and origin.
pub fn first(sex: Sex, birth_year: i16, origin: Origin, rng: &mut (impl Rng + ?Sized)) -> &'static str {
    let list = first_names(sex, birth_year, origin);
    list.choose(rng).copied().unwrap_or("Kim")
}

/// A whole name.
pub fn name(sex: Sex, birth_year: i16, origin: Origin, rng: &mut (impl Rng + ?Sized)) -> Name {
    let first = first(sex, birth_year, origin, rng).to_owned();
    Name {
        first,
        last: surname(origin, rng),
    }
}

/// A surname. Half of the Danish ones are a common -sen; some carry a middle name.
pub fn surname(origin: Origin, rng: &mut (impl Rng + ?Sized)) -> String {
    if origin != Origin::Danish {
        return surnames(origin).choose(rng).copied().unwrap_or("Ali").to_owned();
    }
    let common = SEN.choose(rng).copied().unwrap_or("Jensen");
    let other = SURNAMES.choose(rng).copied().unwrap_or("Holm");
    match rng.random_range(0..10) {
        0..5 => common.to_owned(),
        5..8 => other.to_owned(),
        _ => format!("{other} {common}"),
    }
}

/// The list of first names [`first`] draws from.
pub fn first_names(sex: Sex, birth_year: i16, origin: Origin) -> &'static [&'static str] {
    use Origin::*;
    let cohort = match birth_year {
        ..=1965 => 0,
        1966..=1980 => 1,
        1981..=1995 => 2,
        _ => 3,
    };
    match (sex, origin) {
        (Sex::Female, Danish) => DANISH_WOMEN[cohort],
        (Sex::Male, Danish) => DANISH_MEN[cohort],
        (Sex::Female, Turkish) => &[
            "Elif", "Zeynep", "Ayşe", "Fatma", "Emine", "Hülya", "Dilan", "Berfin", "Selin", "Gülsen",
        ],
        (Sex::Male, Turkish) => &[
            "Mehmet", "Mustafa", "Emre", "Murat", "Hasan", "Baran", "Cem", "Kadir", "Serkan", "Ferhat",
        ],
        (Sex::Female, Arabic) => &[
            "Amal", "Rania", "Hanan", "Nour", "Layla", "Samira", "Zahra", "Iman", "Rasha", "Yasmin", "Mariam", "Huda",
        ],
        (Sex::Male, Arabic) => &[
            "Ahmad", "Omar", "Khaled", "Yousef", "Hassan", "Samir", "Tarek", "Bilal", "Ali", "Mahmoud", "Karim",
            "Nabil",
        ],
        (Sex::Female, Somali) => &[
            "Hodan", "Ayaan", "Sagal", "Ifrah", "Khadra", "Fardowsa", "Nimo", "Sahra",
        ],
        (Sex::Male, Somali) => &["Abdi", "Liban", "Guled", "Mahad", "Farah", "Warsame", "Idris", "Yusuf"],
        (Sex::Female, Eritrean) => &["Selam", "Feven", "Rahel", "Semhar", "Winta", "Luwam", "Helen", "Saba"],
        (Sex::Male, Eritrean) => &[
            "Yonas", "Filmon", "Samuel", "Robel", "Tesfay", "Medhanie", "Abel", "Haben",
        ],
        (Sex::Female, Polish) => &[
            "Agnieszka",
            "Katarzyna",
            "Małgorzata",
            "Joanna",
            "Ewa",
            "Monika",
            "Aleksandra",
            "Beata",
        ],
        (Sex::Male, Polish) => &[
            "Piotr",
            "Krzysztof",
            "Tomasz",
            "Marek",
            "Paweł",
            "Jakub",
            "Grzegorz",
            "Mateusz",
        ],
        (Sex::Female, Ukrainian) => &[
            "Oksana", "Olena", "Iryna", "Natalia", "Svitlana", "Kateryna", "Yulia", "Halyna",
        ],
        (Sex::Male, Ukrainian) => &[
            "Andrij",
            "Oleksandr",
            "Serhij",
            "Dmytro",
            "Vasyl",
            "Taras",
            "Bohdan",
            "Mykola",
        ],
        (Sex::Female, Balkan) => &["Amra", "Jasmina", "Lejla", "Selma", "Edina", "Mirela", "Alma", "Senada"],
        (Sex::Male, Balkan) => &["Emir", "Adnan", "Mirza", "Senad", "Damir", "Haris", "Edin", "Nermin"],
        (Sex::Female, Persian) => &[
            "Shirin", "Parisa", "Maryam", "Farzana", "Nasrin", "Roya", "Zohra", "Laleh",
        ],
        (Sex::Male, Persian) => &["Reza", "Farid", "Navid", "Jawad", "Kaveh", "Hamid", "Milad", "Omid"],
        (Sex::Female, Asian) => &[
            "Linh", "Thuy", "Mai", "Priya", "Kavitha", "Malee", "Siriporn", "Maricel",
        ],
        (Sex::Male, Asian) => &["Minh", "Tuan", "Duc", "Kumar", "Suresh", "Ravi", "Somchai", "Jomar"],
    }
}

/// Surnames of an origin other than Danish; for Danish the less common ones.
pub fn surnames(origin: Origin) -> &'static [&'static str] {
    use Origin::*;
    match origin {
        Danish => SURNAMES,
        Turkish => &[
            "Yılmaz", "Demir", "Kaya", "Çelik", "Aydın", "Arslan", "Yıldız", "Öztürk", "Doğan",
        ],
        Arabic => &[
            "Al-Khatib",
            "Haddad",
            "Khalil",
            "Mansour",
            "Saleh",
            "Darwish",
            "Nasser",
            "Hamdan",
            "Ibrahim",
            "El-Sayed",
        ],
        Somali => &[
            "Abdullahi",
            "Warsame",
            "Mohamud",
            "Jama",
            "Hersi",
            "Osman",
            "Farah",
            "Nur",
        ],
        Eritrean => &["Tesfay", "Ghebremedhin", "Haile", "Tekle", "Berhane", "Weldu", "Kidane"],
        Polish => &[
            "Nowak",
            "Wójcik",
            "Kowalczyk",
            "Mazur",
            "Krawczyk",
            "Wróbel",
            "Duda",
            "Sikora",
        ],
        Ukrainian => &[
            "Shevchenko",
            "Bondarenko",
            "Kovalenko",
            "Tkachenko",
            "Melnyk",
            "Kravchuk",
            "Savchenko",
        ],
        Balkan => &[
            "Hodžić",
            "Begić",
            "Mehmedović",
            "Kovačević",
            "Halilović",
            "Delić",
            "Softić",
        ],
        Persian => &["Ahmadi", "Hosseini", "Rahimi", "Karimi", "Nazari", "Moradi", "Sharifi"],
        Asian => &[
            "Nguyen",
            "Tran",
            "Pham",
            "Sivakumar",
            "Rajan",
            "Suksawat",
            "Santos",
            "Reyes",
        ],
    }
}

static DANISH_WOMEN: [&[&str]; 4] = [
    &[
        "Inge", "Kirsten", "Birthe", "Lis", "Jytte", "Hanne", "Bente", "Karen", "Lone", "Susanne", "Jette", "Annette",
        "Ulla", "Grethe", "Vibeke", "Gitte", "Lene", "Marianne", "Ruth", "Kirstine", "Else", "Margit", "Tove",
        "Dorthe", "Connie", "Bodil",
    ],
    &[
        "Mette",
        "Charlotte",
        "Pia",
        "Helle",
        "Tina",
        "Anja",
        "Heidi",
        "Rikke",
        "Pernille",
        "Dorte",
        "Hanne",
        "Tanja",
        "Bettina",
        "Britt",
        "Trine",
        "Mona",
        "Karina",
        "Lisbeth",
        "Malene",
        "Winnie",
        "Jeanette",
        "Birgitte",
        "Gry",
        "Sanne",
        "Ditte",
        "Merete",
    ],
    &[
        "Louise",
        "Maria",
        "Camilla",
        "Line",
        "Katrine",
        "Stine",
        "Sofie",
        "Ida",
        "Signe",
        "Anne",
        "Cecilie",
        "Maja",
        "Nanna",
        "Julie",
        "Christina",
        "Sarah",
        "Simone",
        "Michelle",
        "Kamilla",
        "Marie",
        "Astrid",
        "Lærke",
        "Rebecca",
        "Natasja",
        "Sandra",
        "Mia",
    ],
    &[
        "Emma", "Freja", "Clara", "Laura", "Alberte", "Mathilde", "Caroline", "Josefine", "Frida", "Isabella", "Karla",
        "Alma", "Agnes", "Liva", "Filippa", "Tilde", "Esther", "Sille", "Victoria", "Ella", "Nora", "Asta", "Luna",
        "Vilma", "Naja", "Selma",
    ],
];

static DANISH_MEN: [&[&str]; 4] = [
    &[
        "Jens", "Poul", "Erik", "Bent", "Kaj", "Ole", "Jørgen", "Knud", "Hans", "Niels", "Finn", "Flemming", "Svend",
        "Kurt", "Preben", "Leif", "Arne", "Per", "Torben", "Ib", "Villy", "Bjarne", "Steen", "Mogens", "Ejner", "Gert",
    ],
    &[
        "Lars", "Michael", "Henrik", "Kim", "Thomas", "Brian", "Jan", "Carsten", "Claus", "John", "Jesper", "Dennis",
        "Allan", "René", "Søren", "Bo", "Kenneth", "Anders", "Peter", "Johnny", "Rasmus", "Ulrik", "Morten", "Jacob",
        "Tommy", "Frank",
    ],
    &[
        "Christian",
        "Martin",
        "Kasper",
        "Mads",
        "Simon",
        "Jonas",
        "Nicolai",
        "Daniel",
        "Mikkel",
        "Kristian",
        "Casper",
        "Patrick",
        "Emil",
        "Mark",
        "Nikolaj",
        "Andreas",
        "Jeppe",
        "Steffen",
        "David",
        "Troels",
        "Sebastian",
        "Anton",
        "Jannik",
        "Lasse",
        "Esben",
        "Magnus",
    ],
    &[
        "Noah", "Oliver", "William", "Victor", "Lucas", "Frederik", "Oscar", "Carl", "Malthe", "August", "Valdemar",
        "Alfred", "Elias", "Tobias", "Benjamin", "Storm", "Villads", "Felix", "Silas", "Theo", "Otto", "Marius",
        "Johan", "Philip", "Albert", "Liam",
    ],
];

/// The common surnames on -sen.
pub static SEN: &[&str] = &[
    "Jensen",
    "Nielsen",
    "Hansen",
    "Pedersen",
    "Andersen",
    "Christensen",
    "Larsen",
    "Sørensen",
    "Rasmussen",
    "Petersen",
    "Jørgensen",
    "Madsen",
    "Kristensen",
    "Olsen",
    "Thomsen",
    "Christiansen",
    "Poulsen",
    "Johansen",
    "Mortensen",
    "Knudsen",
    "Jakobsen",
    "Mikkelsen",
    "Frederiksen",
    "Laursen",
    "Henriksen",
    "Eriksen",
    "Simonsen",
    "Clausen",
    "Svendsen",
    "Iversen",
];

/// Less common Danish surnames.
pub static SURNAMES: &[&str] = &[
    "Holm",
    "Lund",
    "Møller",
    "Schmidt",
    "Friis",
    "Kjær",
    "Bach",
    "Dam",
    "Vestergaard",
    "Østergaard",
    "Nørgaard",
    "Søndergaard",
    "Damgaard",
    "Kirkegaard",
    "Bundgaard",
    "Toft",
    "Krogh",
    "Winther",
    "Juhl",
    "Brandt",
    "Bjerre",
    "Dahl",
    "Lauridsen",
    "Hald",
    "Skov",
    "Bruun",
    "Thorup",
    "Riis",
    "Koch",
    "Beck",
    "Munk",
    "Bang",
    "Overgaard",
    "Lassen",
    "Villadsen",
    "Vinther",
    "Hedegaard",
    "Højgaard",
    "Mølgaard",
    "Bak",
    "Kragh",
    "Fogh",
    "Aagaard",
    "Ravn",
    "Frost",
    "Bech",
    "Steffensen",
    "Korsgaard",
    "Buch",
    "Rosenkvist",
    "Lykke",
    "Hjorth",
    "Thygesen",
    "Storm",
    "Gade",
    "Bisgaard",
    "Vad",
    "Nygaard",
    "Lindholm",
    "Kruse",
    "Skaarup",
    "Dinesen",
    "Stage",
    "Krog",
    "Enevoldsen",
    "Ibsen",
    "Bonde",
    "Smed",
    "Tranholm",
    "Elkjær",
];
