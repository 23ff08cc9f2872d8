//! `bench ratios`: what the product costs beside the bare limit of the same database, or beside a
//! bare HTTP handler that returns the same bytes.
//!
//! Absolute figures of a shared machine mean nothing, so each case runs with its twin in turn, in
//! one process, and the figure is the median of the ratios of the pairs. It prints a JSON line a
//! case, a table at the end, and fails when a ratio is below its floor. It refuses to compare two
//! sides of unlike durability: there is no switch for that.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::as_conversions,
    clippy::cast_precision_loss,
    reason = "a program that prints figures"
)]
#![cfg_attr(
    not(feature = "product"),
    allow(dead_code, reason = "used by the cases of the product")
)]

mod case;
mod cluster;
mod counts;
mod drive;
#[cfg(feature = "product")]
mod load;
mod note;
mod pair;
mod place;
mod raw;
mod regime;
mod report;
#[cfg(feature = "product")]
mod town;
mod world;

use std::process::ExitCode;
use std::time::Duration;

/// The product's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::case::Case;
use crate::pair::Setting;
use crate::place::Place;
use crate::regime::Regime;

#[derive(Parser)]
#[command(about, disable_version_flag = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs each case in turn with its twin and prints the ratios.
    Ratios(Ratios),
    /// Lists the cases.
    Cases,
}

/// How to run.
#[derive(clap::Args)]
struct Ratios {
    /// What a fsync costs: `sim` 1 ms, `free` nothing (both on files in memory), `disk` whatever
    /// the disk takes.
    #[arg(long, default_value = "sim")]
    regime: Regime,
    /// Pairs of each case.
    #[arg(long, default_value_t = 5)]
    reps: usize,
    /// Seconds each side of a pair runs.
    #[arg(long, default_value_t = 1.0)]
    secs: f64,
    /// Only these cases: `append32-sqlite`, or `append32` for both databases.
    #[arg(long = "case")]
    cases: Vec<String>,
}

fn main() -> Result<ExitCode> {
    match Cli::parse().command {
        Command::Cases => {
            for case in Case::all() {
                println!("{:<18} {}", case.name(), case.about());
            }
            Ok(ExitCode::SUCCESS)
        }
        Command::Ratios(asked) => {
            let cases = Case::chosen(&asked.cases)?;
            // The shim must be loaded before us: we start ourselves again beneath it.
            asked.regime.enter()?;
            tokio::runtime::Builder::new_multi_thread()
                .enable_all()
                .build()?
                .block_on(ratios(&asked, cases))
        }
    }
}

async fn ratios(asked: &Ratios, cases: Vec<Case>) -> Result<ExitCode> {
    report::log_like_the_product()?;
    let regime = asked.regime.in_force();
    let setting = Setting { reps: asked.reps.max(1), time: Duration::from_secs_f64(asked.secs) };
    let mut place = Place::make(regime)?;
    println!("{}", report::header(&place, &setting)?);
    let mut done = Vec::new();
    for case in cases {
        eprintln!("{} …", case.name());
        let outcome = tokio::select! {
            outcome = case.run(&mut place, &setting) => outcome?,
            // The files are removed, and the server stopped, on the way out.
            _ = tokio::signal::ctrl_c() => anyhow::bail!("stopped by Ctrl-C"),
        };
        println!("{}", report::line(&outcome, &place)?);
        done.push(outcome);
    }
    println!("\n{}", report::table(&done));
    println!("{}", report::footer(&place)?);
    let below = done.iter().filter(|outcome| outcome.is_below()).count();
    if below > 0 {
        eprintln!("{below} below the floor");
    }
    Ok(if below == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
