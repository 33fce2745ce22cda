//! OData's system query options (OData 4.01 URL conventions, section 5.1).

use super::Request;

/// A text as conditions of `$filter` have it: between quotes, and those in it doubled (OData 4.01
/// URL conventions, section 5.1.1.14.1), so that no value can say more than itself.
///
/// ```
/// use docwright_client::literal;
///
/// let name = "O'Hara";
/// assert_eq!(format!("surname eq {}", literal(name)), "surname eq 'O''Hara'");
/// ```
pub fn literal(text: impl AsRef<str>) -> String {
    format!("'{}'", text.as_ref().replace('\'', "''"))
}

impl<T> Request<T> {
    /// `$select`: only these properties come back.
    pub fn select(self, properties: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.list("$select", properties)
    }

    /// `$expand`: these related resources come along.
    pub fn expand(self, properties: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.list("$expand", properties)
    }

    /// `$filter`: only items for which this holds.
    pub fn filter(self, condition: impl AsRef<str>) -> Self {
        self.query("$filter", condition)
    }

    /// `$orderby`: items in the order of these properties, each with ` desc` behind it or not.
    pub fn order_by(self, properties: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        self.list("$orderby", properties)
    }

    /// `$top`: at most so many items.
    pub fn top(self, items: u32) -> Self {
        self.query("$top", items.to_string())
    }

    /// `$skip`: without the first so many items.
    pub fn skip(self, items: u32) -> Self {
        self.query("$skip", items.to_string())
    }

    /// `$search`: items that match these words.
    pub fn search(self, words: impl AsRef<str>) -> Self {
        self.query("$search", words)
    }

    /// `$count`: with the number of all items, or without it.
    pub fn count(self, count: bool) -> Self {
        self.query("$count", if count { "true" } else { "false" })
    }

    /// `$skiptoken`: from the place that an earlier answer named.
    pub fn skip_token(self, token: impl AsRef<str>) -> Self {
        self.query("$skiptoken", token)
    }

    /// `$format`: in this media type, or its short name.
    pub fn format(self, format: impl AsRef<str>) -> Self {
        self.query("$format", format)
    }

    fn list(self, name: &str, items: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let mut list = String::new();
        for item in items {
            if !list.is_empty() {
                list.push(',');
            }
            list.push_str(item.as_ref());
        }
        self.query(name, list)
    }
}
