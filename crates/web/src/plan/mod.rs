//! A plan as the employee works with it: goals, steps, strengths, efforts, people, progression.
