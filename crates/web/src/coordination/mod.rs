//! Opening a plan, changing its coordinator, closing it, and undo.
