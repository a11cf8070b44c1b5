//! What the demo's teams aim at, and what they say of it month by month. About the work, never about a citizen.

use tovholder_casework::plan::GoalStatus;
use tovholder_casework::status::{ActionDone, Judgement, Term};

/// What a team said of a goal in a month: how it goes, the sentence, whether last month's action was done, and the next.
pub struct SaidText(
    pub Judgement,
    pub &'static str,
    pub Option<ActionDone>,
    pub &'static str,
);

/// A goal with its months.
pub struct GoalText {
    /// How far away.
    pub term: Term,
    /// In the team's words.
    pub words: &'static str,
    /// The figure's code; empty for none.
    pub measure: &'static str,
    /// The figure of the whole municipality instead of the team's unit.
    pub whole: bool,
    /// The team's own target, as the figure is computed.
    pub target: Option<f64>,
    /// Set so many months ago.
    pub since: i32,
    /// To be reached so many months after it was set.
    pub months: i32,
    /// One a month, the first in the month after it was set.
    pub said: &'static [SaidText],
    /// How it ended, in the month after the last word on it; none while it is open.
    pub end: Option<(GoalStatus, &'static str)>,
}

/// A team's sheet.
pub struct SheetText {
    /// The team's name.
    pub team: &'static str,
    /// Has met this month already, so that its last word is of this month.
    pub prompt: bool,
    /// Its goals.
    pub goals: &'static [GoalText],
}

use ActionDone::{No, Partly, Yes};
use Judgement::{OnTheWay, Reached, Stuck};

/// The sheets. Teams that are not here have not begun.
pub static SHEETS: &[SheetText] = &[
    SheetText {
        team: "Team Jobklar",
        prompt: false,
        goals: &[
            GoalText {
                term: Term::Long,
                words: "Flere går direkte i job, før de når at vente et halvt år",
                measure: "to_work",
                whole: false,
                target: Some(0.30),
                since: 7,
                months: 14,
                said: &[
                    SaidText(
                        OnTheWay,
                        "Vi taler job i den første samtale nu, også når der er meget andet at tale om.",
                        None,
                        "Vi prøver spørgsmålet »Hvor ville du søge, hvis du kunne vælge?« i alle første samtaler",
                    ),
                    SaidText(
                        OnTheWay,
                        "Spørgsmålet virker, men det tager tid, og vi glemmer det, når dagen er fuld.",
                        Some(Partly),
                        "Vi lægger spørgsmålet ind som det første punkt i vores egen dagsorden",
                    ),
                    SaidText(
                        Stuck,
                        "Sommeren har været stille, og få virksomheder har kunnet tage imod.",
                        Some(Yes),
                        "Vi beder Virksomhedsservice om en liste over steder, der mangler folk efter ferien",
                    ),
                    SaidText(
                        OnTheWay,
                        "Listen fra Virksomhedsservice gav flere samtaler med virksomheder på en uge, end vi plejer at have på en måned.",
                        Some(Yes),
                        "Vi aftaler et fast kvarter med en virksomhedskonsulent hver mandag",
                    ),
                    SaidText(
                        OnTheWay,
                        "Mandagskvarteret er blevet en vane, og vi ringer mere til hinanden resten af ugen.",
                        Some(Yes),
                        "Vi skriver tre gode råd ned til de nye kolleger",
                    ),
                    SaidText(
                        OnTheWay,
                        "De nye er godt i gang, og tallet flytter sig den rigtige vej, men det svinger stadig.",
                        Some(Partly),
                        "Vi kigger sammen på dem, der har ventet i tre måneder, og finder det næste skridt",
                    ),
                ],
                end: None,
            },
            GoalText {
                term: Term::Short,
                words: "Alle har en næste samtale i kalenderen, når den første slutter",
                measure: "",
                whole: false,
                target: None,
                since: 7,
                months: 3,
                said: &[
                    SaidText(
                        OnTheWay,
                        "De fleste får en ny tid med hjem. Det halter, når samtalen er på telefon.",
                        None,
                        "Vi laver en lille seddel til telefonen med de tre ting, vi altid slutter med",
                    ),
                    SaidText(
                        Reached,
                        "Sedlen hænger ved alle telefoner, og listen over dem uden en næste samtale er næsten tom.",
                        Some(Yes),
                        "",
                    ),
                ],
                end: Some((
                    GoalStatus::Reached,
                    "En seddel ved telefonen gjorde forskellen. Det var aldrig viljen, der manglede, kun noget at huske på.",
                )),
            },
            GoalText {
                term: Term::Short,
                words: "Ingen af os er tovholder for flere, end vi kan huske navnet på",
                measure: "",
                whole: false,
                target: None,
                since: 3,
                months: 3,
                said: &[
                    SaidText(
                        OnTheWay,
                        "Vi har talt sammen om, hvordan planerne er fordelt, og to af os havde alt for mange.",
                        None,
                        "Vi flytter de første planer, og hver borger får besked i god tid",
                    ),
                    SaidText(
                        OnTheWay,
                        "Det meste er flyttet, og overleveringerne har været rolige.",
                        Some(Yes),
                        "Vi spørger hinanden om en måned, om det føles bedre",
                    ),
                ],
                end: None,
            },
        ],
    },
    SheetText {
        team: "Team Sygedagpenge",
        prompt: true,
        goals: &[
            GoalText {
                term: Term::Long,
                words: "Sygemeldte beholder kontakten til deres arbejdsplads",
                measure: "duration",
                whole: false,
                target: None,
                since: 7,
                months: 12,
                said: &[
                    SaidText(
                        OnTheWay,
                        "Vi spørger til arbejdspladsen i alle opfølgninger og tilbyder at ringe sammen.",
                        None,
                        "Vi samler de sætninger, der virker, når en chef er i tvivl",
                    ),
                    SaidText(
                        OnTheWay,
                        "Samtaler med tre parter er blevet lettere at få i stand, når vi selv foreslår et tidspunkt.",
                        Some(Yes),
                        "Vi prøver at holde samtalen ude på arbejdspladsen",
                    ),
                    SaidText(
                        Stuck,
                        "Der har været for lidt tid til at køre ud, og de fleste samtaler er stadig på telefon.",
                        Some(Partly),
                        "Vi samler besøgene på én fast dag om ugen",
                    ),
                    SaidText(
                        OnTheWay,
                        "Torsdagene fungerer. Vi lærer mere på en halv time på stedet end i tre telefonsamtaler.",
                        Some(Yes),
                        "Vi tager en kollega med på hvert andet besøg, så vi lærer af hinanden",
                    ),
                    SaidText(
                        OnTheWay,
                        "Besøgene to og to giver god snak i bilen, og flere delvise raskmeldinger er kommet tidligere.",
                        Some(Yes),
                        "Vi fortæller de praktiserende læger om ordningen på mødet i næste måned",
                    ),
                    SaidText(
                        OnTheWay,
                        "Lægerne tog godt imod det, og to klinikker vil gerne have et fast nummer at ringe til.",
                        Some(Yes),
                        "Vi får et fælles nummer, som en af os altid tager",
                    ),
                ],
                end: None,
            },
            GoalText {
                term: Term::Short,
                words: "Breve fra os kan forstås ved første læsning",
                measure: "",
                whole: false,
                target: None,
                since: 3,
                months: 3,
                said: &[
                    SaidText(
                        OnTheWay,
                        "Vi har læst de fem mest brugte breve højt for hinanden og streget halvdelen ud.",
                        None,
                        "Vi skriver de to værste om og viser dem til brugerrådet",
                    ),
                    SaidText(
                        Stuck,
                        "Brugerrådet var glade for udkastene, men to afsnit skal juristen se på først.",
                        Some(Yes),
                        "Vi aftaler et møde med juristen og tager brugerrådets spørgsmål med",
                    ),
                ],
                end: None,
            },
        ],
    },
    SheetText {
        team: "Team Springbræt",
        prompt: false,
        goals: &[
            GoalText {
                term: Term::Long,
                words: "Enhver har kontakt med en virksomhed, også mens andet står på",
                measure: "companies_share",
                whole: false,
                target: None,
                since: 7,
                months: 12,
                said: &[
                    SaidText(
                        OnTheWay,
                        "Vi er begyndt med de korte besøg på en time, hvor ingen skal love noget.",
                        None,
                        "Vi finder ti steder, der vil have besøg",
                    ),
                    SaidText(
                        OnTheWay,
                        "Syv steder har sagt ja, mest butikker og plejecentre.",
                        Some(Partly),
                        "Vi mangler værksteder og lager og spørger Virksomhedsservice",
                    ),
                    SaidText(
                        OnTheWay,
                        "Besøgene gør det lettere at tale om job bagefter, også for dem der var bange for det.",
                        Some(Yes),
                        "Vi skriver ned, hvad et godt besøg er",
                    ),
                    SaidText(
                        Stuck,
                        "Vi venter for længe på de andre indsatser, før vi tør tage en virksomhed med.",
                        Some(Yes),
                        "Vi gennemgår planerne to og to og spørger: Hvad er der i vejen for et besøg nu?",
                    ),
                    SaidText(
                        OnTheWay,
                        "Gennemgangen viste, at det oftest var os og ikke borgeren, der ventede.",
                        Some(Yes),
                        "Vi gør gennemgangen til en fast ting den første onsdag i måneden",
                    ),
                    SaidText(
                        OnTheWay,
                        "Onsdagen er sat i kalenderen, og færre planer står uden et mål om job.",
                        Some(Yes),
                        "Vi inviterer Socialpsykiatrien med til den næste gennemgang",
                    ),
                ],
                end: None,
            },
            GoalText {
                term: Term::Short,
                words: "Vi holder det, vi lover, eller siger til i tide",
                measure: "",
                whole: false,
                target: None,
                since: 3,
                months: 3,
                said: &[
                    SaidText(
                        Stuck,
                        "Vi lover for meget i samtalerne, og mange af vores egne skridt er over tiden.",
                        None,
                        "Vi lover højst én ting i hver samtale og skriver den med det samme",
                    ),
                    SaidText(
                        OnTheWay,
                        "Det hjælper at love mindre. Listen over skridt, der er over tiden, er blevet kortere.",
                        Some(Yes),
                        "Vi tager resten af de gamle skridt på en fælles formiddag",
                    ),
                ],
                end: None,
            },
            GoalText {
                term: Term::Long,
                words: "Alle i teamet har prøvet at følge en kollega en hel dag",
                measure: "",
                whole: false,
                target: None,
                since: 5,
                months: 10,
                said: &[
                    SaidText(
                        OnTheWay,
                        "De to første par har fulgt hinanden og fortalt om det på mødet.",
                        None,
                        "Vi sætter navne og datoer på de næste fire par",
                    ),
                    SaidText(
                        Stuck,
                        "Efteråret er fyldt op, og to dage blev aflyst.",
                        Some(No),
                        "Vi prøver med halve dage i stedet",
                    ),
                    SaidText(
                        OnTheWay,
                        "Halve dage er lettere at finde plads til, og vi får det samme ud af det.",
                        Some(Yes),
                        "Hvert par vælger én ting, de vil gøre på en ny måde",
                    ),
                    SaidText(
                        OnTheWay,
                        "Vi er mere end halvvejs, og flere spørger selv, om de må komme med.",
                        Some(Partly),
                        "De sidste par aftaler en dag inden jul",
                    ),
                ],
                end: None,
            },
        ],
    },
    SheetText {
        team: "Team Fleks og Senior",
        prompt: true,
        goals: &[
            GoalText {
                term: Term::Long,
                words: "Et fleksjob begynder med de timer, der kan lade sig gøre, og vokser",
                measure: "reduced_capacity",
                whole: false,
                target: None,
                since: 5,
                months: 12,
                said: &[
                    SaidText(
                        OnTheWay,
                        "Vi taler om få timer som en begyndelse og ikke som et nederlag.",
                        None,
                        "Vi finder tre virksomheder, der vil begynde med to timer om ugen",
                    ),
                    SaidText(
                        OnTheWay,
                        "Fem virksomheder sagde ja, da vi fortalte, at vi selv følger op.",
                        Some(Yes),
                        "Vi ringer til alle fem efter den første måned",
                    ),
                    SaidText(
                        OnTheWay,
                        "Opringningerne tog en halv time i alt og reddede to forløb.",
                        Some(Yes),
                        "Vi gør opringningen fast efter en og tre måneder",
                    ),
                    SaidText(
                        Stuck,
                        "Det er svært at få talt om flere timer, når det først går godt.",
                        Some(Yes),
                        "Vi øver samtalen om flere timer med hinanden på næste møde",
                    ),
                ],
                end: None,
            },
            GoalText {
                term: Term::Short,
                words: "Ingen venter mere end fjorten dage på svar fra os",
                measure: "",
                whole: false,
                target: None,
                since: 4,
                months: 3,
                said: &[
                    SaidText(
                        OnTheWay,
                        "Vi har en fælles indbakke nu, og den er tom hver fredag.",
                        None,
                        "Vi skiftes til at have indbakken en uge ad gangen",
                    ),
                    SaidText(Reached, "Fire fredage i træk uden et ubesvaret brev.", Some(Yes), ""),
                ],
                end: Some((
                    GoalStatus::Reached,
                    "Én ansvarlig ad gangen er bedre end alle på én gang.",
                )),
            },
        ],
    },
    SheetText {
        team: "Team Første Skridt",
        prompt: true,
        goals: &[
            GoalText {
                term: Term::Long,
                words: "Unge mærker, at vi taler sammen om dem og ikke hver for sig",
                measure: "joint",
                whole: true,
                target: None,
                since: 7,
                months: 15,
                said: &[
                    SaidText(
                        OnTheWay,
                        "Vi har holdt de første møder sammen med Familie og PPR, og det gav færre gentagelser for de unge.",
                        None,
                        "Vi aftaler, hvem der skriver ned, når vi er flere om bordet",
                    ),
                    SaidText(
                        OnTheWay,
                        "Det er altid tovholderen, der skriver. Det har gjort møderne kortere.",
                        Some(Yes),
                        "Vi prøver at holde mødet på den unges skole",
                    ),
                    SaidText(
                        Stuck,
                        "Skolerne havde ferie, og vi mistede farten.",
                        Some(No),
                        "Vi ringer til de to skoler i den første uge efter ferien",
                    ),
                    SaidText(
                        OnTheWay,
                        "Begge skoler har fundet et lokale, og den unge vælger selv, hvem der er med.",
                        Some(Yes),
                        "Vi spørger fem unge, hvordan møderne har været",
                    ),
                    SaidText(
                        OnTheWay,
                        "De unge siger, at der er for mange voksne, men at det er rart at slippe for at fortælle det samme igen.",
                        Some(Yes),
                        "Vi er højst tre voksne ad gangen fra nu af",
                    ),
                    SaidText(
                        OnTheWay,
                        "Tre voksne er nok. Resten kan læse planen bagefter.",
                        Some(Yes),
                        "Vi fortæller Team Uddannelse, hvad vi har lært",
                    ),
                ],
                end: None,
            },
            GoalText {
                term: Term::Short,
                words: "Vi skriver til de unge, som de skriver til os",
                measure: "",
                whole: false,
                target: None,
                since: 5,
                months: 3,
                said: &[
                    SaidText(
                        OnTheWay,
                        "Korte beskeder får hurtigere svar end breve.",
                        None,
                        "Vi samler ti gode beskeder, alle kan bruge",
                    ),
                    SaidText(
                        Stuck,
                        "Beskederne blev for ens, og de unge lagde mærke til det.",
                        Some(Yes),
                        "Vi holder op med at dele beskeder og deler i stedet erfaringer",
                    ),
                ],
                end: Some((
                    GoalStatus::Dropped,
                    "Målet handlede om form. Det vigtige var, at den unge kender den, der skriver.",
                )),
            },
            GoalText {
                term: Term::Short,
                words: "Alle nye unge har mødt en arbejdsplads inden for den første måned",
                measure: "",
                whole: false,
                target: None,
                since: 2,
                months: 3,
                said: &[SaidText(
                    OnTheWay,
                    "Vi har lavet en aftale med fire arbejdspladser om besøg hver fredag.",
                    None,
                    "Vi tager de første tre hold med ud",
                )],
                end: None,
            },
        ],
    },
    SheetText {
        team: "Team Virksomhed",
        prompt: true,
        goals: &[
            GoalText {
                term: Term::Long,
                words: "Flere virksomheder arbejder sammen med os, og de bliver ved",
                measure: "companies",
                whole: true,
                target: None,
                since: 7,
                months: 12,
                said: &[
                    SaidText(
                        OnTheWay,
                        "Vi har delt byens virksomheder mellem os, så hver har én at ringe til.",
                        None,
                        "Vi ringer til dem, der ikke har hørt fra os i et år",
                    ),
                    SaidText(
                        OnTheWay,
                        "Mange blev overraskede over, at vi ringede uden at ville have noget.",
                        Some(Yes),
                        "Vi skriver ned, hvad hver virksomhed selv siger, den mangler",
                    ),
                    SaidText(
                        OnTheWay,
                        "Vi har nu et ønske på skrift fra de fleste og kan ringe, når vi har den rette.",
                        Some(Partly),
                        "Vi giver rådgiverne adgang til ønskerne",
                    ),
                    SaidText(
                        Stuck,
                        "Rådgiverne når ikke at læse ønskerne, før samtalen er gået.",
                        Some(Yes),
                        "Vi sidder med ved jobcentrets morgenmøde om mandagen",
                    ),
                    SaidText(
                        OnTheWay,
                        "Mandagsmøderne giver de bedste forslag, fordi vi kan spørge hinanden.",
                        Some(Yes),
                        "Vi takker de virksomheder, der har taget imod flest, og spørger, hvad der skal til for at blive ved",
                    ),
                    SaidText(
                        OnTheWay,
                        "De fleste ønsker sig det samme: én at ringe til og et opkald, før et forløb slutter.",
                        Some(Yes),
                        "Vi ringer altid fjorten dage før et forløb slutter",
                    ),
                ],
                end: None,
            },
            GoalText {
                term: Term::Short,
                words: "Alle forløb har løntimer på tale fra første uge",
                measure: "hours",
                whole: true,
                target: None,
                since: 3,
                months: 3,
                said: &[
                    SaidText(
                        OnTheWay,
                        "Vi nævner løntimer allerede, når aftalen bliver lavet.",
                        None,
                        "Vi øver os i at sige det på én sætning",
                    ),
                    SaidText(
                        OnTheWay,
                        "Det er lettere at få tre timer end ti, og tre bliver tit til flere.",
                        Some(Yes),
                        "Vi samler eksempler, vi kan fortælle videre uden navne",
                    ),
                ],
                end: None,
            },
        ],
    },
    SheetText {
        team: "Team Ydelser",
        prompt: false,
        goals: &[
            GoalText {
                term: Term::Short,
                words: "Den, der ringer, skal kun forklare sig én gang",
                measure: "",
                whole: false,
                target: None,
                since: 3,
                months: 3,
                said: &[
                    SaidText(
                        OnTheWay,
                        "Vi skriver et par linjer efter hvert opkald, så den næste kan læse med.",
                        None,
                        "Vi finder ud af, hvem der ringer mere end to gange, og hvorfor",
                    ),
                    SaidText(
                        OnTheWay,
                        "De fleste ringer igen, fordi brevet er svært at forstå, ikke fordi vi har svaret forkert.",
                        Some(Yes),
                        "Vi skriver det brev om, som flest ringer om",
                    ),
                ],
                end: None,
            },
            GoalText {
                term: Term::Long,
                words: "Rådgiverne får svar fra os samme dag",
                measure: "",
                whole: false,
                target: None,
                since: 7,
                months: 12,
                said: &[
                    SaidText(
                        OnTheWay,
                        "Vi har en vagt, der tager telefonen fra kollegerne hver formiddag.",
                        None,
                        "Vi måler en uge, hvor mange der får svar samme dag",
                    ),
                    SaidText(
                        OnTheWay,
                        "Fire ud af fem fik svar samme dag i den uge, vi talte.",
                        Some(Yes),
                        "Vi ser på den sidste femtedel sammen med jobcentret",
                    ),
                    SaidText(
                        OnTheWay,
                        "De sene svar handlede mest om ferie og barsel, og det kunne vi selv løse.",
                        Some(Yes),
                        "Vi skriver svarene på de ti hyppigste spørgsmål ned",
                    ),
                    SaidText(
                        OnTheWay,
                        "De ti svar ligger samme sted nu, og kollegerne bruger dem.",
                        Some(Yes),
                        "Vi retter dem igennem, når reglerne ændrer sig",
                    ),
                    SaidText(
                        Stuck,
                        "Nye regler gjorde tre af svarene forkerte, og det opdagede vi for sent.",
                        Some(No),
                        "Én af os læser alle svarene igennem den første dag i hver måned",
                    ),
                    SaidText(
                        OnTheWay,
                        "Svarene passer igen, og vagten fungerer, også når nogen er væk.",
                        Some(Yes),
                        "Vi spørger rådgiverne, hvad de mangler",
                    ),
                ],
                end: None,
            },
        ],
    },
];
