//! The municipality's colours: three settings become a small stylesheet that is laid over ours.
//!
//! A colour nobody can read is refused when the server starts, not found out by the person who cannot read it.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// Least contrast between text and what is behind it (WCAG 2.2, success criterion 1.4.3).
pub const MIN_CONTRAST: f64 = 4.5;

/// The lightest surfaces our pages put coloured text on: white cards and the warm paper behind them (`--paper` in `app.css`).
const SURFACES: [(&str, Colour); 2] = [
    ("#ffffff", Colour(255, 255, 255)),
    ("#faf7f2", Colour(0xfa, 0xf7, 0xf2)),
];

/// A colour as red, green and blue, 0–255 each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// Reads `#rrggbb` (or `rrggbb`).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.trim().strip_prefix('#').unwrap_or(text.trim());
        if hex.len() != 6 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let part = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).ok();
        Some(Self(part(0)?, part(2)?, part(4)?))
    }

    /// Relative luminance, 0 (black) to 1 (white), as WCAG defines it.
    #[must_use]
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Contrast ratio between two colours, 1 (none) to 21 (black on white), as WCAG defines it.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// This colour with `share` (0–1) of it over white.
    fn over_white(self, share: f64) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "stays between 0 and 255"
        )]
        let mix = |channel: u8| (255.0 - (255.0 - f64::from(channel)) * share).round() as u8;
        Self(mix(self.0), mix(self.1), mix(self.2))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

/// Why a theme is refused. Written for the person who edits the configuration.
#[derive(Clone, Debug, PartialEq)]
pub enum ThemeError {
    /// A setting is no colour.
    NotAColour {
        /// Name of the setting: `primary`, `dark` or `darker`.
        setting: &'static str,
        /// What was written there.
        value: String,
    },
    /// A colour cannot be read on one of our surfaces, or white text cannot be read on it.
    TooPale {
        /// Name of the setting: `primary`, `dark` or `darker`.
        setting: &'static str,
        /// The colour.
        value: Colour,
        /// The surface it was held against.
        against: &'static str,
        /// The contrast found.
        contrast: f64,
    },
}

impl fmt::Display for ThemeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAColour { setting, value } => {
                write!(
                    f,
                    "theme colour {setting}: {value:?} is not a colour; write it as #rrggbb, for example #14505c"
                )
            }
            Self::TooPale {
                setting,
                value,
                against,
                contrast,
            } => write!(
                f,
                "theme colour {setting}: {value} against {against} has a contrast of {contrast:.2}:1, and at least {MIN_CONTRAST}:1 is needed \
                 for everyone to read it; choose a darker colour"
            ),
        }
    }
}

impl std::error::Error for ThemeError {}

/// A municipality's colours, checked, with the stylesheet made from them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    css: String,
    url: String,
    primary: Colour,
}

impl Theme {
    /// Makes a theme from three colours written as `#rrggbb`: `primary` for buttons, links and the current place in the menu,
    /// `dark` for the same under the pointer, `darker` for the same while pressed and for the band at the top.
    ///
    /// # Errors
    ///
    /// Names the setting that is no colour, or whose contrast is below [`MIN_CONTRAST`].
    pub fn new(primary: &str, dark: &str, darker: &str) -> Result<Self, ThemeError> {
        let check = |setting: &'static str, value: &str| {
            let colour = Colour::parse(value).ok_or_else(|| ThemeError::NotAColour {
                setting,
                value: value.to_owned(),
            })?;
            let tint = colour.over_white(TINT);
            let tint = ("its own light tint", tint);
            for (against, surface) in SURFACES.into_iter().chain([tint]) {
                let contrast = colour.contrast(surface);
                if contrast < MIN_CONTRAST {
                    return Err(ThemeError::TooPale {
                        setting,
                        value: colour,
                        against,
                        contrast,
                    });
                }
            }
            Ok(colour)
        };
        let (primary, dark, darker) = (
            check("primary", primary)?,
            check("dark", dark)?,
            check("darker", darker)?,
        );
        let css = format!(
            ":root{{--primary:{primary};--primary-dark:{dark};--primary-darker:{darker};--primary-tint:{};--primary-line:{}}}",
            primary.over_white(TINT),
            primary.over_white(0.35),
        );
        let mut fingerprint = String::new();
        for byte in &Sha256::digest(css.as_bytes())[..6] {
            fingerprint.push_str(&format!("{byte:02x}"));
        }
        Ok(Self {
            url: format!("/assets/theme-{fingerprint}.css"),
            css,
            primary,
        })
    }

    /// The colour of buttons, links and headings, for what is drawn without the stylesheet.
    #[must_use]
    pub const fn primary(&self) -> Colour {
        self.primary
    }

    /// The light tint of it, behind text.
    #[must_use]
    pub fn tint(&self) -> Colour {
        self.primary.over_white(TINT)
    }

    /// The stylesheet.
    #[must_use]
    pub fn css(&self) -> &str {
        &self.css
    }

    /// The address it is served under; it changes with the colours.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}

/// How much of the primary colour is in the light tint behind the chosen menu item.
const TINT: f64 = 0.09;

impl Default for Theme {
    /// Deep sea green: calm, and far from the colours that mean *success*, *warning* and *error*.
    fn default() -> Self {
        Self::new("#14505c", "#0e3e48", "#0a2d35").expect("the default colours are tested")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).expect("a colour in a test")
    }

    #[test]
    fn contrast_follows_the_formula_of_wcag() {
        // Black on white is the largest there is; #767676 is the well-known lightest grey that passes on white, #777777 the
        // first that does not.
        for (a, b, expected) in [
            ("#000000", "#ffffff", 21.0),
            ("#ffffff", "#ffffff", 1.0),
            ("#767676", "#ffffff", 4.54),
            ("#777777", "#ffffff", 4.48),
            ("#ff0000", "#ffffff", 4.00),
            ("#0000ff", "#ffffff", 8.59),
            ("#008000", "#ffffff", 5.14),
        ] {
            let found = colour(a).contrast(colour(b));
            assert!((found - expected).abs() < 0.005, "{a} on {b}: {found}");
            assert!(
                (found - colour(b).contrast(colour(a))).abs() < f64::EPSILON,
                "the order does not matter"
            );
        }
    }

    #[test]
    fn a_pale_colour_is_refused_with_a_reason() {
        let error = Theme::new("#14505c", "#c9a227", "#0a2d35").expect_err("ochre is too pale for text");
        assert!(
            matches!(
                error,
                ThemeError::TooPale {
                    setting: "dark",
                    against: "#ffffff",
                    ..
                }
            ),
            "{error:?}"
        );
        let text = error.to_string();
        assert!(
            text.contains("#c9a227") && text.contains("4.5:1") && text.contains("darker colour"),
            "{text}"
        );
    }

    #[test]
    fn a_colour_that_passes_on_white_alone_is_not_enough() {
        let error = Theme::new("#767676", "#14505c", "#14505c").expect_err("the paper is darker than white");
        assert!(
            matches!(
                error,
                ThemeError::TooPale {
                    setting: "primary",
                    against: "#faf7f2",
                    ..
                }
            ),
            "{error:?}"
        );
    }

    #[test]
    fn what_is_no_colour_is_refused_with_a_reason() {
        for value in ["", "#fff", "blue", "#12345g", "#1234567", "};body{display:none"] {
            let error = Theme::new(value, "#14505c", "#14505c").expect_err("not a colour");
            assert_eq!(
                error,
                ThemeError::NotAColour {
                    setting: "primary",
                    value: value.to_owned()
                }
            );
        }
    }

    #[test]
    fn the_address_changes_with_the_colours() {
        let other = Theme::new("#5b2a3c", "#47202f", "#331722").expect("a wine red is dark enough");
        assert_ne!(Theme::default().url(), other.url());
        assert!(other.css().contains("--primary:#5b2a3c"));
    }

    #[test]
    fn the_surfaces_are_those_of_the_stylesheet() {
        let css = include_str!("../../assets/app.css");
        let paper = css
            .split_once("--paper: ")
            .and_then(|(_, rest)| rest.split_once(';'))
            .expect("--paper is set")
            .0;
        assert_eq!(paper, SURFACES[1].0);
        // The stylesheet carries the default colours itself, for the moment before the theme has arrived.
        for part in Theme::default()
            .css()
            .trim_start_matches(":root{")
            .trim_end_matches('}')
            .split(';')
        {
            let line = part.replacen(':', ": ", 1);
            assert!(css.contains(&line), "app.css does not say {line}");
        }
    }
}
