//! The way back: a guest answers in her calendar program, and the hub knows.
//!
//! Three answers through the three doors of the built binary: a pipe, HTTP, and LMTP over a unix
//! socket, each to the address its invitation names as organizer. Then what must not come in; and
//! what else a calendar may say: another time, the invitation again, somebody else in her stead.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a story stops at the first surprise"
)]

mod asking;
mod hostile;
mod scene;

use std::time::{Duration, Instant};

use scene::{DOMAIN, KEY, Scene};
use stories::both;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_guests_answer_through_three_doors_and_the_hub_knows() {
    both(async |world| {
        let scene = Scene::new(world).await;
        let [pipe, http, lmtp] = scene.guests.as_slice() else { panic!("three guests") };
        assert!(scene.guests.iter().all(|guest| guest.organizer.ends_with(DOMAIN)));

        assert_eq!(scene.pipes(&pipe.organizer, &pipe.answers("ACCEPTED")), Some(0));
        assert_eq!(scene.posts(&http.organizer, http.answers("DECLINED"), KEY).await, 202);
        assert!(scene.hands_over(&lmtp.organizer, &lmtp.answers("TENTATIVE")).await);

        let applied = |state: &str, door: &str| (state.into(), door.into(), "APPLIED".to_owned());
        let expected = [
            applied("ACCEPTED", "command"),
            applied("DECLINED", "http"),
            applied("TENTATIVE", "lmtp"),
        ];
        let begun = Instant::now();
        while scene.seen().await != expected {
            assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", scene.seen().await);
            tokio::time::sleep(Duration::from_millis(100)).await;
        }

        // What must not come in: nobody's addresses, and mails without proof.
        let nobody =
            format!("rsvp+invitation_01m810ajzrec8bxcvem476tj7e.aaaaaaaaaaaaaaaa@{DOMAIN}");
        let yes = http.answers("ACCEPTED");
        assert_eq!(scene.pipes(&nobody, &yes), Some(67), "sysexits.h: EX_NOUSER");
        assert_eq!(scene.posts(&nobody, yes.clone(), KEY).await, 404);
        assert!(!scene.hands_over(&nobody, &yes).await);
        let wrong = "another key that is as long as ours is";
        assert_eq!(scene.posts(&http.organizer, yes, wrong).await, 401);
        assert_eq!(scene.seen().await, expected);
        scene.world.verifies();
    })
    .await;
}
