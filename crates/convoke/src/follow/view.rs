//! Who follows what, and what there is to tell of a week.

use journal::{Arg, Db, Rows, Sql, Table, args, cell, int, json_list, personal, row, text, values};
use kernel::{FactError, Recorded};

use super::decider::Fact;
use super::digest::DigestFact;
use crate::stakeholder::address;

/// Facts looked at for one week's summaries of a zone.
const NEWS_MAX: i64 = 2_000;

/// One row for each issue somebody follows, or was asked about.
pub static FOLLOWERS: Table = Table {
    name: "follow_follower",
    key: &["person", "issue"],
    columns: &[
        text("person"),
        text("issue"),
        personal("email", "person"),
        text("locale"),
        text("zone"),
        int("since"),
        int("since_position"),
    ],
    indexes: &[&["zone"], &["issue"]],
};

/// One row for each week's summaries of a zone, and one for their beginning.
pub static DIGESTS: Table = Table {
    name: "follow_digest",
    key: &["zone", "position"],
    columns: &[text("zone"), int("position")],
    indexes: &[],
};

/// The tables of this folder.
pub fn tables() -> Vec<&'static Table> {
    vec![&FOLLOWERS, &DIGESTS]
}

/// What a fact changes in them.
pub fn project(fact: &Recorded<Fact>, rows: &mut Rows) {
    let person = fact.stream.id();
    match &fact.fact {
        Fact::FollowAsked { issue, email, locale, zone, .. } => rows.put(
            &FOLLOWERS,
            values! {
                "person" => person, "issue" => *issue, "email" => email, "locale" => locale,
                "zone" => zone.name(),
            },
        ),
        Fact::IssueFollowed { issue, zone } => rows.patch(
            &FOLLOWERS,
            [cell(person), cell(*issue)],
            values! {
                "zone" => zone.name(), "since" => fact.recorded_at,
                "since_position" => fact.position,
            },
        ),
        Fact::IssueUnfollowed { issue } => {
            rows.delete(&FOLLOWERS, [cell(person), cell(*issue)]);
        }
    }
}

fn project_monday(fact: &Recorded<DigestFact>, rows: &mut Rows) {
    let zone = match &fact.fact {
        DigestFact::DigestsBegun { zone, .. } | DigestFact::DigestsDue { zone, .. } => zone,
        DigestFact::DigestsPutOff { .. } => return,
    };
    rows.put(&DIGESTS, values! { "zone" => zone.name(), "position" => fact.position });
}

/// Summaries go where their reader reads her letters now.
fn project_address(fact: &address::Fact, rows: &mut Rows) {
    if let address::Fact::EmailChanged { person, email, .. } = fact {
        let set = values! { "email" => Some(email) };
        rows.update_where(&FOLLOWERS, "person", *person, set);
    }
}

/// The same for a fact as it is stored; other folders' facts change nothing.
///
/// # Errors
/// When a fact of ours cannot be read.
pub fn project_recorded(fact: &Recorded<String>, rows: &mut Rows) -> Result<(), FactError> {
    if let Some(fact) = fact.read::<Fact>()? {
        project(&fact, rows);
    } else if let Some(fact) = fact.read::<DigestFact>()? {
        project_monday(&fact, rows);
    } else if let Some(fact) = fact.read::<address::Fact>()? {
        project_address(&fact.fact, rows);
    }
    Ok(())
}

row! {
    /// Somebody who follows an issue, or was asked about it.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct FollowerRow {
        /// The hub.
        pub journal: String,
        /// Who.
        pub person: String,
        /// Which issue.
        pub issue: String,
        /// Where letters go; gone once she is erased.
        pub email: Option<String>,
        /// In which language.
        pub locale: String,
        /// On whose Monday.
        pub zone: String,
        /// Since when, in microseconds; empty until she said yes.
        pub since: Option<i64>,
        /// The position of that.
        pub since_position: Option<i64>,
    }
}

row! {
    /// A fact that followers hear of.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct NewsRow {
        /// Its position.
        pub position: i64,
        /// Its kind.
        pub kind: String,
        /// The issue or the event it is about.
        pub thing: String,
        /// Its payload as stored; what is personal in it is sealed.
        pub payload: String,
    }
}

row! {
    struct PlaceRow { position: Option<i64> }
}

row! {
    struct EventOf { id: String, issue: Option<String> }
}

const OF_ZONE: &str = "SELECT journal, person, issue, email, locale, zone, since, since_position
     FROM follow_follower
     WHERE journal = $1 AND zone = $2 AND since IS NOT NULL
     ORDER BY person, since, issue";
const OF_PERSON: &str = "SELECT journal, person, issue, email, locale, zone, since, since_position
     FROM follow_follower
     WHERE journal = $1 AND person = $2 AND issue = $3";
const BEFORE: &str = "SELECT MAX(position) AS position FROM follow_digest
     WHERE journal = $1 AND zone = $2 AND position < $3";
// The two databases unfold a JSON list in different words.
const OF_PEOPLE: Sql = Sql::pair(
    "SELECT journal, person, issue, email, locale, zone, since, since_position
     FROM follow_follower
     WHERE person IN (SELECT value FROM json_each($1))",
    "SELECT journal, person, issue, email, locale, zone, since, since_position
     FROM follow_follower
     WHERE person IN (SELECT value FROM json_array_elements_text(CAST($1 AS json)))",
);
const EVENTS_OF: Sql = Sql::pair(
    "SELECT id, issue FROM event_event
     WHERE journal = $1 AND changed_position > $2
         AND issue IN (SELECT value FROM json_each($3))",
    "SELECT id, issue FROM event_event
     WHERE journal = $1 AND changed_position > $2
         AND issue IN (SELECT value FROM json_array_elements_text(CAST($3 AS json)))",
);
// Endorsements are many, and only counted: they come last, so that those of one issue do not push
// out what happened to the others.
const NEWS: Sql = Sql::pair(
    "SELECT facts.position, facts.kind, tags.tag AS thing, facts.payload
     FROM tags JOIN facts ON facts.journal = tags.journal AND facts.position = tags.position
     WHERE tags.journal = $1 AND tags.position > $2 AND tags.position < $3
         AND tags.tag IN (SELECT value FROM json_each($4))
         AND facts.kind IN (SELECT value FROM json_each($5))
     ORDER BY CASE WHEN facts.kind IN ('IssueEndorsed', 'EndorsementWithdrawn') THEN 1 ELSE 0 END,
         facts.position LIMIT $6",
    "SELECT facts.position, facts.kind, tags.tag AS thing, facts.payload
     FROM tags JOIN facts ON facts.journal = tags.journal AND facts.position = tags.position
     WHERE tags.journal = $1 AND tags.position > $2 AND tags.position < $3
         AND tags.tag IN (SELECT value FROM json_array_elements_text(CAST($4 AS json)))
         AND facts.kind IN (SELECT value FROM json_array_elements_text(CAST($5 AS json)))
     ORDER BY CASE WHEN facts.kind IN ('IssueEndorsed', 'EndorsementWithdrawn') THEN 1 ELSE 0 END,
         facts.position LIMIT $6",
);

/// Who follows an issue in a zone, by person.
///
/// # Errors
/// When the database is out of reach.
pub async fn followers(db: &Db, hub: &str, zone: &str) -> journal::Result<Vec<FollowerRow>> {
    db.all(OF_ZONE, args![hub, zone]).await
}

/// What somebody has to do with an issue, asked or following.
///
/// # Errors
/// When the database is out of reach.
pub async fn follower(
    db: &Db,
    hub: &str,
    person: &str,
    issue: &str,
) -> journal::Result<Option<FollowerRow>> {
    db.opt(OF_PERSON, args![hub, person, issue]).await
}

/// What these people have to do with issues, in whichever hub.
///
/// # Errors
/// When the database is out of reach.
pub async fn of_people(db: &Db, people: &[String]) -> journal::Result<Vec<FollowerRow>> {
    db.all(&OF_PEOPLE, vec![json_list(people)]).await
}

/// Where the summaries of a zone ended last, before a position.
///
/// # Errors
/// When the database is out of reach.
pub async fn last_digest(db: &Db, hub: &str, zone: &str, before: i64) -> journal::Result<i64> {
    let row: Option<PlaceRow> = db.opt(BEFORE, args![hub, zone, before]).await?;
    Ok(row.and_then(|row| row.position).unwrap_or_default())
}

/// What is told of a week.
#[derive(Debug, Default)]
pub struct Week {
    /// What happened, in order; endorsements behind all else.
    pub news: Vec<NewsRow>,
    /// To which issue an event belongs.
    pub issue_of: std::collections::HashMap<String, String>,
}

/// What happened between two positions to these issues and their events, of these kinds.
///
/// # Errors
/// When the database is out of reach.
pub async fn week(
    db: &Db,
    hub: &str,
    (after, before): (i64, i64),
    issues: &[String],
    kinds: &[&str],
) -> journal::Result<Week> {
    let mut args = args![hub, after];
    args.push(json_list(issues));
    let events: Vec<EventOf> = db.all(&EVENTS_OF, args).await?;
    let issue_of: std::collections::HashMap<String, String> =
        events.into_iter().filter_map(|row| Some((row.id, row.issue?))).collect();
    let things: Vec<&String> = issues.iter().chain(issue_of.keys()).collect();
    let mut args = args![hub, after, before];
    args.extend([json_list(&things), json_list(kinds), Arg::from(NEWS_MAX)]);
    Ok(Week { news: db.all(&NEWS, args).await?, issue_of })
}
