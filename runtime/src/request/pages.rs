//! Collections that come in pages (OData JSON format 4.01, section 4.6.5).

use std::borrow::Cow;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use http::header::CONTENT_TYPE;
use http::{Method, Uri};

use super::trail::Trail;
use super::{Operation, Request};
use crate::link;
use crate::{Body, BoxFuture, Error, ErrorKind, Page, Response, Result};

static FURTHER_PAGE: Operation = Operation {
    name: "Get a further page",
    method: Method::GET,
    doc: "OData protocol 4.01, section 11.2.6.7",
    idempotent: false,
};

/// The pages of a collection, each asked for when it is wanted; see [`Request::pages`].
#[must_use = "pages are asked for as they are polled"]
pub struct Pages<P> {
    state: State<P>,
    trail: Trail,
    count: Option<i64>,
    next_link: Option<String>,
    delta_link: Option<String>,
}

enum State<P> {
    Ready(Box<Request<P>>),
    Waiting(Box<Request<P>>, Answer<P>),
    /// The last page leads back to one that was read.
    Astray(Error),
    Done,
}

type Answer<P> = BoxFuture<'static, Result<Response<P>>>;

/// The items of a collection across its pages; see [`Request::items`].
#[must_use = "pages are asked for as they are polled"]
pub struct Items<P: Page> {
    pages: Pages<P>,
    items: std::vec::IntoIter<P::Item>,
}

impl<P: Page> Request<P> {
    /// The collection page by page, across `@odata.nextLink` or what the service calls it.
    ///
    /// A link to another origin than the client's ends the stream with an error: what the request
    /// carries is not meant for others. So does a link that leads back to a page that was read, at
    /// once where that is the page that it is on, and else before long. After any other error the same
    /// page is asked for once more where another is wanted, so whoever asks on has to know when to stop.
    pub fn pages(self) -> Pages<P> {
        Pages {
            state: State::Ready(Box::new(self)),
            trail: Trail::default(),
            count: None,
            next_link: None,
            delta_link: None,
        }
    }

    /// The collection item by item, across all pages, as [`pages`](Self::pages).
    pub fn items(self) -> Items<P> {
        Items {
            pages: self.pages(),
            items: Vec::new().into_iter(),
        }
    }

    /// Goes on behind a link that an earlier answer gave: that to the next page, or the
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

impl<P: Page> Pages<P> {
    /// The next page, or `None` behind the last.
    pub async fn next(&mut self) -> Option<Result<Response<P>>> {
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

    /// Follows the link of the page that a request has led to.
    fn go_on(&mut self, request: Request<P>, link: &str) {
        // What an action answers is not what GET has at its URL.
        let from = match *request.method() {
            Method::GET => request.url(),
            _ => String::new(),
        };
        let next = request.resume(link);
        let leads_on = next.parts.invalid.is_none();
        self.state = if leads_on && self.trail.leads_back(&from, &next.parts.url) {
            self.next_link = None;
            let message = "the link to the next page leads back to a page that was read";
            let error = Error::new(ErrorKind::Response, message);
            State::Astray(error.during(next.operation()))
        } else {
            State::Ready(Box::new(next))
        };
    }
}

impl<P: Page> Stream for Pages<P> {
    type Item = Result<Response<P>>;

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
                    let page = page.and_then(|page| match next_link(&*page) {
                        Ok(link) => Ok((page, link)),
                        Err(error) => Err(error.during(request.operation())),
                    });
                    match &page {
                        Ok((page, link)) => {
                            self.count = page.count().or(self.count);
                            self.next_link.clone_from(link);
                            self.delta_link = page.delta_link().map(str::to_owned);
                            if let Some(link) = link {
                                self.go_on(*request, link);
                            }
                        }
                        // What was not even sent cannot be the next time.
                        Err(error) if error.is_of_request() => {}
                        Err(_) => self.state = State::Ready(request),
                    }
                    return Poll::Ready(Some(page.map(|(page, _)| page)));
                }
                State::Astray(error) => return Poll::Ready(Some(Err(error))),
                State::Done => return Poll::Ready(None),
            }
        }
    }
}

/// Where the page behind one is.
fn next_link<P: Page>(page: &P) -> Result<Option<String>> {
    let link = page.next_link()?.filter(|link| !link.is_empty());
    Ok(link.map(str::to_owned))
}

impl<P: Page> Items<P> {
    /// The next item, or `None` behind the last.
    pub async fn next(&mut self) -> Option<Result<P::Item>> {
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

impl<P: Page> Stream for Items<P> {
    type Item = Result<P::Item>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => self.items = page.into_value().into_items().into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

// Neither pins an item: they are moved out as they are asked for.
impl<P> Unpin for Pages<P> {}
impl<P: Page> Unpin for Items<P> {}

impl<P> fmt::Debug for Pages<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pages")
    }
}

impl<P: Page> fmt::Debug for Items<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Items")
    }
}
