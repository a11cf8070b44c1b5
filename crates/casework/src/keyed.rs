//! Enums that are stored and sent as short keys.

/// Declares an enum stored and sent as lower-case keys, with the keys in one place.
macro_rules! keyed {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $key:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $key)] $variant),+ }
        impl $name {
            /// Every value, in the order shown to people.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            /// The word used in tables, forms and files.
            pub const fn as_str(self) -> &'static str { match self { $($name::$variant => $key),+ } }
        }
        impl AsRef<str> for $name { fn as_ref(&self) -> &str { self.as_str() } }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
        }
        impl std::str::FromStr for $name {
            type Err = $crate::keyed::UnknownKey;
            fn from_str(key: &str) -> Result<Self, $crate::keyed::UnknownKey> {
                match key { $($key => Ok($name::$variant),)+ _ => Err($crate::keyed::UnknownKey(key.to_owned())) }
            }
        }
    };
}
pub(crate) use keyed;

/// A key that names no value of the enum asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownKey(pub String);
impl std::fmt::Display for UnknownKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "unknown key {:?}", self.0)
    }
}
impl std::error::Error for UnknownKey {}
