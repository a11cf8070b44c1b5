//! The employee's work lists: the day, my citizens, the team, companies, search.
