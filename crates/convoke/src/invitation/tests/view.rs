//! What people see of invitations after each fact, on both databases.

use kernel::testing::{Happen, id, noon};
use kernel::{HubId, Personal};

use crate::invitation::fact::{Addressee, Answer, Fact, Via};
use crate::invitation::view::{self, InvitationRow};
use crate::invitation::*;
use crate::testing::{TestApp, both};

fn to(generation: u32) -> Addressee {
    Addressee {
        invitation: id(300 + u64::from(generation)),
        generation,
        event: id(77),
        stakeholder: id(201),
        person: id(1001),
    }
}
fn reason() -> Personal<String> {
    Personal::new(id(1001), "You run the food bank next door.".into())
}
fn sent(generation: u32) -> Fact {
    Fact::InvitationSent { to: to(generation), expires_at: noon(), series: None }
}

struct Town {
    app: TestApp,
    hub: HubId,
}

impl Town {
    fn new(app: TestApp) -> Self {
        let hub = app.id();
        Self { app, hub }
    }
    async fn happens(&self, facts: impl IntoIterator<Item = Fact>) -> InvitationRow {
        let facts: Vec<_> = facts.into_iter().collect();
        let generation = facts[0].to().generation;
        let stream = stream_of(id(77), id(201));
        self.app.admin_does(Some(self.hub), Happen::<Invitation>::to(stream, facts)).await;
        self.row(generation).await
    }
    async fn row(&self, generation: u32) -> InvitationRow {
        let id = to(generation).invitation.to_string();
        view::invitation(self.app.journal().db(), &id).await.unwrap().unwrap()
    }
}

#[tokio::test]
async fn an_invitation_is_shown_from_its_sending_to_its_answers() {
    both(async |app| {
        let town = Town::new(app);
        let row = town.happens([Fact::InvitationPrepared { to: to(1), reason: reason() }]).await;
        assert_eq!((row.state.as_str(), row.generation), ("prepared", 1));
        assert_eq!(row.reason.as_deref(), Some("You run the food bank next door."));
        let row = town.happens([sent(1)]).await;
        assert_eq!((row.state.as_str(), row.sent_at), ("sent", Some(journal::micros(noon()))));
        let given = Fact::RsvpGiven {
            to: to(1),
            answer: Answer::Accepted,
            via: Via::Calendar,
            sequence: 2,
            at: noon(),
            registration: Some(id(5)),
            stop: false,
        };
        let row = town.happens([given]).await;
        assert_eq!((row.state.as_str(), row.answer.as_deref()), ("accepted", Some("accepted")));
        assert_eq!((row.via.as_deref(), row.answered_sequence), (Some("calendar"), Some(2)));
        assert!(row.registration.is_some());
        let changed = Fact::RsvpChanged {
            to: to(1),
            from: Answer::Accepted,
            answer: Answer::Declined,
            via: Via::Link,
            sequence: 2,
            at: noon(),
            registration: None,
            stop: true,
        };
        let row = town.happens([changed]).await;
        assert_eq!((row.state.as_str(), row.registration, row.stop), ("declined", None, true));
    })
    .await;
}

#[tokio::test]
async fn a_new_generation_has_a_row_of_its_own_and_the_old_one_keeps_its_end() {
    both(async |app| {
        let town = Town::new(app);
        town.happens([Fact::InvitationPrepared { to: to(1), reason: reason() }, sent(1)]).await;
        let row = town.happens([Fact::InvitationExpired { to: to(1) }]).await;
        assert_eq!(row.state, "expired");
        town.happens([Fact::InvitationReopened { to: to(2), reason: reason() }, sent(2)]).await;
        assert_eq!(town.row(1).await.state, "expired");
        let (hub, db) = (town.hub.to_string(), town.app.journal().db());
        let (event, stakeholder) = (to(2).event.to_string(), to(2).stakeholder.to_string());
        let newest = view::newest_of(db, &hub, &event, &stakeholder).await.unwrap().unwrap();
        assert_eq!((newest.generation, newest.state.as_str()), (2, "sent"));
        assert_eq!(
            view::live_invitations(db, &hub, &event).await.unwrap(),
            std::slice::from_ref(&newest)
        );
        let counts = view::counts(db, &hub, std::slice::from_ref(&event)).await.unwrap();
        assert_eq!(counts.iter().map(|count| count.n).sum::<i64>(), 2);
        assert_eq!(view::invitations_by_id(db, &[newest.id]).await.unwrap().len(), 1);
        let row = town.happens([Fact::InvitationRevoked { to: to(2) }]).await;
        assert_eq!(row.state, "revoked");
        let rebuilt = town.app.journal().rebuild(&hub, &|_done, _all| {}).await.unwrap();
        assert_eq!((rebuilt.rows, rebuilt.changed), (2, 0));
    })
    .await;
}
