//! By what it is known that nobody has touched a file: what the system tells of it.

use std::fmt;
use std::fs::Metadata;
use std::path::Path;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::digest::Digest;

/// A file as it was when it was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    /// The digest of its text.
    pub(crate) text: Digest,
    /// Its stamp, where that tells whether it is still the same.
    pub(crate) stamp: Option<Stamp>,
}

/// Number, size and time of the last change of a file.
///
/// The time is that of any change, which no program can set: that of the text can be set back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    inode: u64,
    size: u64,
    /// Seconds and nanoseconds since 1970.
    changed: (i64, i64),
}

/// The system's clock goes in steps of up to 10 ms, and some file systems keep time in such steps too.
const STEP: Duration = Duration::from_millis(50);

/// File systems without fractions of seconds keep time in steps of one second or two.
const LONG_STEP: Duration = Duration::from_millis(2050);

impl Stamp {
    /// The stamp of a file, if a change after `now` is bound to give it another one: it was changed so
    /// long before that the clock has gone on.
    pub(crate) fn new(metadata: &Metadata, now: SystemTime) -> Option<Self> {
        let stamp = Self::of(metadata)?;
        let (seconds, nanoseconds) = stamp.changed;
        let changed = Duration::new(seconds.try_into().ok()?, nanoseconds.try_into().ok()?);
        let step = if nanoseconds == 0 { LONG_STEP } else { STEP };
        let settled = now.duration_since(UNIX_EPOCH).ok()?.checked_sub(step)?;
        (changed < settled).then_some(stamp)
    }

    /// The stamp of what lies at a path, if it is a file and has one.
    pub(crate) fn at(path: &Path, now: SystemTime) -> Option<Self> {
        Self::new(&path.symlink_metadata().ok()?, now)
    }

    #[cfg(unix)]
    fn of(metadata: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;

        metadata.is_file().then(|| Self {
            inode: metadata.ino(),
            size: metadata.size(),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
        })
    }

    /// Other systems do not tell when a file was changed, but only what its time of modification was
    /// set to.
    #[cfg(not(unix))]
    fn of(_: &Metadata) -> Option<Self> {
        None
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, nanoseconds) = self.changed;
        write!(f, "{} {} {seconds} {nanoseconds}", self.inode, self.size)
    }
}

impl Seen {
    /// What was seen of a file before, if a look at it now shows that it is the same.
    pub(crate) fn again(before: Option<Self>, now: Option<Stamp>) -> Option<Self> {
        before.filter(|before| now.is_some() && now == before.stamp)
    }
}

/// What is no stamp.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NoStamp;

impl FromStr for Stamp {
    type Err = NoStamp;

    fn from_str(text: &str) -> Result<Self, NoStamp> {
        let mut words = text.split(' ');
        let mut word = || words.next().ok_or(NoStamp);
        let stamp = Self {
            inode: word()?.parse().map_err(|_| NoStamp)?,
            size: word()?.parse().map_err(|_| NoStamp)?,
            changed: (
                word()?.parse().map_err(|_| NoStamp)?,
                word()?.parse().map_err(|_| NoStamp)?,
            ),
        };
        words.next().is_none().then_some(stamp).ok_or(NoStamp)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_has_a_stamp_when_the_clock_has_gone_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "a").unwrap();
        let metadata = fs::metadata(&path).unwrap();
        let now = SystemTime::now();
        assert_eq!(Stamp::new(&metadata, now), None);
        let stamp = Stamp::new(&metadata, now + LONG_STEP + STEP).unwrap();
        assert_eq!(stamp.to_string().parse(), Ok(stamp));
        assert_eq!(Stamp::new(&metadata, now - LONG_STEP), None);

        // The time of modification can be set back, and the stamp is another one all the same.
        std::thread::sleep(STEP);
        fs::write(&path, "b").unwrap();
        let file = fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(metadata.modified().unwrap()).unwrap();
        let metadata = fs::metadata(&path).unwrap();
        let changed = Stamp::new(&metadata, SystemTime::now() + LONG_STEP);
        assert_ne!(changed, Some(stamp));
    }

    #[test]
    fn what_is_no_stamp_is_none() {
        for text in ["", "-", "1 2 3", "1 2 3 4 5", "1 2 3 x", "-1 2 3 4"] {
            assert_eq!(text.parse::<Stamp>(), Err(NoStamp), "{text}");
        }
    }
}
