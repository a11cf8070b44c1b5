//! Text in pages is shown, never run.

use std::fmt;

use askama::filters::{Escaper, Html as OneByOne};
use memchr::{memchr2, memchr3};

/// Escapes as Askama's own escaper does, which looks at one letter after the other. Hardly any text holds one of the five characters; that it
/// holds none is seen in a fraction of the time. `askama.toml` names it for every page.
#[derive(Clone, Copy, Debug, Default)]
pub struct Html;

impl Escaper for Html {
    fn write_escaped_str<W: fmt::Write>(&self, mut dest: W, text: &str) -> fmt::Result {
        let letters = text.as_bytes();
        if memchr3(b'<', b'>', b'&', letters).is_none() && memchr2(b'"', b'\'', letters).is_none() {
            dest.write_str(text)
        } else {
            OneByOne.write_escaped_str(dest, text)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn escaped(escaper: impl Escaper, text: &str) -> String {
        let mut page = String::new();
        escaper
            .write_escaped_str(&mut page, text)
            .expect("writing to a String cannot fail");
        page
    }

    proptest! {
        #[test]
        fn every_text_is_escaped_as_askama_does(text in "[a-zæøå<>&\"' ]{0,40}|\\PC{0,40}") {
            prop_assert_eq!(escaped(Html, &text), escaped(OneByOne, &text));
        }
    }

    #[test]
    fn none_of_the_five_comes_through() {
        for dangerous in ["<", ">", "&", "\"", "'"] {
            assert!(
                !escaped(Html, &format!("a{dangerous}b"))
                    .replace("&#", "")
                    .contains(dangerous)
            );
        }
    }
}
