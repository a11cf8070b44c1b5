//! What the words of corrections are called.

use tovholder_casework::correction::{About, Outcome, Wish};

use crate::kit::lang::Lang;

/// What the citizen asks for.
pub(crate) const fn wish(t: Lang, value: Wish) -> &'static str {
    match value {
        Wish::Correct => t.rights_wish_correct(),
        Wish::Object => t.rights_wish_object(),
    }
}

/// What it is about.
pub(crate) const fn about(t: Lang, value: About) -> &'static str {
    match value {
        About::Person => t.rights_about_person(),
        About::Goals => t.rights_about_goals(),
        About::Words => t.rights_about_words(),
        About::Efforts => t.rights_about_efforts(),
        About::Progress => t.rights_about_progress(),
        About::People => t.rights_about_people(),
        About::Registers => t.rights_about_registers(),
        About::Other => t.rights_about_other(),
    }
}

/// What came of it.
pub(crate) const fn outcome(t: Lang, value: Outcome) -> &'static str {
    match value {
        Outcome::Done => t.rights_outcome_done(),
        Outcome::Partly => t.rights_outcome_partly(),
        Outcome::Refused => t.rights_outcome_refused(),
    }
}
