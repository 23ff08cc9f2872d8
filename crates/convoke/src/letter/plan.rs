//! Plans letters: each effect that is due becomes mails, once.
//!
//! A batch of effects is read for in a few statements, written on a thread of its own, sealed
//! under the recipients' keys in one go, and stored with the end of its effects in one
//! transaction. A crash in between leaves the effects waiting and no mail.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use journal::mails::{self, Content, Plan, Planned};
use journal::outbox::{self, EffectKey};
use kernel::{PersonId, Personal};
use serde_json::Value;

use super::expand::{Drawn, Expanded, expand};
use super::view::{Material, Wanted};
use super::{Template, moving};
use crate::app::App;

/// Effects planned at once. One of them may concern thousands of people.
const BATCH: i64 = 64;

/// How long a batch may take before another process may take it over.
const LEASE_SECONDS: i64 = 120;

/// Plans the letters that are due, at most a batch of them. Says how many effects were handled.
///
/// # Errors
/// When the database is out of reach; the effects wait for the next time.
pub async fn due(app: &App) -> journal::Result<usize> {
    let db = app.journal().db();
    let effects = outbox::claim(db, "letter", app.now(), LEASE_SECONDS, BATCH).await?;
    if effects.is_empty() {
        return Ok(0);
    }
    let mut wanted = Vec::new();
    for effect in &effects {
        match Wanted::read(effect) {
            Ok(letter) => wanted.push(letter),
            Err(why) => failed(app, &effect.key(), &why).await?,
        }
    }
    let material = Arc::new(Material::read(db, &wanted).await?);
    let wanted = followed(app, &material, wanted).await?;
    let (writer, from) = (app.clone(), Arc::clone(&material));
    // Thousands of letters take a while, and the thread is needed for answers.
    let written = tokio::task::spawn_blocking(move || {
        let expanded: Vec<Expanded> =
            wanted.iter().map(|letter| expand(&writer, &from, letter)).collect();
        (wanted, expanded)
    });
    let Ok((wanted, expanded)) = written.await else {
        tracing::error!("a batch of letters could not be written; it is tried again");
        return Ok(0);
    };
    let mut drawn = Vec::new();
    for (letter, expanded) in wanted.into_iter().zip(expanded) {
        match expanded {
            Expanded::Mails(mails) => drawn.push((letter, mails)),
            Expanded::Dropped(why) => {
                outbox::finish(db, &letter.effect, "dropped", Some(why)).await?;
            }
            Expanded::Failed(why) => failed(app, &letter.effect, &why).await?,
        }
    }
    let plans = sealed(app, drawn).await?;
    mails::plan(db, app.now(), &plans).await?;
    Ok(effects.len())
}

/// The letters that can be written now, once what they stand for has followed. A change of address
/// that cannot be followed holds up no other letter: what passes by itself comes again when the
/// lease is over, the rest has failed.
async fn followed(
    app: &App,
    material: &Material,
    wanted: Vec<Wanted>,
) -> journal::Result<Vec<Wanted>> {
    let mut ready = Vec::with_capacity(wanted.len());
    for letter in wanted {
        let followed = match letter.template {
            Template::AddressChanged => moving::follow(app, material, &letter).await,
            _ => Ok(()),
        };
        match followed {
            Ok(()) => ready.push(letter),
            Err(fault) if fault.is_passing() => {
                tracing::warn!(error = %fault, "an address could not be followed; it is tried again");
            }
            Err(fault) => {
                let why = format!("an event could not follow an address: {fault}");
                failed(app, &letter.effect, &why).await?;
            }
        }
    }
    Ok(ready)
}

async fn failed(app: &App, key: &EffectKey, why: &str) -> journal::Result<()> {
    tracing::error!(
        journal = key.journal,
        position = key.position,
        why,
        "a letter could not be planned"
    );
    outbox::finish(app.journal().db(), key, "failed", Some(why)).await
}

/// Seals all letters of a batch: the keys of all recipients are fetched at once.
async fn sealed(app: &App, drawn: Vec<(Wanted, Vec<Drawn>)>) -> journal::Result<Vec<Plan>> {
    let open: Vec<Personal<&super::expand::Parcel>> = drawn
        .iter()
        .flat_map(|(_, mails)| mails)
        .filter_map(|mail| {
            let of = PersonId::parse(&mail.recipient).ok()?;
            mail.content.as_ref().ok().map(|parcel| Personal::new(of, parcel))
        })
        .collect();
    let open = serde_json::to_string(&open).map_err(|cause| broken(&cause))?;
    let boxes = app.journal().keys().seal_text(&open).await?;
    let boxes = serde_json::from_str::<Vec<Value>>(&boxes).map_err(|cause| broken(&cause))?;
    let mut boxes = boxes.into_iter();
    let mut plans = Vec::new();
    for (letter, mails) in drawn {
        let mails: Vec<Planned> = mails
            .into_iter()
            .map(|mail| {
                let is_known = PersonId::parse(&mail.recipient).is_ok();
                let content = match &mail.content {
                    Ok(_) if is_known => content_of(boxes.next()),
                    Ok(_) => Content::Skip("the recipient has no id".to_owned()),
                    Err(why) => Content::Skip(why.clone()),
                };
                planned(&letter, mail, content)
            })
            .collect();
        plans.push(Plan {
            effect: letter.effect,
            mails,
            supersedes: letter.template.supersedes(),
            note: None,
        });
    }
    Ok(plans)
}

/// A box that stayed empty belongs to somebody who was erased.
fn content_of(sealed: Option<Value>) -> Content {
    match sealed {
        Some(sealed) if sealed.pointer("/$sealed/box").is_some() => {
            Content::Sealed(sealed.to_string())
        }
        _ => Content::Skip("erased".to_owned()),
    }
}

fn planned(letter: &Wanted, mail: Drawn, content: Content) -> Planned {
    let due_at: DateTime<Utc> = mail.not_before.unwrap_or(letter.due_at);
    Planned {
        recipient: mail.recipient,
        template: mail.template.to_string(),
        kind: mail.template.kind().as_str(),
        priority: mail.template.kind().priority(),
        message_id: mail.message_id,
        about: mail.about,
        locale: mail.locale.to_owned(),
        due_at,
        expires_at: Some(mail.expires_at),
        content,
    }
}

fn broken(cause: &serde_json::Error) -> journal::Error {
    journal::Error::Broken { what: format!("a letter is no JSON: {cause}") }
}
