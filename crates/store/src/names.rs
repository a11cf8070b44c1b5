//! The words of a name, folded, so that a search finds `Müller` by `muller` and `Sørensen` by `søren`.

/// The words of a name as they stand in the table `name_word`: lower case, split at spaces, hyphens and apostrophes, each word once.
///
/// æ, ø and å are letters of their own and stay; other accents fall away.
///
/// ```
/// use tovholder_store::names::name_words;
///
/// assert_eq!(name_words("Zoë Müller-Sørensen"), ["zoe", "muller", "sørensen"]);
/// assert_eq!(name_words("D'Angelo  Åse"), ["d", "angelo", "åse"]);
/// assert!(name_words(" - \0").is_empty());
/// ```
pub fn name_words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in name.split(|c: char| c.is_whitespace() || is_joint(c)) {
        let folded: String = word.chars().flat_map(char::to_lowercase).filter_map(fold).collect();
        if !folded.is_empty() && !words.contains(&folded) {
            words.push(folded);
        }
    }
    words
}

/// What holds the parts of a name together without being a letter of it.
const fn is_joint(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'..='\u{2014}' | '\'' | '’' | '`' | '´' | '.' | ',' | '&' | '/' | '(' | ')'
    )
}

/// The plain letter of an accented one; accents that stand alone fall away.
const fn fold(c: char) -> Option<char> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' | 'ð' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ğ' | 'ģ' => 'g',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => 'i',
        'ķ' => 'k',
        'ł' | 'ļ' | 'ľ' => 'l',
        'ñ' | 'ń' | 'ň' | 'ņ' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ť' | 'ţ' | 'ț' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        '\u{0300}'..='\u{036f}' => return None,
        // No database looks for these: they are no part of any name.
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => return None,
        other => other,
    })
}
