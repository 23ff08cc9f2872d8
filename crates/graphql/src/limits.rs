//! What one caller may ask of the server, in figures.
//!
//! Every bound of the transport is here, with its unit and its reason, so that an operator reads one
//! page to know what will be refused. The defaults are the product's; configuration may change them.

use std::time::Duration;

/// The bounds of the transport. A value is the largest that is still accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of an HTTP body: the document, its variables and the JSON around them (256 KiB).
    pub body_bytes_max: usize,
    /// How long a client may take to send its body (10 s), so that trickled bytes hold nothing.
    pub body_time: Duration,
    /// Bytes of a document (16 KiB). The longest that our own pages send is a tenth of it.
    pub document_bytes_max: usize,
    /// Nested brackets of any kind, counted before parsing (64): the parser is recursive, and its
    /// own bound covers selections only, not lists, objects and types.
    pub brackets_max: usize,
    /// Nested fields (15): the usual introspection query just fits.
    pub depth_max: u32,
    /// Fields after fragments are put in their places (1,000).
    pub fields_max: u64,
    /// Aliases after fragments are put in their places (30).
    pub aliases_max: u64,
    /// Fields of the operation's root (20).
    pub root_fields_max: u64,
    /// Directives on one field, fragment or operation (8).
    pub directives_max: usize,
    /// Fragments defined in a document (64).
    pub fragments_max: usize,
    /// Operations defined in a document (10).
    pub operations_max: usize,
    /// Introspection lists (`fields`, `interfaces`, `possibleTypes`, `inputFields`) within each
    /// other (2): every further level multiplies the answer by the size of the schema.
    pub introspection_lists_max: u32,
    /// Rows a connection is taken to return when the document does not say (20).
    pub page_rows_default: u64,
    /// Cost of one operation for a caller who is not signed in (1,000).
    pub cost_anonymous_max: u64,
    /// Cost of one operation for a caller who is signed in (5,000).
    pub cost_signed_in_max: u64,
    /// Cost per minute for a caller who is not signed in (5,000).
    pub minute_anonymous_max: u64,
    /// Cost per minute for a caller who is signed in (50,000).
    pub minute_signed_in_max: u64,
    /// Callers whose spending is remembered (10,000); the one seen longest ago is forgotten first.
    pub callers_max: usize,
    /// How long a query or a mutation may run (5 s). A subscription has no such bound.
    pub operation_time: Duration,
    /// How long a socket may stay without `connection_init` (5 s).
    pub init_time: Duration,
    /// Operations running at once on one socket (20).
    pub socket_operations_max: usize,
    /// Bytes of one message that comes in over a socket (64 KiB).
    pub message_bytes_max: usize,
    /// Pause between signs of life on a stream, and between checks that its reader is still
    /// welcome (12 s): shorter than the idle limit of the usual proxies.
    pub keep_alive: Duration,
    /// How long a client may take to read one message (10 s) before its socket is given up.
    pub send_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes_max: 256 * 1024,
            body_time: Duration::from_secs(10),
            document_bytes_max: 16 * 1024,
            brackets_max: 64,
            depth_max: 15,
            fields_max: 1_000,
            aliases_max: 30,
            root_fields_max: 20,
            directives_max: 8,
            fragments_max: 64,
            operations_max: 10,
            introspection_lists_max: 2,
            page_rows_default: 20,
            cost_anonymous_max: 1_000,
            cost_signed_in_max: 5_000,
            minute_anonymous_max: 5_000,
            minute_signed_in_max: 50_000,
            callers_max: 10_000,
            operation_time: Duration::from_secs(5),
            init_time: Duration::from_secs(5),
            socket_operations_max: 20,
            message_bytes_max: 64 * 1024,
            keep_alive: Duration::from_secs(12),
            send_time: Duration::from_secs(10),
        }
    }
}

impl Limits {
    /// The cost one operation may have.
    pub(crate) fn cost_max(&self, signed_in: bool) -> u64 {
        if signed_in { self.cost_signed_in_max } else { self.cost_anonymous_max }
    }

    /// The cost a caller may spend within a minute.
    pub(crate) fn minute_max(&self, signed_in: bool) -> u64 {
        if signed_in { self.minute_signed_in_max } else { self.minute_anonymous_max }
    }

    /// Levels of selection sets, spreads and inline fragments together. They cost no field, and the
    /// executor walks them recursively, so they have a bound of their own.
    pub(crate) fn nest_max(&self) -> u32 {
        self.depth_max.saturating_mul(4)
    }
}
