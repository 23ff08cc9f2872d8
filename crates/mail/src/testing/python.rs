//! Signatures checked by an implementation that is not ours: dkimpy, in a Python of its own.
//!
//! For tests of this and other crates: give it the mails as they are sent and the DNS records of
//! the keys, and it says which of them a stranger would believe.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The folder tests leave things in: `target/tmp`.
fn folder() -> PathBuf {
    let own = std::env::current_exe().expect("our own path");
    let target = own.ancestors().find(|folder| folder.join("debug").is_dir());
    let folder = target.expect("the target folder").join("tmp");
    std::fs::create_dir_all(&folder).expect("make the folder");
    folder
}

/// A script of this crate's tests.
pub fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/python").join(name)
}

/// Runs Python, or says how to get it.
pub fn python(arguments: &[&str]) -> Output {
    Command::new("python3").args(arguments).output().unwrap_or_else(|error| {
        panic!("python3 is needed ({error}); install it: apt-get install python3 python3-venv")
    })
}

/// Python with aiosmtpd and dkimpy, at pinned versions, in a virtual environment under the target
/// folder; built by the ordinary `pip`, by the first who asks.
pub fn interpreter() -> PathBuf {
    let folder = folder();
    let venv = folder.join("mail-python");
    let (ready, interpreter) = (venv.join("ready"), venv.join("bin/python"));
    let wanted = std::fs::read_to_string(script("requirements.txt")).expect("what is wanted");
    // Tests run at the same time, in one process or in several.
    let lock = File::create(folder.join("mail-python.lock")).expect("a lock");
    lock.lock().expect("the lock");
    if std::fs::read_to_string(&ready).is_ok_and(|built| built == wanted) {
        return interpreter;
    }
    let made = python(&["-m", "venv", "--clear", &venv.display().to_string()]);
    assert!(
        made.status.success(),
        "no virtual environment; install it: apt-get install python3-venv\n{}",
        String::from_utf8_lossy(&made.stderr)
    );
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"];
    run(Command::new(&interpreter).args(pip).arg(script("requirements.txt")));
    std::fs::write(ready, wanted).expect("note that it is built");
    interpreter
}

/// A private RSA key of 2048 bits, as PEM.
pub fn rsa_key() -> String {
    let place = tempfile::tempdir().expect("a folder");
    run(Command::new(interpreter()).arg(script("keys.py")).arg(place.path()));
    std::fs::read_to_string(place.path().join("rsa.pem")).expect("the key")
}

/// Whether dkimpy verifies each of these mails (as they are sent, whole), when these DNS records
/// (name and text, as [`crate::dkim::Signer::dns_record`] gives them) are published.
///
/// ```no_run
/// # fn holds(signer: &mail::dkim::Signer, mails: &[Vec<u8>]) {
/// let verified = mail::testing::python::verified(mails, &[signer.dns_record()]);
/// assert_eq!(verified, vec![true; mails.len()]);
/// # }
/// ```
pub fn verified(mails: &[Vec<u8>], records: &[(String, String)]) -> Vec<bool> {
    let place = tempfile::tempdir().expect("a folder");
    let records: BTreeMap<&String, &String> =
        records.iter().map(|(name, text)| (name, text)).collect();
    let records = serde_json::to_string(&records).expect("records as JSON");
    std::fs::write(place.path().join("dns.json"), records).expect("write the records");
    for (number, mail) in mails.iter().enumerate() {
        std::fs::write(place.path().join(format!("{number:06}.eml")), mail).expect("write a mail");
    }
    let said = run(Command::new(interpreter()).arg(script("verify.py")).arg(place.path()));
    let said = String::from_utf8(said.stdout).expect("its words");
    let verdicts: Vec<bool> = said.lines().map(|line| line.ends_with(" true")).collect();
    assert_eq!(verdicts.len(), mails.len(), "{said}");
    verdicts
}

fn run(command: &mut Command) -> Output {
    let output = command.output().expect("start Python");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output
}
