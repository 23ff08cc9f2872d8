//! `importStakeholders`: one command for each good row, given side by side and decided in order.
//!
//! The ids of what comes in are made of the command's id and the row's number, so the same upload
//! again notes nobody twice: each row's command is a repetition of itself.

use std::collections::BTreeMap;

use async_graphql::{Context, ID, SimpleObject};
use futures_util::{StreamExt as _, stream};
use graphql::Fault;
use journal::Outcome;
use kernel::{HubId, HubKind, Id, Kind, Refusal, Role};
use sha2::{Digest as _, Sha256};
use uuid::{Builder, Uuid};

use super::import::{self, Import, Row};
use super::register::RegisterStakeholder;
use super::view;
use crate::app::input::{Call, denied};
use crate::app::reply::{CommandReceipt, UserError};
use crate::app::{App, Command, Viewer, reply};
use crate::input;
use crate::network::slug::folded;

/// Commands under way at a time: enough to share commits, few enough to leave room for others.
const AT_ONCE: usize = 64;

input! {
    /// Which list to note.
    ImportStakeholdersInput {
        /// In which hub.
        hub_id: ID,
        /// The file's text. Its first row names the columns: `name` and `kind` must be there;
        /// `website`, `city`, `region`, `country`, `tags`, `email`, `locale` and `about` may be.
        csv: String,
    }
}

/// A row that did not come in.
#[derive(Clone, Debug, SimpleObject)]
pub struct RefusedRow {
    /// Its number in the file, the header being 1.
    pub row: i32,
    /// Its name, as far as it could be read.
    pub name: String,
    /// All that is wrong with it.
    pub reasons: Vec<UserError>,
}

/// What came of an import.
#[derive(SimpleObject)]
pub struct ImportStakeholdersPayload {
    /// How many came in.
    pub imported: i32,
    /// How many were there already, by name.
    pub skipped: i32,
    /// The rows that did not come in, in the file's order.
    pub rows: Vec<RefusedRow>,
    /// Why nothing of the file could be read; empty when rows were looked at.
    pub user_errors: Vec<UserError>,
    /// Proof of the last row's command; null when none came in or on a dry run.
    pub receipt: Option<CommandReceipt>,
}

/// What became of the rows of a file.
#[derive(Debug, Default)]
pub struct Imported {
    /// How many came in.
    pub imported: usize,
    /// How many were there already.
    pub skipped: usize,
    /// Those that did not come in, with the reasons.
    pub refused: Vec<import::RefusedRow>,
    /// Proof of the last row's command.
    pub receipt: Option<CommandReceipt>,
}

/// The mutation.
///
/// # Errors
/// Not allowed; faults of the database.
pub async fn import(
    ctx: &Context<'_>,
    input: ImportStakeholdersInput,
) -> async_graphql::Result<ImportStakeholdersPayload> {
    let mut call = Call::new(ctx, &input.meta, &input)?;
    let (app, viewer) = (reply::app(ctx)?, reply::viewer(ctx)?);
    let command_id = call.command_id();
    let told = |refusals: Vec<Refusal>| ImportStakeholdersPayload {
        imported: 0,
        skipped: 0,
        rows: Vec::new(),
        user_errors: refusals.iter().map(|one| UserError::of(one, viewer.locale)).collect(),
        receipt: None,
    };
    let hub = call.id::<HubKind>("hubId", &input.hub_id);
    let hub = call.hub_of("hubId", hub).await?;
    if let Err(faults) = std::mem::take(call.input()).finish() {
        return Ok(told(faults));
    }
    if !viewer.is_any(hub, &[Role::Host]) {
        let denied =
            if viewer.is_signed_in() { Fault::forbidden() } else { Fault::unauthenticated() };
        return Err(denied.into());
    }
    let file = match import::read(input.csv.as_bytes()) {
        Ok(file) => file,
        Err(fault) => return Ok(told(vec![Refusal::of(&fault).at(&["csv"])])),
    };
    let batch = Batch { app, viewer: viewer.clone(), hub, command_id, dry_run: input.meta.dry_run };
    let done = batch.take(file).await?;
    Ok(ImportStakeholdersPayload {
        imported: count(done.imported),
        skipped: count(done.skipped),
        rows: done.refused.into_iter().map(|row| shown(row, &viewer)).collect(),
        user_errors: Vec::new(),
        receipt: done.receipt,
    })
}

fn shown(row: import::RefusedRow, viewer: &Viewer) -> RefusedRow {
    RefusedRow {
        row: count(row.row),
        name: row.name,
        reasons: row.reasons.iter().map(|one| UserError::of(one, viewer.locale)).collect(),
    }
}

fn count(many: usize) -> i32 {
    i32::try_from(many).unwrap_or(i32::MAX)
}

/// One upload.
pub struct Batch {
    /// The product.
    pub app: App,
    /// Who uploads.
    pub viewer: Viewer,
    /// Into which hub.
    pub hub: HubId,
    /// Of which the rows' commands and ids are made.
    pub command_id: Uuid,
    /// Decide only.
    pub dry_run: bool,
}

impl Batch {
    /// Notes the good rows that are not there yet.
    ///
    /// # Errors
    /// Not allowed; faults of the database. Rows noted before stay; the same upload again goes on.
    pub async fn take(&self, file: Import) -> async_graphql::Result<Imported> {
        let db = self.app.journal().db();
        let hub = self.hub.to_string();
        let known = view::names(db, &hub).await.map_err(reply::fault)?;
        let known: BTreeMap<String, String> =
            known.into_iter().map(|row| (folded(&row.name), row.id)).collect();
        let place = crate::network::view::hub(db, &hub).await.map_err(reply::fault)?;
        let locale = place.and_then(|hub| hub.locales().into_iter().next());
        let locale = locale.unwrap_or_else(|| "en".to_owned());
        let mut done = Imported { refused: file.refused, ..Imported::default() };
        // A row of this very upload is no duplicate of itself.
        let (fresh, there): (Vec<Row>, Vec<Row>) = file.rows.into_iter().partition(|row| {
            let own: super::StakeholderId = self.made("stakeholder", row.row);
            known.get(&folded(&row.name)).is_none_or(|id| *id == own.to_string())
        });
        done.skipped = there.len();
        let given = stream::iter(fresh).map(|row| self.give(row, &locale)).buffered(AT_ONCE);
        let outcomes: Vec<_> = given.collect().await;
        for outcome in outcomes {
            match outcome? {
                Ok(receipt) => {
                    done.imported += 1;
                    done.receipt = receipt.or(done.receipt);
                }
                Err(row) => done.refused.push(row),
            }
        }
        done.refused.sort_by_key(|row| row.row);
        Ok(done)
    }

    async fn give(
        &self,
        row: Row,
        locale: &str,
    ) -> async_graphql::Result<Result<Option<CommandReceipt>, import::RefusedRow>> {
        let (number, name) = (row.row, row.name.clone());
        let act = self.act(row, locale).await?;
        let command = Command {
            id: Some(self.uuid("command", number)),
            dry_run: self.dry_run,
            fingerprint: format!("import row {number} {name}"),
            caused_by: None,
        };
        let answer = self.app.execute(&self.viewer, Some(self.hub), act, command).await;
        let answer = answer.map_err(denied)?;
        Ok(match answer.outcome {
            Outcome::Accepted(receipt) => {
                Ok((!self.dry_run).then(|| CommandReceipt::new(&receipt, answer.replayed)))
            }
            Outcome::Rejected(reason) => {
                Err(import::RefusedRow { row: number, name, reasons: vec![reason] })
            }
        })
    }

    async fn act(&self, row: Row, locale: &str) -> async_graphql::Result<RegisterStakeholder> {
        let number = row.row;
        let person = match &row.email {
            Some(email) => {
                let keys = self.app.journal().keys();
                keys.person_of(&email.to_lowercase()).await.map_err(reply::fault)?
            }
            None => self.made("person", number),
        };
        Ok(row.into_act(self.hub, self.made("stakeholder", number), person, locale))
    }

    fn made<K: Kind>(&self, what: &str, row: usize) -> Id<K> {
        Id::new(self.uuid(what, row))
    }

    /// A UUID of this upload's id, the row's number and what it is for.
    fn uuid(&self, what: &str, row: usize) -> Uuid {
        let digest = Sha256::digest(format!("{} {row} {what}", self.command_id));
        let bytes = digest.first_chunk::<16>().copied().unwrap_or_default();
        Builder::from_random_bytes(bytes).into_uuid()
    }
}
