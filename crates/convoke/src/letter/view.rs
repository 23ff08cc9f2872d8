//! What a batch of letters needs to know, read in a few statements however many recipients.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use chrono::{DateTime, Utc};
use journal::outbox::{DueEffect, EffectKey};
use journal::{Db, Sql, instant, json_list, mails};
use serde::Deserialize;

use super::Template;
use super::digest::{Digest, KINDS};
use crate::asking::attendance::stream_of_request;
use crate::asking::view::{self as asking, AttendanceRow, HeldRow, ProposalRow};
use crate::desk::view::{self as desk, RegistrationRow};
use crate::event::view::{self as event, EventRow};
use crate::feed::series::{Told, fold};
use crate::follow::view::{self as follow, FollowerRow};
use crate::hackathon::view::{self as hackathon, HackathonRow};
use crate::invitation::view::{self as invitation, InvitationRow};
use crate::issue::view::{self as issue, IssueRow};
use crate::network::view::{self as network, HubRow};
use crate::reach::{Ahead, Wishes, view as reach};
use crate::reminder::view::{self as reminder, NoteRow};
use crate::roster::query::{self as roster, ParticipantRow, TeamRow};
use crate::stakeholder::view::{self as stakeholder, StakeholderRow};

/// What an effect of kind `letter` says.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Asked {
    /// The template's name.
    pub(crate) template: String,
    /// What it is about.
    #[serde(default)]
    pub(crate) with: With,
}

/// The ids of a letter.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct With {
    pub(crate) event: Option<String>,
    pub(crate) registration: Option<String>,
    pub(crate) invitation: Option<String>,
    pub(crate) stakeholder: Option<String>,
    pub(crate) issue: Option<String>,
    pub(crate) hackathon: Option<String>,
    pub(crate) participant: Option<String>,
    pub(crate) team: Option<String>,
    pub(crate) person: Option<String>,
    /// The time zone whose Monday it is.
    pub(crate) zone: Option<String>,
    /// The number of a guest's proposal.
    pub(crate) proposal: Option<i64>,
    /// The number of an answer that is held.
    pub(crate) held: Option<i64>,
    /// The number of a change of address.
    pub(crate) change: Option<i64>,
    /// The SEQUENCE that a letter to everyone tells of.
    pub(crate) sequence: Option<i64>,
    /// The start that a reminder reminds of.
    pub(crate) starts_at: Option<DateTime<Utc>>,
    /// Which reminders one is.
    pub(crate) reminders: Vec<Ahead>,
}

impl With {
    /// The invitation or registration of a guest.
    pub(crate) fn guest(&self) -> Option<&String> {
        self.invitation.as_ref().or(self.registration.as_ref())
    }

    /// The row of somebody who would have come.
    pub(crate) fn attendance(&self) -> Option<String> {
        let event = self.event.as_ref()?.parse().ok()?;
        Some(stream_of_request(event, self.person.as_ref()?.parse().ok()?))
    }
}

/// A letter that was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub(crate) effect: EffectKey,
    pub(crate) lane: String,
    pub(crate) due_at: DateTime<Utc>,
    pub(crate) template: Template,
    pub(crate) with: With,
}

impl Wanted {
    /// Reads an effect.
    ///
    /// # Errors
    /// Why it cannot be read, for its note.
    pub(crate) fn read(effect: &DueEffect) -> Result<Self, String> {
        let asked: Asked = serde_json::from_str(&effect.body)
            .map_err(|cause| format!("it cannot be read: {cause}"))?;
        let template = asked
            .template
            .parse()
            .map_err(|_unknown| format!("there is no letter “{}”", asked.template))?;
        Ok(Self {
            effect: effect.key(),
            lane: effect.lane.clone(),
            due_at: instant(effect.due_at),
            template,
            with: asked.with,
        })
    }

    /// Whether it goes to everyone an event concerns.
    pub(crate) fn is_for_all(&self) -> bool {
        matches!(self.template, Template::EventUpdated | Template::EventCancelled)
    }

    /// Whether it goes to everyone who may have forgotten an event.
    pub(crate) fn is_reminder(&self) -> bool {
        matches!(self.template, Template::EventReminder | Template::InvitationReminder)
    }
}

/// Whom a letter to everyone may concern.
#[derive(Debug, Default)]
pub(crate) struct Everyone {
    pub(crate) registrations: Vec<RegistrationRow>,
    pub(crate) invitations: Vec<InvitationRow>,
    /// What still waits to be sent to them about the event.
    pub(crate) waiting: Vec<mails::Waiting>,
    /// The SEQUENCE that everyone was told of before.
    pub(crate) told: i64,
}

/// Everything a batch of letters is written from.
#[derive(Debug, Default)]
pub(crate) struct Material {
    pub(crate) hubs: HashMap<String, HubRow>,
    pub(crate) events: HashMap<String, EventRow>,
    pub(crate) issues: HashMap<String, IssueRow>,
    pub(crate) hackathons: HashMap<String, HackathonRow>,
    pub(crate) teams: HashMap<String, TeamRow>,
    pub(crate) participants: HashMap<String, ParticipantRow>,
    /// For which stakeholder of which hub somebody speaks: by person.
    pub(crate) contacts: HashMap<(String, String), String>,
    pub(crate) registrations: HashMap<String, RegistrationRow>,
    pub(crate) invitations: HashMap<String, InvitationRow>,
    pub(crate) stakeholders: HashMap<String, StakeholderRow>,
    /// Other times that were proposed: by invitation or registration, and number.
    pub(crate) proposals: HashMap<(String, i64), ProposalRow>,
    /// Answers that are held: by invitation or registration.
    pub(crate) held: HashMap<String, HeldRow>,
    /// Former addresses: by invitation or registration.
    pub(crate) former: HashMap<String, Option<String>>,
    /// Who would have come: by event and person.
    pub(crate) attendances: HashMap<String, AttendanceRow>,
    /// The series that events are dates of.
    pub(crate) series: HashMap<String, Told>,
    /// Registrations that answers to an invitation to a series made.
    pub(crate) in_series: BTreeSet<String>,
    /// The dates of a series that a guest of all of it is asked to: by series and person.
    pub(crate) asked: HashMap<(String, String), BTreeSet<String>>,
    pub(crate) everyone: HashMap<EffectKey, Everyone>,
    /// What people have chosen, by hub and person.
    pub(crate) wishes: HashMap<(String, String), Wishes>,
    /// Who was asked whether she follows an issue, by person and issue.
    pub(super) followers: HashMap<(String, String), FollowerRow>,
    /// What the summaries of a week are written from.
    pub(super) digests: HashMap<EffectKey, Digest>,
    /// What a curator says to those who have not answered, by event.
    pub(crate) notes: HashMap<String, NoteRow>,
    /// When the facts were recorded that the letters follow from.
    pub(crate) recorded: HashMap<(String, i64), DateTime<Utc>>,
}

fn ids<'a>(wanted: &'a [Wanted], which: impl Fn(&'a Wanted) -> Option<&'a String>) -> Vec<String> {
    let ids: BTreeSet<&String> = wanted.iter().filter_map(which).collect();
    ids.into_iter().cloned().collect()
}

fn by<K: Eq + Hash, R>(rows: Vec<R>, key: impl Fn(&R) -> K) -> HashMap<K, R> {
    rows.into_iter().map(|row| (key(&row), row)).collect()
}

impl Material {
    /// Reads what these letters need.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub(crate) async fn read(db: &Db, wanted: &[Wanted]) -> journal::Result<Self> {
        let mut all = Self::default();
        let hubs = ids(wanted, |wanted| Some(&wanted.effect.journal));
        all.hubs = by(network::hubs_by_id(db, &hubs).await?, |row| row.id.clone());
        all.recorded = recorded(db, wanted).await?;
        all.read_teams(db, wanted).await?;
        all.read_digests(db, wanted).await?;
        all.read_events(db, wanted).await?;
        let mut guests: BTreeSet<String> =
            ids(wanted, |wanted| wanted.with.stakeholder.as_ref()).into_iter().collect();
        for letter in wanted.iter().filter(|letter| letter.is_for_all() || letter.is_reminder()) {
            let everyone = concerned(db, letter).await?;
            guests.extend(everyone.invitations.iter().map(|row| row.stakeholder.clone()));
            all.everyone.insert(letter.effect.clone(), everyone);
        }
        all.read_asked(db, wanted).await?;
        all.read_contacts(db).await?;
        guests.extend(all.contacts.values().cloned());
        let guests: Vec<String> = guests.into_iter().collect();
        all.stakeholders =
            by(stakeholder::stakeholders_by_id(db, &guests).await?, |row| row.id.clone());
        let mut registrations = ids(wanted, |wanted| wanted.with.registration.as_ref());
        registrations.extend(all.participants.values().map(|row| row.registration.clone()));
        let registrations = desk::registrations_by_id(db, &registrations).await?;
        all.registrations = by(registrations, |row| row.id.clone());
        if !all.series.is_empty() {
            let made: Vec<String> = all.registrations.keys().cloned().collect();
            let made = invitation::with_series(db, &made).await?;
            all.in_series = made.into_iter().filter_map(|row| row.registration).collect();
        }
        let invitations = ids(wanted, |wanted| wanted.with.invitation.as_ref());
        let invitations = invitation::invitations_by_id(db, &invitations).await?;
        all.invitations = by(invitations, |row| row.id.clone());
        let events = ids(wanted, |wanted| {
            let asks = wanted.template == Template::InvitationReminder;
            wanted.with.event.as_ref().filter(|_| asks)
        });
        all.notes = by(reminder::notes(db, &events).await?, |row| row.event.clone());
        all.read_wishes(db).await?;
        all.read_asking(db, wanted).await?;
        Ok(all)
    }

    /// What everybody a letter may go to has chosen: her zone, and when she is reminded.
    async fn read_wishes(&mut self, db: &Db) -> journal::Result<()> {
        let mut people: BTreeSet<&String> = BTreeSet::new();
        people.extend(self.registrations.values().map(|row| &row.person));
        people.extend(self.invitations.values().map(|row| &row.person));
        for everyone in self.everyone.values() {
            people.extend(everyone.registrations.iter().map(|row| &row.person));
            people.extend(everyone.invitations.iter().map(|row| &row.person));
        }
        let followers = self.digests.values().flat_map(|digest| &digest.followers);
        people.extend(followers.map(|row| &row.person));
        let people: Vec<String> = people.into_iter().cloned().collect();
        if people.is_empty() {
            return Ok(());
        }
        let rows = reach::wishes(db, &people).await?.into_iter();
        self.wishes =
            rows.map(|row| ((row.journal.clone(), row.person.clone()), row.wishes())).collect();
        Ok(())
    }

    /// What guests asked for that these letters answer.
    async fn read_asking(&mut self, db: &Db, wanted: &[Wanted]) -> journal::Result<()> {
        let proposed: Vec<&Wanted> =
            wanted.iter().filter(|one| one.with.proposal.is_some()).collect();
        if !proposed.is_empty() {
            let guests: BTreeSet<&String> =
                proposed.iter().filter_map(|one| one.with.guest()).collect();
            let guests: Vec<String> = guests.into_iter().cloned().collect();
            let rows = asking::proposals_of(db, &guests).await?;
            self.proposals = by(rows, |row| (row.guest.clone(), row.proposal));
        }
        let guests = |template: Template| {
            let of = wanted.iter().filter(move |one| one.template == template);
            of.filter_map(|one| one.with.guest().cloned()).collect::<Vec<String>>()
        };
        let held = guests(Template::AnswerUnconfirmed);
        if !held.is_empty() {
            self.held = by(asking::held_of(db, &held).await?, |row| row.guest.clone());
        }
        let moved = guests(Template::GuestMovedAway);
        if !moved.is_empty() {
            let rows = asking::moved_of(db, &moved).await?;
            self.former = rows.into_iter().map(|row| (row.guest, row.former)).collect();
        }
        let asked = wanted.iter().filter(|one| one.template == Template::AttendanceDeclined);
        let asked: Vec<String> = asked.filter_map(|one| one.with.attendance()).collect();
        if !asked.is_empty() {
            let rows = asking::attendances_by_id(db, &asked).await?;
            self.attendances = by(rows, |row| row.id.clone());
        }
        Ok(())
    }

    /// Hackathons with their teams, and who is in them as far as a letter concerns them.
    async fn read_teams(&mut self, db: &Db, wanted: &[Wanted]) -> journal::Result<()> {
        let hackathons = ids(wanted, |wanted| wanted.with.hackathon.as_ref());
        if hackathons.is_empty() {
            return Ok(());
        }
        let rows = hackathon::hackathons_by_id(db, &hackathons).await?;
        self.hackathons = by(rows, |row| row.id.clone());
        let teams = ids(wanted, |wanted| wanted.with.team.as_ref());
        self.teams = by(roster::teams_by_id(db, &teams).await?, |row| row.id.clone());
        let mut people = ids(wanted, |wanted| wanted.with.participant.as_ref());
        people.extend(self.teams.values().filter_map(|team| team.lead.clone()));
        let mut people = roster::participants_by_id(db, &people).await?;
        let ended = wanted.iter().filter(|one| one.template == Template::HackathonCancelled);
        let ended: Vec<&String> = ended.filter_map(|one| one.with.hackathon.as_ref()).collect();
        if !ended.is_empty() {
            people.extend(db.all(ENROLLED, vec![json_list(&ended)]).await?);
        }
        self.participants = by(people, |row| row.id.clone());
        Ok(())
    }

    async fn read_events(&mut self, db: &Db, wanted: &[Wanted]) -> journal::Result<()> {
        let mut events = ids(wanted, |wanted| wanted.with.event.as_ref());
        events.extend(self.hackathons.values().map(|row| row.event.clone()));
        events
            .extend(self.digests.values().flat_map(|digest| digest.week.issue_of.keys().cloned()));
        self.events = by(event::events_by_id(db, &events).await?, |row| row.id.clone());
        let (_, told) = fold(db, self.events.values().cloned().collect()).await?;
        self.series = by(told, |told| told.row.id.clone());
        let mut issues = ids(wanted, |wanted| wanted.with.issue.as_ref());
        issues.extend(self.events.values().filter_map(|row| row.issue.clone()));
        let followed = self.digests.values().flat_map(|digest| &digest.followers);
        issues.extend(followed.map(|row| row.issue.clone()));
        self.issues = by(issue::issues_by_id(db, &issues).await?, |row| row.id.clone());
        Ok(())
    }

    /// Who follows issues, and what happened to these since the last summaries.
    async fn read_digests(&mut self, db: &Db, wanted: &[Wanted]) -> journal::Result<()> {
        let asked = ids(wanted, |wanted| {
            let asks = wanted.template == Template::FollowConfirm;
            wanted.with.person.as_ref().filter(|_| asks)
        });
        if !asked.is_empty() {
            let rows = follow::of_people(db, &asked).await?;
            self.followers = by(rows, |row| (row.person.clone(), row.issue.clone()));
        }
        for letter in wanted.iter().filter(|letter| letter.template == Template::IssueDigest) {
            let EffectKey { journal: hub, position, .. } = &letter.effect;
            let Some(zone) = &letter.with.zone else { continue };
            let followers = follow::followers(db, hub, zone).await?;
            let issues: BTreeSet<&String> = followers.iter().map(|row| &row.issue).collect();
            let issues: Vec<String> = issues.into_iter().cloned().collect();
            let after = follow::last_digest(db, hub, zone, *position).await?;
            let week = follow::week(db, hub, (after, *position), &issues, KINDS).await?;
            self.digests.insert(letter.effect.clone(), Digest { followers, week });
        }
        Ok(())
    }

    /// Who was asked to which dates of the series that letters to everyone are about.
    async fn read_asked(&mut self, db: &Db, wanted: &[Wanted]) -> journal::Result<()> {
        let about = ids(wanted, |one| one.with.event.as_ref().filter(|_| one.is_for_all()));
        let series = about.iter().filter_map(|id| self.events.get(id)?.series.as_ref());
        let series: BTreeSet<&String> = series.collect();
        let told = series.into_iter().filter_map(|id| self.series.get(id));
        let dates: Vec<String> =
            told.flat_map(|told| &told.events).map(|event| event.id.clone()).collect();
        if dates.is_empty() {
            return Ok(());
        }
        for row in invitation::asked_to(db, &dates).await? {
            self.asked.entry((row.series, row.person)).or_default().insert(row.event);
        }
        Ok(())
    }

    /// Who proposed an issue has an address only as the one who speaks for a stakeholder.
    async fn read_contacts(&mut self, db: &Db) -> journal::Result<()> {
        let people: Vec<&String> =
            self.issues.values().filter_map(|issue| issue.proposed_by.as_ref()).collect();
        if people.is_empty() {
            return Ok(());
        }
        let rows: Vec<Contact> = db.all(CONTACTS, vec![json_list(&people)]).await?;
        self.contacts =
            rows.into_iter().map(|row| ((row.journal, row.person), row.stakeholder)).collect();
        Ok(())
    }
}

async fn concerned(db: &Db, letter: &Wanted) -> journal::Result<Everyone> {
    let EffectKey { journal: hub, position, .. } = &letter.effect;
    let Some(event) = &letter.with.event else { return Ok(Everyone::default()) };
    let mut everyone = Everyone {
        registrations: desk::live_registrations(db, hub, event).await?,
        invitations: invitation::live_invitations(db, hub, event).await?,
        ..Everyone::default()
    };
    // A reminder says nothing new, so it does not ask what was said before.
    if letter.is_for_all() {
        let before = mails::last_planned(db, hub, &letter.lane, *position).await?;
        let before: Option<Asked> = before.and_then(|body| serde_json::from_str(&body).ok());
        everyone.told = before.and_then(|asked| asked.with.sequence).unwrap_or(0);
        everyone.waiting = mails::waiting(db, hub, std::slice::from_ref(event)).await?;
    }
    Ok(everyone)
}

journal::row! {
    struct Contact { journal: String, person: String, stakeholder: String }
}

journal::row! {
    struct Written { journal: String, position: i64, recorded_at: i64 }
}

async fn recorded(
    db: &Db,
    wanted: &[Wanted],
) -> journal::Result<HashMap<(String, i64), DateTime<Utc>>> {
    let keys: Vec<(&str, i64)> = wanted
        .iter()
        .map(|letter| (letter.effect.journal.as_str(), letter.effect.position))
        .collect();
    let rows: Vec<Written> = db.all(RECORDED, vec![json_list(&keys)]).await?;
    Ok(rows
        .into_iter()
        .map(|row| ((row.journal, row.position), instant(row.recorded_at)))
        .collect())
}

journal::row! {
    /// An event as it is when a reminder of it leaves.
    struct Now { status: String, starts_at: Option<i64>, places: i64, questions: i64 }
}

/// Why a reminder that was written is not sent any more: its event has another time or does not
/// take place, the reader gave her place back, or she has answered. Nothing for other letters.
///
/// # Errors
/// When the database is out of reach.
pub(crate) async fn outdated(
    db: &Db,
    mail: &mails::DueMail,
) -> journal::Result<Option<&'static str>> {
    let Ok(template) = mail.template.parse::<Template>() else { return Ok(None) };
    if !matches!(template, Template::EventReminder | Template::InvitationReminder) {
        return Ok(None);
    }
    let now: Option<Now> = db.opt(NOW, journal::args![&mail.message_id]).await?;
    let Some(now) = now else { return Ok(Some("there is no such event")) };
    let is_on = matches!(now.status.as_str(), "published" | "closed");
    Ok(match template {
        _ if !is_on => Some("the event does not take place"),
        // A reminder is worth something until its event begins.
        _ if now.starts_at != mail.expires_at => Some("the event has another time now"),
        Template::EventReminder if now.places == 0 => Some("the place is given back"),
        Template::InvitationReminder if now.questions == 0 => Some("answered already"),
        _ => None,
    })
}

const NOW: &str = "SELECT event_event.status, event_event.starts_at,
         (SELECT CAST(COUNT(*) AS BIGINT) FROM desk_registration AS own
             WHERE own.journal = mails.journal AND own.event = mails.about
                 AND own.person = mails.recipient AND own.state = 'confirmed') AS places,
         (SELECT CAST(COUNT(*) AS BIGINT) FROM invitation_invitation AS own
             WHERE own.journal = mails.journal AND own.event = mails.about
                 AND own.person = mails.recipient AND own.state = 'sent') AS questions
     FROM mails
     JOIN event_event ON event_event.journal = mails.journal AND event_event.id = mails.about
     WHERE mails.message_id = $1";

// The two databases unfold a JSON list in different words.
const CONTACTS: Sql = Sql::pair(
    "SELECT journal, person, stakeholder FROM stakeholder_contact
     WHERE person IN (SELECT value FROM json_each($1))",
    "SELECT journal, person, stakeholder FROM stakeholder_contact
     WHERE person IN (SELECT value FROM json_array_elements_text(CAST($1 AS json)))",
);
const ENROLLED: Sql = Sql::pair(
    "SELECT * FROM roster_participant
     WHERE hackathon IN (SELECT value FROM json_each($1)) AND state = 'enrolled'",
    "SELECT * FROM roster_participant
     WHERE hackathon IN (SELECT value FROM json_array_elements_text(CAST($1 AS json)))
         AND state = 'enrolled'",
);
const RECORDED: Sql = Sql::pair(
    "SELECT journal, position, recorded_at FROM facts
     WHERE (journal, position) IN (SELECT value->>0, value->>1 FROM json_each($1))",
    "SELECT journal, position, recorded_at FROM facts
     WHERE (journal, position) IN (SELECT v->>0, CAST(v->>1 AS BIGINT)
         FROM json_array_elements(CAST($1 AS json)) AS fresh(v))",
);
