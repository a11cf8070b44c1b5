//! The demo municipality: an invented place with invented people, for showing and testing the whole system.

#[allow(dead_code, unused_imports, reason = "a wardrobe: the generator takes the texts it needs")]
pub mod texts;
