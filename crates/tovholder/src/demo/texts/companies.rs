//! Invented companies: trades, what each needs, and how a name is made.

use rand::{Rng, RngExt, seq::IndexedRandom};

use super::{
    fill::Slots,
    names::{self, Name},
    places,
};

/// A trade with its words.
#[derive(Debug)]
pub struct Trade {
    /// Key used by personas.
    pub key: &'static str,
    /// Industry as shown.
    pub industry: &'static str,
    /// Whole names, used first; then patterns make more.
    pub names: &'static [&'static str],
    /// Endings for `Surname ending` and `Town ending`, for example "Auto".
    pub endings: &'static [&'static str],
    /// What the company may need: title and tasks.
    pub needs: &'static [(&'static str, &'static str)],
    /// Fewest and most employees.
    pub size: (u16, u16),
    /// True for public employers.
    pub public: bool,
}

/// A company ready to be entered.
#[derive(Debug, Clone)]
pub struct CompanyText {
    /// Name.
    pub name: String,
    /// Trade with industry and needs.
    pub trade: &'static Trade,
    /// Employees.
    pub employees: u16,
    /// Contact person.
    pub contact: Name,
    /// Contact person's title.
    pub contact_title: &'static str,
    /// Town it lies in.
    pub town: &'static places::Town,
}

/// A need ready to be entered.
#[derive(Debug, Clone)]
pub struct NeedText {
    /// Title.
    pub title: &'static str,
    /// What the work is.
    pub tasks: &'static str,
    /// What the company says about itself and the work.
    pub words: String,
    /// Fewest hours a week.
    pub hours_from: u8,
    /// Most hours a week.
    pub hours_to: u8,
}

/// A company of any trade.
pub fn company(rng: &mut (impl Rng + ?Sized)) -> CompanyText {
    company_in(&[], rng)
}

/// A company of one of the trades (any trade if none is known).
pub fn company_in(trades: &[&str], rng: &mut (impl Rng + ?Sized)) -> CompanyText {
    let fitting: Vec<&'static Trade> = TRADES.iter().filter(|t| trades.contains(&t.key)).collect();
    let trade = fitting
        .choose(rng)
        .copied()
        .or_else(|| TRADES.choose(rng))
        .unwrap_or(&TRADES[0]);
    let town = places::town(rng);
    let year = rng.random_range(1960..=1994);
    let sex = names::sex(rng);
    let contact = names::name(sex, year, names::origin(rng), rng);
    let ending = trade.endings.choose(rng).copied().unwrap_or("Service");
    let name = match rng.random_range(0..10) {
        0..3 => trade.names.choose(rng).copied().unwrap_or(ending).to_owned(),
        3..6 if !trade.public => format!("{} {ending}", names::surname(names::Origin::Danish, rng)),
        6..7 if !trade.public => format!("{} {ending}", names::SURNAMES.choose(rng).copied().unwrap_or("Holm")),
        _ => format!("{} {ending}", town.name),
    };
    // Small companies are the many: the square of an even draw leans towards the low end.
    let lean: f64 = rng.random_range(0.0..1.0);
    let span = f64::from(trade.size.1 - trade.size.0);
    let employees = trade.size.0 + (span * lean * lean) as u16;
    let titles: &[&str] = match (trade.public, employees) {
        (true, _) => &["Leder", "Afdelingsleder", "Teamleder"],
        (false, 0..12) => &["Indehaver", "Mester", "Ejer"],
        (false, 12..60) => &["Daglig leder", "Driftsleder", "Indehaver"],
        (false, _) => &["HR-ansvarlig", "Driftschef", "Afdelingsleder"],
    };
    let contact_title = titles.choose(rng).copied().unwrap_or("Leder");
    CompanyText {
        name,
        trade,
        employees,
        contact,
        contact_title,
        town,
    }
}

/// A need of the trade.
pub fn need(trade: &'static Trade, rng: &mut (impl Rng + ?Sized)) -> NeedText {
    let (title, tasks) = trade
        .needs
        .choose(rng)
        .copied()
        .unwrap_or(("En ekstra hånd", "Hjælpe til, hvor der er brug for det"));
    let hours_from = [3, 4, 6, 8, 10, 15].choose(rng).copied().unwrap_or(6);
    let hours_to = (hours_from + [4, 7, 12, 20].choose(rng).copied().unwrap_or(7)).min(37);
    let words = Slots::default().fill_one(NEED_WORDS, rng);
    NeedText {
        title,
        tasks,
        words,
        hours_from,
        hours_to,
    }
}

/// What companies say about a need.
pub static NEED_WORDS: &[&str] = &[
    "Vi er et lille hold, der spiser frokost sammen. [Vi lærer gerne fra os.|Man får en fast kollega ved sin side.]",
    "Man kan [begynde med få timer|starte stille og roligt] og få flere, når det går godt.",
    "Vi betaler løn fra første time for det, man kan lave alene.",
    "[Mødetiden kan rykkes.|Vi finder ud af mødetiden sammen.] Det vigtigste er, at man siger til, hvis man ikke kan komme.",
    "Vi har travlt [op til jul|i sæsonen|om formiddagen] og mangler en, der har lyst til at lære faget.",
    "Der er plads til, at man har en dårlig dag. Man skal bare sige det.",
    "Det er fysisk arbejde, men [vi har hjælpemidler til de tunge løft|ingen behøver løfte alene].",
    "Vi har før haft folk i praktik, og to af dem [er her endnu|blev ansat]. Vi prøver gerne igen.",
    "Man behøver ikke tale perfekt dansk. Vi øver os sammen i pauserne.",
    "Vi søger en, der kan lide at have orden omkring sig. Resten viser vi.",
];

/// What a company may answer after a placement.
pub static AFTER_PLACEMENT: &[&str] = &[
    "Det er gået rigtig godt. Vi har [tilbudt|aftalt] {flere} timer om ugen med løn.",
    "{navn} kom til tiden hver dag og blev en del af holdet.",
    "Vi kunne godt have brugt lidt mere hjælp i de første uger, men det endte godt.",
    "Vi har desværre ikke timer at tilbyde lige nu. Vi vil gerne være reference.",
    "Opgaverne passede ikke helt. Vi talte om det undervejs, og {navn} gik videre med en god oplevelse.",
    "Det bedste var, at konsulenten ringede [i første uge|efter fjorten dage]. Så fik vi rettet til i tide.",
    "{navn} har et godt blik for opgaverne og spørger, når noget er uklart.",
    "Vi tager gerne imod igen, bare ikke i juli.",
];

/// What a company consultant writes after a visit.
pub static VISIT_NOTES: &[&str] = &[
    "Besøg hos {virksomhed}. {kontakt} viste rundt. De mangler hænder om formiddagen og vil gerne prøve med få timer.",
    "Ringede til {kontakt}. Behovet er det samme som sidst. Vi aftaler, at jeg kommer forbi i næste uge.",
    "{kontakt} er glad for forløbet. Vi taler om, hvilke opgaver der kan blive til timer med løn.",
    "{virksomhed} har travlt og vil hellere ringes op efter den 1. Jeg har sat det i kalenderen.",
    "Første besøg. {kontakt} kendte ikke ordningerne. Vi gik dem igennem, og jeg sender de to sider, vi talte om.",
    "{kontakt} spørger efter en, der kan lide faste opgaver. Jeg vender tilbage senest {dag}.",
];

macro_rules! trades {
    ($($key:literal $industry:literal $public:literal $size:tt [$($name:literal),*] [$($ending:literal),*] [$($title:literal: $tasks:literal),*];)*) => {
        /// All trades.
        pub static TRADES: &[Trade] = &[$(Trade {
            key: $key, industry: $industry, names: &[$($name),*], endings: &[$($ending),*],
            needs: &[$(($title, $tasks)),*], size: $size, public: $public,
        }),*];
    };
}

trades! {
    "auto" "Autoværksted" false (2, 28) ["Værkstedet på Hjørnet", "Bilgården i Hvedby", "Ring & Rust"] ["Auto", "Autoværksted", "Biler"] ["Hjælper på værkstedet": "Skifte dæk, vaske biler, finde reservedele frem", "En ung, der vil lære faget": "Gå til hånde ved service og olieskift"];
    "maskin" "Landbrugsmaskiner" false (4, 45) ["Mark og Motor", "Traktorhuset"] ["Maskinservice", "Maskiner"] ["Hjælp i smedjen": "Klargøre maskiner, smøre, slibe og rydde op", "Medhjælper i høsten": "Køre ud med reservedele og vaske maskiner"];
    "metal" "Smede- og metalvarer" false (6, 140) ["Ståltråden", "Klintholt Stål"] ["Smedje", "Metal", "Stålmontage"] ["Operatør på daghold": "Passe maskine, måle emner, pakke", "Hjælper i montagen": "Samle dele og gøre klar til svejseren"];
    "plast" "Plast og emballage" false (20, 180) ["Formgods Tranevig", "Bægerfabrikken"] ["Plast", "Emballage"] ["Pakker": "Pakke varer, sætte etiketter på, tælle op"];
    "lager" "Lager og engros" false (8, 160) ["Havnelageret", "Pluklinjen", "Pallehuset"] ["Lager", "Engros", "Logistik"] ["Lagermedarbejder": "Plukke ordrer, pakke, holde orden på hylderne", "Hjælp til varemodtagelse": "Tjekke varer ind, scanne, køre truck"];
    "transport" "Vognmand" false (3, 70) ["Landevejens Vognmænd", "Kurér Nord for Åen"] ["Transport", "Vognmandsforretning"] ["Chauffør": "Køre pakker ud i lokalområdet", "Vaskehal og klargøring": "Vaske biler og tjekke udstyr"];
    "bus" "Bus og taxa" false (6, 90) ["Rutebilerne", "Taxa Lærkebro"] ["Busser", "Turist"] ["Buschauffør": "Køre skolebus og lokalrute", "Flextrafik": "Køre borgere til læge og træning"];
    "dagligvarer" "Dagligvarebutik" false (8, 65) ["Brugsen i Birkemade", "Købmanden på Torvet", "Torvehallen"] ["Købmandsgård", "Dagligvarer"] ["Hjælp om formiddagen": "Fylde hylder, se på datoer, hjælpe kunder", "Flaskerum og lager": "Tømme flaskeautomat, rydde lager, pakke varer ud"];
    "butik" "Butik" false (2, 18) ["Garn og Glæde", "Skotøjskassen", "Den Blå Butik"] ["Tøj", "Boghandel", "Isenkram"] ["Butiksmedhjælper": "Pakke varer ud, prismærke, gøre pænt", "Hjælp til netbutikken": "Pakke ordrer og tage billeder af varer"];
    "byggecenter" "Byggemarked" false (10, 75) ["Trælasten ved Havnen", "Byg & Bolig Havrum"] ["Byggecenter", "Trælast"] ["Medhjælper i gården": "Læsse trailere, feje, stable brædder"];
    "toemrer" "Tømrer" false (2, 40) ["Spær og Søn", "Tømrerne i Hvedby"] ["Tømrer", "Byg", "Snedkeri"] ["Arbejdsmand": "Rydde op, bære materialer, hjælpe svende", "Voksenlærling": "Lære faget fra bunden"];
    "vvs" "VVS" false (2, 35) ["Varme Venner VVS", "Rørlæggerne"] ["VVS", "Blik og Rør"] ["Hjælper": "Pakke bil, hente dele, hjælpe ved montering"];
    "el" "El-installation" false (2, 48) ["Strøm til Alle", "Elhuset"] ["El", "El-Service"] ["Lærling, også voksen": "Trække kabler og lære faget", "Lagerhjælp": "Holde styr på dele og værktøj"];
    "maler" "Maler" false (2, 22) ["Penselstrøg", "Farvelægerne"] ["Maler", "Malerforretning"] ["Malerhjælper": "Dække af, spartle, slibe og rydde op"];
    "murer" "Murer" false (2, 30) ["Sten for Sten", "Fugemestrene"] ["Murer", "Entreprise"] ["Arbejdsdreng eller -pige": "Blande mørtel og gøre klar"];
    "gartner" "Gartner og anlæg" false (2, 38) ["Grønne Fingre", "Rosengården", "Muldvarpen"] ["Gartneri", "Anlæg", "Planteskole"] ["Hjælp i drivhuset": "Potte om, vande, gøre ordrer klar", "Anlægsgartnerens højre hånd": "Luge, klippe hæk, lægge fliser"];
    "landbrug" "Landbrug" false (1, 16) ["Elkærgård", "Nørremarken", "Kløvermarkens Mejeri"] ["Gård", "Frugtplantage"] ["Fodermester for en formiddag": "Fodre, strø og se til dyrene", "Plukkehjælp": "Plukke bær og æbler og sortere"];
    "hest" "Ridecenter" false (1, 9) ["Rideklubben Vangen", "Stald Lyngbakken"] ["Ridecenter", "Hestepension"] ["Hjælp i stalden": "Muge ud, fodre og strigle"];
    "bager" "Bageri" false (3, 34) ["Surdejen", "Bagerdatteren", "Kringlen"] ["Bageri", "Konditori"] ["Hjælp i bageriet": "Veje af, pynte kager, pakke brød", "Salg om morgenen": "Stå i butikken og smøre boller"];
    "cafe" "Café og restaurant" false (3, 32) ["Café Broen", "Spisehuset ved Vandet", "Kaffe & Kanel"] ["Café", "Spisehus"] ["Køkkenhjælp": "Skære grønt, vaske op, gøre klar", "Servering ved frokost": "Dække borde og tage imod gæster"];
    "kantine" "Kantine" false (3, 26) ["Madkassen", "Frokostholdet"] ["Kantine", "Frokostordning"] ["Kantinehjælp": "Smøre brød, fylde buffet, rydde af"];
    "hotel" "Hotel og kro" false (8, 70) ["Tranevig Badehotel", "Lærkebro Kro"] ["Hotel", "Kro"] ["Værelser og vask": "Rede senge, lægge linned sammen", "Pedelhjælp": "Små reparationer og pasning af have"];
    "rengoering" "Rengøring" false (5, 120) ["Rent i Krogene", "Solstrålen Rengøring"] ["Rengøring", "Servicepartner"] ["Rengøring om morgenen": "Gøre kontorer rene før otte"];
    "vaskeri" "Vaskeri" false (6, 60) ["Dampvask", "Det Hvide Vaskeri"] ["Vaskeri", "Linned"] ["Hjælp ved rullen": "Lægge sammen, sortere og pakke"];
    "foedevarer" "Fødevareproduktion" false (15, 210) ["Syltekrukken", "Havrum Grønt", "Røgeriet i Tranevig"] ["Fødevarer", "Mejeri"] ["Pakning på daghold": "Pakke, veje og sætte etiketter på", "Køkkenproduktion": "Skære, røre og smage til"];
    "fisk" "Fisk og havn" false (2, 40) ["Kajens Fisk", "Tranevig Fiskeauktion"] ["Fisk", "Bådværft"] ["Hjælp på kajen": "Sortere kasser, spule, pakke is"];
    "moebel" "Møbler og træ" false (5, 95) ["Stolefabrikken", "Egetræ & Olie"] ["Møbler", "Møbelsnedkeri"] ["Slibning og olie": "Slibe, olie og pakke møbler"];
    "tryk" "Tryk og skilte" false (2, 26) ["Bogstaveligt", "Farvetryk Hvedby"] ["Tryk", "Skilte"] ["Efterbehandling": "Folde, skære, pakke og sende"];
    "cykel" "Cykler" false (1, 9) ["Tohjuleren", "Kædereaktionen"] ["Cykler", "Cykelværksted"] ["Hjælp på cykelværkstedet": "Lappe, smøre, samle nye cykler"];
    "genbrug" "Genbrug" false (4, 42) ["Anden Omgang", "Den Grønne Lade"] ["Genbrug", "Produkthandel"] ["Sortering": "Sortere tøj og ting, sætte priser på", "Møbelværksted": "Reparere stole og borde"];
    "rep" "Elektronik og reparation" false (2, 24) ["Skruetrækkeren", "Loddekolben"] ["Elektronik", "Hvidevarer"] ["Test og klargøring": "Tjekke brugte computere og rense dem"];
    "it" "It" false (3, 85) ["Kodehuset", "Nul og Et", "Broen Data"] ["IT", "Software"] ["Test af hjemmesider": "Prøve sider af og skrive fejl ned", "Support": "Hjælpe kunder i telefon og på chat"];
    "kontor" "Kontor og administration" false (3, 60) ["Kontorfællesskabet Loftet", "Lærkebro Forsyning"] ["Administration", "Ejendomme"] ["Kontorhjælp": "Scanne, arkivere, svare på mails", "Reception": "Tage telefon og tage imod gæster"];
    "regnskab" "Regnskab" false (2, 45) ["Talknuserne", "Bilagsfabrikken"] ["Regnskab", "Revision"] ["Bogholder på deltid": "Bogføre, afstemme, sende fakturaer"];
    "radgivning" "Rådgivning og kommunikation" false (2, 55) ["Klar Tale", "Fjordblik Rådgivning"] ["Rådgivning", "Kommunikation"] ["Projektmedarbejder": "Skrive, planlægge og følge op", "Analyse": "Samle tal og gøre dem lette at læse"];
    "pleje" "Plejehjem" true (30, 120) ["Plejehjemmet Solgården", "Plejehjemmet Åhaven"] ["Plejehjem", "Ældrecenter"] ["Hverdagshjælp": "Spise med beboere, gå tur, læse avis", "Afløser i plejen": "Hjælpe med morgenpleje sammen med en kollega"];
    "hjemmepleje" "Hjemmepleje" true (25, 110) ["Hjemmeplejen Vest", "Hjemmeplejen Øst"] ["Hjemmepleje"] ["Praktisk hjælp": "Indkøb, vask og en snak", "Sygeplejerske på få timer": "Klinik om formiddagen"];
    "sundhed" "Sundhed" true (10, 60) ["Sundhedsklinikken på Torvet", "Lærkebro Sundhedshus"] ["Sundhedshus", "Lægehus"] ["Klinikdage": "Tage blodprøver og vejlede", "Sekretær": "Svare telefon og bestille tider"];
    "boernehave" "Børnehave og vuggestue" true (10, 38) ["Børnehuset Mariehønen", "Børnehuset Spiren", "Skovbørnehaven Grankoglen"] ["Børnehave", "Vuggestue"] ["En ekstra voksen": "Lege, læse højt, hjælpe med flyverdragter", "Køkkenhjælp": "Lave frokost til 60 børn"];
    "skole" "Skole og SFO" true (25, 90) ["Åskolen", "Lærkebro Skole"] ["Skole", "SFO"] ["Støtte i klassen": "Hjælpe elever i gang og gå med på tur", "Pedelhjælp": "Reparere, male, rydde sne"];
    "bibliotek" "Bibliotek og kultur" true (6, 34) ["Lærkebro Bibliotek", "Kulturhuset Mejeriet"] ["Bibliotek", "Kulturhus"] ["Hjælp på biblioteket": "Sætte bøger på plads og gøre klar til arrangementer"];
    "museum" "Museum" true (3, 22) ["Museet for Land og Vand", "Teglværksmuseet"] ["Museum", "Lokalarkiv"] ["Arkivhjælp": "Skanne fotos, registrere genstande"];
    "park" "Park og vej" true (12, 64) ["Park og Vej", "Kirkegårdskontoret"] ["Park og Vej", "Kirkegård"] ["Grøn hjælp": "Luge, feje, plante og passe bænke"];
    "idraet" "Idræt og fritid" false (2, 25) ["Svømmehallen Bølgen", "Havrum Hallerne"] ["Hallen", "Fitness"] ["Halhjælp": "Gøre klar, rydde op, åbne døre", "Caféen i hallen": "Lave toast og kaffe, tale med folk"];
    "frisoer" "Frisør og velvære" false (1, 9) ["Klip Klap", "Hårfint"] ["Frisør", "Salon"] ["Hjælp i salonen": "Vaske hår, feje, bestille tider"];
    "dyr" "Dyreklinik" false (2, 16) ["Poter og Pels", "Dyrlægerne ved Åen"] ["Dyreklinik", "Dyrehospital"] ["Hjælp i klinikken": "Passe dyr, gøre rent, tage telefon"];
    "foto" "Lyd, lys og foto" false (1, 12) ["Lyskassen", "Scenen"] ["Foto", "Event"] ["Hjælp ved arrangementer": "Bære udstyr, stille op, rulle kabler"];
}
