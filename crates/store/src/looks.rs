//! Who looked: recorded before the page leaves, many lookers in one transaction.
//!
//! A page view must not cost a write to disk of its own. [`Looks::record`] hands the look to one writer, which takes
//! everything that waits, writes it in one transaction, and only then lets the pages go.

use crate::acts::{self, Entry};
use crate::db::{Db, Error, count};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

/// The most looks in one transaction.
const BATCH: usize = 256;

/// A handle to the writer of looks; cheap to clone.
#[derive(Clone)]
pub struct Looks(mpsc::Sender<(Entry, oneshot::Sender<bool>)>);

impl Looks {
    /// Starts the writer. It ends when the last handle is dropped.
    pub fn start(db: Db) -> Self {
        let (sender, mut waiting) = mpsc::channel::<(Entry, oneshot::Sender<bool>)>(1024);
        tokio::spawn(async move {
            let mut batch = Vec::with_capacity(BATCH);
            while waiting.recv_many(&mut batch, BATCH).await > 0 {
                let entries: Vec<Entry> = batch.iter().map(|(entry, _)| entry.clone()).collect();
                let written = count::shared(write(&db, &entries)).await.is_ok();
                for (_, answer) in batch.drain(..) {
                    // A page that was given up has nobody waiting for the answer; its look is written all the same.
                    let _ = answer.send(written);
                }
            }
        });
        Looks(sender)
    }

    /// Records a look and waits until it is on disk.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when it could not be written: the page must not be shown then.
    pub async fn record(&self, entry: Entry) -> Result<(), Error> {
        let unavailable = || Error::Unavailable {
            message: "the log of looks could not be written".to_owned(),
        };
        let (answer, written) = oneshot::channel();
        self.0.send((entry, answer)).await.map_err(|_| unavailable())?;
        if written.await.unwrap_or(false) {
            Ok(())
        } else {
            Err(unavailable())
        }
    }
}

/// Looks wait for each other, and beside writers on the same citizen only for the moment a chain is lengthened.
const LOOKS: Uuid = Uuid::from_u128(0x6c6f_6f6b_7300_7000_8000_0000_0000_0001);

async fn write(db: &Db, entries: &[Entry]) -> Result<(), Error> {
    let mut tx = db.begin_apart(LOOKS).await?;
    acts::append(&mut tx, entries).await?;
    tx.commit().await
}
