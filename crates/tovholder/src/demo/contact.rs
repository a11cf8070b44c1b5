//! Telephone numbers, mail addresses and company numbers that look right and reach nobody.

use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use tovholder_store::names::name_words;

/// A telephone number in Danish form. No Danish number begins with 0, so nobody is called by mistake.
pub fn phone(rng: &mut ChaCha8Rng) -> String {
    let mut pair = || rng.random_range(10..100);
    let (a, b, c) = (pair(), pair(), pair());
    let first = rng.random_range(2..10);
    format!("0{first} {a} {b} {c}")
}

/// The part of a mail address before the @: the words of the name in plain letters.
pub fn mailbox(name: &str) -> String {
    let letters = |word: String| word.replace('æ', "ae").replace('ø', "oe").replace('å', "aa");
    let words: Vec<String> = name_words(name).into_iter().map(letters).collect();
    words.join(".")
}

/// Eight digits in the shape of a CVR number that no company can have: the check digit is wrong, so that neither a register nor a
/// careful form takes it for a real company. `n` gives different numbers up to four million.
pub fn impossible_cvr(n: u32) -> String {
    let stem = 5_000_000 + n % 4_000_000;
    let weights = [2, 7, 6, 5, 4, 3, 2];
    let digits = stem.to_string();
    let sum: u32 = digits
        .chars()
        .filter_map(|c| c.to_digit(10))
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum();
    let right = (11 - sum % 11) % 11;
    // Where the right check digit would be 10 there is none; otherwise take the one after it.
    let wrong = (right + 1) % 10;
    format!("{digits}{wrong}")
}
