//! Slots and alternatives in a text.

use std::collections::BTreeMap;

use rand::{Rng, RngExt, seq::IndexedRandom};

use super::{companies, names, persona::Persona, places};

/// One of the texts in `texts`; the empty text when there are none.
pub fn one<'a>(texts: &[&'a str], rng: &mut (impl Rng + ?Sized)) -> &'a str {
    texts.choose(rng).copied().unwrap_or_default()
}

/// `n` different texts (fewer if there are not that many), in random order.
pub fn some<'a>(texts: &[&'a str], n: usize, rng: &mut (impl Rng + ?Sized)) -> Vec<&'a str> {
    texts.sample(rng, n).copied().collect()
}

/// The Danish genitive of a name: `Anna` → `Annas`, `Jens` → `Jens'`.
pub fn genitive(name: &str) -> String {
    match name.chars().last() {
        Some('s' | 'x' | 'z' | 'S' | 'X' | 'Z') => format!("{name}'"),
        _ => format!("{name}s"),
    }
}

/// The text with its first letter in upper case.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// Which trade an occupation belongs to, so that a painter's plan names a painter's firm.
pub(super) static WORK_OF: &[(&str, &str)] = &[
    ("tømrer", "toemrer"),
    ("maler", "maler"),
    ("murer", "murer"),
    ("smed", "metal"),
    ("elektriker", "el"),
    ("anlægsgartner", "gartner"),
    ("gartner", "gartner"),
    ("vvs-montør", "vvs"),
    ("vvs-energispecialist", "vvs"),
    ("industritekniker", "metal"),
    ("svejser", "metal"),
    ("bager", "bager"),
    ("mekaniker", "auto"),
    ("karosseritekniker", "auto"),
    ("lastvognsmekaniker", "auto"),
    ("landbrugsmaskinmekaniker", "maskin"),
    ("frisør", "frisoer"),
    ("pædagog", "boernehave"),
    ("kok", "cafe"),
    ("lydtekniker", "foto"),
    ("sosu-assistent", "pleje"),
    ("social- og sundhedshjælper", "pleje"),
    ("pædagogisk assistent", "boernehave"),
    ("ernæringsassistent", "kantine"),
    ("sygeplejerske", "pleje"),
];

/// What the slots of one citizen's texts stand for. Drawn once for each citizen, so that the same child, town and
/// company come back in every text.
#[derive(Debug, Clone, Default)]
pub struct Slots(BTreeMap<String, String>);

impl Slots {
    /// Draws every slot a persona's texts may use, for a citizen called `first_name`.
    ///
    /// The caller replaces what it knows better with [`Slots::set`]: `by` (town), `virksomhed` and `kontakt` (the
    /// company and the person there), `medarbejder` (the caseworker), `mentor`, `dag` (weekday), `timer` (hours).
    pub fn for_citizen(
        persona: &Persona,
        first_name: &str,
        sex: names::Sex,
        origin: names::Origin,
        rng: &mut (impl Rng + ?Sized),
    ) -> Self {
        let mut slots = Self::default();
        slots.set("navn", first_name);
        let (he, him, his) = match sex {
            names::Sex::Female => ("hun", "hende", "hendes"),
            names::Sex::Male => ("han", "ham", "hans"),
        };
        slots.set("han", he);
        slots.set("ham", him);
        slots.set("hans", his);
        slots.set("by", places::town(rng).name);
        for (slot, year) in [("barn", 2012), ("ven", 1978), ("mentor", 1970), ("medarbejder", 1984)] {
            let from = if matches!(slot, "barn" | "ven") {
                origin
            } else {
                names::Origin::Danish
            };
            // Two people with one name in one plan confuse the reader; the lists are long enough for a second try.
            for _ in 0..20 {
                let sex = names::sex(rng);
                let name = names::first(sex, year, from, rng);
                if !slots.0.values().any(|taken| taken == name) {
                    slots.set(slot, name);
                    break;
                }
            }
        }
        for (slot, values) in persona.slots {
            slots.set(slot, one(values, rng));
        }
        let company = companies::company_in(&slots.trades(persona), rng);
        slots.set("virksomhed", &company.name);
        slots.set("kontakt", &company.contact.first);
        slots.set("dag", one(&["mandag", "tirsdag", "onsdag", "torsdag", "fredag"], rng));
        let hours = [4, 5, 6, 8, 9, 10, 12].choose(rng).copied().unwrap_or(8);
        slots.set("timer", &hours.to_string());
        slots.set("flere", &(hours + rng.random_range(3..=8)).to_string());
        slots
    }

    /// The trades that fit this citizen: the one of the trade the citizen names, if the persona has it, else all of
    /// the persona's. Pass them to [`companies::company_in`], or match real companies against them.
    pub fn trades(&self, persona: &Persona) -> Vec<&'static str> {
        let named = [self.get("fag"), self.get("droem")];
        let own = WORK_OF.iter().find(|(work, _)| named.contains(&Some(work)));
        match own {
            Some((_, trade)) if persona.trades.contains(trade) => vec![trade],
            _ => persona.trades.to_vec(),
        }
    }

    /// Lets `slot` stand for `value` from now on.
    pub fn set(&mut self, slot: &str, value: &str) {
        self.0.insert(slot.to_owned(), value.to_owned());
    }

    /// What `slot` stands for.
    pub fn get(&self, slot: &str) -> Option<&str> {
        self.0.get(slot).map(String::as_str)
    }

    /// The text with one alternative taken from each `[a|b]` and every `{slot}` filled. `{Slot}` gives the slot's
    /// value with a capital letter, `{slots}` its genitive; the text itself begins with one. An unknown slot is left as it stands, so that a test finds it.
    pub fn fill(&self, text: &str, rng: &mut (impl Rng + ?Sized)) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find('[') {
            let (before, after) = rest.split_at(at);
            out.push_str(before);
            let Some(end) = after.find(']') else { break };
            let alternatives: Vec<&str> = after[1..end].split('|').collect();
            out.push_str(one(&alternatives, rng));
            rest = &after[end + 1..];
        }
        out.push_str(rest);
        capitalised(&self.fill_slots(&out))
    }

    /// A random one of the texts, filled.
    pub fn fill_one(&self, texts: &[&str], rng: &mut (impl Rng + ?Sized)) -> String {
        let text = one(texts, rng);
        self.fill(text, rng)
    }

    /// `{slot}` as it is, `{Slot}` with a capital, `{slots}` in the genitive.
    fn value(&self, slot: &str) -> Option<String> {
        let plain = slot.to_lowercase();
        let value = match (
            self.get(&plain),
            plain.strip_suffix('s').and_then(|base| self.get(base)),
        ) {
            (Some(value), _) => value.to_owned(),
            (None, Some(value)) => genitive(value),
            (None, None) => return None,
        };
        Some(if plain == slot { value } else { capitalised(&value) })
    }

    fn fill_slots(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find('{') {
            out.push_str(&rest[..at]);
            let Some(end) = rest[at..].find('}') else { break };
            let slot = &rest[at + 1..at + end];
            match self.value(slot) {
                Some(value) => out.push_str(&value),
                None => out.push_str(&rest[at..=at + end]),
            }
            rest = &rest[at + end + 1..];
        }
        out.push_str(rest);
        out
    }
}
