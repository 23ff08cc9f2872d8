//! Letters as they are stored: every claim is read back from the bytes that will be sent, on both
//! databases.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it fails"
)]

mod changes;
mod first;
mod planning;
mod samples;
mod series;

use base64::Engine as _;
use chrono::TimeDelta;
use kernel::Personal;
use mail::read::StoredLetter;
use mail_parser::{Encoding, MessageParser, MessagePart, MimeHeaders as _, PartType};
use std::fmt::Write as _;

use super::{Parcel, plan};
use crate::feed::Shelf;
use crate::work::testing::{Town, lines};

journal::row! {
    struct Row {
        recipient: String,
        template: String,
        message_id: String,
        locale: String,
        state: String,
        due_at: i64,
        sealed: Option<String>,
    }
}

/// A mail as it is kept, its seal opened.
#[derive(Clone, Debug, PartialEq)]
struct Kept {
    template: String,
    message_id: String,
    locale: String,
    state: String,
    due_at: i64,
    /// The envelope's recipient.
    to: String,
    mime: Vec<u8>,
}

impl Kept {
    fn letter(&self) -> StoredLetter {
        mail::read::letter(&self.mime).unwrap()
    }

    /// Its calendar object, proven correct, unfolded.
    #[track_caller]
    fn ics(&self) -> String {
        let ics = self.letter().calendar.expect("a calendar object");
        calendar::check::object(&ics).expect("a correct object");
        ics.replace("\r\n ", "")
    }

    /// The lines of its calendar object that begin so.
    #[track_caller]
    fn lines(&self, names: &[&str]) -> Vec<String> {
        lines(&self.ics(), names)
    }

    /// Its parts, one a line, two blanks deeper for each level: as Outlook and Gmail look for them.
    fn tree(&self) -> String {
        let message = MessageParser::default().parse(&self.mime).unwrap();
        let mut tree = String::new();
        let mut open = vec![(0, 0)];
        while let Some((depth, id)) = open.pop() {
            let part: &MessagePart<'_> = message.part(id).unwrap();
            tree.push_str(&"  ".repeat(depth));
            tree.push_str(&named(part));
            tree.push('\n');
            if let PartType::Multipart(children) = &part.body {
                open.extend(children.iter().rev().map(|child| (depth + 1, *child)));
            }
        }
        tree
    }
}

fn named(part: &MessagePart<'_>) -> String {
    let kind = part.content_type().unwrap();
    let mut name = format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default());
    for attribute in ["charset", "method", "component", "name"] {
        if let Some(value) = kind.attribute(attribute) {
            write!(name, "; {attribute}={value}").unwrap();
        }
    }
    if let Some(disposition) = part.content_disposition() {
        write!(name, "; {}", disposition.ctype()).unwrap();
    }
    if part.encoding == Encoding::Base64 && kind.ctype() != "text"
        || kind.attribute("method").is_some()
    {
        name.push_str(if part.encoding == Encoding::Base64 { "; base64" } else { "; not base64" });
    }
    name
}

impl Town {
    /// Plans what is due so many seconds later, and sends nothing.
    async fn plans(&self, seconds: i64) {
        self.app.world.pass(TimeDelta::seconds(seconds));
        while plan::due(&self.app).await.unwrap() > 0 {}
    }

    /// The mails there are, oldest first.
    async fn kept(&self) -> Vec<Kept> {
        let sql = "SELECT recipient, template, message_id, locale, state, due_at, sealed FROM mails
            ORDER BY position, ordinal, recipient";
        let journal = self.app.journal();
        let mut kept = Vec::new();
        for row in journal.db().all::<Row>(sql, vec![]).await.unwrap() {
            let open = journal.keys().open_text(row.sealed.unwrap_or("null".into())).await.unwrap();
            let parcel: Option<Personal<Parcel>> = serde_json::from_str(&open).unwrap();
            if let Some(parcel) = &parcel {
                assert_eq!(parcel.of.to_string(), row.recipient, "sealed under the reader's key");
            }
            let parcel = parcel.and_then(|parcel| parcel.value);
            let parcel = parcel.unwrap_or(Parcel { to: String::new(), mime: String::new() });
            kept.push(Kept {
                template: row.template,
                message_id: row.message_id,
                locale: row.locale,
                state: row.state,
                due_at: row.due_at,
                to: parcel.to,
                mime: base64::engine::general_purpose::STANDARD.decode(parcel.mime).unwrap(),
            });
        }
        kept
    }

    /// The mails to one address, oldest first.
    async fn kept_for(&self, address: &str) -> Vec<Kept> {
        let mut kept = self.kept().await;
        kept.retain(|mail| mail.to == address);
        kept
    }

    /// The hub's feed: what an invitation must agree with.
    async fn feed(&self) -> String {
        use tower::ServiceExt as _;
        let site = self.app.site();
        let routes = crate::feed::routes_with(std::sync::Arc::new(Shelf::default()));
        let request = http::Request::get("/feeds/hub/westminster.ics");
        let request = request.body(axum::body::Body::empty()).unwrap();
        let answer = routes.with_state(site).oneshot(request).await.unwrap();
        let bytes = axum::body::to_bytes(answer.into_body(), 1 << 20).await.unwrap();
        String::from_utf8(bytes.to_vec()).unwrap().replace("\r\n ", "")
    }
}
