//! What browsers send.

use tovholder_store::names::name_words;
use tovholder_web::kit::form::Errors;
use tovholder_web::kit::lang::Lang;
use tovholder_web::kit::sent::Fields;

use crate::text;

/// Words to search for.
pub fn search(input: &[u8]) {
    let typed = text(input);
    let words = name_words(&typed);
    for word in &words {
        assert!(
            !word.is_empty() && !word.contains(char::is_whitespace),
            "{word:?} of {typed:?}"
        );
        assert!(!word.contains(char::is_control), "{word:?} cannot be looked up");
    }
    let again = name_words(&words.join(" "));
    assert_eq!(again, words, "folded twice is folded once: {typed:?}");
}

/// A form.
pub fn form(input: &[u8]) {
    let sent = Fields::parse(&text(input));
    let kept = sent.to_draft();
    let draft = Fields::parse(&kept);
    assert_eq!(draft.to_draft(), kept, "a draft of a draft is the draft");
    for name in ["text", "title", "held_date", "due-1", "_voice", "_rev"] {
        assert_eq!(draft.text(name), sent.text(name), "{name} is kept as typed");
        assert_eq!(draft.all(name).count(), sent.all(name).count());
    }
    assert!(!draft.has("_csrf") && !draft.has("_act"), "no draft keeps the token");
    let mut errors = Errors::none();
    let _ = (sent.submission(), sent.voice(), sent.rev());
    for t in [Lang::Da, Lang::En] {
        let _ = sent.date("held_date", t, &mut errors);
        let _ = sent.datetime("held_date", "held_time", t, &mut errors);
        let _ = sent.hours("hours", t, &mut errors);
    }
    let replaced = sent.replaced("text", "nyt");
    assert_eq!((replaced.text("text"), replaced.all("text").count()), ("nyt", 1));
}
