//! Monitors from code that is not asynchronous.

use super::{ASK, Monitor, Progress};
use crate::client::wait;
use crate::{FromResponse, Response, Result};

impl Monitor {
    /// Keeps the thread until the operation is done; see [`wait`](Self::wait).
    pub fn wait_blocking(&mut self) -> Result<Progress> {
        self.block()?;
        wait(self.wait())
    }

    /// Asks how far the operation is, and waits for the answer; see [`next`](Self::next).
    pub fn next_blocking(&mut self) -> Result<Progress> {
        self.block()?;
        wait(self.next())
    }

    /// Goes on through the connections of blocking calls.
    fn block(&mut self) -> Result<()> {
        self.client = self.client.blocking().map_err(|error| error.during(&ASK))?;
        Ok(())
    }
}

impl Progress {
    /// Gets what the operation has made, and waits for it; see [`result`](Self::result).
    pub fn result_blocking<T: FromResponse>(mut self) -> Result<Response<T>> {
        self.client = self.client.blocking().map_err(|error| error.during(&ASK))?;
        wait(self.result())
    }
}
