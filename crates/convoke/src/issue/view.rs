//! Issues, their evidence and their endorsements, as pages and queries see them.

use journal::{Db, Rows, Sql, Table, args, cell, int, json_list, personal, row, text, values};
use kernel::{FactError, Recorded};

use super::fact::{Fact, Stage};
use crate::app::relay::Keyset;
use crate::keyset;
use crate::network::view::{created, json_read, json_text, touched};

/// One row for each issue.
pub static ISSUES: Table = Table {
    name: "issue_issue",
    key: &["id"],
    columns: &[
        text("id"),
        text("slug"),
        text("title"),
        text("statement"),
        text("region"),
        text("sdgs"),
        text("stage"),
        text("urgency"),
        // Rises with urgency, for lists with the most pressing first.
        int("pressing"),
        text("proposed_by"),
        personal("reason", "reason_of"),
        text("reason_of"),
        text("merged_into"),
        int("evidence"),
        int("endorsements"),
        int("accepted_at"),
        int("closed_at"),
        int("version"),
        int("created_at"),
        int("changed_at"),
        int("changed_position"),
    ],
    indexes: &[&["slug"], &["stage", "pressing", "created_at"], &["created_at", "id"]],
};

/// One row for each piece of evidence.
pub static EVIDENCE: Table = Table {
    name: "issue_evidence",
    key: &["issue", "number"],
    columns: &[
        text("issue"),
        int("number"),
        text("figure"),
        text("source"),
        text("date"),
        text("brought_by"),
        int("added_at"),
        int("retracted_at"),
    ],
    indexes: &[],
};

/// One row for each endorsement that stands.
pub static ENDORSEMENTS: Table = Table {
    name: "issue_endorsement",
    key: &["issue", "stakeholder"],
    columns: &[text("issue"), text("stakeholder"), int("since")],
    indexes: &[&["stakeholder"]],
};

/// The tables of this folder.
pub fn tables() -> Vec<&'static Table> {
    vec![&ISSUES, &EVIDENCE, &ENDORSEMENTS]
}

/// What a fact changes in them.
pub fn project(fact: &Recorded<Fact>, rows: &mut Rows) {
    let id = fact.stream.id();
    let at = fact.recorded_at;
    let set = match &fact.fact {
        Fact::IssueProposed { slug, title, statement, region, sdgs, proposed_by, .. } => {
            let new = values! {
                "id" => id, "slug" => slug, "title" => title, "statement" => statement,
                "region" => region.as_deref(), "sdgs" => json_text(sdgs),
                "stage" => Stage::Proposed.to_string(), "urgency" => "normal", "pressing" => 1_i64,
                "proposed_by" => *proposed_by, "evidence" => 0_i64, "endorsements" => 0_i64,
            };
            rows.put(&ISSUES, created(fact, new));
            return;
        }
        Fact::EvidenceAdded { evidence, figure, source, date, by } => {
            rows.put(
                &EVIDENCE,
                values! {
                    "issue" => id, "number" => *evidence, "figure" => figure, "source" => source,
                    "date" => *date, "brought_by" => *by, "added_at" => at,
                },
            );
            rows.add(&ISSUES, [cell(id)], "evidence", 1);
            values! {}
        }
        Fact::EvidenceRetracted { evidence } => {
            let key = [cell(id), cell(*evidence)];
            rows.patch(&EVIDENCE, key, values! { "retracted_at" => at });
            rows.add(&ISSUES, [cell(id)], "evidence", -1);
            values! {}
        }
        Fact::ReviewStarted {} => values! { "stage" => Stage::UnderReview.to_string() },
        Fact::IssueAccepted {} => {
            values! { "stage" => Stage::Active.to_string(), "accepted_at" => at }
        }
        Fact::IssueDeclined { reason } => values! {
            "stage" => Stage::Declined.to_string(), "reason" => reason, "reason_of" => reason.of,
            "closed_at" => at,
        },
        Fact::IssueEndorsed { stakeholder } => {
            endorse(rows, fact, [stakeholder.to_string()]);
            values! {}
        }
        Fact::EndorsementWithdrawn { stakeholder } => {
            rows.delete(&ENDORSEMENTS, [cell(id), cell(*stakeholder)]);
            rows.add(&ISSUES, [cell(id)], "endorsements", -1);
            values! {}
        }
        Fact::UrgencySet { urgency } => {
            values! { "urgency" => urgency.to_string(), "pressing" => urgency.rank() }
        }
        Fact::SdgLinked { sdgs } => values! { "sdgs" => json_text(sdgs) },
        Fact::RegionSet { region } => values! { "region" => region.as_deref() },
        Fact::IssueClosed { why } => values! {
            "stage" => Stage::Closed.to_string(), "reason" => why, "reason_of" => why.of,
            "closed_at" => at,
        },
        Fact::IssueReopened {} => values! {
            "stage" => Stage::Active.to_string(), "reason" => None::<&str>,
            "reason_of" => None::<&str>, "closed_at" => None::<i64>,
        },
        Fact::IssueMerged { into } => {
            values! { "stage" => Stage::Merged.to_string(), "merged_into" => *into, "closed_at" => at }
        }
        Fact::IssueAbsorbed { endorsed_by, .. } => {
            endorse(rows, fact, endorsed_by.iter().map(ToString::to_string));
            values! {}
        }
    };
    rows.patch(&ISSUES, [cell(id)], touched(fact, set));
}

/// The same for a fact as it is stored; other folders' facts change nothing.
///
/// # Errors
/// When a fact of ours cannot be read.
pub fn project_recorded(fact: &Recorded<String>, rows: &mut Rows) -> Result<(), FactError> {
    if let Some(fact) = fact.read()? {
        project(&fact, rows);
    }
    Ok(())
}

fn endorse(rows: &mut Rows, fact: &Recorded<Fact>, by: impl IntoIterator<Item = String>) {
    let id = fact.stream.id();
    for stakeholder in by {
        rows.put(
            &ENDORSEMENTS,
            values! { "issue" => id, "stakeholder" => stakeholder, "since" => fact.recorded_at },
        );
        rows.add(&ISSUES, [cell(id)], "endorsements", 1);
    }
}

row! {
    /// An issue.
    #[derive(Clone, Debug, PartialEq)]
    pub struct IssueRow {
        /// The hub.
        pub journal: String,
        /// Its id.
        pub id: String,
        /// Its slug in the hub.
        pub slug: String,
        /// What it is called.
        pub title: String,
        /// What is the matter, and for whom.
        pub statement: String,
        /// The region it concerns.
        pub region: Option<String>,
        /// The goals it serves, as JSON.
        pub sdgs: String,
        /// Where it stands, as [`Stage`] is written.
        pub stage: String,
        /// How pressing it is, as [`super::Urgency`] is written.
        pub urgency: String,
        /// The same as a number, rising.
        pub pressing: i64,
        /// Who proposed it.
        pub proposed_by: Option<String>,
        /// Why it was declined or closed; gone when its author was erased.
        pub reason: Option<String>,
        /// Where it lives on.
        pub merged_into: Option<String>,
        /// How many pieces of evidence stand.
        pub evidence: i64,
        /// How many stakeholders endorse it.
        pub endorsements: i64,
        /// When it came on the agenda, in microseconds.
        pub accepted_at: Option<i64>,
        /// When it left the agenda, in microseconds.
        pub closed_at: Option<i64>,
        /// The version of its stream: what an edit expects.
        pub version: i64,
        /// When it was proposed, in microseconds.
        pub created_at: i64,
        /// When it last changed, in microseconds.
        pub changed_at: i64,
        /// The position in the hub's journal that last changed it.
        pub changed_position: i64,
    }
}

impl IssueRow {
    /// The goals it serves, in order.
    pub fn sdgs(&self) -> Vec<u8> {
        json_read(&self.sdgs)
    }
}

row! {
    /// A piece of evidence.
    #[derive(Clone, Debug, PartialEq)]
    pub struct EvidenceRow {
        /// The issue.
        pub issue: String,
        /// Its number within the issue, from 1.
        pub number: i64,
        /// What was found.
        pub figure: String,
        /// Where it can be read.
        pub source: String,
        /// When it was published: `2021-03-04`.
        pub date: String,
        /// Who brought it.
        pub brought_by: Option<String>,
        /// When, in microseconds.
        pub added_at: i64,
        /// When it was taken back, in microseconds.
        pub retracted_at: Option<i64>,
    }
}

row! {
    /// An endorsement that stands.
    #[derive(Clone, Debug, PartialEq)]
    pub struct EndorsementRow {
        /// The issue.
        pub issue: String,
        /// Who stands behind it.
        pub stakeholder: String,
        /// Since when, in microseconds.
        pub since: i64,
    }
}

/// The columns of [`IssueRow`].
macro_rules! issue_columns {
    ($rest:literal) => {
        concat!(
            "SELECT journal, id, slug, title, statement, region, sdgs, stage, urgency, pressing,
                proposed_by, reason, merged_into, evidence, endorsements, accepted_at, closed_at,
                version, created_at, changed_at, changed_position
            FROM issue_issue
            ",
            $rest
        )
    };
}

const BY_ID: &str = issue_columns!("WHERE id = $1");
const BY_SLUG: &str = issue_columns!("WHERE journal = $1 AND slug = $2");
const AGENDA: &str = issue_columns!(
    "WHERE journal = $1 AND stage = 'active'
    ORDER BY pressing DESC, endorsements DESC, created_at, id
    LIMIT $2"
);
/// A hub's issues, the newest first; of the stage `$7`, or of all when it is empty.
pub const NEWEST: Keyset = keyset!(
    desc issue_columns!("WHERE journal = $1 AND ($7 = '' OR stage = $7)"),
    "created_at"
);
/// How many there are.
pub const COUNT: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS n
    FROM issue_issue
    WHERE journal = $1 AND ($2 = '' OR stage = $2)";
// A list of ids arrives as one JSON text; the databases unfold it differently.
const BY_IDS: Sql = Sql::pair(
    issue_columns!("WHERE id IN (SELECT value FROM json_each($1))"),
    issue_columns!("WHERE id IN (SELECT value FROM json_array_elements_text(CAST($1 AS json)))"),
);
const EVIDENCE_OF: Sql = Sql::pair(
    "SELECT issue, number, figure, source, date, brought_by, added_at, retracted_at
    FROM issue_evidence
    WHERE issue IN (SELECT value FROM json_each($1))
    ORDER BY issue, number",
    "SELECT issue, number, figure, source, date, brought_by, added_at, retracted_at
    FROM issue_evidence
    WHERE issue IN (SELECT value FROM json_array_elements_text(CAST($1 AS json)))
    ORDER BY issue, number",
);
/// Who endorses the issue `$7`, the first first.
pub const ENDORSED_BY: Keyset = keyset!(
    "SELECT issue, stakeholder, since
    FROM (SELECT journal, issue, stakeholder, stakeholder AS id, since FROM issue_endorsement) AS one
    WHERE journal = $1 AND issue = $7",
    "since"
);
/// How many that are.
pub const ENDORSED_BY_COUNT: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS n
    FROM issue_endorsement
    WHERE journal = $1 AND issue = $2";
const ENDORSES: &str = "SELECT issue, stakeholder, since
    FROM issue_endorsement
    WHERE journal = $1 AND stakeholder = $2
    ORDER BY since, issue
    LIMIT 200";

/// The issue of an id, whatever its hub.
pub async fn issue(db: &Db, id: &str) -> journal::Result<Option<IssueRow>> {
    db.opt(BY_ID, args![id]).await
}

/// The issue of a slug in a hub.
pub async fn issue_by_slug(db: &Db, hub: &str, slug: &str) -> journal::Result<Option<IssueRow>> {
    db.opt(BY_SLUG, args![hub, slug]).await
}

/// Issues of these ids, in no order.
pub async fn issues_by_id(db: &Db, ids: &[String]) -> journal::Result<Vec<IssueRow>> {
    db.all(&BY_IDS, vec![json_list(ids)]).await
}

/// A hub's active issues, the most pressing and most endorsed first.
pub async fn agenda(db: &Db, hub: &str, limit: i64) -> journal::Result<Vec<IssueRow>> {
    db.all(AGENDA, args![hub, limit]).await
}

/// The evidence of these issues, taken back or not, by number.
pub async fn evidence_of(db: &Db, issues: &[String]) -> journal::Result<Vec<EvidenceRow>> {
    db.all(&EVIDENCE_OF, vec![json_list(issues)]).await
}

/// Who endorses an issue, the first first, behind the one of this instant and id.
pub async fn endorsements(
    db: &Db,
    hub: &str,
    issue: &str,
    after: (i64, &str),
    limit: i64,
) -> journal::Result<Vec<EndorsementRow>> {
    let end = (i64::MAX, "");
    db.all(ENDORSED_BY.forward, args![hub, after.0, after.1, end.0, end.1, limit, issue]).await
}

/// What a stakeholder endorses.
pub async fn endorsed(
    db: &Db,
    hub: &str,
    stakeholder: &str,
) -> journal::Result<Vec<EndorsementRow>> {
    db.all(ENDORSES, args![hub, stakeholder]).await
}
