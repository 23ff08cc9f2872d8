//! Helpers about fact kinds that every capability uses in the same way.

use kernel::{Fact, schema_of};

/// Every kind of one capability with its schema version and a sample payload.
pub fn samples_of<F: Fact>() -> Vec<(&'static str, u16, String)> {
    F::samples()
        .into_iter()
        .map(|sample| {
            let kind = sample.kind();
            // A fact that cannot be written as JSON could not be recorded either.
            let whole = serde_json::to_string(&sample).unwrap_or_default();
            let payload = whole
                .strip_prefix(&format!("{{\"{kind}\":"))
                .and_then(|rest| rest.strip_suffix('}'))
                .unwrap_or_default()
                .to_owned();
            (kind, schema_of::<F>(kind), payload)
        })
        .collect()
}
