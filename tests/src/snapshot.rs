//! Texts that are reviewed: a committed file, and what the server says today.
//!
//! `UPDATE_SNAPSHOTS=1 cargo test -p stories` writes them anew; the difference is read like prose.

use std::path::Path;

/// The text must be that of the file in `tests/snapshots`.
#[track_caller]
pub fn same(name: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots").join(name);
    #[expect(clippy::disallowed_methods, reason = "whoever runs the tests says so")]
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("make the folder");
        std::fs::write(&file, text).expect("write the snapshot");
        return;
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    let other = kept.lines().zip(text.lines()).find(|(kept, now)| kept != now);
    assert!(
        kept == text,
        "{} differs: {other:?}\nUPDATE_SNAPSHOTS=1 cargo test -p stories writes it anew",
        file.display()
    );
}
