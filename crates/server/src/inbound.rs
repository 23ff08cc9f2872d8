//! The doors for mail that comes in: HTTP for mail providers' webhooks, LMTP for a mail server.
//!
//! Both only keep the mail; what it means is decided afterwards. Nobody hears "taken" before the
//! mail is committed, so whoever brings it keeps it until then, and brings it again after a fault.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use axum::{Json, Router};
use convoke::app::{App, Organizer};
use convoke::inbound::{self, Delivery, Door, MAIL_BYTES_MAX, Unwanted};
use hmac::{Hmac, Mac as _};
use mail::lmtp::{Listener, Refusal, Settings};
use serde_json::json;
use sha2::Sha256;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::config::Config;

/// How far the clock of a caller may differ, and how long a signature can be used, in seconds.
const WINDOW_SECONDS: i64 = 300;
const RECIPIENT: &str = "x-convoke-recipient";
const SENDER: &str = "x-convoke-sender";
const TIMESTAMP: &str = "x-convoke-timestamp";
const SIGNATURE: &str = "x-convoke-signature";

#[derive(Clone)]
struct Hatch {
    app: App,
    key: Arc<str>,
}

/// `POST /inbound/mime`, when there is a key for it.
pub(crate) fn routes(config: &Config, app: &App) -> Router {
    let Some(key) = &config.inbound_key else { return Router::new() };
    let hatch = Hatch { app: app.clone(), key: Arc::from(key.as_str()) };
    Router::new()
        .route("/inbound/mime", post(take))
        .layer(DefaultBodyLimit::max(MAIL_BYTES_MAX + 1))
        .with_state(hatch)
}

/// Why a caller is turned away before the mail is looked at.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
enum Unsigned {
    #[error("the header {0} is missing or no text")]
    Missing(&'static str),
    #[error("{TIMESTAMP} is not the present time in seconds since 1970; 5 minutes are allowed")]
    Late,
    #[error("{SIGNATURE} is not the HMAC-SHA256 of this request under our key")]
    Wrong,
}

async fn take(State(hatch): State<Hatch>, headers: HeaderMap, body: Bytes) -> Response {
    let now = hatch.app.now().timestamp();
    let (recipient, sender) = match signed(&hatch.key, &headers, &body, now) {
        Ok(envelope) => envelope,
        Err(why) => {
            tracing::info!(%why, "a mail was brought without proof");
            return answer(StatusCode::UNAUTHORIZED, &why.to_string());
        }
    };
    let sender = sender.filter(|sender| !sender.is_empty());
    let delivery = Delivery {
        door: Door::Http,
        recipient: &recipient,
        sender: sender.as_deref(),
        bytes: &body,
    };
    match inbound::receive(&hatch.app, delivery).await {
        Ok(Ok(id)) => (StatusCode::ACCEPTED, Json(json!({ "id": id }))).into_response(),
        Ok(Err(why @ Unwanted::UnknownRecipient)) => {
            answer(StatusCode::NOT_FOUND, &why.to_string())
        }
        Ok(Err(why @ Unwanted::TooLarge)) => {
            answer(StatusCode::PAYLOAD_TOO_LARGE, &why.to_string())
        }
        Ok(Err(why @ Unwanted::TooMany)) => answer(StatusCode::TOO_MANY_REQUESTS, &why.to_string()),
        Err(fault) => {
            tracing::warn!(error = %fault, "a mail could not be kept");
            answer(StatusCode::SERVICE_UNAVAILABLE, "try again")
        }
    }
}

fn answer(status: StatusCode, error: &str) -> Response {
    (status, Json(json!({ "error": error }))).into_response()
}

/// The envelope, if the signature holds for it, for the body, and for now.
fn signed(
    key: &str,
    headers: &HeaderMap,
    body: &[u8],
    now: i64,
) -> Result<(String, Option<String>), Unsigned> {
    let header = |name: &'static str| {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        value.map(str::to_owned).ok_or(Unsigned::Missing(name))
    };
    let (recipient, stamp) = (header(RECIPIENT)?, header(TIMESTAMP)?);
    let sender = headers.contains_key(SENDER).then(|| header(SENDER)).transpose()?;
    let given = header(SIGNATURE)?;
    let at: i64 = stamp.parse().map_err(|_not_a_number| Unsigned::Late)?;
    if now.abs_diff(at) > WINDOW_SECONDS.unsigned_abs() {
        return Err(Unsigned::Late);
    }
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).map_err(|_any| Unsigned::Wrong)?;
    // Headers hold no line breaks, so these are four values and no other four.
    let envelope = format!("{stamp}\n{recipient}\n{}\n", sender.as_deref().unwrap_or_default());
    mac.update(envelope.as_bytes());
    mac.update(body);
    let given = given.strip_prefix("sha256=").unwrap_or(&given);
    mac.verify_slice(&bytes_of(given).ok_or(Unsigned::Wrong)?).map_err(|_any| Unsigned::Wrong)?;
    Ok((recipient, sender))
}

fn bytes_of(hex: &str) -> Option<Vec<u8>> {
    let pair = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    hex.len().is_multiple_of(2).then(|| (0..hex.len()).step_by(2).map(pair).collect())?
}

/// Listens for the mail server in front, until `stop`.
///
/// # Errors
/// When the place cannot be listened at.
pub(crate) async fn listen(
    config: &Config,
    app: &App,
    stop: &CancellationToken,
) -> Result<Option<JoinHandle<()>>> {
    let Some(place) = &config.lmtp else { return Ok(None) };
    let listener = Listener::bind(place).await.context("incoming mail cannot be taken")?;
    tracing::info!(place = listener.place(), "mail comes in by LMTP");
    let mut domains: Vec<String> = config.inbound_domain.clone().into_iter().collect();
    if app.settings().organizer == Organizer::Stable {
        let sender = mail::EmailAddress::parse(&app.settings().mail_from);
        domains.extend(sender.map(|sender| sender.domain().to_owned()));
    }
    let settings = Settings { mail_bytes_max: MAIL_BYTES_MAX, domains, ..Settings::default() };
    let (app, stop) = (app.clone(), stop.clone());
    // Nobody else's mail is even read; a server in front may ask us who is who.
    let ours = app.clone();
    let listener = listener.that_knows(move |to| ours.takes_mail_for(to));
    let served = listener.serve(settings, stop.cancelled_owned(), move |mail, recipient| {
        let app = app.clone();
        async move {
            let delivery = Delivery {
                door: Door::Lmtp,
                recipient: recipient.as_str(),
                sender: mail.from.as_ref().map(mail::EmailAddress::as_str),
                bytes: &mail.bytes,
            };
            match inbound::receive(&app, delivery).await {
                Ok(Ok(_id)) => Ok(()),
                Ok(Err(why @ Unwanted::UnknownRecipient)) => Err(Refusal::Unknown(why.to_string())),
                Ok(Err(why @ Unwanted::TooLarge)) => Err(Refusal::Never(why.to_string())),
                Ok(Err(why @ Unwanted::TooMany)) => Err(Refusal::Later(why.to_string())),
                Err(fault) => {
                    tracing::warn!(error = %fault, "a mail could not be kept");
                    Err(Refusal::Later("try again".to_owned()))
                }
            }
        }
    });
    Ok(Some(tokio::spawn(served)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
    use super::*;

    const KEY: &str = "a key of thirty-two characters!!";

    fn request(stamp: &str, recipient: &str, body: &[u8]) -> HeaderMap {
        let mut mac = Hmac::<Sha256>::new_from_slice(KEY.as_bytes()).unwrap();
        mac.update(format!("{stamp}\n{recipient}\n\n").as_bytes());
        mac.update(body);
        let code = journal::hex(&mac.finalize().into_bytes());
        let mut headers = HeaderMap::new();
        headers.insert(TIMESTAMP, stamp.parse().unwrap());
        headers.insert(RECIPIENT, recipient.parse().unwrap());
        headers.insert(SIGNATURE, format!("sha256={code}").parse().unwrap());
        headers
    }

    #[test]
    fn a_signature_holds_for_this_mail_to_this_recipient_now() {
        let headers = request("1000", "rsvp+x@in.example", b"mail");
        let envelope = ("rsvp+x@in.example".to_owned(), None);
        assert_eq!(signed(KEY, &headers, b"mail", 1100), Ok(envelope));
        assert_eq!(signed(KEY, &headers, b"mail!", 1100), Err(Unsigned::Wrong));
        assert_eq!(signed(KEY, &headers, b"mail", 1301), Err(Unsigned::Late));
        assert_eq!(signed(KEY, &headers, b"mail", 699), Err(Unsigned::Late));
        let mut other = headers.clone();
        other.insert(RECIPIENT, "rsvp+y@in.example".parse().unwrap());
        assert_eq!(signed(KEY, &other, b"mail", 1100), Err(Unsigned::Wrong));
        let mut other = headers.clone();
        other.insert(SENDER, "eve@evil.example".parse().unwrap());
        assert_eq!(signed(KEY, &other, b"mail", 1100), Err(Unsigned::Wrong));
        let mut other = headers;
        other.insert(SIGNATURE, "sha256=zz".parse().unwrap());
        assert_eq!(signed(KEY, &other, b"mail", 1100), Err(Unsigned::Wrong));
        other.remove(SIGNATURE);
        assert_eq!(signed(KEY, &other, b"mail", 1100), Err(Unsigned::Missing(SIGNATURE)));
    }
}
