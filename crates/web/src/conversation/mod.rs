//! Conversations as the employee holds and books them.
