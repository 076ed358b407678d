//! A page that is asked for, perhaps before anybody waits for it.

use std::{
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll},
};

use ops_widgets::Trouble;
use web_sys::{AbortSignal, Response};

use super::{
    answer::Unread,
    fetch::{self, Client, Failure},
};

type Answer = Result<Response, Failure>;

/// A request for a page of the catalog. Nothing happens but where it is waited for, or goes on.
pub(crate) struct Asked {
    path: String,
    signal: AbortSignal,
    request: Pin<Box<dyn Future<Output = Answer>>>,
    came: Option<Answer>,
}

impl Asked {
    pub(crate) fn new(client: Client, path: String, signal: AbortSignal) -> Self {
        let (way, until) = (path.clone(), signal.clone());
        let request = Box::pin(async move { client.ask(&way, &until, Trouble::NoCatalog).await });
        Self { path, signal, request, came: None }
    }

    fn look(&mut self, task: &mut Context<'_>) {
        if self.came.is_none()
            && let Poll::Ready(answer) = self.request.as_mut().poll(task)
        {
            self.came = Some(answer);
        }
    }

    /// Sends it, or takes what has come of it, without waiting.
    pub(crate) async fn go_on(&mut self) {
        poll_fn(|task| {
            self.look(task);
            Poll::Ready(())
        })
        .await;
    }

    /// The answer, its body still to come.
    pub(crate) async fn answer(&mut self) -> Answer {
        poll_fn(|task| {
            self.look(task);
            self.came.take().map_or(Poll::Pending, Poll::Ready)
        })
        .await
    }

    /// What kept the answer's body from being read.
    pub(crate) fn unread(&self, unread: Unread) -> Failure {
        fetch::unread_words(unread, &self.path, &self.signal)
    }
}
