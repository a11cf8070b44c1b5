//! The citizen's own pages, phone first.
