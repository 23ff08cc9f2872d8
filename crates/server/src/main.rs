//! The binary `convoke`.
fn main() {}
