//! `convoke dkim`: a key for letters, and the DNS record that publishes it.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::Args;
use kernel::World;
use mail::dkim;

use crate::cli::StoreFlags;
use crate::config::Config;
use crate::console::{say, warn};
use crate::usage::Usage;
use crate::wire;
use crate::world::Machine;

const EXAMPLES: &str = "\
Examples:
  convoke dkim --make /etc/convoke/dkim.pem        an Ed25519 key, and its record
  openssl genrsa -out /etc/convoke/dkim.pem 2048   an RSA key, which every receiver knows
  CONVOKE_DKIM_KEY=/etc/convoke/dkim.pem convoke dkim

Not every receiver checks Ed25519 yet (RFC 8463); those that do not treat such a letter as unsigned.
A relay that signs needs no key here. Publish the record first, then set dkim_key and start again.";

/// Which key.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Dkim {
    #[command(flatten)]
    pub(crate) store: StoreFlags,
    /// Make a key and write it there; a file that exists is never touched.
    #[arg(long, value_name = "FILE")]
    make: Option<PathBuf>,
}

impl Dkim {
    /// Makes a key if asked to, and shows the record.
    ///
    /// # Errors
    /// When there is no key, or it cannot be read, written or used.
    pub(crate) fn run(&self, config: &Config) -> Result<()> {
        let mut config = config.clone();
        if let Some(file) = &self.make {
            let world: std::sync::Arc<dyn World> = std::sync::Arc::new(Machine::default());
            write(file, &dkim::ed25519_pem(world.secret()))?;
            warn(format!("The key lies in {}; keep it to yourself.", file.display()));
            config.dkim_key = Some(file.clone());
        }
        // The domain calendars know is the database's; for the address it is only a last resort.
        let Some(signer) = wire::signer(&config, wire::likely_domain(&config))? else {
            let what = "there is no key: set dkim_key to its file, or make one with --make FILE";
            return Err(Usage::new(what).into());
        };
        let (name, text) = signer.dns_record();
        // A text of a record has at most 255 bytes (RFC 1035 §3.3.14); longer ones are cut in parts.
        let parts: Vec<String> = text
            .as_bytes()
            .chunks(250)
            .map(|part| format!("\"{}\"", String::from_utf8_lossy(part)))
            .collect();
        say(format!("{name}. IN TXT {}", parts.join(" ")))?;
        Ok(())
    }
}

/// Writes a file nobody else may read.
fn write(file: &Path, pem: &str) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file =
        options.open(file).with_context(|| format!("could not make {}", file.display()))?;
    file.write_all(pem.as_bytes()).context("could not write the key")
}
