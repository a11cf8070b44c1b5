//! Questions and tasks that pass between people and units, and how they end.

/// A ball: who asks, who is asked, what, and the outcome.
#[derive(Debug)]
pub struct BallText {
    /// Key of the sending unit.
    pub from: &'static str,
    /// Key of the receiving unit.
    pub to: &'static str,
    /// Short title.
    pub title: &'static str,
    /// The question or task.
    pub text: &'static str,
    /// Working days until an answer is due.
    pub days: u16,
    /// Outcome when completed.
    pub outcome: &'static str,
    /// Reason and next step when the receiver says no.
    pub rejection: &'static str,
}

macro_rules! balls {
    ($($from:literal > $to:literal $days:literal $title:literal: $text:literal => $outcome:literal / $no:literal;)*) => {
        /// Typical balls.
        pub static BALLS: &[BallText] = &[$(BallText {
            from: $from, to: $to, days: $days, title: $title, text: $text, outcome: $outcome, rejection: $no,
        }),*];
    };
}

balls! {
    "jobcenter" > "ydelse" 3 "Løn og hjælp i samme måned": "{navn} får løn for {timer} timer fra den 1. Hvad betyder det for udbetalingen? {navn} vil gerne vide det, før {han} siger ja." => "Jeg har ringet til {navn} og sendt en udregning. {Han} får mere ud af at arbejde." / "Jeg mangler lønsedlen for at kunne regne det ud. Send den, så svarer jeg samme dag.";
    "jobcenter" > "virksomhed" 5 "Et sted med rolige formiddage": "{navn} søger {timer} timer om ugen, helst i {by}. Har vi et sted, hvor man kan begynde stille?" => "{virksomhed} vil gerne hilse på. {navn} ringer selv til {kontakt} på {dag}." / "Jeg har ikke et sted i {by} lige nu. Jeg spørger på mødet i næste uge.";
    "jobcenter" > "rusmiddel" 5 "Tider, der passer med arbejdet": "{navn} begynder hos {virksomhed} om formiddagen. Kan samtalerne flyttes til eftermiddag?" => "Vi har flyttet til {dag} kl. 15. {navn} er glad for det." / "Holdet ligger fast om formiddagen. Vi tilbyder samtaler alene, hvis {navn} vil.";
    "jobcenter" > "sundhed" 10 "Træning ved siden af job": "Kan {navn} komme på hold sidst på dagen? {Han} har sagt ja til, at vi spørger." => "{navn} har fået plads på holdet {dag} kl. 16." / "Holdet er fuldt. Næste begynder om fire uger, og {navn} står først.";
    "jobcenter" > "socialpsykiatri" 5 "Følges ad den første dag": "{navn} vil gerne have sin bostøtte med den første morgen hos {virksomhed}. Kan det lade sig gøre?" => "Det kan det. Vi mødes ved indgangen kl. 8.30." / "Jeg er på ferie den dag. Min kollega kan, og {navn} kender hende.";
    "socialpsykiatri" > "jobcenter" 5 "Lyst til at prøve noget": "{navn} taler om at få et par timer hos {virksomhed}. Hvem tager den derfra?" => "Jeg har talt med {navn} og {kontakt}. De mødes på {dag}." / "Jeg tror, vi skal tale sammen alle tre først. Jeg foreslår {dag}.";
    "socialpsykiatri" > "ydelse" 3 "Regning, der haster": "{navn} har fået et brev om el. Kan I se på det sammen med {ham} i dag?" => "Vi har lavet en aftale om at betale over tre måneder." / "Det skal {navn} selv søge om. Jeg har skrevet til {ham}, hvordan man gør.";
    "unge" > "familie" 5 "Fælles møde om skolen": "{navn} vil gerne tale med jer begge på én gang. Kan I på {dag}?" => "Mødet er holdt. {navn} bestemte dagsordenen." / "Jeg kan først ugen efter. Jeg ringer til {navn} i dag og siger det.";
    "familie" > "unge" 10 "Hvad findes der efter 9.?": "{navn} og {hans} mor vil høre om 10. klasse og FGU. Kan du komme forbi?" => "Vi har set to steder sammen. {navn} har valgt det ene." / "Min kollega har det område. Jeg har givet det videre til hende, og hun har sagt ja.";
    "unge" > "virksomhed" 5 "En uge i lære": "{navn} vil prøve en uge på et værksted. Har I et sted, der er godt for unge?" => "{virksomhed} siger ja til uge 42. {kontakt} ringer til {navn}." / "Vi har brugt de to steder, vi har. Jeg søger et nyt og svarer på {dag}.";
    "ydelse" > "jobcenter" 3 "En besked, der landede forkert": "{navn} ringede om sin plan, men fik os. Vil du ringe tilbage?" => "Jeg har ringet. Vi fandt en tid på {dag}." / "{navn} hører til hos Ungeenheden nu. Jeg har givet beskeden videre.";
    "sundhed" > "jobcenter" 10 "Flere timer?": "{navn} er blevet stærkere og spørger, om {han} må tage flere timer. Tager du den?" => "Vi har hævet til {flere} timer fra næste måned." / "Lægen har bedt os vente til efter kontrollen. Vi ser på det igen den dag.";
    "virksomhed" > "jobcenter" 3 "{virksomhed} vil ansætte": "{kontakt} tilbyder {navn} {flere} timer med løn. Hvem laver aftalen?" => "Aftalen er skrevet under. {navn} begynder på {dag}." / "{navn} har fået et andet tilbud. Jeg ringer til {kontakt} og siger tak.";
    "integration" > "jobcenter" 5 "Dansk på arbejdet": "{navn} kan få løn hos {virksomhed}, hvis sprogtimerne flyttes. Kan du hjælpe?" => "Timerne ligger nu om aftenen." / "Skolen har ikke aftenhold før august. Vi prøver med en sprogmakker imens.";
    "rusmiddel" > "jobcenter" 5 "Godt nyt": "{navn} er færdig med forløbet og vil gerne op i tid. Ring til {ham}." => "Vi har talt sammen og sat to nye skridt." / "Jeg er ikke tovholder længere. Jeg har fulgt {navn} over til min kollega.";
    "jobcenter" > "integration" 5 "Papirer fra hjemlandet": "{navn} har et eksamensbevis. Hvem ved, hvordan det bliver vurderet?" => "Vi har sendt det ind sammen. Svaret kommer om cirka to måneder." / "Det mangler en oversættelse. Jeg har aftalt med {navn}, hvem der laver den.";
}
