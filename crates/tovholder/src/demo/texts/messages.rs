//! Words that belong to every persona: messages to the citizen, no-shows, changes of coordinator, consent, the
//! citizen's messages to the team, and what a relative or volunteer writes.
//!
//! Slots: those of the citizen ([`super::Slots::for_citizen`]), and in messages about a time also `{dato}` and `{tid}`,
//! which the caller sets.

/// A conversation is booked.
pub static APPOINTMENT: &[&str] = &[
    "Hej {navn}. Vi ses [{dato} kl. {tid}|til en snak {dato} kl. {tid}]. Du kan flytte tiden her på siden. Hilsen {medarbejder}",
    "Hej {navn}. Jeg har sat en tid af til dig {dato} kl. {tid}. Passer det dårligt, så vælg en anden. Hilsen {medarbejder}",
    "Hej {navn}. Næste samtale er {dato} kl. {tid}. Skriv gerne på forhånd, hvad du vil tale om. Hilsen {medarbejder}",
    "Hej {navn}. Vi kan tage samtalen i telefonen, hvis det er nemmere for dig. Tiden er {dato} kl. {tid}. Hilsen {medarbejder}",
];

/// A reminder the day before.
pub static REMINDER: &[&str] = &[
    "Hej {navn}. Husk, at vi ses i morgen kl. {tid}. [Jeg glæder mig.|Tag gerne én med.] Hilsen {medarbejder}",
    "Hej {navn}. Vi ses i morgen kl. {tid}. Bliver du syg, så send en besked. Hilsen {medarbejder}",
    "Hej {navn}. En lille påmindelse: Vi har en aftale i morgen kl. {tid}. Hilsen {medarbejder}",
];

/// A step is due soon.
pub static STEP_REMINDER: &[&str] = &[
    "Hej {navn}. Du har et skridt, der skal være klar på {dag}. Skriv, hvis du er gået i stå. Så finder vi en vej. Hilsen {medarbejder}",
    "Hej {navn}. Hvordan går det med dit næste skridt? Det gør ikke noget, hvis datoen skal flyttes. Hilsen {medarbejder}",
    "Hej {navn}. Jeg har gjort mit skridt færdigt. Du kan se det i planen. Hilsen {medarbejder}",
];

/// A friendly word without a task in it.
pub static ENCOURAGEMENT: &[&str] = &[
    "Hej {navn}. Tak for i dag. Det var godt at høre, hvor langt du er nået. Hilsen {medarbejder}",
    "Hej {navn}. Jeg talte med {kontakt} i dag. {Kontakt} var glad for din indsats. Hilsen {medarbejder}",
    "Hej {navn}. Held og lykke i morgen. Ring bagefter, hvis du har lyst. Hilsen {medarbejder}",
];

/// The citizen did not come. Says what happened and what is next, and blames no one.
pub static NO_SHOW: &[&str] = &[
    "{navn} kom ikke til samtalen. Jeg ringede kl. 10 uden at få svar. Jeg har sendt en besked og en ny tid.",
    "{navn} nåede ikke frem. {Han} skrev bagefter, at bussen ikke kom. Vi tager samtalen i telefonen på {dag}.",
    "{navn} meldte afbud samme morgen på grund af sygdom. Ny tid er aftalt. Der er intet, der haster.",
    "Vi mødtes ikke i dag. {navn} havde fået to aftaler på samme tid. Jeg beklager, at vi ikke så det. Ny tid er sendt.",
    "{navn} kom ikke i dag. {Han} ringede selv om eftermiddagen, og vi talte i ti minutter. Skridtene gælder stadig.",
];

/// Why a plan gets a new coordinator.
pub static CHANGE_REASONS: &[(&str, &str)] = &[
    (
        "staff_left",
        "{medarbejder} har fået nyt arbejde. {medarbejder} og den nye tovholder har holdt et møde sammen med {navn}.",
    ),
    ("staff_left", "{medarbejder} går på barsel. Planen fortsætter uændret."),
    ("staff_left", "{medarbejder} går på pension ved udgangen af måneden."),
    (
        "target_group",
        "{navn} har fået en anden ydelse. Derfor hører planen nu til i et andet team.",
    ),
    (
        "target_group",
        "{navn} er blevet godkendt til fleksjob og får en tovholder, der kender reglerne for det.",
    ),
    (
        "citizen_wish",
        "{navn} har bedt om en ny tovholder. Ønsket er talt igennem, og vi har fulgt det.",
    ),
    (
        "citizen_wish",
        "{navn} vil gerne have den samme person i jobcentret og i hverdagen. Derfor skifter vi.",
    ),
    (
        "youth_unit",
        "{navn} er under 30 og får nu hjælpen samlet i Ungeenheden.",
    ),
    (
        "adult_unit",
        "{navn} er fyldt 30. Ungeenheden giver planen videre, og vi holder mødet sammen.",
    ),
    (
        "moved_focus",
        "Det vigtigste lige nu er hverdagen. Derfor tager bostøtten over som tovholder.",
    ),
];

/// What the citizen writes to the team.
pub static FROM_CITIZEN: &[&str] = &[
    "Hej {medarbejder}. Jeg har fået tiden flyttet på mit arbejde. Kan vi ses [lidt senere|en halv time før]?",
    "Hej {medarbejder}. Jeg har gjort det, vi aftalte. Det gik bedre, end jeg troede.",
    "Hej {medarbejder}. Jeg er syg i dag. Jeg skriver, når jeg er på benene.",
    "Hej {medarbejder}. Jeg har et spørgsmål om penge. Hvem skal jeg ringe til?",
    "Hej {medarbejder}. Må {ven} komme med på {dag}?",
    "Hej. Jeg kan ikke finde brevet fra jer. Kan I sende det igen?",
    "Hej {medarbejder}. Jeg var til samtale hos {virksomhed}. De ringer på {dag}.",
    "Hej {medarbejder}. Tak for sidst. Jeg har tænkt over det og siger ja.",
];

/// What a relative or volunteer writes on a step.
pub static FROM_HELPERS: &[&str] = &[
    "Vi gik turen sammen i dag. Det tager vi igen på {dag}.",
    "Jeg kørte {ham} derhen. Det gik fint.",
    "Vi har sat os ned med papirerne. Der mangler kun én underskrift.",
    "Jeg blev forhindret. Vi har aftalt en ny dag.",
    "Vi øvede os i at ringe. Til sidst ringede {han} selv.",
];

/// What a consent covers, in words the citizen can say yes or no to.
pub static CONSENTS: &[&str] = &[
    "{medarbejder} må tale med min læge om, hvor mange timer jeg kan arbejde.",
    "Min tovholder må se, hvilke dage jeg er til behandling. Ikke hvad vi taler om.",
    "{virksomhed} må få mit navn, mit nummer og de timer, jeg kan arbejde.",
    "Min bostøtte og min jobrådgiver må tale sammen om mine skridt.",
    "Skolen og min tovholder må dele, hvor mange dage jeg kommer i skole.",
    "{ven} må se min plan og være med til samtaler.",
    "Ydelsescentret må få at vide, hvor mange timer jeg har løn for.",
];

/// Why someone looked at a plan.
pub static LOOK_REASONS: &[&str] = &[
    "Gjorde klar til samtalen",
    "Skrev efter samtalen",
    "Svarede på en besked",
    "Fulgte op på et skridt",
    "Afløste en syg kollega",
    "Borgeren ringede",
];
