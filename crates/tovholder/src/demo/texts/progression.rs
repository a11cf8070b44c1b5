//! The six preconditions for work as a progression view: how they are asked, and comments at each level, from the
//! citizen and from the employee. The two may differ; the gap is something to talk about.

/// One of the six preconditions.
#[derive(Debug)]
pub struct Precondition {
    /// Key.
    pub key: &'static str,
    /// Short name.
    pub title: &'static str,
    /// As asked to the citizen, answered from 1 (slet ikke) to 5 (helt).
    pub question: &'static str,
    /// The citizen's comments at a low (1–2), middle (3) and high (4–5) answer.
    pub citizen: [&'static [&'static str]; 3],
    /// The employee's comments at the same levels.
    pub employee: [&'static [&'static str]; 3],
}

impl Precondition {
    /// Comments for an answer from 1 to 5; `own` for the citizen's.
    pub fn comments(&self, answer: u8, own: bool) -> &'static [&'static str] {
        let level = match answer {
            0..=2 => 0,
            3 => 1,
            _ => 2,
        };
        if own { self.citizen[level] } else { self.employee[level] }
    }
}

/// The six.
pub static PRECONDITIONS: &[Precondition] = &[
    Precondition {
        key: "own_responsibility",
        title: "Det er mit eget",
        question: "Jeg ser det som min egen sag at komme i arbejde.",
        citizen: [
            &[
                "Lige nu er det mest noget, andre vil have.",
                "Jeg kan ikke se det for mig endnu.",
                "Der er for meget andet, der fylder.",
            ],
            &[
                "Jeg vil gerne, men jeg går i stå, når jeg er alene med det.",
                "Nogle dage ja, andre dage nej.",
                "Jeg er begyndt at tænke over, hvad jeg selv vil.",
            ],
            &[
                "Det er mit liv. Jeg vil selv finde noget.",
                "Jeg søger selv og siger til, når jeg har brug for hjælp.",
                "Jeg har en plan, og den er min.",
            ],
        ],
        employee: [
            &[
                "Vi skal finde noget, {navn} selv brænder for. Det har vi ikke endnu.",
                "{navn} har meget om ørerne. Vi tager små skridt.",
            ],
            &[
                "{navn} tager fat, når skridtet er tydeligt.",
                "Jeg oplever, at lysten er på vej.",
            ],
            &[
                "{navn} har selv ringet til {virksomhed}.",
                "{navn} kommer med forslagene. Jeg hjælper med det praktiske.",
            ],
        ],
    },
    Precondition {
        key: "seeks_help",
        title: "Jeg henter hjælp",
        question: "Jeg ved, hvem jeg kan spørge, og jeg gør det.",
        citizen: [
            &[
                "Jeg ved ikke, hvem der gør hvad.",
                "Jeg har svært ved at bede om noget.",
                "Jeg har prøvet før uden at få svar.",
            ],
            &[
                "Jeg spørger, hvis det er en, jeg kender.",
                "Jeg ringer, når det er ved at være for sent.",
                "Det er lettere at skrive end at ringe.",
            ],
            &[
                "Jeg har nummeret til {medarbejder} og bruger det.",
                "Jeg spurgte selv {ven} om hjælp i sidste uge.",
                "Jeg siger til i god tid.",
            ],
        ],
        employee: [
            &[
                "{navn} kender mig ikke så godt endnu. Jeg ringer selv hver anden uge.",
                "Vi laver en liste over, hvem der kan spørges om hvad.",
            ],
            &[
                "{navn} skriver til mig mellem samtalerne. Det er nyt.",
                "Hjælpen bliver brugt, når vi aftaler den på forhånd.",
            ],
            &[
                "{navn} henter selv hjælp, før det brænder på.",
                "{navn} bruger både {ven} og holdet omkring sig.",
            ],
        ],
    },
    Precondition {
        key: "attractive",
        title: "Jeg har noget at byde på",
        question: "Jeg kan noget, som en arbejdsplads vil betale løn for.",
        citizen: [
            &[
                "Jeg kan ikke se, hvad det skulle være.",
                "Det er længe siden, jeg har haft et job.",
                "Jeg er bange for at være i vejen.",
            ],
            &[
                "Jeg kan godt noget, men jeg er langsom endnu.",
                "Jeg er god til det praktiske. Resten skal jeg lære.",
                "Måske nogle få timer om ugen.",
            ],
            &[
                "{kontakt} har sagt, at de kan bruge mig.",
                "Jeg får løn for {timer} timer. Det gør en forskel.",
                "Jeg ved, hvad jeg er god til.",
            ],
        ],
        employee: [
            &[
                "Jeg kan se flere ting, {navn} er god til. Dem skal vi have skrevet ned sammen.",
                "Vi leder efter én opgave, der passer.",
            ],
            &[
                "{virksomhed} er glad for {ham} i de timer, {han} er der.",
                "Der er opgaver her, som kan blive til løn.",
            ],
            &[
                "{virksomhed} betaler nu for {timer} timer om ugen.",
                "{navn} kan sige, hvad {han} kan, så en chef forstår det.",
            ],
        ],
    },
    Precondition {
        key: "competences",
        title: "Jeg kan begå mig",
        question: "Jeg har det, der skal til, for at fungere på en arbejdsplads.",
        citizen: [
            &[
                "Jeg bliver træt af at være sammen med mange.",
                "Jeg er i tvivl om, hvordan man gør.",
                "Sproget er svært i pauserne.",
            ],
            &[
                "Det går godt, når jeg ved, hvad dagen bringer.",
                "Jeg er blevet bedre til at sige til.",
                "Jeg mangler et kursus, men jeg er i gang.",
            ],
            &[
                "Jeg har det godt med de andre.",
                "Jeg møder til tiden og melder afbud, hvis jeg er syg.",
                "Jeg har fået beviset nu.",
            ],
        ],
        employee: [
            &[
                "En fast makker fra begyndelsen vil gøre en forskel.",
                "Vi øver det sammen, inden {navn} begynder.",
            ],
            &[
                "{navn} klarer sig godt i små hold.",
                "Det faglige er på plads. Vi arbejder med pauserne.",
            ],
            &[
                "{navn} bliver spurgt til råds af kollegerne.",
                "{navn} har taget det kursus, der manglede.",
            ],
        ],
    },
    Precondition {
        key: "visible_jobs",
        title: "Jeg kan se jobbene",
        question: "Jeg ved, hvor der er arbejde, jeg kan søge.",
        citizen: [
            &[
                "Jeg ved ikke, hvor jeg skal lede.",
                "Alle opslag vil have erfaring.",
                "Jeg kender kun det, jeg lavede før.",
            ],
            &[
                "Jeg kender to steder, jeg gerne vil spørge.",
                "Jeg kigger hver uge, men jeg er i tvivl om ordene.",
                "Jeg har fået en liste, som vi går igennem.",
            ],
            &[
                "Jeg har skrevet til tre steder i {by}.",
                "Jeg hører om job gennem {ven} og hos {virksomhed}.",
                "Jeg ved, hvem der mangler folk.",
            ],
        ],
        employee: [
            &[
                "Vi tager ud og ser to arbejdspladser, før vi taler mere om det.",
                "Jeg finder tre steder, der passer til ønskerne.",
            ],
            &[
                "{navn} ved nu, hvad der er at vælge imellem i {by}.",
                "Vi ser på opslag sammen hver anden uge.",
            ],
            &[
                "{navn} kender markedet bedre end jeg.",
                "{navn} har selv fundet en leder at ringe til.",
            ],
        ],
    },
    Precondition {
        key: "available",
        title: "Jeg kan møde ind",
        question: "Hverdagen er sådan, at jeg kan tage et job nu.",
        citizen: [
            &[
                "Jeg sover dårligt og har mange aftaler.",
                "Jeg kan ikke komme frem og tilbage.",
                "Der skal være styr på det derhjemme først.",
            ],
            &[
                "Jeg kan tage nogle formiddage.",
                "Det går, hvis jeg kan få kørt ind.",
                "Kun når {ven} kan hjælpe mig.",
            ],
            &[
                "Jeg kan begynde på {dag}.",
                "Jeg har både cykel og buskort.",
                "Hverdagen kører. Jeg er klar.",
            ],
        ],
        employee: [
            &[
                "Vi får styr på transport og tider, mens vi leder efter et sted.",
                "Behandling og job skal passe sammen i ugen. Det laver jeg et skema over.",
            ],
            &[
                "{navn} kan arbejde om formiddagen. Det siger vi til virksomhederne.",
                "Nogle faste dage ville hjælpe.",
            ],
            &[
                "{navn} er klar til at begynde med {timer} timer.",
                "Der er ingen hindringer, vi kender.",
            ],
        ],
    },
];
