//! Lists that are kept, and mostly hold one item.

/// Adds an item to such a list: `Vec::push` would make room for four at once.
pub(crate) fn push<T>(list: &mut Vec<T>, item: T) {
    if list.is_empty() {
        list.reserve_exact(1);
    }
    list.push(item);
}
