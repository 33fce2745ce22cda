//! Work on many items at once, where the feature `parallel` is on and there is more than one processor.
//! On a single one, nothing is gained by handing work to another thread.

/// What `f` makes of each item, in the order of the items.
pub(crate) fn map<'a, T: Sync, R: Send>(
    items: &'a [T],
    f: impl Fn(usize, &'a T) -> R + Sync,
) -> Vec<R> {
    #[cfg(feature = "parallel")]
    if are_many() {
        use rayon::prelude::*;

        let items = items.par_iter().enumerate();
        return items.map(|(index, item)| f(index, item)).collect();
    }
    let items = items.iter().enumerate();
    items.map(|(index, item)| f(index, item)).collect()
}

/// The two things that `f` makes of each item, each in the order of the items.
pub(crate) fn unzip<'a, T: Sync, A: Send, B: Send>(
    items: &'a [T],
    f: impl Fn(usize, &'a T) -> (A, B) + Sync,
) -> (Vec<A>, Vec<B>) {
    #[cfg(feature = "parallel")]
    if are_many() {
        use rayon::prelude::*;

        let items = items.par_iter().enumerate();
        let (mut first, mut second) = (Vec::new(), Vec::new());
        let pairs = items.map(|(index, item)| f(index, item));
        pairs.unzip_into_vecs(&mut first, &mut second);
        return (first, second);
    }
    let items = items.iter().enumerate();
    items.map(|(index, item)| f(index, item)).unzip()
}

/// What `f` makes of each item that it is given for good, in the order of the items.
pub(crate) fn map_owned<T: Send, R: Send>(
    items: Vec<T>,
    f: impl Fn(T) -> R + Sync + Send,
) -> Vec<R> {
    #[cfg(feature = "parallel")]
    if are_many() {
        use rayon::prelude::*;

        return items.into_par_iter().map(f).collect();
    }
    items.into_iter().map(f).collect()
}

/// Does work on one of the threads that share all work on many items: else each such step in it would
/// be handed from thread to thread, and with it what lies in the caches of their processors.
pub(crate) fn within<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    #[cfg(feature = "parallel")]
    if are_many() {
        return rayon::scope(|_| work());
    }
    work()
}

/// What two independent pieces of work make.
pub(crate) fn join<A: Send, B: Send>(
    a: impl FnOnce() -> A + Send,
    b: impl FnOnce() -> B + Send,
) -> (A, B) {
    #[cfg(feature = "parallel")]
    if are_many() {
        return rayon::join(a, b);
    }
    (a(), b())
}

/// Frees items that are made of many small parts, which takes a while.
pub(crate) fn free<T: Send>(items: Vec<T>) {
    map_owned(items, drop);
}

#[cfg(feature = "parallel")]
fn are_many() -> bool {
    rayon::current_num_threads() > 1
}
