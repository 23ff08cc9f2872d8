//! What leaves is signed, and a stranger believes it: dkimpy.

use mail::dkim::{Signer, ed25519_pem};
use mail::testing::python::{rsa_key, verified};

use super::*;
use crate::app::{App, Settings};
use crate::event::CancelEvent;
use crate::testing::{settings, sqlite};

#[tokio::test]
async fn every_letter_that_leaves_is_signed_once_and_verified_by_another() {
    sqlite(async |app| {
        let keys = [("rsa", rsa_key()), ("ed25519", ed25519_pem([7; 32]))];
        for (selector, pem) in keys {
            let signer = Arc::new(Signer::new("convoke.test", selector, &pem).unwrap());
            let records = [signer.dns_record()];
            let dkim = Settings { dkim: Some(signer), ..settings() };
            let mut app = app.clone();
            app.app = App::new(app.journal().clone(), dkim);
            let town = Town::called(app, selector).await;
            let event = town.event("Boilers", "2026-12-04T18:30", "2026-12-04T21:00", 2).await;
            for locale in ["en", "nl", "tr", "ko"] {
                let name = format!("Şule 조 & Söns {locale}");
                let ngo = town.ngo(&name, &format!("{selector}-{locale}@a.example"), locale).await;
                town.invites(event, &ngo).await;
                let address = format!("{selector}-g-{locale}@b.example");
                town.registers(event, &name, &address, locale).await;
            }
            town.peer.now_answers([Answer::DropAfterLetter]);
            town.later(1).await;
            town.moves(event, "2026-12-05T18:30", "2026-12-05T21:00").await;
            town.later(300).await;
            town.does(CancelEvent { event, reason: "보일러가 고장 났습니다.".into() }).await;
            town.later(300).await;
            let mut mails: Vec<Vec<u8>> =
                town.peer.received().await.into_iter().map(|mail| mail.mime).collect();
            assert!(mails.len() >= 20, "{} letters", mails.len());
            let count = mails.len();
            mails.dedup();
            // A mail that somebody changed on its way.
            let changed = String::from_utf8(mails[0].clone()).unwrap();
            mails.push(changed.replacen("Subject: ", "Subject: Not ", 1).into_bytes());
            let verdicts = verified(&mails, &records);
            let (last, ours) = verdicts.split_last().unwrap();
            assert!(ours.iter().all(|verified| *verified), "{verdicts:?} of {count}");
            assert!(!last, "a changed mail is believed");
        }
    })
    .await;
}

#[test]
fn every_letter_in_every_language_is_verified_when_signed() {
    let (settings, pem) = (settings(), rsa_key());
    let signer = Signer::new("convoke.test", "rsa", &pem).unwrap();
    let samples = crate::letter::sample::all(&settings).unwrap();
    let kinds = <crate::letter::Template as strum::IntoEnumIterator>::iter().count();
    assert_eq!(samples.len(), kinds * 4);
    let mails: Vec<Vec<u8>> =
        samples.iter().map(|sample| signer.sign(&sample.mime).unwrap()).collect();
    let verdicts = verified(&mails, &[signer.dns_record()]);
    let refused: Vec<_> = samples
        .iter()
        .zip(verdicts)
        .filter(|(_, verified)| !verified)
        .map(|(sample, _)| (sample.template, sample.locale))
        .collect();
    assert!(refused.is_empty(), "{refused:?}");
}
