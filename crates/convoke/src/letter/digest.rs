//! The week of the issues somebody follows, and the letter that asks whether she means to.
//!
//! What is told lies between two positions of the journal: the last summaries of the zone, or the
//! moment she began to follow, and this one. So it is the same whenever it is written.

use std::collections::{BTreeMap, BTreeSet};

use mail::EmailAddress;

use super::Template;
use super::compose::{Draft, Reader, when};
use super::expand::{About, Desk, Drawn, Expanded, Guest};
use super::words::{Action, Section};
use crate::follow::page::token;
use crate::follow::view::{FollowerRow, NewsRow, Week};
use crate::text::{Locale, Text};

/// The kinds of facts that followers hear of.
pub(super) const KINDS: &[&str] = &[
    "EvidenceAdded",
    "EvidenceRetracted",
    "IssueEndorsed",
    "EndorsementWithdrawn",
    "IssueClosed",
    "IssueReopened",
    "IssueMerged",
    "EventPublished",
    "EventRescheduled",
    "EventReinstated",
    "EventPostponed",
    "EventCancelled",
    "EventReported",
];
/// Pieces of evidence told of one issue; the page has the rest.
const EVIDENCE_MAX: usize = 5;

/// Everything the summaries of one zone are written from.
#[derive(Debug, Default)]
pub(super) struct Digest {
    /// Who follows what, by person.
    pub(super) followers: Vec<FollowerRow>,
    /// What happened since the last ones.
    pub(super) week: Week,
}

impl<'a> Desk<'a> {
    /// One letter for everybody to whose issues something happened.
    pub(super) fn digests(&self, about: &About<'a>) -> Expanded {
        let Some(digest) = self.material.digests.get(&self.wanted.effect) else {
            return Expanded::Failed("nobody was looked for".to_owned());
        };
        let mut people: BTreeMap<&str, Vec<&FollowerRow>> = BTreeMap::new();
        for row in &digest.followers {
            people.entry(&row.person).or_default().push(row);
        }
        let mails = people.values().filter_map(|rows| self.digest(about, digest, rows));
        Expanded::Mails(mails.collect())
    }

    /// The letter of one person; none when nothing happened.
    fn digest(&self, about: &About<'a>, digest: &Digest, rows: &[&FollowerRow]) -> Option<Drawn> {
        let first = rows.first()?;
        let locale = Locale::parse(&first.locale).unwrap_or_default();
        let text = Text::new(locale);
        let sections = rows.iter().filter_map(|row| self.section(about, digest, row, text));
        let sections: Vec<Section> = sections.collect();
        if sections.is_empty() {
            return None;
        }
        let content = follower(first, locale).and_then(|reader| {
            let reader = Reader { zone: self.wishes(&about.hub.id, &first.person).zone, ..reader };
            let to = reader.email.as_str().to_owned();
            let draft = self.draft(about, Guest::default(), reader, (Template::IssueDigest, false));
            self.written(&Draft { sections: &sections, ..draft? }, to)
        });
        let drawn = self.skipped(about, &first.person, Template::IssueDigest, "");
        Some(Drawn { content, locale: locale.code(), ..drawn })
    }

    /// What happened to one issue since somebody follows it.
    fn section(
        &self,
        about: &About<'a>,
        digest: &Digest,
        row: &FollowerRow,
        text: Text,
    ) -> Option<Section> {
        let issue = self.material.issues.get(&row.issue)?;
        let after = row.since_position.unwrap_or(i64::MAX);
        let is_hers = |news: &&NewsRow| {
            let of = digest.week.issue_of.get(&news.thing).unwrap_or(&news.thing);
            *of == row.issue && news.position > after
        };
        let news: Vec<&NewsRow> = digest.week.news.iter().filter(is_hers).collect();
        let mut lines = self.of_events(&news, text);
        lines.extend(of_issue(&news, text));
        if lines.is_empty() {
            return None;
        }
        let settings = self.app.settings();
        let site = &settings.public_url;
        let stop = token(self.app, &about.hub.id, &row.issue, &row.person);
        Some(Section {
            title: issue.title.clone(),
            lines,
            page: format!("{site}/h/{}/issues/{}", about.hub.slug, issue.slug),
            stop: Action {
                label: text.s("issue-digest-stop"),
                url: format!("{site}/follow/{stop}"),
            },
        })
    }

    /// Each event once, as it is now.
    fn of_events(&self, news: &[&NewsRow], text: Text) -> Vec<String> {
        let mut kinds: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for one in news.iter().filter(|one| one.kind.starts_with("Event")) {
            kinds.entry(&one.thing).or_default().push(&one.kind);
        }
        let line = |(event, kinds): (&str, Vec<&str>)| {
            let row = self.material.events.get(event).filter(|row| row.is_public())?;
            let title = ("title", row.title.as_str().into());
            let key = match row.status.as_str() {
                "cancelled" => "issue-digest-cancelled",
                "postponed" => "issue-digest-postponed",
                "reported" => "issue-digest-reported",
                _ if kinds.contains(&"EventPublished") => "issue-digest-new",
                _ if kinds.contains(&"EventRescheduled") => "issue-digest-moved",
                _ => "issue-digest-on",
            };
            let when = when(row, text).unwrap_or_default();
            let count = row.attendance.unwrap_or_default();
            Some(text.t(key, &[title, ("when", when.into()), ("count", count.into())]))
        };
        kinds.into_iter().filter_map(line).collect()
    }

    /// Asks somebody at her address whether she wants to follow an issue.
    pub(super) fn ask_follower(&self, about: &About<'a>) -> Expanded {
        let with = &self.wanted.with;
        let key = with.person.clone().zip(with.issue.clone()).unwrap_or_default();
        let Some(row) = self.material.followers.get(&key) else {
            return Expanded::Dropped("she follows it no more");
        };
        let locale = Locale::parse(&row.locale).unwrap_or_default();
        let template = Template::FollowConfirm;
        if row.since.is_some() {
            return Expanded::Dropped("she has said yes already");
        }
        let content = follower(row, locale).and_then(|reader| {
            let to = reader.email.as_str().to_owned();
            let mut draft = self.draft(about, Guest::default(), reader, (template, false))?;
            let link = token(self.app, &about.hub.id, &row.issue, &row.person);
            let site = &self.app.settings().public_url;
            draft.links.confirm = Some(format!("{site}/follow/{link}"));
            self.written(&draft, to)
        });
        let drawn = self.skipped(about, &row.person, template, "");
        Expanded::Mails(vec![Drawn { content, locale: locale.code(), ..drawn }])
    }
}

fn follower(row: &FollowerRow, locale: Locale) -> Result<Reader, String> {
    let email = row.email.as_ref().ok_or("erased, or without an address")?;
    let email = EmailAddress::parse(email).map_err(|cause| cause.to_string())?;
    Ok(Reader { person: row.person.clone(), name: None, email, locale, zone: None })
}

/// What happened to the issue itself.
fn of_issue(news: &[&NewsRow], text: Text) -> Vec<String> {
    let of =
        |kind: &'static str| news.iter().filter(move |one| one.kind == kind && !is_of_another(one));
    // What was taken back within the week was never worth a letter.
    let retracted: BTreeSet<u64> = of("EvidenceRetracted").filter_map(|one| number(one)).collect();
    let stands = |one: &NewsRow| number(one).is_none_or(|number| !retracted.contains(&number));
    let found: Vec<_> = of("EvidenceAdded").filter(|one| stands(one)).collect();
    let mut lines: Vec<String> =
        found.iter().take(EVIDENCE_MAX).filter_map(|one| evidence(one, text)).collect();
    let more = found.len().saturating_sub(EVIDENCE_MAX);
    if more > 0 {
        lines.push(text.n("issue-digest-evidence-more", more));
    }
    let withdrawn = of("EndorsementWithdrawn").count();
    let endorsed = of("IssueEndorsed").count().saturating_sub(withdrawn);
    if endorsed > 0 {
        lines.push(text.n("issue-digest-endorsed", endorsed));
    }
    for (kind, key) in [
        ("IssueClosed", "issue-digest-closed"),
        ("IssueReopened", "issue-digest-reopened"),
        ("IssueMerged", "issue-digest-merged"),
    ] {
        lines.extend(of(kind).next().map(|_| text.s(key)));
    }
    lines
}

/// Whether it was another issue that was merged, into this one: here everything goes on.
fn is_of_another(news: &NewsRow) -> bool {
    let into = || serde_json::from_str::<serde_json::Value>(&news.payload).ok();
    news.kind == "IssueMerged"
        && into().is_some_and(|fact| fact.get("into").is_some_and(|into| *into == news.thing))
}

/// The number of a piece of evidence within its issue.
fn number(news: &NewsRow) -> Option<u64> {
    let payload: serde_json::Value = serde_json::from_str(&news.payload).ok()?;
    payload.get("evidence")?.as_u64()
}

fn evidence(news: &NewsRow, text: Text) -> Option<String> {
    let payload: serde_json::Value = serde_json::from_str(&news.payload).ok()?;
    let said = |name: &str| payload.get(name)?.as_str().map(str::to_owned);
    let values = [("figure", said("figure")?.into()), ("source", said("source")?.into())];
    Some(text.t("issue-digest-evidence", &values))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(facts: &[(&str, &str)]) -> Vec<String> {
        let news = facts.iter().zip(1..).map(|((kind, payload), position)| NewsRow {
            position,
            kind: (*kind).to_owned(),
            thing: "issue".to_owned(),
            payload: (*payload).to_owned(),
        });
        let news: Vec<NewsRow> = news.collect();
        of_issue(&news.iter().collect::<Vec<_>>(), Text::new(Locale::En))
    }

    #[test]
    fn what_was_taken_back_is_neither_told_nor_counted() {
        let found = |number: u32| {
            format!(r#"{{"evidence":{number},"figure":"Figure {number}","source":"there"}}"#)
        };
        let (two, three) = (found(2), found(3));
        assert_eq!(
            told(&[
                ("EvidenceAdded", two.as_str()),
                ("EvidenceAdded", three.as_str()),
                ("EvidenceRetracted", r#"{"evidence":2}"#),
                ("EvidenceRetracted", r#"{"evidence":1}"#),
            ]),
            ["New evidence: Figure 3 (there)"]
        );
        let all: Vec<String> = (1..=6).map(found).collect();
        let mut facts: Vec<_> = all.iter().map(|one| ("EvidenceAdded", one.as_str())).collect();
        assert_eq!(told(&facts).last().map(String::as_str), Some("One more piece of evidence"));
        facts.push(("EvidenceRetracted", r#"{"evidence":6}"#));
        assert_eq!(told(&facts).len(), 5, "no more than are told of");
    }

    #[test]
    fn who_follows_the_issue_that_lives_on_is_not_told_of_its_end() {
        assert!(told(&[("IssueMerged", r#"{"into":"issue"}"#)]).is_empty());
        assert_eq!(told(&[("IssueMerged", r#"{"into":"other"}"#)]).len(), 1);
    }

    #[test]
    fn an_endorsement_that_was_withdrawn_is_not_counted() {
        let (more, fewer) = (("IssueEndorsed", "{}"), ("EndorsementWithdrawn", "{}"));
        assert_eq!(told(&[more, more, fewer]), ["One more stands behind it."]);
        assert!(told(&[more, fewer]).is_empty());
        assert!(told(&[fewer]).is_empty(), "one who stood behind it before the week");
    }
}
