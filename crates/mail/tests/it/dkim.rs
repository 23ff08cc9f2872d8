//! Our signatures, checked by an implementation we did not write: dkimpy.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Output};

use mail::dkim::{KeyError, SignError, Signer};
use mail::{Kind, Letter, Mailbox};
use proptest::prelude::*;
use strum::IntoEnumIterator as _;

use crate::python::{interpreter, script};
use crate::sample::{address, digest, invitation, login_link};

fn run(name: &str, folder: &Path) -> Output {
    let output = Command::new(interpreter()).arg(script(name)).arg(folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}

/// A letter of each shape, in the words of each language.
fn letters() -> Vec<(String, Letter)> {
    let words = [
        ("en", "You are invited: heat in our homes", "Dear Ada,\n\nThursday, 18:30.  \n\n\n"),
        (
            "nl",
            "Je bent uitgenodigd: warmte in ons huis",
            "Beste Ada,\n\ndonderdag om half zeven\n",
        ),
        ("tr", "Davetlisin: evlerimizde ısı", "Sevgili Şule,\n\nPerşembe, 18.30. Görüşürüz!\n"),
        ("ko", "초대합니다: 우리 집의 온기", "에이다 님,\n\n목요일 오후 6시 30분입니다.\n \n"),
    ];
    let mut letters = Vec::new();
    for (language, subject, text) in words {
        for kind in Kind::iter() {
            let shape = match kind {
                Kind::Invitation | Kind::Cancellation => invitation(),
                Kind::Digest | Kind::Announcement | Kind::Suggestion => digest(),
                _ => login_link(),
            };
            let letter = Letter {
                from: Mailbox::named("Hub Westminster – 허브", address("events@hub.example")),
                subject: subject.into(),
                text: text.into(),
                kind,
                ..shape
            };
            letters.push((format!("{language}-{kind}"), letter));
        }
    }
    let korean = Letter { to: address("조@회사.example").into(), ..login_link() };
    letters.push(("address-outside-ascii".into(), korean));
    letters
}

#[test]
fn dkimpy_verifies_every_kind_in_every_language_and_no_changed_mail() {
    let place = tempfile::tempdir().unwrap();
    run("keys.py", place.path());
    let key = |name: &str| std::fs::read_to_string(place.path().join(name)).unwrap();
    let mut records = BTreeMap::new();
    let mut wanted = BTreeMap::new();
    let mut keep = |name: String, mail: &str, is_valid: bool| {
        std::fs::write(place.path().join(format!("{name}.eml")), mail).unwrap();
        wanted.insert(name, is_valid);
    };
    for name in ["rsa", "ed25519"] {
        let signer = Signer::new("Hub.example", name, &key(&format!("{name}.pem"))).unwrap();
        records.extend([signer.dns_record()]);
        for (letter_name, letter) in letters() {
            let mime = letter.to_mime().unwrap();
            let mail = signer.sign(&mime).unwrap();
            assert_eq!(mail, signer.sign(&mime).unwrap());
            assert!(mail.ends_with(&mime));
            let mail = String::from_utf8(mail).unwrap();
            let (signature, _) = mail.split_once("\r\nDate:").unwrap();
            assert!(signature.contains("h=From:\r\n From:") && !signature.contains("Content-Type"));
            assert!(signature.split("\r\n").all(|line| line.len() <= 78), "{signature}");
            keep(format!("{name}-{letter_name}"), &mail, true);
        }
        let mail = signer.sign(&invitation().to_mime().unwrap()).unwrap();
        let mail = String::from_utf8(mail).unwrap();
        // What relays do on the way.
        let wrapped = mail.replace("\r\n <mailto:unsub", "   \r\n\t<mailto:unsub");
        let received = format!("Received: from x by y\r\n{wrapped}\r\n\r\n");
        assert_ne!(wrapped, mail);
        keep(format!("{name}-as-relays-change-it"), &received, true);
        for (change, changed) in [
            ("body", mail.replace("BEGIN", "").replacen("--=_", "--x=_", 1)),
            ("subject", mail.replacen("Subject: ", "Subject: Not: ", 1)),
            ("second-from", mail.replacen("\r\nDate:", "\r\nFrom: evil@example.org\r\nDate:", 1)),
            (
                "unsubscribe",
                mail.replacen("<https://hub.example/u/", "<https://evil.example/u/", 1),
            ),
            ("date", mail.replacen("Date: Fri", "Date: Sat", 1)),
        ] {
            assert_ne!(changed, mail, "{change}");
            keep(format!("{name}-changed-{change}"), &changed, false);
        }
    }
    std::fs::write(place.path().join("dns.json"), serde_json::to_string(&records).unwrap())
        .unwrap();
    let output = run("verify.py", place.path());
    let said = String::from_utf8(output.stdout).unwrap();
    let said: BTreeMap<String, bool> = said
        .lines()
        .map(|line| line.split_once(' ').unwrap())
        .map(|(name, verified)| (name.to_owned(), verified == "true"))
        .collect();
    assert_eq!(said, wanted);
    assert_eq!(said.len(), 2 * (4 * 9 + 1 + 1 + 5));

    // The same key in its older form signs alike.
    let mime = login_link().to_mime().unwrap();
    let sign = |name| Signer::new("hub.example", "rsa", &key(name)).unwrap().sign(&mime);
    assert_eq!(sign("rsa.pem"), sign("rsa1.pem"));
    let small = Signer::new("hub.example", "s", &key("small.pem")).unwrap_err();
    assert_eq!(small, KeyError::Unusable);
}

proptest! {
    #[test]
    fn no_bytes_make_the_signer_stumble(
        bytes in prop::collection::vec(any::<u8>(), 0..100), text in "[A: \\r\\n\\tx=]{0,60}"
    ) {
        let pem = rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519).unwrap().serialize_pem();
        let signer = Signer::new("hub.example", "s1", &pem).unwrap();
        drop(signer.sign(&bytes));
        let mail = format!("From: a@b.example\r\n{text}\r\n\r\n{text}");
        if let Ok(signed) = signer.sign(mail.as_bytes()) {
            prop_assert!(signed.ends_with(mail.as_bytes()));
        }
    }
}

#[test]
fn what_cannot_sign_or_be_signed_says_so() {
    let pem = rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519).unwrap().serialize_pem();
    let error = |domain, selector, pem| Signer::new(domain, selector, pem).unwrap_err();
    assert_eq!(error("a b", "s", &pem), KeyError::Name { part: "domain" });
    assert_eq!(error("hub.example", "s;x", &pem), KeyError::Name { part: "selector" });
    assert_eq!(error("hub.example", "s", "no key"), KeyError::NotPem);
    let ecdsa = rcgen::KeyPair::generate().unwrap().serialize_pem();
    assert_eq!(error("hub.example", "s", &ecdsa), KeyError::Unusable);

    let signer = Signer::new("hub.example", "s1", &pem).unwrap();
    assert_eq!(format!("{signer:?}"), "Signer(s1 at hub.example)");
    for mail in [
        "",
        "\r\n",
        "To: a@b.example\r\n\r\n",
        "From: a@b.example\r\nFrom: c@d.example\r\n\r\n",
        "From: a@b.example\n\nx",
        "From: a@b.example\r\n",
    ] {
        assert_eq!(signer.sign(mail.as_bytes()), Err(SignError::Malformed), "{mail:?}");
    }
}
