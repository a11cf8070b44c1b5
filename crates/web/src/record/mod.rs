//! What happened and who looked, in words.
