//! What a mutation is made of: its input, its payload, and the short way between them for a
//! command about one thing.

use async_graphql::ID;
use kernel::{Act, Id, Kind, Personal};

use super::input::Call;
use super::reply::Settled;

/// Declares the inputs of mutations; each has the fields of [`Meta`](super::Meta) as well:
/// `input! { /// Which issue. AcceptIssueInput { /// The issue. issue_id: ID } }`.
#[macro_export]
macro_rules! input {
    ($($(#[$meta:meta])* $name:ident {
        $($(#[$doc:meta])* $field:ident : $type:ty),* $(,)?
    })*) => { $(
        $(#[$meta])*
        #[derive(Debug, async_graphql::InputObject, serde::Serialize)]
        pub struct $name {
            #[graphql(flatten)]
            #[serde(flatten)]
            pub(crate) meta: $crate::app::Meta,
            $($(#[$doc])* pub(crate) $field: $type,)*
        }
    )* };
}

/// Declares a mutation's input and its payload: their names are the mutation's own.
#[macro_export]
macro_rules! input_and_payload {
    (
        $(#[$meta:meta])* $input:ident => $payload:ident {
            #[$doc:meta] $object:ident : $type:ty
        } { $($fields:tt)* }
    ) => {
        $crate::input! { $(#[$meta])* $input { $($fields)* } }
        $crate::payloads! {
            #[$doc] $object: $type;
            /// What came of it.
            $payload
        }
    };
}

/// Declares the payloads of mutations that answer with one object, loaded by its id:
/// `payloads! { /// The issue. issue: Issue; /// What came of it. AcceptIssuePayload, … }`.
/// Build one with `Payload::shown(settled).await`.
#[macro_export]
macro_rules! payloads {
    (#[$doc:meta] $field:ident : $type:ty; $($(#[$meta:meta])* $name:ident),* $(,)?) => { $(
        $crate::payload! { $(#[$meta])* $name { #[$doc] $field: $type } }

        impl $name {
            /// The payload with the object as it is now.
            ///
            /// # Errors
            /// Faults of the database.
            pub async fn shown(
                settled: $crate::app::reply::Settled,
            ) -> async_graphql::Result<Self> {
                let load = |read, id: String| async move { <$type>::load(&read, &id).await };
                let object = settled.load(load).await?;
                Ok(Self::new(settled, object))
            }
        }
    )* };
}

impl Call {
    /// A text of whoever gives the command; of a pseudonym of its own when nobody is known.
    pub fn own(&self, said: String) -> Personal<String> {
        Personal::new(self.viewer().person.unwrap_or_else(|| self.app().id()), said)
    }

    /// Gives a command about the one thing an id of the input names, to the hub it belongs to.
    /// `act` reads what else the input says; its faults are gathered behind those of the id.
    ///
    /// # Errors
    /// As [`Call::give`].
    pub async fn give_about<K: Kind, A: Act>(
        mut self,
        field: &str,
        id: &ID,
        act: impl FnOnce(&mut Self, Id<K>) -> A,
    ) -> async_graphql::Result<Settled> {
        let id = self.id(field, id);
        let hub = self.hub_of(field, id).await?;
        let act = act(&mut self, id);
        self.give(Some(hub), act).await
    }
}
