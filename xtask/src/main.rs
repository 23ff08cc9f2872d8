//! The project's chores: `cargo xtask test | check | tidy | schema | postgres | deploy-check`.
//!
//! Everything a developer or a build server does to the repository is a sub-command here, so that
//! nothing has to be installed before the first one runs. It is compiled on every fresh clone and
//! therefore depends on almost nothing; it refuses to hold product code.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a chore talks to the person who runs it"
)]
#![expect(
    clippy::disallowed_methods,
    reason = "the clock and the environment are what a chore works with; the ban is for the product"
)]

mod check;
mod deny;
mod deploy;
mod linters;
mod needs;
mod postgres;
mod schema;
mod shell;
mod suite;
mod tidy;

use std::process::ExitCode;

const HELP: &str = "\
The project's chores: cargo xtask COMMAND

  test [-- ARGS]   everything: builds the binary, starts a private PostgreSQL, runs all tests,
                   the licence rules, the deployment files and the house rules.
                   ARGS go to `cargo test`.
  tidy             the house rules alone: floors, rooms, file heads, lengths, forbidden words
  check            formatting, clippy with warnings as errors, licences, spelling
  schema           writes schema.graphql from the binary
  postgres         starts a private PostgreSQL and keeps it until Enter or Ctrl-C
  deploy-check     every linter for deploy/ that can be had here
";

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let command = words.next().unwrap_or_default();
    let rest: Vec<String> = words.collect();
    let done = match (command.as_str(), rest.as_slice()) {
        ("test", rest) => suite::run(rest.strip_prefix(&["--".to_owned()]).unwrap_or(rest)),
        ("tidy", []) => tidy::run(),
        ("check", []) => check::run(),
        ("schema", []) => schema::write(),
        ("postgres", []) => postgres::serve(),
        ("deploy-check", []) => deploy::check(),
        ("" | "help" | "--help" | "-h", _) => {
            print!("{HELP}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprint!("No such chore: {command} {}\n\n{HELP}", rest.join(" "));
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
