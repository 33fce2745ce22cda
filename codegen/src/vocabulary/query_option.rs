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

impl QueryOption {
    /// The option of a name such as `$top`, in small or capital letters.
    pub fn sent_as(name: &str) -> Option<Self> {
        let name = name.strip_prefix('$')?;
        Some(match name.to_ascii_lowercase().as_str() {
            "select" => Self::Select,
            "expand" => Self::Expand,
            "filter" => Self::Filter,
            "orderby" => Self::OrderBy,
            "top" => Self::Top,
            "skip" => Self::Skip,
            "search" => Self::Search,
            "count" => Self::Count,
            "skiptoken" => Self::SkipToken,
            "format" => Self::Format,
            _ => return None,
        })
    }

    /// The option as it is sent.
    pub fn name(self) -> &'static str {
        self.text().0
    }

    /// What it does, in a sentence.
    pub fn effect(self) -> &'static str {
        self.text().1
    }

    /// An option as it is sent, and what it does (OData 4.01 URL Conventions, section 5.1).
    fn text(self) -> (&'static str, &'static str) {
        match self {
            Self::Select => ("$select", "The properties to answer with."),
            Self::Expand => ("$expand", "The related resources to answer with as well."),
            Self::Filter => (
                "$filter",
                "What has to hold for an item to be in the answer.",
            ),
            Self::OrderBy => (
                "$orderby",
                "The properties to sort by, each with ` desc` behind it or not.",
            ),
            Self::Top => ("$top", "The most items to answer with."),
            Self::Skip => (
                "$skip",
                "The number of items to leave out at the beginning.",
            ),
            Self::Search => ("$search", "Words that items have to match."),
            Self::Count => ("$count", "Whether to answer with the number of all items."),
            Self::SkipToken => (
                "$skiptoken",
                "The place to go on from, as an earlier answer named it.",
            ),
            Self::Format => (
                "$format",
                "The media type of the answer, or its short name.",
            ),
        }
    }
}
