//! Work on many items at once, where the feature `parallel` is on.

/// What `f` makes of each item, in the order of the items.
#[cfg(feature = "parallel")]
pub(crate) fn map<'a, T: Sync, R: Send>(
    items: &'a [T],
    f: impl Fn(usize, &'a T) -> R + Sync,
) -> Vec<R> {
    use rayon::prelude::*;

    let items = items.par_iter().enumerate();
    items.map(|(index, item)| f(index, item)).collect()
}

/// The two things that `f` makes of each item, each in the order of the items.
#[cfg(feature = "parallel")]
pub(crate) fn unzip<'a, T: Sync, A: Send, B: Send>(
    items: &'a [T],
    f: impl Fn(usize, &'a T) -> (A, B) + Sync,
) -> (Vec<A>, Vec<B>) {
    use rayon::prelude::*;

    let items = items.par_iter().enumerate();
    let (mut first, mut second) = (Vec::new(), Vec::new());
    let pairs = items.map(|(index, item)| f(index, item));
    pairs.unzip_into_vecs(&mut first, &mut second);
    (first, second)
}

/// What `f` makes of each item that it is given for good, in the order of the items.
#[cfg(feature = "parallel")]
pub(crate) fn map_owned<T: Send, R: Send>(
    items: Vec<T>,
    f: impl Fn(T) -> R + Sync + Send,
) -> Vec<R> {
    use rayon::prelude::*;

    items.into_par_iter().map(f).collect()
}

/// Does work on one of the threads that share all work on many items: else each such step in it would
/// be handed from thread to thread, and with it what lies in the caches of their processors.
#[cfg(feature = "parallel")]
pub(crate) fn within<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    rayon::scope(|_| work())
}

/// What two independent pieces of work make.
#[cfg(feature = "parallel")]
pub(crate) fn join<A: Send, B: Send>(
    a: impl FnOnce() -> A + Send,
    b: impl FnOnce() -> B + Send,
) -> (A, B) {
    rayon::join(a, b)
}

/// Frees items that are made of many small parts, which takes a while.
#[cfg(feature = "parallel")]
pub(crate) fn free<T: Send>(items: Vec<T>) {
    use rayon::prelude::*;

    items.into_par_iter().for_each(drop);
}

/// What `f` makes of each item, in the order of the items.
#[cfg(not(feature = "parallel"))]
pub(crate) fn map<'a, T, R>(items: &'a [T], f: impl Fn(usize, &'a T) -> R) -> Vec<R> {
    let items = items.iter().enumerate();
    items.map(|(index, item)| f(index, item)).collect()
}

/// The two things that `f` makes of each item, each in the order of the items.
#[cfg(not(feature = "parallel"))]
pub(crate) fn unzip<'a, T, A, B>(
    items: &'a [T],
    f: impl Fn(usize, &'a T) -> (A, B),
) -> (Vec<A>, Vec<B>) {
    let items = items.iter().enumerate();
    items.map(|(index, item)| f(index, item)).unzip()
}

/// What `f` makes of each item that it is given for good, in the order of the items.
#[cfg(not(feature = "parallel"))]
pub(crate) fn map_owned<T, R>(items: Vec<T>, f: impl Fn(T) -> R) -> Vec<R> {
    items.into_iter().map(f).collect()
}

/// Does work.
#[cfg(not(feature = "parallel"))]
pub(crate) fn within<R>(work: impl FnOnce() -> R) -> R {
    work()
}

/// What two independent pieces of work make.
#[cfg(not(feature = "parallel"))]
pub(crate) fn join<A, B>(a: impl FnOnce() -> A, b: impl FnOnce() -> B) -> (A, B) {
    (a(), b())
}

/// Frees items.
#[cfg(not(feature = "parallel"))]
pub(crate) fn free<T>(items: Vec<T>) {
    drop(items);
}
