//! Our MIME read by another implementation: Python's standard `email` package.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use mail::{Calendar, Letter, Method};

use crate::sample::{digest, ics, invitation, login_link};

/// Runs Python, or says how to get it.
pub(crate) fn python(arguments: &[&str]) -> Output {
    Command::new("python3").args(arguments).output().unwrap_or_else(|error| {
        panic!("python3 is needed ({error}); install it: apt-get install python3 python3-venv")
    })
}

/// Python with aiosmtpd and dkimpy, at pinned versions, in a virtual environment under the target
/// folder; built by the ordinary `pip`, by the first who asks.
pub(crate) fn interpreter() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let venv = folder.join("mail-python");
    let (ready, interpreter) = (venv.join("ready"), venv.join("bin/python"));
    let wanted = std::fs::read_to_string(script("requirements.txt")).unwrap();
    // Tests run at the same time, in one process or in several.
    let lock = File::create(folder.join("mail-python.lock")).unwrap();
    lock.lock().unwrap();
    if std::fs::read_to_string(&ready).is_ok_and(|built| built == wanted) {
        return interpreter;
    }
    let made = python(&["-m", "venv", "--clear", venv.to_str().unwrap()]);
    assert!(
        made.status.success(),
        "no virtual environment; install it: apt-get install python3-venv\n{}",
        String::from_utf8_lossy(&made.stderr)
    );
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"];
    let installed =
        Command::new(&interpreter).args(pip).arg(script("requirements.txt")).output().unwrap();
    let errors = String::from_utf8_lossy(&installed.stderr);
    assert!(installed.status.success(), "pip could not install what the tests need:\n{errors}");
    std::fs::write(ready, wanted).unwrap();
    interpreter
}

/// A script beside this file.
pub(crate) fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/python").join(name)
}

/// What Python makes of the letter, a line per part.
#[track_caller]
fn tree(letter: &Letter) -> String {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("letter.eml");
    std::fs::write(&file, letter.to_mime().unwrap()).unwrap();
    let output = python(&[script("tree.py").to_str().unwrap(), file.to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn python_sees_the_tree_of_an_invitation() {
    insta::assert_snapshot!(tree(&invitation()));
}

#[test]
fn python_sees_a_cancellation_without_html_and_a_publication() {
    let mut letter = invitation();
    letter.html = None;
    letter.calendar = Some(Calendar { method: Method::Cancel, ics: ics("CANCEL") });
    let cancelled = tree(&letter);
    assert!(cancelled.contains("text/calendar charset=utf-8 method=CANCEL"), "{cancelled}");
    assert!(!cancelled.contains("text/html"), "{cancelled}");
    letter.calendar = Some(Calendar { method: Method::Publish, ics: ics("PUBLISH") });
    assert!(tree(&letter).contains("method=PUBLISH"));
    let ics = ics("DECLINECOUNTER");
    letter.calendar = Some(Calendar { method: Method::DeclineCounter, ics });
    assert!(tree(&letter).contains("method=DECLINECOUNTER"));
}

#[test]
fn python_sees_letters_without_a_calendar() {
    insta::assert_snapshot!("python_login_link", tree(&login_link()));
    insta::assert_snapshot!("python_digest", tree(&digest()));
}
