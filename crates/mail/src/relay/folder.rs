//! A folder that keeps letters, for development: `DIR/<message-id>.eml`.
//!
//! A letter is written beside its place and moved there, so a reader never sees half of one.
//! The first letter of a Message-ID stays: a repeated send changes nothing, as with a good server.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::fs;

use crate::Outcome;
use crate::message_id::{hex, hex_digits};

/// File systems allow 255 bytes; some of them count escapes.
const NAME_BYTES_MAX: usize = 120;

pub(super) async fn keep(folder: &Path, mime: &[u8]) -> Outcome {
    let parsed = mail_parser::MessageParser::new().parse_headers(mime);
    let Some(id) = parsed.as_ref().and_then(mail_parser::Message::message_id) else {
        return Outcome::Permanent { code: 554, text: "the letter has no Message-ID".into() };
    };
    match write(folder, &file_name(id), mime).await {
        Ok(text) => Outcome::Submitted { code: 250, text: text.into() },
        Err(error) => Outcome::NotReached { why: format!("folder: {error}") },
    }
}

async fn write(folder: &Path, name: &str, mime: &[u8]) -> std::io::Result<&'static str> {
    // Two writers of one letter need two unfinished files.
    static WRITES: AtomicU64 = AtomicU64::new(0);
    let place = folder.join(name);
    if fs::try_exists(&place).await? {
        return Ok("kept before");
    }
    fs::create_dir_all(folder).await?;
    let turn = WRITES.fetch_add(1, Ordering::Relaxed);
    let unfinished = folder.join(format!(".{name}.{}.{turn}", std::process::id()));
    fs::write(&unfinished, mime).await?;
    let moved = fs::rename(&unfinished, &place).await;
    if moved.is_err() {
        drop(fs::remove_file(&unfinished).await);
    }
    moved.map(|()| "kept")
}

/// A file name for a Message-ID: different ids have different names, none leaves the folder.
fn file_name(id: &str) -> String {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-_+@".contains(&b);
    let mut name = String::new();
    for byte in id.bytes() {
        // A dot is fine except where it makes `.` or a hidden file.
        if is_plain(byte) || (byte == b'.' && !name.is_empty()) {
            name.push(char::from(byte));
        } else {
            name.push('=');
            name.extend(hex(byte));
        }
    }
    if name.len() > NAME_BYTES_MAX {
        let kept: String = name.chars().take(NAME_BYTES_MAX - 33).collect();
        name = format!("{kept}-{}", hex_digits(id.as_bytes()));
    }
    format!("{name}.eml")
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_file_name_stays_in_its_folder() {
        assert_eq!(file_name("01j.login-link@hub.example"), "01j.login-link@hub.example.eml");
        assert_eq!(file_name("../../etc/passwd"), "=2e.=2f..=2fetc=2fpasswd.eml");
        assert_eq!(file_name("a/b"), "a=2fb.eml");
        assert_ne!(file_name("a=2fb"), file_name("a/b"));
        let long = "x".repeat(400);
        assert!(file_name(&long).len() < 130);
        assert_ne!(file_name(&long), file_name(&"x".repeat(401)));
    }
}
