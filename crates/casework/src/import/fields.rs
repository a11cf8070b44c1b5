//! What can be brought in about each kind of thing.

use super::{Kind, Mapping};

/// Yes and no, as files write them.
pub const YES_NO: &[(&str, &[&str])] = &[
    ("yes", &["ja", "j", "x", "1", "sand", "true", "beskyttet", "y"]),
    ("no", &["nej", "n", "0", "falsk", "false", "ingen"]),
];

/// How a cell is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// 1–140 characters.
    Name,
    /// Any text of at most so many characters.
    Text(usize),
    /// Digits with what stands between them.
    Phone,
    /// An address with an @.
    Email,
    /// Four digits; a lost 0 in front is put back.
    Postcode,
    /// A whole number from 0.
    Number,
    /// A date.
    Date,
    /// A month.
    Month,
    /// Hours in a month, with decimals.
    Hours,
    /// An amount in kroner, with decimals, perhaps below nought.
    Kroner,
    /// A CPR number; a lost 0 in front is put back.
    Cpr,
    /// A CVR number.
    Cvr,
    /// One of a few words: the key, and the ways it is written, folded.
    Word(&'static [(&'static str, &'static [&'static str])]),
    /// The name of a unit.
    Unit,
    /// The log-in or e-mail of an employee.
    Employee,
    /// Several of those, with commas or semicolons between.
    Employees,
    /// A benefit's code or name.
    Benefit,
    /// All columns named as weeks, together: a code of three digits or nothing in each.
    Weeks,
}

/// One thing a column may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name in the mapping and in tables.
    pub key: &'static str,
    /// How it is read.
    pub shape: Shape,
    /// Whether there is no row without it.
    pub required: bool,
    /// What columns that hold it are called, folded (see [`super::columns::fold`]); the first names it in the template file's spirit.
    pub names: &'static [&'static str],
}

const fn field(key: &'static str, shape: Shape, names: &'static [&'static str]) -> Field {
    Field {
        key,
        shape,
        required: false,
        names,
    }
}
const fn required(key: &'static str, shape: Shape, names: &'static [&'static str]) -> Field {
    Field {
        key,
        shape,
        required: true,
        names,
    }
}

const PHONE: Field = field(
    "phone",
    Shape::Phone,
    &[
        "telefon",
        "tlf",
        "tlfnr",
        "telefonnummer",
        "telefonnr",
        "mobil",
        "mobilnummer",
        "mobilnr",
        "direktetelefon",
        "phone",
        "telephone",
        "mobile",
    ],
);
const EMAIL: Field = field(
    "email",
    Shape::Email,
    &["email", "mail", "epost", "emailadresse", "mailadresse", "emailaddress"],
);
const ADDRESS: Field = field(
    "address",
    Shape::Text(200),
    &[
        "adresse",
        "vej",
        "gadeadresse",
        "vejnavn",
        "vejogno",
        "vejognummer",
        "bopæl",
        "address",
        "street",
        "postadresse",
    ],
);
const POSTCODE: Field = field(
    "postcode",
    Shape::Postcode,
    &["postnr", "postnummer", "postcode", "zip", "zipcode", "postalcode"],
);
const UNIT: &[&str] = &[
    "enhed",
    "afdeling",
    "ansvarligenhed",
    "enhedsnavn",
    "afdelingsnavn",
    "forvaltning",
    "unit",
    "department",
    "organisation",
    "organisationsenhed",
];
const CPR: Field = required(
    "cpr",
    Shape::Cpr,
    &[
        "cpr",
        "cprnr",
        "cprnummer",
        "personnummer",
        "personnr",
        "borgercpr",
        "cprno",
        "cprnumber",
    ],
);

/// The kinds of units, and how they are written.
pub const UNIT_KINDS: &[(&str, &[&str])] = &[
    ("jobcentre", &["jobcenter", "jobcentre", "beskæftigelse", "job"]),
    (
        "benefits",
        &["ydelse", "ydelser", "ydelsescenter", "ydelseskontor", "benefits"],
    ),
    ("youth", &["unge", "ungdom", "ungeenhed", "ungeindsats", "kui", "youth"]),
    (
        "substance_abuse",
        &[
            "rusmiddel",
            "rusmiddelcenter",
            "misbrug",
            "misbrugscenter",
            "substanceabuse",
        ],
    ),
    (
        "social_psychiatry",
        &["socialpsykiatri", "psykiatri", "socialpsychiatry"],
    ),
    ("health", &["sundhed", "sundhedscenter", "health"]),
    (
        "companies",
        &[
            "virksomhed",
            "virksomheder",
            "virksomhedsservice",
            "erhverv",
            "companies",
        ],
    ),
    ("family", &["familie", "børnogfamilie", "børnogunge", "family"]),
    ("integration", &["integration", "integrationsenhed"]),
    ("management", &["ledelse", "stab", "administration", "management"]),
    ("other", &["andet", "anden", "other"]),
];

/// The roles of employees, and how they are written.
pub const ROLES: &[(&str, &[&str])] = &[
    (
        "caseworker",
        &[
            "sagsbehandler",
            "rådgiver",
            "jobrådgiver",
            "medarbejder",
            "beskæftigelsesrådgiver",
            "ungevejleder",
            "vejleder",
            "mentor",
            "caseworker",
        ],
    ),
    (
        "consultant",
        &["virksomhedskonsulent", "konsulent", "consultant", "companyconsultant"],
    ),
    (
        "team_leader",
        &["teamleder", "faglig leder", "gruppeleder", "teamleader", "leder"],
    ),
    (
        "head",
        &[
            "afdelingsleder",
            "jobcenterchef",
            "chef",
            "direktør",
            "head",
            "headofdepartment",
        ],
    ),
    (
        "administrator",
        &["systemansvarlig", "administrator", "systemadministrator", "superbruger"],
    ),
];

const UNITS: &[Field] = &[
    required(
        "name",
        Shape::Name,
        &[
            "navn",
            "enhed",
            "enhedsnavn",
            "afdeling",
            "afdelingsnavn",
            "name",
            "unit",
            "unitname",
        ],
    ),
    field(
        "kind",
        Shape::Word(UNIT_KINDS),
        &["type", "slags", "art", "enhedstype", "kind"],
    ),
    PHONE,
    ADDRESS,
];
const EMPLOYEES: &[Field] = &[
    required(
        "name",
        Shape::Name,
        &[
            "navn",
            "medarbejder",
            "medarbejdernavn",
            "fuldenavn",
            "fuldtnavn",
            "visningsnavn",
            "name",
            "fullname",
            "displayname",
            "employee",
        ],
    ),
    required("unit", Shape::Unit, UNIT),
    field(
        "login",
        Shape::Text(100),
        &[
            "login",
            "brugernavn",
            "brugerid",
            "initialer",
            "medarbejdernummer",
            "bruger",
            "username",
            "userid",
            "samaccountname",
            "upn",
        ],
    ),
    EMAIL,
    field(
        "title",
        Shape::Text(100),
        &[
            "titel",
            "stilling",
            "stillingsbetegnelse",
            "jobtitel",
            "title",
            "jobtitle",
        ],
    ),
    field("role", Shape::Word(ROLES), &["rolle", "adgang", "rettighed", "role"]),
    PHONE,
    field(
        "left_on",
        Shape::Date,
        &[
            "fratrådt",
            "fratrådtden",
            "fratrædelse",
            "fratrædelsesdato",
            "slutdato",
            "sidstedag",
            "sidstearbejdsdag",
            "lastworkingday",
            "lefton",
            "enddate",
        ],
    ),
];
const TEAMS: &[Field] = &[
    required(
        "name",
        Shape::Name,
        &["navn", "team", "teamnavn", "gruppe", "gruppenavn", "name", "teamname"],
    ),
    field(
        "leader",
        Shape::Employee,
        &["leder", "teamleder", "gruppeleder", "leader", "teamleader"],
    ),
    field(
        "members",
        Shape::Employees,
        &["medlemmer", "medarbejdere", "deltagere", "members", "employees"],
    ),
];
const CITIZENS: &[Field] = &[
    CPR,
    required(
        "name",
        Shape::Name,
        &[
            "navn",
            "borger",
            "borgernavn",
            "borgersnavn",
            "fuldenavn",
            "fuldtnavn",
            "adresseringsnavn",
            "name",
            "fullname",
            "citizen",
        ],
    ),
    required("unit", Shape::Unit, UNIT),
    field(
        "birth_date",
        Shape::Date,
        &[
            "fødselsdato",
            "fødselsdag",
            "født",
            "fdato",
            "birthdate",
            "dateofbirth",
            "born",
        ],
    ),
    PHONE,
    EMAIL,
    ADDRESS,
    POSTCODE,
    field(
        "protected",
        Shape::Word(YES_NO),
        &[
            "adressebeskyttelse",
            "navneogadressebeskyttelse",
            "adressebeskyttet",
            "beskyttetadresse",
            "beskyttet",
            "hemmeligadresse",
            "protected",
            "addressprotection",
            "protectedaddress",
        ],
    ),
];
const STARTS: Field = required(
    "starts",
    Shape::Date,
    &[
        "fra",
        "førstedag",
        "firstday",
        "start",
        "startdato",
        "fradato",
        "begyndt",
        "begyndelsesdato",
        "from",
        "startdate",
        "starts",
    ],
);
const ENDS: Field = field(
    "ends",
    Shape::Date,
    &[
        "til",
        "sidstedag",
        "lastday",
        "slut",
        "slutdato",
        "tildato",
        "tilogmed",
        "ophørt",
        "ophørsdato",
        "to",
        "enddate",
        "ends",
        "until",
    ],
);
const BENEFIT: &[&str] = &[
    "ydelse",
    "ydelsestype",
    "ydelseskode",
    "ydelsesgruppe",
    "forsørgelse",
    "ydelsesart",
    "benefit",
];
const SPELLS: &[Field] = &[CPR, required("benefit", Shape::Benefit, BENEFIT), STARTS, ENDS];
const MONTH: Field = required(
    "month",
    Shape::Month,
    &[
        "måned",
        "periode",
        "lønmåned",
        "optjeningsmåned",
        "regnskabsmåned",
        "month",
        "period",
    ],
);
const HOURS: &[Field] = &[
    CPR,
    MONTH,
    required(
        "hours",
        Shape::Hours,
        &[
            "løntimer",
            "timer",
            "antaltimer",
            "arbejdstimer",
            "betaltetimer",
            "ordinæretimer",
            "paidhours",
            "hours",
        ],
    ),
];
const STATES: &[Field] = &[CPR, required("states", Shape::Weeks, &[])];
const ASSIGNMENTS: &[Field] = &[
    CPR,
    required(
        "employee",
        Shape::Employee,
        &[
            "sagsbehandler",
            "medarbejder",
            "rådgiver",
            "jobrådgiver",
            "ansvarlig",
            "ansvarligmedarbejder",
            "tovholder",
            "sagsansvarlig",
            "login",
            "caseworker",
            "employee",
            "responsible",
        ],
    ),
    STARTS,
    ENDS,
];
const COMPANIES: &[Field] = &[
    required(
        "name",
        Shape::Name,
        &[
            "navn",
            "virksomhed",
            "virksomhedsnavn",
            "firma",
            "firmanavn",
            "name",
            "company",
            "companyname",
        ],
    ),
    field("cvr", Shape::Cvr, &["cvr", "cvrnr", "cvrnummer", "cvrno", "cvrnumber"]),
    field(
        "industry",
        Shape::Text(140),
        &["branche", "branchetekst", "hovedbranche", "industry"],
    ),
    ADDRESS,
    POSTCODE,
    field(
        "contact",
        Shape::Text(140),
        &["kontakt", "kontaktperson", "kontaktnavn", "contact", "contactperson"],
    ),
    PHONE,
    EMAIL,
    field(
        "employees",
        Shape::Number,
        &[
            "ansatte",
            "antalansatte",
            "medarbejdere",
            "antalmedarbejdere",
            "årsværk",
            "employees",
            "numberofemployees",
        ],
    ),
];

const EXPENSES: &[Field] = &[
    MONTH,
    required("benefit", Shape::Benefit, BENEFIT),
    required(
        "gross",
        Shape::Kroner,
        &[
            "udgift",
            "udgifter",
            "bruttoudgift",
            "bruttoudgifter",
            "brutto",
            "udbetalt",
            "udbetalingsbeløb",
            "beregnetudbetalingsbeløb",
            "beløb",
            "expense",
            "expenses",
            "gross",
            "grossexpense",
            "amount",
        ],
    ),
    field(
        "refund",
        Shape::Kroner,
        &["refusion", "refusionsbeløb", "statsrefusion", "refund", "reimbursement"],
    ),
];

/// What can be brought in about a kind of thing, in the order of the template file.
pub const fn fields(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Units => UNITS,
        Kind::Employees => EMPLOYEES,
        Kind::Teams => TEAMS,
        Kind::Citizens => CITIZENS,
        Kind::Spells => SPELLS,
        Kind::Hours => HOURS,
        Kind::States => STATES,
        Kind::Assignments => ASSIGNMENTS,
        Kind::Companies => COMPANIES,
        Kind::Expenses => EXPENSES,
    }
}

/// The fields a mapping must still be given, in groups: of each group one is enough.
pub fn missing(kind: Kind, mapping: &Mapping) -> Vec<Vec<&'static str>> {
    let mut groups: Vec<Vec<&'static str>> = fields(kind)
        .iter()
        .filter(|f| f.required)
        .map(|f| vec![f.key])
        .collect();
    if kind == Kind::Employees {
        // Without one of them a colleague cannot be told from another of the same name, nor log in.
        groups.push(vec!["login", "email"]);
    }
    groups.retain(|group| {
        !group
            .iter()
            .any(|key| mapping.columns.contains_key(*key) || mapping.fixed.contains_key(*key))
    });
    groups
}
