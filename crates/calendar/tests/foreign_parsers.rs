//! The same objects, read by three programs that are not ours.
//!
//! A parser of our own choosing proves little: subscribers use others. This test renders objects
//! of every kind, hostile values included, and lets `icalendar` (Indico), `vobject` (Radicale,
//! pretix) and `ical.js` (Thunderbird, Nextcloud) read them. It never skips: without python3 with
//! venv, or without node and npm, it fails and says what to install. The parsers are fetched once
//! into the build folder.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod sample;

use std::path::{Path, PathBuf};
use std::process::Command;

use calendar::{Event, When};
use sample::Object;
use serde_json::{Value, json};

const PYTHON: &[&str] = &["icalendar==7.3.0", "vobject==0.9.9"];
const NODE: &str = "ical.js@2.2.1";

#[test]
fn three_foreign_parsers_read_what_was_meant() {
    // A folder of its own: two runs may share a build folder. It stays when the test fails.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join(format!("calendar-objects-{}", std::process::id()));
    let objects = sample::objects();
    assert!(objects.len() >= 30, "{} objects", objects.len());
    write(&folder, &objects);
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/parsers");

    let mut python = Command::new(python_with_parsers());
    python.arg(scripts.join("check.py")).arg(&folder).env("PYTHONUTF8", "1");
    let mut node = Command::new("node");
    node.arg(scripts.join("check.mjs")).arg(&folder).arg(ical_js());
    let reports = [run(&mut python, PYTHON_MISSING), run(&mut node, NODE_MISSING)];
    for (good, report) in reports {
        assert!(good, "{report}");
        assert!(report.contains(&format!("{} files read alike", objects.len())), "{report}");
    }
    std::fs::remove_dir_all(&folder).expect("remove the folder");
}

const PYTHON_MISSING: &str = "python3 with venv is needed: apt-get install python3 python3-venv";
const NODE_MISSING: &str = "node and npm are needed: apt-get install nodejs npm";

/// Writes the objects and what is expected of them, into an empty folder.
fn write(folder: &Path, objects: &[Object]) {
    if folder.exists() {
        std::fs::remove_dir_all(folder).expect("empty the folder");
    }
    std::fs::create_dir_all(folder).expect("make the folder");
    let mut expected = Vec::new();
    for object in objects {
        let file = format!("{}.ics", object.name);
        std::fs::write(folder.join(&file), &object.text).expect("write an object");
        let events: Vec<Value> = object.events.iter().map(|event| fields(event, object)).collect();
        expected.push(json!({ "file": file, "events": events }));
    }
    let text = serde_json::to_string_pretty(&expected).expect("plain values");
    std::fs::write(folder.join("expected.json"), text).expect("write what is expected");
}

/// What a parser must find, as plain as JSON.
fn fields(event: &Event, object: &Object) -> Value {
    let cancelled = object.name.starts_with("cancel");
    let name =
        object.attendee.as_ref().map(|person| calendar::guard::ParamText::clean(&person.name));
    json!({
        "uid": event.uid(),
        "summary": event.summary(),
        "location": event.location(),
        "description": event.description(),
        "start": moment(event.start()),
        "end": moment(event.end()),
        "sequence": event.sequence(),
        "status": if cancelled { "CANCELLED" } else { event.status().as_str() },
        "url": event.url().unwrap_or_default(),
        "categories": event.categories().collect::<Vec<_>>(),
        "contact": event.contact(),
        "attendee": object
            .attendee
            .as_ref()
            .map_or_else(String::new, |person| format!("mailto:{}", person.address)),
        "name": name.as_ref().map_or("", |name| name.as_str()),
        "properties": properties(&object.text, event.uid()),
    })
}

/// The names of the properties of an event, sorted: an injected one would be one more. Taken from
/// the values that are there, not by parsing again.
fn properties(text: &str, uid: &str) -> Vec<String> {
    let begin = format!("BEGIN:VEVENT\r\nUID:{uid}\r\n");
    let (_, rest) = text.split_once(&begin).expect("the event");
    let (body, _) = rest.split_once("\r\nEND:VEVENT\r\n").expect("its end");
    let mut names = vec!["UID".to_owned()];
    for line in body.split("\r\n").filter(|line| !line.starts_with(' ')) {
        names.extend(line.split([':', ';']).next().map(str::to_owned));
    }
    names.sort();
    let known = [
        "ATTENDEE",
        "CATEGORIES",
        "CLASS",
        "CONFERENCE",
        "CONTACT",
        "CREATED",
        "DESCRIPTION",
        "DTEND",
        "DTSTAMP",
        "DTSTART",
        "GEO",
        "LAST-MODIFIED",
        "LOCATION",
        "ORGANIZER",
        "RELATED-TO",
        "SEQUENCE",
        "STATUS",
        "SUMMARY",
        "TRANSP",
        "UID",
        "URL",
        "X-MICROSOFT-DISALLOW-COUNTER",
    ];
    for name in &names {
        assert!(known.contains(&name.as_str()), "{name} is no property of ours");
    }
    names
}

fn moment(when: When) -> String {
    match when {
        When::Utc(at) => at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
        When::Date(day) => day.to_string(),
    }
}

/// A Python that has the parsers.
fn python_with_parsers() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("calendar-python");
    let python = folder.join("bin/python");
    once(&folder, &PYTHON.join(" "), |folder| {
        let mut venv = Command::new("python3");
        must(venv.args(["-m", "venv"]).arg(folder), PYTHON_MISSING);
        let mut pip = Command::new(&python);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(PYTHON);
        must(&mut pip, &format!("a package index is needed: pip install {}", PYTHON.join(" ")));
    });
    python
}

/// The file of the JavaScript parser.
fn ical_js() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("calendar-node");
    once(&folder, NODE, |folder| {
        std::fs::create_dir_all(folder).expect("make the folder");
        let mut npm = Command::new("npm");
        npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--silent", "--prefix"]);
        must(npm.arg(folder).arg(NODE), &format!("{NODE_MISSING}; then npm install {NODE}"));
    });
    folder.join("node_modules/ical.js/dist/ical.js")
}

/// Runs an installation once; a note in the folder says that it went to its end.
fn once(folder: &Path, what: &str, install: impl FnOnce(&Path)) {
    let note = folder.join("installed");
    if std::fs::read_to_string(&note).is_ok_and(|kept| kept == what) {
        return;
    }
    if folder.exists() {
        std::fs::remove_dir_all(folder).expect("empty the folder");
    }
    install(folder);
    std::fs::write(note, what).expect("note the installation");
}

#[track_caller]
fn must(command: &mut Command, missing: &str) {
    let (good, report) = run(command, missing);
    assert!(good, "{missing}\n{report}");
}

#[track_caller]
fn run(command: &mut Command, missing: &str) -> (bool, String) {
    let output = command.output().unwrap_or_else(|error| panic!("{missing}: {error}"));
    let report = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&report).into_owned())
}
