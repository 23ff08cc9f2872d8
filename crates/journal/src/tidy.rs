//! What the journal need not keep: refusals that nobody will ask for again.

use chrono::{DateTime, Utc};

use crate::db::Db;
use crate::error::Result;

/// Forgets commands that were refused before an instant: whoever repeats one of these ids is
/// decided anew. Accepted commands are kept for ever.
///
/// # Errors
/// When the database is out of reach.
pub async fn forget_refused(db: &Db, received_before: DateTime<Utc>) -> Result<u64> {
    db.exec(
        "DELETE FROM commands WHERE NOT accepted AND received_at < $1",
        crate::args![received_before],
    )
    .await
}
