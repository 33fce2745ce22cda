//! Batches from code that is not asynchronous.

use super::{Answers, Batch};
use crate::client::wait;

impl Batch {
    /// Sends the requests, and waits for their answers; as [`send`](Self::send), but through the
    /// connections of blocking calls.
    pub fn send_blocking(mut self) -> Answers {
        for entry in &mut self.entries {
            match entry.client.blocking() {
                Ok(client) => entry.client = client,
                Err(error) => entry.request = Err(error.during(entry.operation)),
            }
        }
        let batch = self.id.clone();
        let operations = self.entries.iter().map(|entry| entry.operation);
        let operations: Vec<_> = operations.collect();
        wait(async { Ok(self.send().await) }).unwrap_or_else(|error| {
            let each = operations.into_iter();
            let outcomes = each.map(|operation| Some(Err(error.for_operation(operation))));
            Answers {
                batch,
                outcomes: outcomes.collect(),
            }
        })
    }
}
