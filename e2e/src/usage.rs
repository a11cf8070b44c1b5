//! What processes use, as the kernel counts it.

use std::error::Error;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Processor time that a process has used, in milliseconds.
///
/// # Errors
/// The process has ended.
pub fn cpu_ms(process: u32) -> Result<f64> {
    stat(process).map(|(_, ms)| ms)
}

/// Processor time that all processes of PostgreSQL have used that run now, in milliseconds. The backends of a pool's
/// connections run as long as the pool.
#[must_use]
pub fn database_ms() -> f64 {
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter_map(|process| stat(process).ok())
        .filter(|(name, _)| name == "postgres")
        .map(|(_, ms)| ms)
        .sum()
}

/// A process's name, and the processor time that it has used, in milliseconds.
fn stat(process: u32) -> Result<(String, f64)> {
    let status = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The program's name is in brackets and may hold anything; user and system time are fields 14 and 15.
    let (head, rest) = status.rsplit_once(')').ok_or("an unknown format of /proc")?;
    let name = head.split_once('(').map_or("", |(_, name)| name);
    let ticks: f64 = rest
        .split_whitespace()
        .skip(11)
        .take(2)
        .map(|ticks| ticks.parse::<f64>().unwrap_or(0.0))
        .sum();
    Ok((
        name.to_owned(),
        ticks * 1000.0 / rustix::param::clock_ticks_per_second() as f64,
    ))
}

/// Memory that a process holds, in MB: now (`VmRSS`), or the most it ever did (`VmHWM`).
///
/// # Errors
/// The process has ended.
pub fn memory_mb(process: u32, which: &str) -> Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix(which)?.strip_prefix(':'))
        .ok_or("the process has ended")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? / 1024)
}
