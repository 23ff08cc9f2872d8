//! A new address: asked for, proved, and only then used.

use chrono::Duration;
use kernel::Personal;
use kernel::testing::{given, id, noon, samples_are_read_back};

use crate::stakeholder::address::{Address, Command, Fact, HOLDS, Rejection};

fn email() -> Personal<String> {
    Personal::new(id(9), "soup@new.example".to_owned())
}

fn requested(change: u32, hours: i64) -> Fact {
    let at = noon() + Duration::hours(hours);
    Fact::EmailChangeRequested { change, person: id(9), email: email(), at, until: at + HOLDS }
}

fn request() -> Command {
    Command::Request { person: id(9), email: email() }
}

fn prove(change: u32) -> Command {
    let from = Some(Personal::new(id(9), "soup@example.org".to_owned()));
    Command::Prove { change, person: id(9), email: email(), from }
}

#[test]
fn only_the_newest_change_is_proved_and_only_once() {
    let changed = || Fact::EmailChanged {
        change: 1,
        person: id(9),
        email: email(),
        from: Some(Personal::new(id(9), "soup@example.org".to_owned())),
    };
    let gone = || Rejection::EmailChangeGone {};
    given::<Address>([]).when(request()).then([requested(1, 0)]);
    given::<Address>([requested(1, 0)]).when(prove(1)).then([changed()]);
    given::<Address>([requested(1, 0), changed()]).when(prove(1)).then_rejected(gone());
    given::<Address>([requested(1, 0), requested(2, 0)]).when(prove(1)).then_rejected(gone());
    given::<Address>([requested(1, -24 * 7)]).when(prove(1)).then_rejected(gone());
    given::<Address>([]).when(prove(1)).then_rejected(gone());
}

#[test]
fn few_strangers_get_a_letter_a_day() {
    let five = |hours| (1..=5).map(move |change| requested(change, hours));
    given::<Address>(five(-1))
        .when(request())
        .then_rejected(Rejection::TooManyEmailChanges { max: 5 });
    given::<Address>(five(-24)).when(request()).then([requested(6, 0)]);
}

#[test]
fn what_is_stored_can_be_read_back() {
    samples_are_read_back::<Fact>();
}
