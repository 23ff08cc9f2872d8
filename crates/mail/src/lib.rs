//! A letter becomes MIME and leaves; a reply comes in.
