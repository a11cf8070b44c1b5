//! Setting up: units, employees and citizens from files.
