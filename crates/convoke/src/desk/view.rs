//! What people see of a desk: how many places are taken, and every registration with its state.
//!
//! The sums of a desk are kept by adding what each fact says it moved; nothing is counted when a
//! page is shown.

use journal::{
    Cell, Col, Db, Rows, Sql, Table, Values, boolean, cell, int, personal, text, values,
};
use journal::{args, json_list};
use kernel::{FactError, Recorded};

use super::RegistrationId;
use super::fact::{Fact, Standing};
use crate::app::relay::Keyset;
use crate::event::Capacity;
use crate::keyset;
use crate::stakeholder::address;

/// A row for each event that has a desk.
pub static DESKS: Table = Table {
    name: "desk_desk",
    key: &["id"],
    columns: &[
        text("id"),
        int("capacity"),
        boolean("waitlist"),
        boolean("overbooked"),
        int("confirmed"),
        int("offered"),
        int("waiting"),
        int("registrations"),
        int("version"),
        int("created_at"),
        int("changed_at"),
        int("changed_position"),
    ],
    indexes: &[],
};

/// A row for each registration, whatever became of it.
pub static REGISTRATIONS: Table = Table {
    name: "desk_registration",
    key: &["id"],
    columns: REGISTRATION_COLUMNS,
    indexes: &[
        &["event", "created_position", "id"],
        &["event", "state", "waitlist_order"],
        &["person", "created_position"],
    ],
};
const REGISTRATION_COLUMNS: &[Col] = &[
    text("id"),
    text("event"),
    text("person"),
    personal("name", "person"),
    personal("email", "person"),
    personal("note", "person"),
    text("locale"),
    int("party_size"),
    text("state"),
    int("waitlist_order"),
    int("offered_until"),
    text("passed_over"),
    text("cancelled_by"),
    int("version"),
    int("created_at"),
    int("created_position"),
    int("changed_at"),
    int("changed_position"),
];

journal::row! {
    /// The places of one event.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct DeskRow {
        /// The event's id.
        pub id: String,
        /// The hub.
        pub journal: String,
        /// How many may come; `None` when there is no limit.
        pub capacity: Option<i64>,
        /// Whether people may wait.
        pub waitlist: bool,
        /// Whether a curator let more come than there are places.
        pub overbooked: bool,
        /// Places of confirmed registrations.
        pub confirmed: i64,
        /// Places kept for offers.
        pub offered: i64,
        /// People who wait.
        pub waiting: i64,
        /// Registrations that came in, whatever became of them.
        pub registrations: i64,
        /// The version of the desk's stream.
        pub version: i64,
        /// When it was opened.
        pub created_at: i64,
        /// When it last changed.
        pub changed_at: i64,
        /// The position of that.
        pub changed_position: i64,
    }
}

impl DeskRow {
    /// Places nobody holds; `None` when there is no limit.
    pub fn free(&self) -> Option<i64> {
        self.capacity.map(|capacity| (capacity - self.confirmed - self.offered).max(0))
    }
}

journal::row! {
    /// One registration.
    #[derive(Clone, Debug, PartialEq, Eq, Default)]
    pub struct RegistrationRow {
        /// Its id.
        pub id: String,
        /// The hub.
        pub journal: String,
        /// The event.
        pub event: String,
        /// The person.
        pub person: String,
        /// Her name; `None` once she is erased.
        pub name: Option<String>,
        /// Her address; `None` once she is erased.
        pub email: Option<String>,
        /// What she wrote; `None` when nothing, or once she is erased.
        pub note: Option<String>,
        /// In which language she reads.
        pub locale: String,
        /// How many people come.
        pub party_size: i64,
        /// `received`, `confirmed`, `waiting`, `offered`, `cancelled`, `declined`, `expired`, `left`.
        pub state: String,
        /// The order among those who wait: smaller came earlier.
        pub waitlist_order: Option<i64>,
        /// The end of the offer.
        pub offered_until: Option<i64>,
        /// Why she was passed over last, as JSON of a `SkipReason`.
        pub passed_over: Option<String>,
        /// On whose word it was cancelled.
        pub cancelled_by: Option<String>,
        /// The version of the desk behind its last change.
        pub version: i64,
        /// When it came in.
        pub created_at: i64,
        /// The position of that.
        pub created_position: i64,
        /// When it last changed.
        pub changed_at: i64,
        /// The position of that.
        pub changed_position: i64,
    }
}

/// The tables of this view.
pub fn tables() -> Vec<&'static Table> {
    vec![&DESKS, &REGISTRATIONS]
}

/// What a stored fact changes here; nothing when it is not a desk's.
///
/// # Errors
/// When the fact cannot be read.
pub fn project_recorded(fact: &Recorded<String>, rows: &mut Rows) -> Result<(), FactError> {
    if let Some(fact) = fact.read::<Fact>()? {
        project(&fact, rows);
    } else if let Some(fact) = fact.read::<address::Fact>()? {
        project_address(&fact.fact, rows);
    }
    Ok(())
}

/// A registration's letters go where its person reads them now.
fn project_address(fact: &address::Fact, rows: &mut Rows) {
    if let address::Fact::EmailChanged { person, email, .. } = fact {
        let set = values! { "email" => Some(email) };
        rows.update_where(&REGISTRATIONS, "person", *person, set);
    }
}

/// What one fact changes.
pub fn project(fact: &Recorded<Fact>, rows: &mut Rows) {
    let mut desk = Desk { fact, rows };
    match &fact.fact {
        Fact::DeskOpened { capacity, waitlist } => desk.opened(*capacity, *waitlist),
        Fact::CapacityChanged { capacity, overbook, .. } => {
            let capacity = capacity.limit();
            desk.touched(values! { "capacity" => capacity, "overbooked" => *overbook });
        }
        Fact::WaitlistSwitched { waitlist } => desk.touched(values! { "waitlist" => *waitlist }),
        Fact::RegistrationReceived { .. } => desk.received(),
        Fact::RegistrationConfirmed { registration, party_size, from, .. } => {
            let set = values! { "state" => "confirmed", "offered_until" => None::<i64> };
            desk.moved(*registration, *party_size, *from, Some(Standing::Confirmed), set);
        }
        Fact::WaitlistJoined { registration, party_size, order, .. } => {
            let order = i64::try_from(*order).unwrap_or(i64::MAX);
            let set = values! { "state" => "waiting", "waitlist_order" => order };
            let (from, to) = (Standing::Received, Some(Standing::Waiting));
            desk.moved(*registration, *party_size, from, to, set);
        }
        Fact::PlaceOffered { registration, party_size, until, .. } => {
            let set = values! { "state" => "offered", "offered_until" => *until };
            let (from, to) = (Standing::Waiting, Some(Standing::Offered));
            desk.moved(*registration, *party_size, from, to, set);
        }
        Fact::PromotionSkipped { registration, reason } => {
            // A reason is a name and two numbers: writing it as JSON cannot fail.
            let set = values! { "passed_over" => serde_json::to_string(reason).ok() };
            desk.patched(*registration, set);
        }
        Fact::PartyChanged { registration, from, party_size, at } => {
            let by = i64::from(*party_size) - i64::from(*from);
            desk.resized(*registration, *party_size, *at, by);
        }
        Fact::OfferDeclined { registration, party_size, .. } => {
            desk.moved(*registration, *party_size, Standing::Offered, None, gone("declined"));
        }
        Fact::OfferExpired { registration, party_size, .. } => {
            desk.moved(*registration, *party_size, Standing::Offered, None, gone("expired"));
        }
        Fact::WaitlistLeft { registration, party_size, .. } => {
            desk.moved(*registration, *party_size, Standing::Waiting, None, gone("left"));
        }
        Fact::RegistrationCancelled { registration, party_size, from, by, .. } => {
            let mut set = gone("cancelled");
            set.insert("cancelled_by".to_owned(), cell(by.to_string()));
            desk.moved(*registration, *party_size, *from, None, set);
        }
    }
}

fn gone(state: &str) -> Values {
    values! { "state" => state, "offered_until" => None::<i64> }
}

/// One fact of a desk on its way into the rows.
struct Desk<'a> {
    fact: &'a Recorded<Fact>,
    rows: &'a mut Rows,
}

impl Desk<'_> {
    fn event(&self) -> &str {
        self.fact.stream.id()
    }

    fn stamp(&self, mut set: Values) -> Values {
        set.extend(values! {
            "version" => self.fact.version, "changed_at" => self.fact.recorded_at,
            "changed_position" => self.fact.position,
        });
        set
    }

    fn opened(self, capacity: Capacity, waitlist: bool) {
        let row = self.stamp(values! {
            "id" => self.event(), "capacity" => capacity.limit(), "waitlist" => waitlist,
            "overbooked" => false, "confirmed" => 0_i64, "offered" => 0_i64, "waiting" => 0_i64,
            "registrations" => 0_i64, "created_at" => self.fact.recorded_at,
        });
        self.rows.put(&DESKS, row);
    }

    fn touched(&mut self, set: Values) {
        let (key, set) = (cell(self.event()), self.stamp(set));
        self.rows.patch(&DESKS, [key], set);
    }

    fn patched(&mut self, registration: RegistrationId, set: Values) {
        let set = self.stamp(set);
        self.rows.patch(&REGISTRATIONS, [cell(registration)], set);
        self.touched(Values::new());
    }

    fn adds(&mut self, column: &'static str, by: i64) {
        let key = cell(self.event());
        self.rows.add(&DESKS, [key], column, by);
    }

    /// The sum a standing counts in; what has just arrived counts in none.
    fn counts(&mut self, standing: Option<Standing>, by: i64) {
        match standing {
            Some(Standing::Confirmed) => self.adds("confirmed", by),
            Some(Standing::Offered) => self.adds("offered", by),
            Some(Standing::Waiting) => self.adds("waiting", by),
            Some(Standing::Received) | None => {}
        }
    }

    #[expect(clippy::too_many_arguments, reason = "who, how many, from where to where")]
    fn moved(
        mut self,
        registration: RegistrationId,
        party_size: u32,
        from: Standing,
        to: Option<Standing>,
        set: Values,
    ) {
        self.patched(registration, set);
        self.counts(Some(from), -i64::from(party_size));
        self.counts(to, i64::from(party_size));
    }

    fn resized(mut self, registration: RegistrationId, party_size: u32, at: Standing, by: i64) {
        let set = values! { "party_size" => party_size, "passed_over" => None::<String> };
        self.patched(registration, set);
        self.counts(Some(at), by);
    }

    fn received(mut self) {
        let Fact::RegistrationReceived {
            registration,
            person,
            name,
            email,
            party_size,
            locale,
            note,
        } = &self.fact.fact
        else {
            return;
        };
        let row = self.stamp(values! {
            "id" => *registration, "event" => self.event(), "person" => *person,
            "name" => Cell::from(name), "email" => Cell::from(email),
            "note" => Cell::from(note.as_ref()), "locale" => locale, "party_size" => *party_size,
            "state" => "received", "created_at" => self.fact.recorded_at,
            "created_position" => self.fact.position,
        });
        self.rows.put(&REGISTRATIONS, row);
        self.adds("registrations", 1);
        self.touched(Values::new());
    }
}

/// The places of one event.
///
/// # Errors
/// When the database is out of reach.
pub async fn desk(db: &Db, event: &str) -> journal::Result<Option<DeskRow>> {
    db.opt("SELECT * FROM desk_desk WHERE id = $1", args![event]).await
}

/// The places of several events, in no order.
///
/// # Errors
/// When the database is out of reach.
pub async fn desks_by_event(db: &Db, events: &[String]) -> journal::Result<Vec<DeskRow>> {
    // The two databases unfold a JSON list in different words.
    let sql = Sql::pair(
        "SELECT * FROM desk_desk WHERE id IN (SELECT value FROM json_each($1))",
        "SELECT * FROM desk_desk WHERE id IN (SELECT value FROM json_array_elements_text(CAST($1 AS json)))",
    );
    db.all(sql, vec![json_list(events)]).await
}

/// One registration.
///
/// # Errors
/// When the database is out of reach.
pub async fn registration(db: &Db, id: &str) -> journal::Result<Option<RegistrationRow>> {
    db.opt("SELECT * FROM desk_registration WHERE id = $1", args![id]).await
}

/// Several registrations, in no order.
///
/// # Errors
/// When the database is out of reach.
pub async fn registrations_by_id(db: &Db, ids: &[String]) -> journal::Result<Vec<RegistrationRow>> {
    // The two databases unfold a JSON list in different words.
    let sql = Sql::pair(
        "SELECT * FROM desk_registration WHERE id IN (SELECT value FROM json_each($1))",
        "SELECT * FROM desk_registration WHERE id IN (SELECT value FROM json_array_elements_text(CAST($1 AS json)))",
    );
    db.all(sql, vec![json_list(ids)]).await
}

/// The live registration of a person at an event.
///
/// # Errors
/// When the database is out of reach.
pub async fn registration_of(
    db: &Db,
    hub: &str,
    event: &str,
    person: &str,
) -> journal::Result<Option<RegistrationRow>> {
    let sql = "SELECT * FROM desk_registration WHERE journal = $1 AND event = $2 AND person = $3 AND state IN ('confirmed', 'waiting', 'offered')";
    db.opt(sql, args![hub, event, person]).await
}

/// The live registrations of a person at some events of a hub.
///
/// # Errors
/// When the database is out of reach.
pub async fn registrations_of(
    db: &Db,
    hub: &str,
    person: &str,
    events: &[String],
) -> journal::Result<Vec<RegistrationRow>> {
    // The two databases unfold a JSON list in different words.
    let sql = Sql::pair(
        "SELECT * FROM desk_registration WHERE journal = $1 AND person = $2 AND event IN (SELECT value FROM json_each($3)) AND state IN ('confirmed', 'waiting', 'offered')",
        "SELECT * FROM desk_registration WHERE journal = $1 AND person = $2 AND event IN (SELECT value FROM json_array_elements_text(CAST($3 AS json))) AND state IN ('confirmed', 'waiting', 'offered')",
    );
    let mut args = args![hub, person];
    args.push(json_list(events));
    db.all(sql, args).await
}

/// Everyone a letter about an event concerns: whose registration is alive.
///
/// # Errors
/// When the database is out of reach.
pub async fn live_registrations(
    db: &Db,
    hub: &str,
    event: &str,
) -> journal::Result<Vec<RegistrationRow>> {
    let sql = "SELECT * FROM desk_registration WHERE journal = $1 AND event = $2 AND state IN ('confirmed', 'waiting', 'offered') ORDER BY created_position, id";
    db.all(sql, args![hub, event]).await
}

/// How many registrations wait before this place in the order.
///
/// # Errors
/// When the database is out of reach.
pub async fn waiting_before(db: &Db, hub: &str, event: &str, order: i64) -> journal::Result<i64> {
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM desk_registration WHERE journal = $1 AND event = $2 AND state = 'waiting' AND waitlist_order < $3";
    let row: Option<journal::Count> = db.opt(sql, args![hub, event, order]).await?;
    Ok(row.map_or(0, |row| row.n))
}

journal::row! {
    /// Where a waiting registration stands in the queue.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct QueuePlace {
        /// The registration's id.
        pub id: String,
        /// 1 for the next one.
        pub n: i64,
    }
}

/// The places in the queue of several registrations; those that do not wait are left out.
///
/// # Errors
/// When the database is out of reach.
pub async fn queue_places(db: &Db, ids: &[String]) -> journal::Result<Vec<QueuePlace>> {
    // The two databases unfold a JSON list in different words.
    let sql = Sql::pair(
        "SELECT mine.id, CAST(COUNT(*) AS BIGINT) AS n FROM desk_registration mine JOIN desk_registration other ON other.journal = mine.journal AND other.event = mine.event AND other.state = 'waiting' AND other.waitlist_order <= mine.waitlist_order WHERE mine.state = 'waiting' AND mine.id IN (SELECT value FROM json_each($1)) GROUP BY mine.id",
        "SELECT mine.id, CAST(COUNT(*) AS BIGINT) AS n FROM desk_registration mine JOIN desk_registration other ON other.journal = mine.journal AND other.event = mine.event AND other.state = 'waiting' AND other.waitlist_order <= mine.waitlist_order WHERE mine.state = 'waiting' AND mine.id IN (SELECT value FROM json_array_elements_text(CAST($1 AS json))) GROUP BY mine.id",
    );
    db.all(sql, vec![json_list(ids)]).await
}

/// The registrations of event `$7`, first come first; in state `$8`, if it is given.
pub const BY_EVENT: Keyset = keyset!(
    "SELECT * FROM desk_registration WHERE journal = $1 AND event = $7 AND (CAST($8 AS TEXT) IS NULL OR state = $8)",
    "created_position"
);

/// How many [`BY_EVENT`] holds; journal and filters from `$1` on.
pub const BY_EVENT_COUNT: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM desk_registration WHERE journal = $1 AND event = $2 AND (CAST($3 AS TEXT) IS NULL OR state = $3)";

/// The registrations of person `$7` in a hub, newest first.
pub const BY_PERSON: Keyset = keyset!(
    desc "SELECT * FROM desk_registration WHERE journal = $1 AND person = $7",
    "created_position"
);
