//! The binary `convoke`: reads what is asked, and lets the right part do it.
//!
//! All wiring is here and below: configuration, clock and chance, the accept loop, the commands.
//! What the product does is said in the crate `convoke`; nothing of it is decided here.

mod cli;
mod command;
mod config;
mod console;
mod demo;
mod door;
mod inbound;
mod logs;
mod metrics;
mod serve;
mod signals;
mod status;
mod usage;
mod wire;
mod world;

use std::io;
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser as _;

use crate::cli::{Cli, Command, ServeFlags};
use crate::config::{Config, Flags};
use crate::serve::Play;
use crate::usage::{Exit, Told, Usage};

/// A quarter of what a busy server does is asking for small pieces of memory and giving them back;
/// the system's allocator takes longer about it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(fault) => return failed(&anyhow::Error::from(fault).context("could not start")),
    };
    let outcome =
        runtime.block_on(run(cli.command.unwrap_or(Command::Serve(ServeFlags::default()))));
    // What is left on the runtime is of no use to anyone; threads that block must not keep us.
    runtime.shutdown_background();
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => failed(&fault),
    }
}

fn failed(fault: &anyhow::Error) -> ExitCode {
    let reader_went = fault
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::BrokenPipe);
    if reader_went {
        return ExitCode::SUCCESS;
    }
    if let Some(Exit(code)) = fault.downcast_ref() {
        return ExitCode::from(*code);
    }
    if !fault.is::<Told>() {
        console::warn(format!("convoke: {fault:#}"));
    }
    ExitCode::from(if fault.is::<Usage>() { 2 } else { 1 })
}

fn load(flags: &Flags) -> Result<Config> {
    let config = Config::load(flags, &config::environment)?;
    logs::begin(&config.log);
    Ok(config)
}

/// A command that comes and goes logs what is wrong, and no more unless it is asked to.
fn load_quietly(flags: &Flags) -> Result<Config> {
    let config = Config::load(flags, &config::environment)?;
    let asked = flags.values.contains_key("log");
    logs::begin(if asked { &config.log } else { "warn" });
    Ok(config)
}

async fn run(command: Command) -> Result<()> {
    match command {
        Command::Serve(flags) => serve::run(load(&flags.flags())?, &Play::Plain).await,
        Command::Demo(flags) => demo::run(&flags).await,
        Command::Token(token) => token.run(&load_quietly(&token.store.flags())?).await,
        Command::Verify(verify) => verify.run(&load_quietly(&verify.store.flags())?).await,
        Command::Rebuild(rebuild) => rebuild.run(&load_quietly(&rebuild.store.flags())?).await,
        Command::Log(log) => log.run(&load_quietly(&log.store.flags())?).await,
        Command::Export(export) => export.run(&load_quietly(&export.store.flags())?).await,
        Command::Import(import) => import.run(&load_quietly(&import.store().flags())?).await,
        Command::IngestMail(mail) => mail.run(&load_quietly(&mail.store.flags())?).await,
        Command::Outbox(outbox) => outbox.run(&load_quietly(&outbox.store.flags())?).await,
        Command::Dkim(dkim) => dkim.run(&load_quietly(&dkim.store.flags())?),
        Command::AsOf(as_of) => as_of.run(&load_quietly(&as_of.store.flags())?).await,
        Command::Schema => command::schema::run(),
        Command::Check(flags) => command::check::run(&flags.flags()),
        Command::Healthcheck(check) => check.run().await,
        Command::Migrate(flags) => command::migrate(&load_quietly(&flags.flags())?).await,
        Command::Doctor(flags) => command::doctor::run(&flags.flags()).await,
    }
}
