//! Uploads from code that is not asynchronous.

use super::{CANCEL, COMMIT, PUT, Upload};
use crate::client::wait;
use crate::{FromResponse, Operation, Response, Result};

impl<T: FromResponse> Upload<T> {
    /// Sends what is missing, and waits for the answer to the last part; see [`send`](Self::send).
    pub fn send_blocking(&mut self) -> Result<Response<T>> {
        self.block(&PUT)?;
        wait(self.send())
    }

    /// Completes a session that waits for it, and waits for the answer; see
    /// [`commit`](Self::commit).
    pub fn commit_blocking(&mut self) -> Result<Response<T>> {
        self.block(&COMMIT)?;
        wait(self.commit())
    }

    /// Closes the session, and waits until the service has; see [`cancel`](Self::cancel).
    pub fn cancel_blocking(mut self) -> Result<Response<()>> {
        self.block(&CANCEL)?;
        wait(self.cancel())
    }

    /// Goes on through the connections of blocking calls.
    fn block(&mut self, operation: &'static Operation) -> Result<()> {
        let client = self.session.client.blocking();
        self.session.client = client.map_err(|error| error.during(operation))?;
        Ok(())
    }
}
