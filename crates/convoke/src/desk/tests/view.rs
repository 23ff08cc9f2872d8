//! What people see of a desk after each fact, on both databases.

use kernel::HubId;
use kernel::testing::{Happen, noon};

use super::{person, registration, request};
use crate::app::relay::PageArgs;
use crate::desk::decider::Request;
use crate::desk::fact::{Fact, Standing};
use crate::desk::view::{self, DeskRow, RegistrationRow};
use crate::desk::*;
use crate::event::{Capacity, EventId};
use crate::testing::{TestApp, both};

struct Town {
    app: TestApp,
    hub: HubId,
    event: EventId,
}

impl Town {
    fn new(app: TestApp) -> Self {
        let (hub, event) = (app.id(), app.id());
        Self { app, hub, event }
    }
    async fn happens(&self, facts: impl IntoIterator<Item = Fact>) -> DeskRow {
        self.app.admin_does(Some(self.hub), Happen::<Desk>::to(self.event, facts)).await;
        view::desk(self.app.journal().db(), &self.event.to_string()).await.unwrap().unwrap()
    }
    async fn registration(&self, number: u64) -> RegistrationRow {
        let id = registration(number).to_string();
        view::registration(self.app.journal().db(), &id).await.unwrap().unwrap()
    }
    async fn state(&self, number: u64) -> String {
        self.registration(number).await.state
    }
}

fn opened() -> Fact {
    Fact::DeskOpened { capacity: Capacity::Limited(3), waitlist: true }
}
fn received(number: u64, party_size: u32) -> Fact {
    let Request { registration, person, name, email, party_size, locale, note } =
        request(number, party_size);
    Fact::RegistrationReceived { registration, person, name, email, party_size, locale, note }
}
fn confirmed(number: u64, party_size: u32, from: Standing) -> Fact {
    let (registration, person) = (registration(number), person(number));
    Fact::RegistrationConfirmed { registration, person, party_size, from }
}
fn joined(number: u64, party_size: u32, order: u64) -> Fact {
    let (registration, person) = (registration(number), person(number));
    Fact::WaitlistJoined { registration, person, party_size, order }
}
fn offered(number: u64, party_size: u32) -> Fact {
    let (registration, person) = (registration(number), person(number));
    Fact::PlaceOffered { registration, person, party_size, until: noon() }
}
fn sums(row: &DeskRow) -> (i64, i64, i64) {
    (row.confirmed, row.offered, row.waiting)
}

#[tokio::test]
async fn the_sums_of_a_desk_follow_every_turn_of_its_registrations() {
    both(async |app| {
        let town = Town::new(app);
        let row = town.happens([opened()]).await;
        assert_eq!((row.capacity, row.waitlist, row.free()), (Some(3), true, Some(3)));
        let row = town
            .happens([received(1, 2), confirmed(1, 2, Standing::Received), received(2, 2)])
            .await;
        assert_eq!((sums(&row), row.registrations, row.version), ((2, 0, 0), 2, 4));
        let row = town.happens([joined(2, 2, 0), received(3, 1), joined(3, 1, 1)]).await;
        assert_eq!((sums(&row), row.free()), ((2, 0, 3), Some(1)));
        let row = town.happens([offered(3, 1)]).await;
        assert_eq!((sums(&row), row.free()), ((2, 1, 2), Some(0)));
        let row = town.happens([confirmed(3, 1, Standing::Offered)]).await;
        assert_eq!(sums(&row), (3, 0, 2));
        let party = |number, from, party_size, at| Fact::PartyChanged {
            registration: registration(number),
            from,
            party_size,
            at,
        };
        let row = town
            .happens([party(1, 2, 1, Standing::Confirmed), party(2, 2, 1, Standing::Waiting)])
            .await;
        assert_eq!(sums(&row), (2, 0, 1));
        let cancelled = Fact::RegistrationCancelled {
            registration: registration(1),
            person: person(1),
            party_size: 1,
            from: Standing::Confirmed,
            by: CancelledBy::Link,
        };
        let row = town.happens([cancelled]).await;
        assert_eq!(sums(&row), (1, 0, 1));
        let capacity = Fact::CapacityChanged {
            from: Capacity::Limited(3),
            capacity: Capacity::Unlimited,
            overbook: false,
        };
        let row = town.happens([capacity, Fact::WaitlistSwitched { waitlist: false }]).await;
        assert_eq!((row.capacity, row.free(), row.waitlist), (None, None, false));
    })
    .await;
}

#[tokio::test]
async fn a_registration_is_shown_with_its_state_whatever_became_of_it() {
    both(async |app| {
        let town = Town::new(app);
        town.happens([opened(), received(1, 2)]).await;
        let row = town.registration(1).await;
        assert_eq!((row.state.as_str(), row.party_size), ("received", 2));
        assert_eq!(row.name.as_deref(), Some("Ada"));
        assert_eq!(row.event, town.event.to_string());
        town.happens([joined(1, 2, 4)]).await;
        assert_eq!(town.registration(1).await.waitlist_order, Some(4));
        let reason = SkipReason::PartyTooLarge { party_size: 2, free: 1 };
        town.happens([Fact::PromotionSkipped { registration: registration(1), reason }]).await;
        let passed_over = town.registration(1).await.passed_over.unwrap();
        assert_eq!(serde_json::from_str::<SkipReason>(&passed_over).unwrap(), reason);
        town.happens([offered(1, 2)]).await;
        let row = town.registration(1).await;
        assert_eq!(
            (row.state.as_str(), row.offered_until),
            ("offered", Some(journal::micros(noon())))
        );
        town.happens([confirmed(1, 2, Standing::Offered)]).await;
        let row = town.registration(1).await;
        assert_eq!((row.state.as_str(), row.offered_until), ("confirmed", None));
    })
    .await;
}

#[tokio::test]
async fn who_let_an_offer_pass_or_left_is_shown_as_such() {
    both(async |app| {
        let town = Town::new(app);
        town.happens([opened()]).await;
        for number in 1..=4 {
            town.happens([received(number, 1), joined(number, 1, number)]).await;
        }
        let row = town.happens([offered(1, 1), offered(2, 1)]).await;
        assert_eq!(sums(&row), (0, 2, 2));
        let of = |number| (registration(number), person(number));
        let (registration, person) = of(1);
        let declined = Fact::OfferDeclined { registration, person, party_size: 1 };
        let (registration, person) = of(2);
        let expired = Fact::OfferExpired { registration, person, party_size: 1 };
        let (registration, person) = of(3);
        let gone = Fact::WaitlistLeft { registration, person, party_size: 1 };
        let (registration, person) = of(4);
        let (from, by) = (Standing::Waiting, CancelledBy::Host);
        let cancelled =
            Fact::RegistrationCancelled { registration, person, party_size: 1, from, by };
        let row = town.happens([declined, expired, gone, cancelled]).await;
        assert_eq!(sums(&row), (0, 0, 0));
        let mut states = vec![];
        for number in 1..=4 {
            states.push(town.state(number).await);
        }
        assert_eq!(states, ["declined", "expired", "left", "cancelled"]);
        assert_eq!(town.registration(4).await.cancelled_by.as_deref(), Some("host"));
    })
    .await;
}

#[tokio::test]
async fn lists_of_registrations_are_by_arrival_and_by_state() {
    both(async |app| {
        let town = Town::new(app);
        town.happens([opened()]).await;
        for number in 1..=3 {
            town.happens([received(number, 1), joined(number, 1, number)]).await;
        }
        town.happens([received(4, 1), confirmed(4, 1, Standing::Received)]).await;
        let db = town.app.journal().db();
        let (hub, event) = (town.hub.to_string(), town.event.to_string());
        let ids = [3, 4].map(|number| registration(number).to_string());
        let places = view::queue_places(db, &ids).await.unwrap();
        assert_eq!(places, [view::QueuePlace { id: ids[0].clone(), n: 3 }]);
        assert_eq!(view::live_registrations(db, &hub, &event).await.unwrap().len(), 4);
        let own = view::registration_of(db, &hub, &event, &person(2).to_string()).await.unwrap();
        assert_eq!(own.unwrap().id, registration(2).to_string());
        let page = PageArgs::default().window("list", &view::BY_EVENT, false).unwrap();
        let args = page.args(&hub, journal::args![&event, Some("waiting".to_owned())]);
        let rows: Vec<RegistrationRow> = db.all(page.sql(&view::BY_EVENT), args).await.unwrap();
        let ids: Vec<_> = rows.iter().map(|row| row.id.clone()).collect();
        assert_eq!(ids, [1, 2, 3].map(|number| registration(number).to_string()));
        assert_eq!(view::registrations_by_id(db, &ids).await.unwrap().len(), 3);
        assert_eq!(view::desks_by_event(db, &[event]).await.unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_rebuild_changes_no_row() {
    both(async |app| {
        let town = Town::new(app);
        town.happens([opened()]).await;
        town.happens(<Fact as kernel::Fact>::samples()).await;
        let rebuilt =
            town.app.journal().rebuild(&town.hub.to_string(), &|_done, _all| {}).await.unwrap();
        assert_eq!((rebuilt.rows, rebuilt.changed), (2, 0));
    })
    .await;
}
