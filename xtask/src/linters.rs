//! Linters that are no Rust: kept in a Python environment under `target/linters`.
//!
//! The list with its versions is `linters.txt`. They are installed once, again when the list
//! changes, and only where Python and the package index can be had. Where they cannot, the caller
//! says plainly which check did not run: a missing linter is never a silent pass.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use crate::shell;

const LIST: &str = include_str!("linters.txt");

/// A linter's command, from the PATH or from our environment. `None` if it cannot be had.
pub(crate) fn find(name: &str) -> Option<Command> {
    let program = shell::which(&[name])
        .or_else(|| Some(bin()?.join(name)).filter(|program| program.is_file()))?;
    let mut command = Command::new(program);
    command.current_dir(shell::root());
    Some(command)
}

/// Our environment's programs, made at the first call.
fn bin() -> Option<PathBuf> {
    static BIN: OnceLock<Option<PathBuf>> = OnceLock::new();
    BIN.get_or_init(prepare).clone()
}

fn prepare() -> Option<PathBuf> {
    let folder = shell::root().join("target/linters");
    let stamp = folder.join("installed.txt");
    let bin = folder.join("bin");
    if fs::read_to_string(&stamp).is_ok_and(|text| text == LIST) {
        return Some(bin);
    }
    println!("Installing the linters of linters.txt into {}", folder.display());
    let list = shell::root().join("xtask/src/linters.txt");
    let made = shell::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder));
    let installed = made.and_then(|()| {
        shell::run(
            Command::new(bin.join("pip"))
                .args(["install", "--quiet", "--disable-pip-version-check", "--requirement"])
                .arg(&list),
        )
    });
    match installed.map(|()| fs::write(&stamp, LIST)) {
        Ok(Ok(())) => Some(bin),
        Ok(Err(error)) => {
            println!("The linters could not be installed: {error}");
            None
        }
        Err(error) => {
            println!("The linters could not be installed: {error:#}");
            None
        }
    }
}
