//! The pages of Tovholder: router, templates, assets and languages.

pub mod kit;
