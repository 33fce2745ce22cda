//! Whole projects on disk: how they change, what is wrong with them, and what they try to do.

mod areas;
mod at_once;
mod bad_input;
mod cache;
mod drift;
mod edits;
mod fuzz;
mod hostile;
mod project;
mod where_it_is_run;
