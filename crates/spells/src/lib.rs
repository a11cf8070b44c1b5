//! Periods on benefits, and honest numbers made of them. No files, no database, no framework.
//!
//! | to find | look in |
//! |---|---|
