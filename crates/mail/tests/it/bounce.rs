//! Notifications and complaints as servers write them, and what follows.

use mail::bounce::{Action, Delivery, Report, read};
use mail::{Consequence, Fault};

use crate::inbound::received;
use crate::sample::address;

#[track_caller]
fn delivery(name: &str) -> Delivery {
    let message = received(name);
    assert!(message.is_automatic(), "{name}");
    assert_eq!(message.calendar, None, "{name}");
    let Some(Report::Delivery(mut notification)) = read(&message) else { panic!("{name}") };
    assert_eq!(notification.message_id.as_deref(), Some("01jt7e.invitation@hub.example"), "{name}");
    assert_eq!(notification.deliveries.len(), 1, "{name}");
    notification.deliveries.remove(0)
}

#[test]
fn notifications_are_classified_by_their_most_specific_status() {
    for (name, status, fault, consequence) in [
        ("postfix-unknown.eml", "5.1.1", Fault::Address, Consequence::Suppress),
        ("exchange-unknown.eml", "5.1.10", Fault::Address, Consequence::Suppress),
        // As OpenSMTPD 6.8 wrote it: no report, no status, the truth in the words alone.
        ("opensmtpd-unknown.eml", "5.1.1", Fault::Address, Consequence::Suppress),
        ("generic-status.eml", "5.2.1", Fault::Address, Consequence::Suppress),
        ("google-full.eml", "5.2.2", Fault::MailboxFull, Consequence::CountFull),
        ("full-for-days.eml", "4.2.2", Fault::MailboxFull, Consequence::CountFull),
        ("google-policy.eml", "5.7.26", Fault::Policy, Consequence::TellOperator),
        ("expired.eml", "4.4.7", Fault::Refused, Consequence::Nothing),
    ] {
        let delivery = delivery(name);
        let found = delivery.status.map(|s| format!("{}.{}.{}", s.class, s.subject, s.detail));
        assert_eq!(found.as_deref(), Some(status), "{name}");
        assert_eq!(delivery.action, Action::Failed, "{name}");
        assert_eq!((delivery.fault(), delivery.consequence()), (fault, consequence), "{name}");
        assert_eq!(delivery.recipient, Some(address("ada@example.org")), "{name}");
    }
}

#[test]
fn a_delay_is_no_failure() {
    let delayed = delivery("delayed.eml");
    assert_eq!(delayed.action, Action::Delayed);
    assert_eq!((delayed.fault(), delayed.consequence()), (Fault::None, Consequence::Nothing));
}

#[test]
fn an_out_of_office_notice_is_no_bounce() {
    let message = received("out-of-office.eml");
    assert!(message.is_automatic());
    assert_eq!(read(&message), None);
}

#[test]
fn a_complaint_names_the_mail_and_praise_is_none() {
    let mut message = received("complaint.eml");
    let Some(Report::Complaint(complaint)) = read(&message) else { panic!("no complaint") };
    assert!(complaint.is_complaint());
    assert_eq!(complaint.kind, "abuse");
    assert_eq!(complaint.mail_from, Some(address("b+01jt7e.x@hub.example")));
    assert_eq!(complaint.recipient, Some(address("ada@example.org")));
    assert_eq!(complaint.message_id.as_deref(), Some("01jt7e.suggestion@hub.example"));
    let feedback = message.report.feedback.as_mut().unwrap();
    *feedback = feedback.replace("abuse", "Not-Spam");
    let Some(Report::Complaint(praise)) = read(&message) else { panic!("no report") };
    assert!(!praise.is_complaint());
}
