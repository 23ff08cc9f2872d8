//! What the product can do: a folder for each capability, in reading order.
//!
//! A folder's rules, views and reactions use only folders above theirs; its GraphQL types and
//! pages may refer to any, as their types refer to each other. How to add a capability: make the
//! folder, add its line here, and let the compiler and the tests ask for the rest.

pub mod app;
pub mod can;
pub mod live;
pub mod pages;
pub mod product;
pub mod roots;
pub mod schema;
pub mod site;
#[cfg(any(test, feature = "testing"))]
pub mod testing;

pub mod account;
pub mod asking;
pub mod calendar_link;
pub mod desk;
pub mod event;
pub mod follow;
pub mod hackathon;
pub mod hub;
pub mod intake;
pub mod introduction;
pub mod invitation;
pub mod issue;
pub mod judging;
pub mod knowledge;
pub mod membership;
pub mod network;
pub mod outbox;
pub mod project;
pub mod reach;
pub mod reminder;
pub mod room;
pub mod roster;
pub mod series;
pub mod stakeholder;

pub mod feed;
pub mod inbound;
pub mod letter;
pub mod work;

pub mod text;
