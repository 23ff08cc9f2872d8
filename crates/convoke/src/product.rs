//! The product as the journal sees it: which capability projects and reacts to which fact.

use journal::{Product, Rows, Table};
use kernel::{Effect, FactError, PersonId, Recorded};

/// Raise it when a projection changes without its tables changing: all views are rebuilt at the
/// next start.
const VIEWS_VERSION: u32 = 1;

/// Calls a macro with every capability that has facts and views, in reading order. A new
/// capability is entered here and in `schema.rs`.
macro_rules! for_each_capability {
    ($call:ident) => {
        $call!(
            network,
            hub,
            account,
            issue,
            stakeholder,
            reach,
            follow,
            outbox,
            event,
            desk,
            invitation,
            reminder,
            asking,
            series,
            hackathon,
            roster,
            calendar_link
        );
    };
}

/// The rules of the product, as far as the journal applies them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Convoke;

macro_rules! implement {
    ($($room:ident),*) => {
        impl Product for Convoke {
            fn tables(&self) -> Vec<&'static Table> {
                let mut tables = Vec::new();
                $(tables.extend(crate::$room::view::tables());)*
                tables
            }

            fn views_version(&self) -> u32 {
                VIEWS_VERSION
            }

            fn project(&self, fact: &Recorded<String>, rows: &mut Rows) -> Result<(), FactError> {
                $(crate::$room::view::project_recorded(fact, rows)?;)*
                Ok(())
            }

            fn react(&self, fact: &Recorded<String>) -> Result<Vec<Effect>, FactError> {
                let mut effects = Vec::new();
                $(effects.extend(crate::$room::react::react_recorded(fact)?);)*
                Ok(effects)
            }

            fn erases(&self, fact: &Recorded<String>) -> Option<PersonId> {
                erased_person(fact)
            }
        }

        /// The names of all rejections of all capabilities.
        pub fn rejections() -> Vec<&'static str> {
            let mut names = Vec::new();
            $(names.extend(crate::$room::rejections());)*
            names
        }

        /// Every fact kind with its schema version and a sample: what the lock file holds.
        pub fn samples() -> Vec<(&'static str, u16, String)> {
            let mut samples = Vec::new();
            $(samples.extend(crate::$room::samples());)*
            samples
        }
    };
}
for_each_capability!(implement);

/// The query that finds the hub of a thing by its id, by the id's prefix.
pub fn home(id: &str) -> Option<&'static str> {
    Some(match kernel::prefix_of(id)? {
        "hub" => "SELECT id AS text FROM network_hub WHERE id = $1",
        "issue" => "SELECT journal AS text FROM issue_issue WHERE id = $1",
        "stakeholder" => "SELECT journal AS text FROM stakeholder_stakeholder WHERE id = $1",
        "event" => "SELECT journal AS text FROM event_event WHERE id = $1",
        "series" => "SELECT journal AS text FROM series_series WHERE id = $1",
        "registration" => "SELECT journal AS text FROM desk_registration WHERE id = $1",
        "invitation" => "SELECT journal AS text FROM invitation_invitation WHERE id = $1",
        "hackathon" => "SELECT journal AS text FROM hackathon_hackathon WHERE id = $1",
        "participant" => "SELECT journal AS text FROM roster_participant WHERE id = $1",
        "team" => "SELECT journal AS text FROM roster_team WHERE id = $1",
        "idea" => "SELECT journal AS text FROM roster_idea WHERE id = $1",
        "calendarlink" => "SELECT journal AS text FROM calendar_link_link WHERE id = $1",
        _ => return None,
    })
}

fn erased_person(fact: &Recorded<String>) -> Option<PersonId> {
    crate::stakeholder::erased_person(fact)
}
