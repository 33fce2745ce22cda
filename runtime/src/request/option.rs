//! The system query options of OData that the page of an operation documents, as traits of its
//! type (OData 4.01 URL conventions, section 5.1).
//!
//! A trait gives the requests of the operation the method of its option. What no page documents can
//! be asked for all the same, by `query`.

use crate::Endpoint;

/// Operations that document `$select`.
pub trait Select: Endpoint {}

/// Operations that document `$expand`.
pub trait Expand: Endpoint {}

/// Operations that document `$filter`.
pub trait Filter: Endpoint {}

/// Operations that document `$orderby`.
pub trait OrderBy: Endpoint {}

/// Operations that document `$top`.
pub trait Top: Endpoint {}

/// Operations that document `$skip`.
pub trait Skip: Endpoint {}

/// Operations that document `$search`.
pub trait Search: Endpoint {}

/// Operations that document `$count`.
pub trait Count: Endpoint {}

/// Operations that document `$skiptoken`.
pub trait SkipToken: Endpoint {}

/// Operations that document `$format`.
pub trait Format: Endpoint {}
