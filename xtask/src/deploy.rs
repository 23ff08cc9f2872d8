//! `cargo xtask deploy-check`: the files of `deploy/` before anyone deploys them.
//!
//! No image is built and no service started; each file is held against the linter or schema made
//! for it. A linter that cannot be had here is named, not passed over. What the files must say to
//! each other (ports, commands, keys) is checked in plain tests below.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::{linters, shell};

/// How exposed the unit may be by systemd's own reckoning, in tenths: 1.5 of 10.
const EXPOSURE_MAX: &str = "15";
/// What the unit runs; not installed where it is checked.
const PROGRAM: &str = "/usr/local/bin/convoke";

/// Runs every linter that can be had.
pub(crate) fn check() -> Result<()> {
    with("hadolint", &["deploy/Dockerfile"])?;
    with("check-jsonschema", &["--builtin-schema", "vendor.compose-spec", "deploy/compose.yaml"])?;
    with("shellcheck", &[".ci/run"])?;
    compose()?;
    caddy()?;
    toml()?;
    unit()
}

/// A linter of ours with these arguments.
fn with(linter: &str, words: &[&str]) -> Result<()> {
    match linters::find(linter) {
        Some(mut command) => {
            shell::run(command.args(words))?;
            checked(linter, words.last().copied().unwrap_or_default());
        }
        None => not_checked(linter, words.last().copied().unwrap_or_default()),
    }
    Ok(())
}

fn compose() -> Result<()> {
    let file = "deploy/compose.yaml";
    if !shell::succeeds(Command::new("docker").args(["compose", "version"])) {
        not_checked("docker compose", file);
        return Ok(());
    }
    let mut command = Command::new("docker");
    command.current_dir(shell::root()).env("POSTGRES_PASSWORD", "for-the-check-only");
    shell::run(command.args(["compose", "--file", file, "config", "--quiet"]))?;
    checked("docker compose", file);
    Ok(())
}

fn caddy() -> Result<()> {
    let file = "deploy/Caddyfile";
    let Some(program) = shell::which(&["caddy"]).or_else(unpacked_caddy) else {
        not_checked("caddy", file);
        return Ok(());
    };
    let mut command = Command::new(program);
    command.current_dir(shell::root());
    command.args(["validate", "--adapter", "caddyfile", "--config", file]);
    // It tells all it does on standard error, and asks the processes for their health: quiet when
    // all is well, and once more aloud when not.
    if shell::succeeds(&mut command) {
        checked("caddy", file);
        return Ok(());
    }
    shell::run(command.stdout(Stdio::inherit()).stderr(Stdio::inherit()))
}

/// On Debian, the package's program unpacked under `target`: nothing is installed, no proxy starts.
fn unpacked_caddy() -> Option<PathBuf> {
    let folder = shell::root().join("target/linters-caddy");
    let program = folder.join("usr/bin/caddy");
    if program.is_file() {
        return Some(program);
    }
    shell::which(&["apt-get"]).and(shell::which(&["dpkg"]))?;
    fs::create_dir_all(&folder).ok()?;
    let mut download = Command::new("apt-get");
    shell::succeeds(download.current_dir(&folder).args(["download", "--quiet", "caddy"]))
        .then_some(())?;
    let package = fs::read_dir(&folder).ok()?.flatten().map(|entry| entry.path());
    let package =
        package.into_iter().find(|path| path.extension().is_some_and(|end| end == "deb"))?;
    shell::succeeds(Command::new("dpkg").arg("--extract").arg(package).arg(&folder))
        .then_some(program)
}

fn toml() -> Result<()> {
    let file = "deploy/convoke.toml";
    let program = "import sys, tomllib; tomllib.load(open(sys.argv[1], 'rb'))";
    // Python has read TOML since 3.11.
    if !shell::succeeds(Command::new("python3").args(["-c", "import tomllib"])) {
        not_checked("python3's tomllib", file);
        return Ok(());
    }
    shell::run(Command::new("python3").current_dir(shell::root()).args(["-c", program, file]))?;
    checked("python3's tomllib", file);
    Ok(())
}

fn unit() -> Result<()> {
    let file = "deploy/convoke.service";
    if shell::which(&["systemd-analyze"]).is_none() {
        not_checked("systemd-analyze", file);
        return Ok(());
    }
    // `verify` wants the program to exist, so a copy of the unit names ourselves.
    let folder = std::env::temp_dir().join(format!("convoke-unit-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let copy = folder.join("convoke.service");
    let here = std::env::current_exe()?;
    let text = fs::read_to_string(shell::root().join(file))
        .with_context(|| format!("could not read {file}"))?;
    fs::write(&copy, text.replace(PROGRAM, &here.to_string_lossy()))?;
    let verified = verify(&copy);
    let secure = shell::output(
        Command::new("systemd-analyze")
            .args(["security", "--offline=true", "--no-pager", "--threshold", EXPOSURE_MAX])
            .arg(&copy),
    );
    fs::remove_dir_all(&folder)?;
    verified?;
    // The last line holds the sum; the table above it is only of interest when it is too high.
    println!("{}", secure?.trim_end().lines().last().unwrap_or_default());
    checked("systemd-analyze", file);
    Ok(())
}

/// An unknown key is only a warning to systemd, and it also warns about units that are not ours:
/// any line that names this file is a fault.
fn verify(unit: &Path) -> Result<()> {
    let mut command = Command::new("systemd-analyze");
    let output = command.args(["verify", "--man=no"]).arg(unit).output()?;
    let words = String::from_utf8_lossy(&output.stderr);
    let faults: Vec<&str> = words.lines().filter(|line| line.contains("convoke.service")).collect();
    if !faults.is_empty() || !output.status.success() {
        bail!("systemd-analyze verify: {}\n{}", output.status, faults.join("\n"));
    }
    Ok(())
}

fn checked(linter: &str, file: &str) {
    println!("checked: {file} with {linter}");
}

fn not_checked(linter: &str, file: &str) {
    println!("NOT CHECKED: {file}; {linter} cannot be had here.");
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::PROGRAM;
    use crate::shell;

    #[track_caller]
    fn text(file: &str) -> String {
        fs::read_to_string(shell::root().join("deploy").join(file)).expect("a file of deploy/")
    }

    /// The keys of the example configuration.
    fn keys() -> Vec<String> {
        let text = text("convoke.toml");
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        lines.filter_map(|line| Some(line.split_once(" = ")?.0.to_owned())).collect()
    }

    #[test]
    fn the_example_configuration_names_each_key_once() {
        let all = [
            "database",
            "listen",
            "public_url",
            "trusted_proxies",
            "mail",
            "mail_from",
            "uid_domain",
            "log",
        ];
        assert_eq!(keys(), all);
    }

    #[test]
    fn containers_are_configured_with_keys_that_exist() {
        let keys = keys();
        for file in ["compose.yaml", "Dockerfile"] {
            for word in text(file).split(|char: char| !char.is_ascii_uppercase() && char != '_') {
                if let Some(variable) = word.strip_prefix("CONVOKE_") {
                    let key = variable.to_ascii_lowercase();
                    assert!(keys.contains(&key), "{file} sets {word}, and there is no key {key}");
                }
            }
        }
    }

    #[test]
    fn the_image_runs_as_nobody_in_particular_and_checks_itself() {
        let dockerfile = text("Dockerfile");
        assert!(dockerfile.contains("\nFROM gcr.io/distroless/cc-debian12:nonroot\n"));
        assert!(dockerfile.contains("\nUSER 65532:65532\n"));
        let check = format!(
            r#"CMD ["{PROGRAM}", "healthcheck", "--url", "http://127.0.0.1:8080/healthz"]"#
        );
        assert!(dockerfile.contains(&check));
        assert!(dockerfile.contains("CONVOKE_LISTEN=0.0.0.0:8080"));
    }

    #[test]
    fn the_proxy_knows_both_processes() {
        let compose = text("compose.yaml");
        assert!(compose.contains("\n  one:\n    <<: *convoke\n  two:\n    <<: *convoke\n"));
        assert!(text("Caddyfile").contains("reverse_proxy one:8080 two:8080 {"));
    }

    #[test]
    fn the_unit_starts_what_its_head_installs() {
        let unit = text("convoke.service");
        let start = format!("\nExecStart={PROGRAM} serve --config /etc/convoke/convoke.toml\n");
        assert!(unit.contains(&start));
        assert!(unit.contains("/etc/convoke/convoke.toml\n#"));
    }
}
