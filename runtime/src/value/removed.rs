//! What is no longer in a collection (OData JSON format 4.01, section 16.2).

use crate::Resource;

/// Why an item of a delta is no longer in the collection.
///
/// Whoever asks for the changes of a collection gets the items that left it, too, among the others:
/// with their identifier and `@removed`, and as a rule with nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Removed {
    /// It is there no more: `deleted`.
    Deleted,
    /// It is there, and does no longer belong to the collection: `changed`.
    Changed,
    /// It is gone for another reason, or for none that the service tells.
    Other(String),
}

impl Removed {
    /// Why an item is no longer in the collection; `None` where it is new, changed or as it was.
    pub fn of(item: &impl Resource) -> Option<Self> {
        let removed = item.other().json("@removed")?;
        let removed: serde_json::Value = serde_json::from_str(removed).unwrap_or_default();
        let reason = removed.get("reason").and_then(|reason| reason.as_str());
        Some(match reason.unwrap_or_default() {
            "deleted" => Self::Deleted,
            "changed" => Self::Changed,
            reason => Self::Other(reason.to_owned()),
        })
    }
}
