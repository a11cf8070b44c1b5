//! x

pub mod db;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
