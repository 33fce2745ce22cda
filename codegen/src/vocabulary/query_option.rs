//! OData's query options.

/// One of OData's system query options (OData 4.01 URL conventions, section 5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QueryOption {
    /// `$select`
    Select,
    /// `$expand`
    Expand,
    /// `$filter`
    Filter,
    /// `$orderby`
    OrderBy,
    /// `$top`
    Top,
    /// `$skip`
    Skip,
    /// `$search`
    Search,
    /// `$count`
    Count,
    /// `$skiptoken`
    SkipToken,
    /// `$format`
    Format,
}
