//! Programs that are not ours, fetched once into the build folder, and how to run them.
//!
//! Nothing is skipped: what cannot be fetched or run fails the test and says what to install.
#![allow(dead_code, reason = "each test file uses a part")]

use std::path::{Path, PathBuf};
use std::process::Command;

const PYTHON: &[&str] = &["icalendar==7.3.0", "vobject==0.9.9", "python-dateutil==2.9.0.post0"];
const NODE: &str = "ical.js@2.2.1";
const PYTHON_MISSING: &str = "python3 with venv is needed: apt-get install python3 python3-venv";
const NODE_MISSING: &str = "node and npm are needed: apt-get install nodejs npm";
const LIBICAL_MISSING: &str = "libical is needed: apt-get install libical3";

/// A folder of its own for this test, empty; it stays when the test fails.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join(format!("calendar-{name}-{}", std::process::id()));
    if folder.exists() {
        std::fs::remove_dir_all(&folder).expect("empty the folder");
    }
    std::fs::create_dir_all(&folder).expect("make the folder");
    folder
}

/// One of the scripts beside this file.
pub(crate) fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/parsers").join(name)
}

/// Runs a script of ours with the Python that has the parsers; what it said.
#[track_caller]
pub(crate) fn python(name: &str, arguments: &[&Path]) -> String {
    let mut command = Command::new(python_with_parsers());
    said(command.arg(script(name)).args(arguments).env("PYTHONUTF8", "1"), PYTHON_MISSING)
}

/// Lets all parsers read the objects of a folder, two at a time; each must say how many.
#[track_caller]
pub(crate) fn all_parsers_agree(folder: &Path, files: usize) {
    let python = python_with_parsers();
    let with_python = |parser: &str| {
        let mut command = Command::new(&python);
        command.arg(script("check.py")).arg(folder).arg(parser).env("PYTHONUTF8", "1");
        command
    };
    let mut node = Command::new("node");
    node.arg(script("check.mjs")).arg(folder).arg(ical_js());
    let mut libical = Command::new("python3");
    libical.arg(script("libical.py")).arg(folder).arg(libical3());
    let rows = [
        vec![(with_python("vobject"), PYTHON_MISSING), (libical, LIBICAL_MISSING)],
        vec![(with_python("icalendar"), PYTHON_MISSING), (node, NODE_MISSING)],
    ];
    let row = |row: Vec<(Command, &'static str)>| {
        std::thread::spawn(move || {
            row.into_iter().map(|(mut command, missing)| run(&mut command, missing)).collect()
        })
    };
    let rows: Vec<_> = rows.into_iter().map(row).collect();
    for reports in rows {
        let reports: Vec<(bool, String)> = reports.join().expect("a thread");
        for (good, report) in reports {
            assert!(good, "{report}");
            assert!(report.contains(&format!("{files} files read alike")), "{report}");
        }
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

/// The library of Evolution and GNOME: the one installed, or taken out of its package.
fn libical3() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("calendar-libical");
    once(&folder, "libical3", |folder| {
        std::fs::create_dir_all(folder).expect("make the folder");
        let script = "import ctypes.util, sys; sys.exit(ctypes.util.find_library('ical') is None)";
        if run(Command::new("python3").args(["-c", script]), LIBICAL_MISSING).0 {
            return;
        }
        let fetch = "(apt-get download libical3t64 || apt-get download libical3) \
                     && dpkg-deb -x libical3*.deb .";
        must(Command::new("sh").args(["-c", fetch]).current_dir(folder), LIBICAL_MISSING);
    });
    folder
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

/// Runs an installation once, whichever test comes first; a note in the folder says that it went to
/// its end.
fn once(folder: &Path, what: &str, install: impl FnOnce(&Path)) {
    let lock = std::fs::File::create(folder.with_extension("lock")).expect("a file to lock");
    lock.lock().expect("a turn");
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

#[track_caller]
fn said(command: &mut Command, missing: &str) -> String {
    let (good, report) = run(command, missing);
    assert!(good, "{report}");
    report
}
