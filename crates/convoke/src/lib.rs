//! What the product can do: a folder for each capability, in reading order.
//!
//! A folder's rules, views and reactions use only folders above theirs; its GraphQL types and
//! pages may refer to any, as their types refer to each other. How to add a capability: make the
//! folder, add its line here, and let the compiler and the tests ask for the rest.

pub mod network;
pub mod hub;
pub mod account;
pub mod issue;
pub mod stakeholder;
pub mod membership;
pub mod event;
pub mod desk;
pub mod invitation;
pub mod room;
pub mod hackathon;
pub mod roster;
pub mod judging;
pub mod introduction;
pub mod knowledge;
pub mod project;

pub mod text;
