//! Collections that come in pages (OData JSON format 4.01, section 4.6.5).

use std::borrow::Cow;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use http::header::CONTENT_TYPE;
use http::{Method, Uri};

use super::{Operation, Request};
use crate::link;
use crate::{Body, BoxFuture, Collection, Error, ErrorKind, FromResponse, Response, Result};

static FURTHER_PAGE: Operation = Operation {
    name: "Get a further page",
    method: Method::GET,
    doc: "OData protocol 4.01, section 11.2.6.7",
    idempotent: false,
};

/// The pages of a collection, each asked for when it is wanted; see [`Request::pages`].
#[must_use = "pages are asked for as they are polled"]
pub struct Pages<T> {
    state: State<T>,
    count: Option<i64>,
    next_link: Option<String>,
    delta_link: Option<String>,
}

enum State<T> {
    Ready(Box<Request<Collection<T>>>),
    Waiting(Box<Request<Collection<T>>>, Answer<T>),
    Done,
}

type Answer<T> = BoxFuture<'static, Result<Response<Collection<T>>>>;

/// The items of a collection across its pages; see [`Request::items`].
#[must_use = "pages are asked for as they are polled"]
pub struct Items<T> {
    pages: Pages<T>,
    items: std::vec::IntoIter<T>,
}

impl<T> Request<Collection<T>>
where
    Collection<T>: FromResponse,
{
    /// The collection page by page, across `@odata.nextLink`.
    ///
    /// A link to another origin than the client's ends the stream with an error: what the request
    /// carries is not meant for others. After any other error the same page is asked for once more
    /// where another is wanted, so whoever asks on has to know when to stop.
    pub fn pages(self) -> Pages<T> {
        Pages {
            state: State::Ready(Box::new(self)),
            count: None,
            next_link: None,
            delta_link: None,
        }
    }

    /// The collection item by item, across `@odata.nextLink`, as [`pages`](Self::pages).
    pub fn items(self) -> Items<T> {
        Items {
            pages: self.pages(),
            items: Vec::new().into_iter(),
        }
    }

    /// Goes on behind a link that an earlier answer gave: `@odata.nextLink`, or the
    /// `@odata.deltaLink` behind which the changes since then are.
    ///
    /// What is there is asked for by GET, also where the collection is what an action answers. The link
    /// holds the query string already, and takes the place of this request's; the headers
    /// stay. One that is no whole URL leads on from the URL of the service, or from this request's
    /// where it is a query string alone. A link to another origin than the client's is refused when the
    /// request is sent: links that were stored are not better than links that came.
    pub fn resume(mut self, link: impl AsRef<str>) -> Self {
        let url = self.url_behind(link.as_ref());
        let url = url.filter(|url| Uri::try_from(url).is_ok_and(|uri| self.client().is_home(&uri)));
        match url {
            Some(url) => self.parts.url = url,
            None => {
                let message = "the link leads to another origin, and was not followed";
                self.fault(Error::new(ErrorKind::ForeignLink, message));
            }
        }
        if *self.method() != Method::GET {
            self.parts.operation = &FURTHER_PAGE;
        }
        self.parts.query.clear();
        self.parts.headers.remove(CONTENT_TYPE);
        self.parts.body = Body::empty();
        self
    }

    /// Where a link leads; `None` where that is nowhere.
    fn url_behind(&self, link: &str) -> Option<String> {
        let path = self.parts.url.split('?').next().unwrap_or_default();
        let link = match link {
            "" => return None,
            link if link.starts_with('?') => Cow::Owned([path, link].concat()),
            link => Cow::Borrowed(link),
        };
        link::resolve(self.client().base_url(), &link).map(String::from)
    }
}

impl<T> Pages<T>
where
    Collection<T>: FromResponse,
{
    /// The next page, or `None` behind the last.
    pub async fn next(&mut self) -> Option<Result<Response<Collection<T>>>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// How many items all pages have, as the last page that said so said it.
    ///
    /// Services say it where `$count=true` asks for it.
    pub fn count(&self) -> Option<i64> {
        self.count
    }

    /// Where the next page is, for another run to go on with; see [`Request::resume`]. `None` before
    /// the first page, and behind the last.
    pub fn next_link(&self) -> Option<&str> {
        self.next_link.as_deref()
    }

    /// Where the changes from now on can be asked for; see [`Request::resume`].
    ///
    /// Services give it on the last page of what tracks changes.
    pub fn delta_link(&self) -> Option<&str> {
        self.delta_link.as_deref()
    }
}

impl<T> Stream for Pages<T>
where
    Collection<T>: FromResponse,
{
    type Item = Result<Response<Collection<T>>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match std::mem::replace(&mut self.state, State::Done) {
                State::Ready(request) => {
                    let answer = Box::pin(request.as_ref().clone().send());
                    self.state = State::Waiting(request, answer);
                }
                State::Waiting(request, mut answer) => {
                    let Poll::Ready(page) = answer.as_mut().poll(context) else {
                        self.state = State::Waiting(request, answer);
                        return Poll::Pending;
                    };
                    match &page {
                        Ok(page) => {
                            self.count = page.count.value().copied().or(self.count);
                            self.next_link = page.next_link.value().cloned();
                            self.delta_link = page.delta_link.value().cloned();
                            if let Some(link) = page.next_link.value() {
                                self.state = State::Ready(Box::new(request.resume(link)));
                            }
                        }
                        // What was not even sent cannot be the next time.
                        Err(error) if error.is_of_request() => {}
                        Err(_) => self.state = State::Ready(request),
                    }
                    return Poll::Ready(Some(page));
                }
                State::Done => return Poll::Ready(None),
            }
        }
    }
}

impl<T> Items<T>
where
    Collection<T>: FromResponse,
{
    /// The next item, or `None` behind the last.
    pub async fn next(&mut self) -> Option<Result<T>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// How many items all pages have; see [`Pages::count`].
    pub fn count(&self) -> Option<i64> {
        self.pages.count
    }

    /// Where the next page is, behind the one that the last item was of; see [`Pages::next_link`].
    pub fn next_link(&self) -> Option<&str> {
        self.pages.next_link()
    }

    /// Where the changes from now on can be asked for, once the last item was given; see
    /// [`Pages::delta_link`].
    pub fn delta_link(&self) -> Option<&str> {
        self.pages.delta_link.as_deref()
    }
}

impl<T> Stream for Items<T>
where
    Collection<T>: FromResponse,
{
    type Item = Result<T>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => self.items = page.into_value().value.into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

// Neither pins an item: they are moved out as they are asked for.
impl<T> Unpin for Pages<T> {}
impl<T> Unpin for Items<T> {}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pages")
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Items")
    }
}
