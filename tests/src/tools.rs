//! Programs that are not ours, fetched once into the build folder: parsers, audits, a browser's
//! driver. Nothing is skipped: without python3 or node a story fails and says what to install.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const NODE_MISSING: &str = "node and npm are needed: apt-get install nodejs npm";
const PYTHON_MISSING: &str = "python3 with venv is needed: apt-get install python3 python3-venv";

/// The build folder's place for what tests leave: `target/tmp`.
pub fn folder() -> PathBuf {
    let own = std::env::current_exe().expect("our own path");
    let target = own.ancestors().nth(3).expect("target");
    let folder = target.join("tmp");
    std::fs::create_dir_all(&folder).expect("make the folder");
    folder
}

/// A file of `tests/tools`.
pub fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tools").join(name)
}

/// A Python that has these packages.
pub fn python(name: &str, packages: &[&str]) -> PathBuf {
    let folder = folder().join(name);
    let python = folder.join("bin/python");
    once(&folder, &packages.join(" "), |folder| {
        must(Command::new("python3").args(["-m", "venv"]).arg(folder), PYTHON_MISSING);
        let mut pip = Command::new(&python);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(packages);
        must(&mut pip, "a package index is needed");
    });
    python
}

/// The folder `node_modules` with these packages.
pub fn node_modules(name: &str, packages: &[&str]) -> PathBuf {
    let folder = folder().join(name);
    once(&folder, &packages.join(" "), |folder| {
        std::fs::create_dir_all(folder).expect("make the folder");
        let mut npm = Command::new("npm");
        npm.args(["install", "--no-save", "--no-audit", "--no-fund", "--silent", "--prefix"]);
        must(npm.arg(folder).args(packages), NODE_MISSING);
    });
    folder.join("node_modules")
}

/// Runs a program to its end; what it printed, and whether it did well.
pub fn output(command: &mut Command) -> Output {
    command.output().unwrap_or_else(|fault| panic!("could not start {command:?}: {fault}"))
}

/// Installs once, however many tests ask; a note in the folder says that it went to its end.
fn once(folder: &Path, what: &str, install: impl FnOnce(&Path)) {
    let lock = File::create(folder.with_extension("lock")).expect("a lock");
    lock.lock().expect("the lock");
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

fn must(command: &mut Command, missing: &str) {
    let output = output(command);
    let said = [output.stdout, output.stderr].concat();
    assert!(output.status.success(), "{missing}\n{}", String::from_utf8_lossy(&said));
}
