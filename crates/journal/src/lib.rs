//! Facts go in once, come out in order, and views follow.
//!
//! The only crate that runs SQL: the append-only journal of every hub, its appender, the views
//! that are written in the append's transaction, the outbox, and the keys of persons. It knows
//! nothing of the product; a [`Product`] tells it what facts mean for views and effects.
//!
//! Reading order: [`Order`] and [`Answer`] (what goes in and comes back), `batch` (how a batch is
//! decided and written), `appender` (who writes), `rows`, `tables` and `frame` (how views are
//! written), `sql` and `db` (how queries are written and run), `views` (rebuild and the past).

mod appender;
mod asking;
mod batch;
mod cache;
mod chain;
mod connect;
mod db;
mod directory;
mod error;
mod frame;
mod heads;
pub mod inbox;
mod journal;
mod keys;
pub mod mails;
mod order;
pub mod outbox;
mod product;
mod read;
mod rows;
mod seal;
mod sql;
mod statistics;
mod store;
mod tables;
pub mod testing;
pub mod tidy;
mod turn;
mod verify;
mod views;

pub use appender::CrashPoint;
pub use chain::hex;
pub use connect::{Use, masked};
pub use db::{Db, Tx};
pub use error::{Error, Result};
pub use journal::{Journal, NETWORK, Options};
pub use keys::Keyring;
pub use order::{Answer, Fault, Order, Outcome, Receipt};
pub use product::Product;
pub use rows::{Cell, Col, Rows, Table, Type, Values, boolean, cell, int, personal, real, text};
pub use sql::{Arg, Count, OneText, Record, Row, Sql, instant, json_list, micros};
pub use verify::Verified;
pub use views::{Past, Rebuilt};
