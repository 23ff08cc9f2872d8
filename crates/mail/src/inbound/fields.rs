//! The fields of a message that mean something to us, as values.

use chrono::{DateTime, Utc};
use mail_parser::{Address, HeaderName, HeaderValue, MessageParser};

use super::Refused;
use super::head::Head;
use crate::{EmailAddress, clean};

/// Addresses and references we keep; a longer list is a mailing, and we need to know no more.
const LIST_MAX: usize = 100;
/// A Message-ID longer than a line may be (RFC 5322 §2.1.1) is none.
const ID_BYTES_MAX: usize = 998;

/// What [`super::Message`] says about its own head.
pub(super) struct Known {
    pub(super) from: EmailAddress,
    pub(super) sender: Option<EmailAddress>,
    pub(super) to: Vec<EmailAddress>,
    pub(super) cc: Vec<EmailAddress>,
    pub(super) date: Option<DateTime<Utc>>,
    pub(super) message_id: Option<String>,
    pub(super) references: Vec<String>,
    pub(super) subject: String,
}

pub(super) fn read(head: &Head<'_>) -> Result<Known, Refused> {
    if head.count("From") != 1 {
        return Err(Refused::Author);
    }
    let names = [
        "From",
        "Sender",
        "To",
        "Cc",
        "Date",
        "Message-ID",
        "References",
        "In-Reply-To",
        "Subject",
    ];
    let text = head.only(&names);
    let parsed = MessageParser::default().parse_headers(text.as_bytes()).ok_or(Refused::NotMail)?;
    let author = match addresses(parsed.from()).as_slice() {
        [Some(author)] => author.clone(),
        _ => return Err(Refused::Author),
    };
    let sender = match addresses(parsed.sender()).as_slice() {
        [sender] => sender.clone(),
        _ => None,
    };
    let mut references = ids(parsed.header(HeaderName::References));
    for id in ids(parsed.header(HeaderName::InReplyTo)) {
        if !references.contains(&id) {
            references.push(id);
        }
    }
    let surplus = references.len().saturating_sub(LIST_MAX);
    references.drain(..surplus);
    Ok(Known {
        from: author,
        sender,
        to: addresses(parsed.to()).into_iter().flatten().collect(),
        cc: addresses(parsed.cc()).into_iter().flatten().collect(),
        date: parsed.date().filter(|date| date.is_valid()).and_then(|date| {
            // A year nobody lives in would overflow sums with it.
            let date = DateTime::from_timestamp(date.to_timestamp(), 0)?;
            (1970..=9999).contains(&chrono::Datelike::year(&date)).then_some(date)
        }),
        message_id: ids(parsed.header(HeaderName::MessageId)).into_iter().next(),
        references,
        subject: clean::subject(parsed.subject().unwrap_or_default()),
    })
}

/// Each address of a field, `None` for one we cannot read.
fn addresses(field: Option<&Address<'_>>) -> Vec<Option<EmailAddress>> {
    let each = field.into_iter().flat_map(Address::iter).take(LIST_MAX);
    each.map(|one| EmailAddress::parse(one.address().unwrap_or_default()).ok()).collect()
}

fn ids(field: Option<&HeaderValue<'_>>) -> Vec<String> {
    let words: Vec<&str> = match field {
        Some(HeaderValue::Text(one)) => vec![one.as_ref()],
        Some(HeaderValue::TextList(many)) => many.iter().map(AsRef::as_ref).collect(),
        _ => Vec::new(),
    };
    let is_id = |id: &&str| {
        id.len() <= ID_BYTES_MAX
            && !id.is_empty()
            && !id.contains(|c: char| c.is_whitespace() || c.is_control() || "<>".contains(c))
    };
    words.into_iter().filter(is_id).map(str::to_owned).collect()
}
