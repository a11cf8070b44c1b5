//! What each figure is, in words: the same words on the command line, in the guide and under every chart.

use std::fmt;
use std::str::FromStr;

use crate::Gap;

/// Declares the indicators once: name on the command line, version of the definition, whether the gap rule changes it, and the words.
macro_rules! indicators {
    ($($(#[$doc:meta])* $variant:ident = $id:literal, $version:literal, gap: $gap:literal, needs: $needs:ident {
        da: $da:literal, en: $en:literal,
        means_da: $means_da:literal, means_en: $means_en:literal,
        formula: $formula:literal, source: $source:literal $(,)?
    })*) => {
        /// A figure that can be made of spells.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Indicator { $($(#[$doc])* $variant),* }

        impl Indicator {
            /// All of them, in the order of the table.
            pub const ALL: [Indicator; [$($id),*].len()] = [$(Indicator::$variant),*];

            /// What it means.
            pub fn definition(self) -> &'static Definition {
                match self {
                    $(Indicator::$variant => &Definition {
                        name: $id, version: $version, by_gap: $gap, needs: Needs::$needs,
                        da: $da, en: $en, means_da: $means_da, means_en: $means_en, formula: $formula, source: $source,
                    }),*
                }
            }
        }
    };
}

/// Which data a figure takes besides the spells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing more.
    Spells,
    /// Day-exact spells: not to be had from weekly states.
    Days,
    /// An attribute that changes over time among the breakdowns: area or age.
    Changes,
    /// Efforts.
    Efforts,
    /// Hours of ordinary work a month.
    Earnings,
    /// Hours a month, or efforts with paid hours.
    Hours,
    /// Who was responsible when.
    Caseworkers,
}

/// A definition: what is counted, over what, by which rule and from where.
///
/// ```
/// use tovholder_spells::Indicator;
/// let definition = Indicator::Inflow.definition();
/// assert_eq!((definition.da, definition.version), ("Tilgang", 1));
/// assert!(definition.by_gap); // another gap rule, another figure
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The name on the command line and in the table.
    pub name: &'static str,
    /// Raised when the meaning changes; part of the id.
    pub version: u8,
    /// Whether the gap rule changes the figure; then the rule is part of the id.
    pub by_gap: bool,
    /// The data it takes.
    pub needs: Needs,
    /// The title in Danish.
    pub da: &'static str,
    /// The title in English.
    pub en: &'static str,
    /// What it means, to a leader, in Danish.
    pub means_da: &'static str,
    /// What it means, to a leader, in English.
    pub means_en: &'static str,
    /// Numerator and denominator.
    pub formula: &'static str,
    /// Where the definition comes from, and what was chosen here.
    pub source: &'static str,
}

impl Indicator {
    /// The name on the command line and in the table.
    pub fn name(self) -> &'static str {
        self.definition().name
    }

    /// The id under a figure: name, version, and the gap rule where it changes the figure.
    ///
    /// ```
    /// use tovholder_spells::{Gap, Indicator};
    /// assert_eq!(Indicator::Inflow.id(Gap::Weeks4), "inflow.1-28d");
    /// assert_eq!(Indicator::PersonDays.id(Gap::Weeks4), "person_days.1");
    /// assert_eq!("inflow.1-28d".parse(), Ok(Indicator::Inflow));
    /// ```
    pub fn id(self, gap: Gap) -> String {
        let d = self.definition();
        match d.by_gap {
            true => format!("{}.{}-{gap}", d.name, d.version),
            false => format!("{}.{}", d.name, d.version),
        }
    }
}

/// The text named no indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuchIndicator;

impl fmt::Display for NoSuchIndicator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected one of")?;
        for (i, indicator) in Indicator::ALL.into_iter().enumerate() {
            write!(f, "{} {}", if i > 0 { "," } else { "" }, indicator.name())?;
        }
        Ok(())
    }
}
impl std::error::Error for NoSuchIndicator {}

impl FromStr for Indicator {
    type Err = NoSuchIndicator;
    /// By name, or by the id of the present version.
    fn from_str(text: &str) -> Result<Indicator, NoSuchIndicator> {
        Indicator::ALL
            .into_iter()
            .find(|i| {
                let gaps = [Gap::None, Gap::Weeks4, Gap::CalendarMonth];
                i.name() == text || gaps.into_iter().any(|gap| i.id(gap) == text)
            })
            .ok_or(NoSuchIndicator)
    }
}

impl fmt::Display for Indicator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

indicators! {
    /// Different persons.
    Persons = "persons", 1, gap: false, needs: Spells {
        da: "Personer", en: "Persons",
        means_da: "Hvor mange forskellige mennesker der fik ydelsen mindst én dag i perioden. Den, der kommer og går flere gange, tælles én gang. Derfor kan måneder ikke lægges sammen til et år.",
        means_en: "How many different people were on the benefit at least one day in the period. Someone who comes and goes is counted once, so months do not add up to a year.",
        formula: "number of persons with at least one paid day in the period",
        source: "Jobindsats, Antal personer",
    }
    /// In a spell at the end.
    StockEnd = "stock_end", 1, gap: true, needs: Days {
        da: "Bestand ultimo", en: "Stock at the end",
        means_da: "Hvor mange der var i et forløb den sidste dag i perioden. Tillader pausereglen en pause, er man stadig i forløbet, mens pausen varer. Bestanden er bestanden før, plus tilgang, minus afgang; og når der er delt op efter noget, der kan skifte, også plus og minus dem, der skiftede gruppe undervejs.",
        means_en: "How many were in a spell on the last day of the period. Where the gap rule allows a break, one is still in the spell during it. Stock is the stock before, plus inflow, minus outflow; and, when broken down by something that changes, plus and minus those who changed group on the way.",
        formula: "number of persons with start <= d <= end, d = last day of the period (or the data date)",
        source: "Interval arithmetic; checked by stock = stock before + inflow - outflow (+ moved_in - moved_out)",
    }
    /// Days on benefit.
    PersonDays = "person_days", 1, gap: false, needs: Days {
        da: "Persondage", en: "Person-days",
        means_da: "Alle dage på ydelsen lagt sammen. Har en person flere perioder oven i hinanden, tæller dagen én gang. Dage i en pause tæller ikke.",
        means_en: "All days on the benefit added up. Where a person's periods overlap, the day counts once. Days in a break do not count.",
        formula: "sum over persons of days in the union of the person's paid periods; n = persons",
        source: "Interval arithmetic; months add up to the year",
    }
    /// Persons as if all were on full benefit all the time.
    FullTimePersons = "full_time_persons", 1, gap: false, needs: Days {
        da: "Fuldtidspersoner", en: "Full-time persons",
        means_da: "Hvor mange mennesker det svarer til, hvis alle var på fuld ydelse hele perioden. To personer i en halv måned er én fuldtidsperson; én person på halv ydelse hele måneden er en halv. Ingen kan tælle for mere end én.",
        means_en: "How many people it amounts to if everybody were on full benefit for the whole period. Two persons for half a month are one; one person on half benefit all month is a half. Nobody counts for more than one.",
        formula: "sum of person-days x share of full time (at most 1 per person and day; overlaps on the same benefit count once) / days in the period",
        source: "Jobindsats, Antal fuldtidspersoner; Statistics Denmark's cap of 37 hours a week",
    }
    /// Spells begun.
    Inflow = "inflow", 1, gap: true, needs: Spells {
        da: "Tilgang", en: "Inflow",
        means_da: "Hvor mange forløb der begyndte i perioden. At fylde år, flytte eller skifte a-kasse begynder aldrig et nyt forløb; det gør kun en pause, der er længere, end pausereglen tillader.",
        means_en: "How many spells began in the period. A birthday, a move or a new unemployment fund never begins a spell; only a break longer than the gap rule allows does.",
        formula: "number of spells with start in the period",
        source: "Jobindsats withdrew its count in 2017 because attribute changes split spells; here they never do",
    }
    /// Spells ended.
    Outflow = "outflow", 1, gap: true, needs: Spells {
        da: "Afgang", en: "Outflow",
        means_da: "Hvor mange forløb der sluttede: den første dag uden ydelse ligger i perioden. De nyeste afgange er foreløbige, for en, der er væk i dag, kan nå at komme igen, inden pausereglens pause er gået.",
        means_en: "How many spells ended: the first day without benefit is in the period. The newest are provisional, since somebody gone today may return before the break allowed by the gap rule has passed.",
        formula: "number of spells with end + 1 day in the period",
        source: "Interval arithmetic, the counterpart of inflow",
    }
    /// Came from another group within a spell.
    MovedIn = "moved_in", 1, gap: true, needs: Changes {
        da: "Flyttet til", en: "Moved in",
        means_da: "Hvor mange der kom ind i gruppen midt i et forløb, for eksempel ved at flytte til kommunen eller fylde år. Det er ikke tilgang: forløbet var i gang.",
        means_en: "How many came into the group in the middle of a spell, by moving to the municipality or having a birthday. It is not inflow: the spell was under way.",
        formula: "number of changes of area or age group into this group inside a spell, dated the first day after",
        source: "Own: closes the balance of stock and flows per group",
    }
    /// Left for another group within a spell.
    MovedOut = "moved_out", 1, gap: true, needs: Changes {
        da: "Flyttet fra", en: "Moved out",
        means_da: "Hvor mange der forlod gruppen midt i et forløb, for eksempel ved at flytte fra kommunen eller fylde år. Det er ikke afgang: forløbet gik videre.",
        means_en: "How many left the group in the middle of a spell, by moving away or having a birthday. It is not outflow: the spell went on.",
        formula: "number of changes of area or age group out of this group inside a spell, dated the first day after",
        source: "Own: closes the balance of stock and flows per group",
    }
    /// Mean length of ended spells.
    DurationCompletedMean = "duration_completed_mean", 1, gap: true, needs: Spells {
        da: "Gennemsnitlig varighed af afsluttede forløb", en: "Mean duration of ended spells",
        means_da: "Hvor mange dage de forløb varede, der sluttede i perioden. Pas på: tallet stiger, når gamle sager endelig bliver afsluttet, og det ser ikke dem, der stadig er i gang. Læs det sammen med medianen.",
        means_en: "How many days the spells lasted that ended in the period. Careful: it rises when old cases are finally closed, and it does not see those still running. Read it with the median.",
        formula: "sum of days of the spells that ended in the period / number of them; whole spells, also the part before the period",
        source: "Jobindsats, Gns. varighed af afsluttede forløb (there in weeks)",
    }
    /// Median length with those still running counted.
    DurationMedianKm = "duration_median_km", 1, gap: true, needs: Spells {
        da: "Typisk varighed (median)", en: "Median duration",
        means_da: "Efter hvor mange dage halvdelen er ude, hvis det går, som det gik det seneste år. De, der stadig er i gang, tæller med, så længe vi har fulgt dem. Er feltet tomt, blev halvdelen ikke færdig.",
        means_en: "After how many days half have left, if things go as they went in the last year. Those still running count for as long as we have followed them. Empty means that half were not reached.",
        formula: "Kaplan-Meier over the twelve months that end with the period; spells begun before are followed from then on (left truncation), running ones are censored; median by R's rule: where the curve is flat at exactly 1/2, the middle of the flat part. numerator = exits, denominator and n = spells observed",
        source: "Kaplan & Meier 1958; R survival, quantile.survfit",
    }
    /// Eighty per cent of a year.
    LongTermShare = "long_term_share", 1, gap: true, needs: Days {
        da: "Andel langvarige", en: "Long-term share",
        means_da: "Hvor stor en del af bestanden der har fået ydelse i mindst 80 procent af de seneste 52 uger. Alle ydelser i filen tæller med, så skift fra én ydelse til en anden ikke skjuler en lang periode.",
        means_en: "The share of the stock that has been on benefit at least 80 per cent of the last 52 weeks. All benefits in the file count, so that changing from one to another does not hide a long time.",
        formula: "persons in stock on the last day with >= 80 % of the last 364 days (292 days) paid, on any benefit in the file / stock_end. The file must reach 52 weeks back",
        source: "Jobindsats, langtidsledige (80 % of 52 weeks); general knowledge, the official text was not found",
    }
    /// No effort for a year.
    PassiveShare = "passive_share", 1, gap: true, needs: Efforts {
        da: "Passivandel", en: "Passive share",
        means_da: "Af dem, der har været i forløbet mindst 52 uger: hvor stor en del der slet ingen indsats har haft i de 52 uger.",
        means_en: "Of those at least 52 weeks into their spell: the share with no effort at all in those 52 weeks.",
        formula: "persons in stock on the last day, at least 364 days into the spell, with no effort on any of the last 364 days / persons in stock at least 364 days into the spell",
        source: "STAR's follow-up of the active effort (window of 12 months); the formula was chosen here",
    }
    /// In a company.
    CompanyDirectedShare = "company_directed_share", 1, gap: false, needs: Efforts {
        da: "Andel i virksomhedsrettet forløb", en: "Company-directed share",
        means_da: "Hvor stor en del af personerne der mindst én dag i perioden var i praktik, løntilskud eller et andet forløb i en virksomhed.",
        means_en: "The share of the persons who for at least one day of the period were in a placement, subsidised job or other effort in a company.",
        formula: "persons with a company-directed effort on at least one paid day of the period / persons",
        source: "Text of the strategic goals; the formula was chosen here",
    }
    /// Activated over all, in full time.
    ActivationDegree = "activation_degree", 1, gap: false, needs: Efforts {
        da: "Aktiveringsgrad", en: "Activation degree",
        means_da: "Hvor stor en del af tiden på ydelse der er brugt på indsats, målt i fuld tid på 37 timer om ugen.",
        means_en: "How much of the time on benefit is spent in efforts, measured in full time of 37 hours a week.",
        formula: "person-days in efforts x hours a week / 37 (at most 1 per person and day; no hours given counts as full time) / full-time person-days on benefit",
        source: "Jobindsats, fuldtidsaktiverede over fuldtidspersoner; general knowledge",
    }
    /// In work after three months.
    ExitToWork3 = "exit_to_work_share_3m", 1, gap: true, needs: Earnings {
        da: "Andel i job 3 måneder efter", en: "In work 3 months after",
        means_da: "Af de forløb, der sluttede i perioden: hvor stor en del der var i lønnet arbejde og uden ydelse 3 måneder efter. Vises først, når alle kan følges så langt.",
        means_en: "Of the spells that ended in the period: the share in paid work and off benefit 3 months after. Shown only when all can be followed that far.",
        formula: "ended spells whose person has hours > 0 in the month of the day 3 months after the exit, and no benefit in the file on that day / ended spells",
        source: "Jobindsats, status efter afsluttet forløb: one given day, wage paid in its month; off benefit was added here",
    }
    /// In work after six months.
    ExitToWork6 = "exit_to_work_share_6m", 1, gap: true, needs: Earnings {
        da: "Andel i job 6 måneder efter", en: "In work 6 months after",
        means_da: "Af de forløb, der sluttede i perioden: hvor stor en del der var i lønnet arbejde og uden ydelse 6 måneder efter. Vises først, når alle kan følges så langt.",
        means_en: "Of the spells that ended in the period: the share in paid work and off benefit 6 months after. Shown only when all can be followed that far.",
        formula: "ended spells whose person has hours > 0 in the month of the day 6 months after the exit, and no benefit in the file on that day / ended spells",
        source: "Jobindsats, status efter afsluttet forløb: one given day, wage paid in its month; off benefit was added here",
    }
    /// In work after twelve months.
    ExitToWork12 = "exit_to_work_share_12m", 1, gap: true, needs: Earnings {
        da: "Andel i job 12 måneder efter", en: "In work 12 months after",
        means_da: "Af de forløb, der sluttede i perioden: hvor stor en del der var i lønnet arbejde og uden ydelse 12 måneder efter. Vises først, når alle kan følges så langt.",
        means_en: "Of the spells that ended in the period: the share in paid work and off benefit 12 months after. Shown only when all can be followed that far.",
        formula: "ended spells whose person has hours > 0 in the month of the day 12 months after the exit, and no benefit in the file on that day / ended spells",
        source: "Jobindsats, status efter afsluttet forløb: one given day, wage paid in its month; off benefit was added here",
    }
    /// Off every benefit for 13 weeks.
    SelfSupportShare = "self_support_share", 1, gap: true, needs: Spells {
        da: "Andel selvforsørgende 13 uger efter", en: "Self-support share",
        means_da: "Af de forløb, der sluttede i perioden: hvor stor en del der klarede sig uden nogen af filens ydelser i alle de følgende 13 uger. Den, der går direkte over på en anden ydelse, er ikke blevet selvforsørgende.",
        means_en: "Of the spells that ended in the period: the share who got by without any benefit in the file for all of the following 13 weeks. Going straight to another benefit is not self-support.",
        formula: "ended spells with no paid day on any benefit in the file in the 91 days from the exit / ended spells; shown when 91 days have passed for all",
        source: "A sustained exit is one without return in 13 weeks; general knowledge, chosen here",
    }
    /// Ordinary paid hours.
    OrdinaryHoursShare = "ordinary_hours_share", 1, gap: false, needs: Hours {
        da: "Andel med ordinære timer", en: "Share with ordinary hours",
        means_da: "Hvor stor en del af personerne der havde almindelige løntimer ved siden af ydelsen.",
        means_en: "The share of the persons who had ordinary paid hours beside the benefit.",
        formula: "persons with hours > 0 in a month of the period in which they also have a paid day, or with a paid day in an effort with paid hours / persons",
        source: "Jobindsats, ydelsesmodtagere med ordinære løntimer",
    }
    /// Back within half a year.
    ReturnShare = "return_share_26w", 1, gap: true, needs: Spells {
        da: "Andel tilbage inden 26 uger", en: "Return share, 26 weeks",
        means_da: "Af de forløb, der sluttede i perioden: hvor stor en del der var tilbage på samme ydelse inden 26 uger.",
        means_en: "Of the spells that ended in the period: the share back on the same benefit within 26 weeks.",
        formula: "ended spells whose person begins a new spell of the same row (the same benefit, or any where benefits are not broken down) in the 182 days from the exit / ended spells; shown when 182 days have passed for all",
        source: "Recurrence within 26 weeks; general knowledge",
    }
    /// New caseworkers.
    CaseworkerChanges = "caseworker_changes_per_year", 1, gap: true, needs: Caseworkers {
        da: "Sagsbehandlerskift pr. år", en: "Caseworker changes per year",
        means_da: "Hvor mange gange en borger i gennemsnit får ny sagsbehandler på et år. At en kollega træder til i højst 28 dage, hvorefter den samme er tilbage, tæller ikke.",
        means_en: "How many times a citizen gets a new caseworker in a year, on average. A colleague who covers for at most 28 days, after which the same one is back, does not count.",
        formula: "changes of the named responsible employee on days in a spell / years in a spell with a caseworker (days / 365.25); n = changes. On a day with two assignments the one begun last counts",
        source: "Own data; coordination invariants (cover of up to 28 days is no change)",
    }
    /// The same caseworker for a year.
    ShareWithoutChange = "share_without_change_12m", 1, gap: true, needs: Caseworkers {
        da: "Andel uden skift i 52 uger", en: "Share without change in 52 weeks",
        means_da: "Af dem, der har været i forløbet og haft en sagsbehandler i mindst 52 uger: hvor stor en del der har haft den samme hele tiden.",
        means_en: "Of those in their spell and with a caseworker for at least 52 weeks: the share who have had the same one throughout.",
        formula: "persons in stock on the last day, at least 364 days into the spell and at least 364 days after their first assignment, with no change in the last 364 days / those persons",
        source: "Own data; 12 months taken as 52 weeks",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_leads_back() {
        for indicator in Indicator::ALL {
            for gap in [Gap::None, Gap::Weeks4, Gap::CalendarMonth] {
                assert_eq!(indicator.id(gap).parse(), Ok(indicator));
            }
            assert_eq!(indicator.name().parse(), Ok(indicator));
        }
        assert!("persons.9".parse::<Indicator>().is_err());
    }
}
