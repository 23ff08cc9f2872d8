//! `convoke check`: each setting with its value and where it came from.

use anyhow::Result;

use crate::config::{self, Config, Flags, KEYS};
use crate::console::{say, warn};

/// Shows the settings. A setting that cannot be used is an error that names it.
///
/// # Errors
/// As [`Config::load`].
pub(crate) fn run(flags: &Flags) -> Result<()> {
    let config = Config::load(flags, &config::environment)?;
    for line in lines(&config) {
        say(line)?;
    }
    for stray in config::strays() {
        warn(format!("{stray} begins like one of ours and means nothing"));
    }
    Ok(())
}

/// A line for each key: name, value (secrets masked), source.
pub(crate) fn lines(config: &Config) -> Vec<String> {
    let width = KEYS.iter().map(|key| key.name.len()).max().unwrap_or_default();
    let shown: Vec<_> = config
        .given
        .iter()
        .map(|(key, given)| {
            let value = match given.text.as_str() {
                "" => format!("({})", key.derived),
                text if key.secret => journal::masked(text),
                text => text.to_owned(),
            };
            (key.name, value, given.source.to_string())
        })
        .collect();
    let wide = shown.iter().map(|(_, value, _)| value.chars().count()).max().unwrap_or_default();
    shown
        .into_iter()
        .map(|(name, value, source)| format!("{name:width$}  {value:wide$}  {source}"))
        .collect()
}
