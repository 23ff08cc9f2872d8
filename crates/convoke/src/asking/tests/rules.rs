//! The rules of proposals, of asking again, and of those who were not invited.

use calendar::Ours;
use chrono::{DateTime, Duration, Utc};
use kernel::Personal;
use kernel::testing::{given, id, noon, samples_are_read_back};

use crate::asking::attendance::{self, Attendance};
use crate::asking::decider::{
    Asking, Command, HELD_A_DAY, HOLDS, PROPOSALS_MAX, Proposal, Rejection,
};
use crate::asking::{Fact, Guest};
use crate::invitation::Answer;

fn guest() -> Guest {
    Guest {
        event: id(77),
        person: id(4),
        stakeholder: Some(id(3)),
        invitation: Some(id(1)),
        registration: None,
    }
}

fn at(hours: i64) -> DateTime<Utc> {
    noon() + Duration::hours(hours)
}

fn asked(hours: i64, sequence: u32, seconds: i64) -> Proposal {
    Proposal {
        starts_at: at(hours),
        ends_at: at(hours + 2),
        comment: None,
        answer: Some(Answer::Tentative),
        sequence: Some(sequence),
        stamped_at: Some(noon() + Duration::seconds(seconds)),
        ours: Ours { current: 1, time_changed: 1 },
    }
}

fn proposes(hours: i64, sequence: u32, seconds: i64) -> (Guest, Command) {
    (guest(), Command::Propose(Box::new(asked(hours, sequence, seconds))))
}

fn proposed(proposal: u32, replaces: Option<u32>, hours: i64, seconds: i64) -> Fact {
    Fact::TimeProposed {
        guest: guest(),
        proposal,
        replaces,
        starts_at: at(hours),
        ends_at: at(hours + 2),
        comment: None,
        answer: Some(Answer::Tentative),
        sequence: 1,
        at: noon() + Duration::seconds(seconds),
    }
}

#[test]
fn a_newer_proposal_replaces_the_one_that_is_open() {
    given::<Asking>([]).when(proposes(50, 1, 0)).then([proposed(1, None, 50, 0)]);
    let one = || [proposed(1, None, 50, 0)];
    given::<Asking>(one()).when(proposes(60, 1, 5)).then([proposed(2, Some(1), 60, 5)]);
    given::<Asking>(one()).when(proposes(50, 1, 5)).then_nothing();
    given::<Asking>(one()).when(proposes(60, 1, 0)).then_nothing();
    let stale = Rejection::StaleReply { sequence: 1, current: 1, answered_at: Some(noon()) };
    given::<Asking>(one()).when(proposes(60, 1, -5)).then_rejected(stale);
    let old = Rejection::StaleReply { sequence: 0, current: 1, answered_at: None };
    given::<Asking>([]).when(proposes(60, 0, 5)).then_rejected(old);
    // A version we never sent, and a clock far ahead, lock nobody out.
    let far = proposes(50, 4_000_000, 400_000_000);
    given::<Asking>([]).when(far).then([proposed(1, None, 50, 0)]);
}

#[test]
fn what_has_passed_or_ends_too_early_is_no_time_and_there_is_a_limit() {
    given::<Asking>([]).when(proposes(-1, 1, 0)).then_rejected(Rejection::ProposedTimePassed {});
    let mut backwards = asked(50, 1, 0);
    backwards.ends_at = backwards.starts_at;
    given::<Asking>([])
        .when((guest(), Command::Propose(Box::new(backwards))))
        .then_rejected(Rejection::ProposedTimePassed {});
    let many = (1..=PROPOSALS_MAX)
        .map(|n| proposed(n, (n > 1).then(|| n - 1), 50 + i64::from(n), i64::from(n)));
    given::<Asking>(many.collect::<Vec<_>>())
        .when(proposes(200, 1, 500))
        .then_rejected(Rejection::TooManyProposals { max: PROPOSALS_MAX });
}

#[test]
fn an_open_proposal_is_taken_or_declined_once() {
    let one = || vec![proposed(1, None, 50, 0)];
    let taken = || Fact::ProposedTimeTaken { guest: guest(), proposal: 1 };
    given::<Asking>(one()).when((guest(), Command::Take { proposal: 1 })).then([taken()]);
    let why = Some(Personal::new(id(9), "No room then.".to_owned()));
    let declined =
        Fact::ProposedTimeDeclined { guest: guest(), proposal: 1, sequence: 1, why: why.clone() };
    let decline = Command::Decline { proposal: 1, why };
    given::<Asking>(one()).when((guest(), decline.clone())).then([declined]);
    for command in [decline, Command::Take { proposal: 1 }] {
        given::<Asking>([one(), vec![taken()]].concat())
            .when((guest(), command))
            .then_rejected(Rejection::ProposalNotOpen { proposal: 1 });
    }
    given::<Asking>(one())
        .when((guest(), Command::Take { proposal: 2 }))
        .then_rejected(Rejection::ProposalNotOpen { proposal: 2 });
}

#[test]
fn the_invitation_is_sent_again_once_an_hour() {
    let sent = |minutes| Fact::InvitationResent {
        guest: guest(),
        at: noon() - Duration::minutes(minutes),
    };
    given::<Asking>([]).when((guest(), Command::Resend)).then([sent(0)]);
    given::<Asking>([sent(60)]).when((guest(), Command::Resend)).then([sent(0)]);
    given::<Asking>([sent(59)])
        .when((guest(), Command::Resend))
        .then_rejected(Rejection::ResentRecently { at: noon() - Duration::minutes(59) });
}

fn request() -> attendance::Command {
    let person = id(6);
    attendance::Command::Request(Box::new(attendance::Request {
        event: id(77),
        person,
        email: Personal::new(person, "bea@example.org".to_owned()),
        name: None,
        comment: None,
        through: Some(id(4)),
        delegated: false,
    }))
}

fn requested() -> attendance::Fact {
    let person = id(6);
    attendance::Fact::AttendanceRequested {
        event: id(77),
        person,
        email: Personal::new(person, "bea@example.org".to_owned()),
        name: None,
        comment: None,
        through: Some(id(4)),
        delegated: false,
    }
}

#[test]
fn who_was_not_invited_is_asked_about_once() {
    use attendance::{Command, Fact, Rejection};
    let accepted =
        || Fact::AttendanceRequestAccepted { event: id(77), person: id(6), stakeholder: id(3) };
    let declined = |told| Fact::AttendanceRequestDeclined { event: id(77), person: id(6), told };
    let accept = || Command::Accept { stakeholder: id(3) };
    given::<Attendance>([]).when(request()).then([requested()]);
    given::<Attendance>([requested()]).when(request()).then_nothing();
    given::<Attendance>([requested()]).when(accept()).then([accepted()]);
    given::<Attendance>([requested()]).when(Command::Decline { tell: true }).then([declined(true)]);
    given::<Attendance>([requested(), accepted()]).when(accept()).then_nothing();
    given::<Attendance>([requested(), accepted()]).when(request()).then_nothing();
    given::<Attendance>([requested(), accepted()])
        .when(Command::Decline { tell: false })
        .then_rejected(Rejection::RequestAccepted {});
    given::<Attendance>([requested(), declined(false)])
        .when(request())
        .then_rejected(Rejection::RequestDeclined {});
    given::<Attendance>([requested(), declined(false)])
        .when(accept())
        .then_rejected(Rejection::RequestDeclined {});
    given::<Attendance>([]).when(accept()).then_rejected(Rejection::NoRequestToAttend {});
}

#[test]
fn what_is_stored_can_be_read_back() {
    samples_are_read_back::<Fact>();
    samples_are_read_back::<attendance::Fact>();
}

#[test]
fn an_unproved_answer_waits_for_her_word_once_and_few_of_them_a_day() {
    let hold = |answer| (guest(), Command::Hold { answer });
    let held = |held, answer, hours| Fact::AnswerHeld {
        guest: guest(),
        held,
        answer,
        at: at(hours),
        until: at(hours) + HOLDS,
    };
    let one = || held(1, Answer::Accepted, 0);
    given::<Asking>([]).when(hold(Answer::Accepted)).then([one()]);
    given::<Asking>([one()]).when(hold(Answer::Accepted)).then_nothing();
    given::<Asking>([one()]).when(hold(Answer::Declined)).then([held(2, Answer::Declined, 0)]);
    let three = [one(), held(2, Answer::Declined, 0), held(3, Answer::Tentative, 0)];
    given::<Asking>(three.clone())
        .when(hold(Answer::Accepted))
        .then_rejected(Rejection::TooManyUnproved { max: HELD_A_DAY });
    let yesterday = [held(1, Answer::Accepted, -25), three[1].clone(), three[2].clone()];
    given::<Asking>(yesterday).when(hold(Answer::Accepted)).then([held(4, Answer::Accepted, 0)]);

    let confirm = |held| (guest(), Command::Confirm { held });
    let confirmed = Fact::HeldAnswerConfirmed { guest: guest(), held: 1 };
    given::<Asking>([one()]).when(confirm(1)).then([confirmed.clone()]);
    let gone = || Rejection::HeldAnswerGone {};
    given::<Asking>([one()]).when(confirm(2)).then_rejected(gone());
    given::<Asking>([one(), confirmed]).when(confirm(1)).then_rejected(gone());
    let old = held(1, Answer::Accepted, -24 * 7);
    given::<Asking>([old]).when(confirm(1)).then_rejected(gone());
}

#[test]
fn an_address_that_changed_is_followed_once() {
    let from = || Personal::new(id(4), "ada@old.example".to_owned());
    let moved = |change| Fact::GuestMoved { guest: guest(), change, from: from() };
    let follow = |change| (guest(), Command::Move { change, from: from() });
    given::<Asking>([]).when(follow(1)).then([moved(1)]);
    given::<Asking>([moved(1)]).when(follow(1)).then_nothing();
    given::<Asking>([moved(1)]).when(follow(2)).then([moved(2)]);
}
