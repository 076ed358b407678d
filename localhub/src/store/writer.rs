//! The one connection that writes, on a thread of its own.
//!
//! Events that wait while others are being synced are committed together: one sync for all of them.
//! None is acknowledged before it.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc::{self, Receiver, Sender},
    thread,
};

use rusqlite::{Connection, Savepoint};
use tokio::sync::oneshot;

use crate::error::HubError;

/// How many writes one commit takes at most.
const TOGETHER: usize = 512;

/// A write with a commit of its own; it answers by itself.
type Alone = Box<dyn FnOnce(&mut Connection) + Send>;
/// A write that shares its commit; what it gives answers once the commit is done, or has failed.
type Shared = Box<dyn FnOnce(&mut Savepoint<'_>) -> Answer + Send>;
/// Says what became of a write: `None` where the commit is done.
type Answer = Box<dyn FnOnce(Option<HubError>) + Send>;

enum Job {
    Alone(Alone),
    Shared(Shared),
}

/// The way to the writing thread, which ends when the last of these is dropped.
#[derive(Clone, Debug)]
pub(super) struct Writer(Sender<Job>);

impl Writer {
    /// Starts the thread.
    pub(super) fn start(connection: Connection) -> Result<Self, HubError> {
        let (sender, jobs) = mpsc::channel();
        let thread = thread::Builder::new().name("hub-writer".to_owned());
        thread.spawn(move || work(connection, &jobs)).map_err(|_| HubError::Thread)?;
        Ok(Self(sender))
    }

    /// Runs `work`, which commits by itself what it wants to keep.
    pub(super) async fn alone<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, HubError> + Send + 'static,
    ) -> Result<T, HubError> {
        let (answer, answered) = oneshot::channel();
        // Whoever asked may have gone meanwhile.
        self.send(Job::Alone(Box::new(move |connection| drop(answer.send(work(connection))))))?;
        answered.await.map_err(|_| HubError::Thread)?
    }

    /// Runs `work` together with others that wait. When this returns, it is on disk. `then` hears of
    /// it first, in the order in which the writes were done.
    pub(super) async fn shared<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, HubError> + Send + 'static,
        then: impl FnOnce(&T) + Send + 'static,
    ) -> Result<T, HubError> {
        let (answer, answered) = oneshot::channel();
        self.send(Job::Shared(Box::new(move |savepoint| {
            let done = work(savepoint);
            if done.is_err() {
                // Where it cannot be rolled back, the whole commit fails.
                let _ = savepoint.rollback();
            }
            Box::new(move |failed| {
                let done = failed.map_or(done, Err);
                if let Ok(done) = &done {
                    then(done);
                }
                // Whoever asked may have gone meanwhile.
                drop(answer.send(done));
            })
        })))?;
        answered.await.map_err(|_| HubError::Thread)?
    }

    fn send(&self, job: Job) -> Result<(), HubError> {
        self.0.send(job).map_err(|_| HubError::Thread)
    }
}

fn work(mut connection: Connection, jobs: &Receiver<Job>) {
    let mut next = jobs.recv().ok();
    while let Some(job) = next.take() {
        // A panic leaves SQLite whole, its transaction rolled back; whoever waits hears an error.
        let done = catch_unwind(AssertUnwindSafe(|| match job {
            Job::Alone(job) => {
                job(&mut connection);
                None
            }
            Job::Shared(first) => together(&mut connection, first, jobs),
        }));
        next = done.unwrap_or_default().or_else(|| jobs.recv().ok());
    }
}

/// Runs a shared write and those that wait behind it in one transaction; gives the first job that is
/// not of this kind, which is the next one to do.
fn together(connection: &mut Connection, first: Shared, jobs: &Receiver<Job>) -> Option<Job> {
    let (mut answers, mut next): (Vec<Answer>, _) = (Vec::new(), None);
    let committed = connection.transaction().and_then(|mut all| {
        let mut job = Some(first);
        while let Some(one) = job.take() {
            let mut savepoint = all.savepoint()?;
            answers.push(one(&mut savepoint));
            savepoint.commit()?;
            if answers.len() < TOGETHER {
                match jobs.try_recv() {
                    Ok(Job::Shared(another)) => job = Some(another),
                    Ok(other) => next = Some(other),
                    Err(_) => {}
                }
            }
        }
        all.commit()
    });
    let words = committed.err().map(|error| error.to_string());
    for answer in answers {
        answer(words.clone().map(HubError::Commit));
    }
    next
}
