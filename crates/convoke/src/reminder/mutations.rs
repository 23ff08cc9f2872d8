//! The command of reminders in the API.

use async_graphql::{Context, ID, Object};

use super::acts;
use crate::app::input::Call;
use crate::event::EventKind;
use crate::event::graphql::Event;
use crate::input_and_payload;

/// The longest subject, in characters.
const SUBJECT_MAX: usize = 120;
/// The longest message, in characters.
const MESSAGE_MAX: usize = 2_000;

input_and_payload! {
    /// Whom to remind, and how.
    RemindInviteesInput => RemindInviteesPayload {
        /// The event.
        event: Event
    } {
        /// Of which event.
        event_id: ID,
        /// The subject of the mail; ours when nothing is said.
        subject: Option<String>,
        /// What to say above the date and the link, in plain text; ours when nothing is said.
        message: Option<String>,
    }
}

/// What may be commanded of reminders.
#[derive(Default)]
pub struct ReminderMutations;

/// What may be commanded.
#[Object]
impl ReminderMutations {
    /// Reminds everybody who was invited and has not answered: once in 24 hours. Staff.
    async fn remind_invitees(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of what.")] input: RemindInviteesInput,
    ) -> async_graphql::Result<RemindInviteesPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let event = call.id::<EventKind>("eventId", &input.event_id);
        let hub = call.hub_of("eventId", event).await?;
        let subject = call.input().optional_line("subject", input.subject.as_deref(), SUBJECT_MAX);
        let message = call.input().prose("message", input.message.as_deref(), MESSAGE_MAX);
        let act = acts::RemindInvitees { event, subject, message };
        RemindInviteesPayload::shown(call.give(Some(hub), act).await?).await
    }
}
