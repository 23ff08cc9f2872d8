//! What operators may command of the outbox.

use async_graphql::{Context, ID, Object};
use kernel::{HubId, Refusal};
use uuid::Uuid;

use super::acts::{HoldMails, ResumeMails, RetryMail};
use super::decider::MailKind;
use super::graphql::{MailHold, OutboxMail, holds};
use super::view;
use crate::app::input::Call;
use crate::app::reply;
use crate::{input, payload};

input! {
    /// What to hold back.
    HoldMailsInput {
        /// What kind of mail; all mail when it is left out.
        kind: Option<MailKind>,
    }
    /// What to let go again.
    ResumeMailsInput {
        /// What kind of mail; what was said of all mail when it is left out.
        kind: Option<MailKind>,
    }
    /// Which mail to try once more.
    RetryMailInput {
        /// Its name: what its Message-ID begins with.
        mail_id: ID,
    }
}

payload! {
    /// What came of it.
    HoldMailsPayload {
        /// What is held back now.
        holds: Vec<MailHold>,
    }
}

payload! {
    /// What came of it.
    ResumeMailsPayload {
        /// What is still held back.
        holds: Vec<MailHold>,
    }
}

payload! {
    /// What came of it.
    RetryMailPayload {
        /// The mail; it is tried as soon as the workers come to it.
        mail: OutboxMail,
    }
}

/// What may be commanded of the outbox.
#[derive(Default)]
pub struct OutboxMutations;

/// What may be commanded.
#[Object]
impl OutboxMutations {
    /// Holds mail back, all of it or one kind; it waits, and expires if it waits too long. Network
    /// admins only.
    async fn hold_mails(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to hold back.")] input: HoldMailsInput,
    ) -> async_graphql::Result<HoldMailsPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let settled = call.give(None, HoldMails { kind: input.kind }).await?;
        let holds = holds(&settled.reader).await?;
        Ok(HoldMailsPayload::new(settled, Some(holds)))
    }

    /// Lets mail go again that was held back. Network admins only.
    async fn resume_mails(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to let go.")] input: ResumeMailsInput,
    ) -> async_graphql::Result<ResumeMailsPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let settled = call.give(None, ResumeMails { kind: input.kind }).await?;
        let holds = holds(&settled.reader).await?;
        Ok(ResumeMailsPayload::new(settled, Some(holds)))
    }

    /// Tries a mail once more that failed, expired, or may have been sent. Its bytes are kept for a
    /// week; one that a newer one has replaced stays where it is. Curators only.
    async fn retry_mail(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which mail.")] input: RetryMailInput,
    ) -> async_graphql::Result<RetryMailPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let found = view::mail(call.app().journal().db(), &input.mail_id).await;
        let found = found.map_err(reply::fault)?;
        let hub = found.and_then(|row| HubId::parse(&row.journal).ok());
        if hub.is_none() {
            let refusal = Refusal::new("UNKNOWN_ID", "mailId names nothing we know".to_owned());
            call.input().fault(refusal.at(&["mailId"]).with("name", "mailId"));
        }
        let hub = hub.unwrap_or_else(|| HubId::new(Uuid::nil()));
        let settled = call.give(Some(hub), RetryMail { mail: input.mail_id.0.clone() }).await?;
        let load = |read, id: String| async move { OutboxMail::load(&read, &id).await };
        let mail = settled.load(load).await?;
        Ok(RetryMailPayload::new(settled, mail))
    }
}
