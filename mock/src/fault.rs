//! Failures on purpose: what a client has to live with.

use std::fmt;
use std::str::FromStr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// How often which failure happens.
///
/// Written as a list such as `429=0.1,503=0.05,latency=200ms@0.3,cut=0.01`: each rate is the part
/// of all requests, between 0 and 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Faults {
    /// `429` with `Retry-After: 1`.
    pub throttled: f64,
    /// `503`.
    pub unavailable: f64,
    /// An answer that comes late.
    pub late: f64,
    /// By how much it is late.
    pub latency: Duration,
    /// A connection that is closed in the place of an answer.
    pub cut: f64,
    /// Where the sequence of failures begins: the same seed gives the same failures.
    pub seed: u64,
}

/// Why a list of failures could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseFaultsError(String);

/// What happens to one request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fate {
    pub(crate) delay: Option<Duration>,
    pub(crate) failure: Option<Failure>,
}

/// What comes in the place of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    Throttled,
    Unavailable,
    Cut,
}

/// The failures of a server, one request after the other.
#[derive(Debug)]
pub(crate) struct Dice {
    faults: Faults,
    requests: AtomicU64,
}

impl Dice {
    pub(crate) fn new(faults: Faults) -> Self {
        let requests = AtomicU64::new(0);
        Self { faults, requests }
    }

    /// How many requests there have been.
    pub(crate) fn rolled(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    /// What happens to the next request.
    pub(crate) fn roll(&self) -> Fate {
        let faults = &self.faults;
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        let late = unit(faults.seed, number, 0) < faults.late;
        let roll = unit(faults.seed, number, 1);
        let failures = [
            (faults.throttled, Failure::Throttled),
            (faults.unavailable, Failure::Unavailable),
            (faults.cut, Failure::Cut),
        ];
        let mut below = 0.0;
        let failure = failures.into_iter().find(|(rate, _)| {
            below += rate;
            roll < below
        });
        Fate {
            delay: late.then_some(faults.latency),
            failure: failure.map(|(_, failure)| failure),
        }
    }
}

/// A number between 0 and 1 that looks random, by SplitMix64 (Steele, Lea and Flood, 2014).
fn unit(seed: u64, number: u64, which: u64) -> f64 {
    let mut z = seed
        .wrapping_add(number.wrapping_mul(2).wrapping_add(which).wrapping_add(1))
        .wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^= z >> 31;
    (z >> 11) as f64 / (1_u64 << 53) as f64
}

impl FromStr for Faults {
    type Err = ParseFaultsError;

    fn from_str(text: &str) -> Result<Self, ParseFaultsError> {
        let mut faults = Self::default();
        for part in text.split(',').map(str::trim).filter(|it| !it.is_empty()) {
            let fault = |what: &str| ParseFaultsError(format!("`{part}`: {what}"));
            let (name, value) = part
                .split_once('=')
                .ok_or_else(|| fault("there is no `=`"))?;
            let rate = |text: &str| {
                let rate = text.parse().ok().filter(|rate| (0.0..=1.0).contains(rate));
                rate.ok_or_else(|| fault("a rate is a number between 0 and 1"))
            };
            match name {
                "429" => faults.throttled = rate(value)?,
                "503" => faults.unavailable = rate(value)?,
                "cut" => faults.cut = rate(value)?,
                "latency" => {
                    let (time, part) = value.split_once('@').unwrap_or((value, "1"));
                    let time = time.strip_suffix("ms").and_then(|time| time.parse().ok());
                    let time = time.ok_or_else(|| fault("a latency is written as `200ms`"))?;
                    faults.latency = Duration::from_millis(time);
                    faults.late = rate(part)?;
                }
                _ => return Err(fault("it is none of `429`, `503`, `latency` and `cut`")),
            }
        }
        Ok(faults)
    }
}

impl fmt::Display for ParseFaultsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ParseFaultsError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_failures_is_read() {
        let faults: Faults = "429=0.1, 503=0.05,latency=200ms@0.3,cut=0.01"
            .parse()
            .unwrap();
        assert_eq!(faults.latency, Duration::from_millis(200));
        assert_eq!(
            (faults.throttled, faults.late, faults.cut),
            (0.1, 0.3, 0.01)
        );
        for wrong in ["429", "429=2", "500=0.1", "latency=2s"] {
            assert!(wrong.parse::<Faults>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn failures_come_as_often_as_asked_and_the_same_for_a_seed() {
        let faults = Faults {
            throttled: 0.25,
            cut: 0.5,
            seed: 7,
            ..Faults::default()
        };
        let roll = || {
            let dice = Dice::new(faults.clone());
            (0..4000).map(|_| dice.roll()).collect::<Vec<_>>()
        };
        let fates = roll();
        assert_eq!(fates, roll());
        let count = |failure| {
            fates
                .iter()
                .filter(|it| it.failure == Some(failure))
                .count()
        };
        assert!((900..1100).contains(&count(Failure::Throttled)));
        assert!((1850..2150).contains(&count(Failure::Cut)));
        assert_eq!(count(Failure::Unavailable), 0);
    }
}
