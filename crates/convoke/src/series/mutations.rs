//! The commands of a series in the API.

use async_graphql::{Context, Enum, ID, Object};
use calendar::{Ends, Frequency, Rule};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Weekday};
use kernel::Refusal;
use serde::Serialize;

use super::decider::AHEAD_MAX;
use super::fact::{Idea, Slot};
use super::graphql::Series;
use super::invite::{InviteToSeries, SeriesGuest};
use super::{SeriesKind, acts, view};
use crate::app::input::Call;
use crate::app::reply;
use crate::app::scalars::{LocalDateTime, parse_local};
use crate::desk::inputs::VenueInput;
use crate::desk::mutations::read_venue;
use crate::event::decider::Description;
use crate::event::graphql::{AttendanceMode, EventFormat};
use crate::event::mutations::{link, zone};
use crate::event::{Capacity, EventId, Venue};
use crate::invitation::Guest;
use crate::invitation::mutations::guests;
use crate::issue::StakeholderKind;
use crate::{input, payloads};

/// Guests in one mutation: each is asked to every date.
const GUESTS_MAX: usize = 100;
/// Guests in one decision: so many that nobody else in the hub waits long for it.
const GUESTS_AT_ONCE: usize = 5;

/// How often a series comes again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize)]
pub enum SeriesFrequency {
    /// Every day, or every so many days.
    Daily,
    /// Every week, or every so many weeks, on one weekday or several.
    Weekly,
    /// Every month, or every so many months, on the same day or on, say, the second Tuesday.
    Monthly,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum, Serialize)]
pub enum WeekdayName {
    /// The first day of the week.
    Monday,
    /// The second day of the week.
    Tuesday,
    /// The third day of the week.
    Wednesday,
    /// The fourth day of the week.
    Thursday,
    /// The fifth day of the week.
    Friday,
    /// The sixth day of the week.
    Saturday,
    /// The last day of the week.
    Sunday,
}

impl From<WeekdayName> for Weekday {
    fn from(day: WeekdayName) -> Self {
        match day {
            WeekdayName::Monday => Self::Mon,
            WeekdayName::Tuesday => Self::Tue,
            WeekdayName::Wednesday => Self::Wed,
            WeekdayName::Thursday => Self::Thu,
            WeekdayName::Friday => Self::Fri,
            WeekdayName::Saturday => Self::Sat,
            WeekdayName::Sunday => Self::Sun,
        }
    }
}

/// How a series comes again. It always ends: after `count` dates, or on the day `until`.
#[derive(Debug, async_graphql::InputObject, Serialize)]
pub struct SeriesRuleInput {
    /// How often.
    pub(crate) frequency: SeriesFrequency,
    /// Every how many days, weeks or months, 1 to 52.
    #[graphql(default = 1)]
    pub(crate) interval: u32,
    /// Of a week: on which days; the first date's own when none is named. Of a month: with `week`,
    /// the one day that is meant.
    #[graphql(default)]
    pub(crate) weekdays: Vec<WeekdayName>,
    /// Of a month: in which week the day falls, 1 to 5, or -1 to -5 from the month's end. Without it the
    /// series is on the same day of each month.
    pub(crate) week: Option<i32>,
    /// How many dates it has, those that are left out included.
    pub(crate) count: Option<u32>,
    /// The last day it may have, where `count` is not said.
    pub(crate) until: Option<NaiveDate>,
}

impl SeriesRuleInput {
    /// The rule as it is stored; one that makes no sense is none, which the series refuses.
    fn read(&self) -> String {
        self.rule().map(|rule| rule.to_string()).unwrap_or_default()
    }

    fn rule(&self) -> Option<Rule> {
        let mut days: Vec<Weekday> = self.weekdays.iter().map(|day| (*day).into()).collect();
        let frequency = match (self.frequency, self.week) {
            (SeriesFrequency::Daily, None) if days.is_empty() => Frequency::Daily,
            (SeriesFrequency::Weekly, None) => Frequency::Weekly(days),
            (SeriesFrequency::Monthly, None) if days.is_empty() => Frequency::MonthlyByDate,
            (SeriesFrequency::Monthly, Some(week)) if days.len() == 1 => {
                Frequency::MonthlyByDay { week: i8::try_from(week).ok()?, day: days.pop()? }
            }
            _ => return None,
        };
        let ends = match (self.count, self.until) {
            (Some(count), None) => Ends::After(count),
            (None, Some(day)) => Ends::On(day),
            _ => return None,
        };
        Rule::new(frequency, self.interval, ends).ok()
    }
}

input! {
    /// Which series to plan.
    PlanSeriesInput {
        /// In which hub.
        hub_id: ID,
        /// The issue its events serve. They name an issue, or the need they answer.
        issue_id: Option<ID>,
        /// The need they answer, where there is no issue.
        need: Option<String>,
        /// Their name.
        title: String,
        /// What they are for, in one sentence or two.
        purpose: String,
        /// The rest.
        #[graphql(default)]
        description: String,
        /// How to get in.
        #[graphql(default)]
        access_info: String,
        /// What kind of meeting.
        #[graphql(default_with = "EventFormat::NetworkingHour")]
        format: EventFormat,
        /// In a room or by a link.
        #[graphql(default_with = "AttendanceMode::InPerson")]
        mode: AttendanceMode,
        /// The stakeholder who receives people, if it is not the hub itself.
        host_id: Option<ID>,
        /// How it comes again.
        rule: SeriesRuleInput,
        /// When the first one begins, as the clocks on the wall show it; all others begin at the same
        /// time of day, also when the clocks change.
        starts_at: LocalDateTime,
        /// When the first one ends.
        ends_at: LocalDateTime,
        /// Where that wall is: an IANA name such as `Europe/Amsterdam`.
        time_zone: String,
        /// Beginnings by the rule that are left out, such as holidays.
        #[graphql(default)]
        except: Vec<LocalDateTime>,
        /// The room.
        venue: Option<VenueInput>,
        /// The address of the meeting on line.
        link: Option<String>,
        /// How many may come each time; no limit when it is missing.
        capacity: Option<u32>,
        /// Whether people may wait when it is full.
        #[graphql(default = true)]
        waitlist: bool,
    }
    /// Which series to publish.
    PublishSeriesInput {
        /// The series.
        series_id: ID,
    }
    /// Which series goes on, and until when.
    ExtendSeriesInput {
        /// The series.
        series_id: ID,
        /// How many dates it has in all, those that are over or left out included.
        count: Option<u32>,
        /// The last day it may have, where `count` is not said.
        until: Option<NaiveDate>,
    }
    /// What is changed about what is still to come of a series; what is missing stays as it is.
    ChangeSeriesInput {
        /// The series.
        series_id: ID,
        /// Its name.
        title: Option<String>,
        /// What it is for.
        purpose: Option<String>,
        /// The rest.
        description: Option<String>,
        /// How to get in.
        access_info: Option<String>,
        /// The time of day it begins, such as `18:30`.
        starts: Option<String>,
        /// How long it lasts, in minutes.
        minutes: Option<u32>,
        /// The room.
        venue: Option<VenueInput>,
        /// The address of the meeting on line.
        link: Option<String>,
    }
    /// Whom to invite to a series.
    InviteToSeriesInput {
        /// To what.
        series_id: ID,
        /// Whom, at most 100. To dates she was invited to before nobody is invited again.
        stakeholder_ids: Vec<ID>,
        /// Why they, in a sentence they may read; without one each is told what the mix says.
        reason: Option<String>,
    }
    /// Which series to end, and why.
    EndSeriesInput {
        /// The series.
        series_id: ID,
        /// Why, for everyone to read.
        reason: String,
    }
}
payloads! {
    /// The series.
    series: Series;
    /// What came of planning a series.
    PlanSeriesPayload,
    /// What came of publishing a series.
    PublishSeriesPayload,
    /// What came of extending a series.
    ExtendSeriesPayload,
    /// What came of changing a series.
    ChangeSeriesPayload,
    /// What came of ending a series.
    EndSeriesPayload,
    /// What came of inviting to a series.
    InviteToSeriesPayload,
}

/// What may be commanded of series.
#[derive(Default)]
pub struct SeriesMutations;

/// What may be commanded.
#[Object]
impl SeriesMutations {
    /// Plans a series and its events: each date of the rule becomes an event of its own, with the
    /// same words, place and number of places. Nobody outside sees them yet. Curators.
    async fn plan_series(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What, when and where.")] input: PlanSeriesInput,
    ) -> async_graphql::Result<PlanSeriesPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let hub = call.id("hubId", &input.hub_id);
        let zone = zone(&mut call, &input.time_zone)?;
        let words = words(&mut call, &input);
        let idea = Idea {
            issue: input.issue_id.as_ref().map(|id| call.id("issueId", id)),
            need: call.input().optional_line("need", input.need.as_deref(), 500),
            format: input.format.into(),
            mode: input.mode.into(),
            host: input.host_id.as_ref().map(|id| call.id("hostId", id)),
            capacity: input.capacity.map_or(Capacity::Unlimited, Capacity::Limited),
            waitlist: input.waitlist,
        };
        let rule = input.rule.read();
        let (first, ends) = (input.starts_at.0, input.ends_at.0);
        let slot = Slot {
            starts: first.time(),
            minutes: (ends - first).num_minutes(),
            venue: input.venue.as_ref().map(|venue| read_venue(&mut call, venue)),
            link: link(&mut call, "link", input.link.as_deref()),
        };
        let act = acts::PlanSeries {
            hub,
            series: call.app().id(),
            idea,
            words,
            rule,
            first,
            zone,
            slot,
            except: input.except.iter().map(|at| at.0).collect(),
            events: ids(&call),
        };
        PlanSeriesPayload::shown(call.give(Some(hub), act).await?).await
    }

    /// Shows a series and its events to everyone and opens their registration. Curators.
    async fn publish_series(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: PublishSeriesInput,
    ) -> async_graphql::Result<PublishSeriesPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let act = |_: &mut Call, series| acts::PublishSeries { series };
        let settled = call.give_about("seriesId", &input.series_id, act).await?;
        PublishSeriesPayload::shown(settled).await
    }

    /// Lets a series go on for longer by the same rule; the new dates become events, too. Curators.
    async fn extend_series(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and until when.")] input: ExtendSeriesInput,
    ) -> async_graphql::Result<ExtendSeriesPayload> {
        let call = Call::new(ctx, &input.meta, &input)?;
        let known = view::series(call.app().journal().db(), &input.series_id).await;
        let known = known.map_err(reply::fault)?.and_then(|row| row.rule.parse::<Rule>().ok());
        let ends = match (input.count, input.until) {
            (Some(count), None) => Some(Ends::After(count)),
            (None, Some(day)) => Some(Ends::On(day)),
            _ => None,
        };
        let longer = known.as_ref().zip(ends).and_then(|(rule, ends)| {
            Rule::new(rule.frequency().clone(), rule.interval(), ends).ok()
        });
        let rule = longer.map(|rule| rule.to_string()).unwrap_or_default();
        let events = ids(&call);
        let act = |_: &mut Call, series| acts::ExtendSeries { series, rule, events };
        let settled = call.give_about("seriesId", &input.series_id, act).await?;
        ExtendSeriesPayload::shown(settled).await
    }

    /// Gives what is still to come of a series other words, another time of day, or another place.
    /// Dates that were moved by themselves keep their time. Everyone concerned hears. Curators.
    async fn change_series(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and what.")] input: ChangeSeriesInput,
    ) -> async_graphql::Result<ChangeSeriesPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let known = view::series(call.app().journal().db(), &input.series_id).await;
        let known = known.map_err(reply::fault)?;
        let (words, slot) = match known {
            Some(row) => changes(&mut call, &input, &row),
            None => (None, None),
        };
        let act = |_: &mut Call, series| acts::ChangeSeries { series, words, slot };
        let settled = call.give_about("seriesId", &input.series_id, act).await?;
        ChangeSeriesPayload::shown(settled).await
    }

    /// Invites stakeholders to all dates of a series that are still to come: each gets one letter
    /// with one calendar invitation, and answers all dates at once or each by itself. Staff.
    async fn invite_to_series(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom, and to what.")] input: InviteToSeriesInput,
    ) -> async_graphql::Result<InviteToSeriesPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let series = call.id::<SeriesKind>("seriesId", &input.series_id);
        let hub = call.hub_of("seriesId", series).await?;
        let whom = call.ids::<StakeholderKind>("stakeholderIds", &input.stakeholder_ids);
        if whom.len() > GUESTS_MAX {
            let says = format!("{} guests at once; {GUESTS_MAX} are allowed", whom.len());
            let refusal = Refusal::new("TOO_MANY", says).at(&["stakeholderIds"]);
            let refusal = refusal.with("field", "stakeholderIds").with("max", GUESTS_MAX);
            call.input().fault(refusal.with("length", whom.len()));
        }
        let whom: Vec<String> = whom.iter().take(GUESTS_MAX).map(ToString::to_string).collect();
        let reason = call.input().optional_line("reason", input.reason.as_deref(), 500);
        let now = journal::micros(call.app().now());
        let db = call.app().journal().db().clone();
        let next = view::next_of(&db, &input.series_id, now, 1).await.map_err(reply::fault)?;
        // Why somebody is a good guest is the same for every date.
        let like = next.first().and_then(|row| EventId::parse(&row.id).ok());
        let guests = match like {
            Some(event) => guests(&mut call, hub, event, &whom, reason).await?,
            None => vec![],
        };
        let guests: Vec<SeriesGuest> = guests
            .into_iter()
            .map(|Guest { stakeholder, person, reason, .. }| {
                let invitations = (0..AHEAD_MAX).map(|_| call.app().id()).collect();
                SeriesGuest { invitations, stakeholder, person, reason }
            })
            .collect();
        let mut parts = guests
            .chunks(GUESTS_AT_ONCE)
            .map(|guests| InviteToSeries { series, guests: guests.to_vec() });
        // Without guests it is asked all the same: the series may have something against it.
        let first = parts.next().unwrap_or(InviteToSeries { series, guests: vec![] });
        let rest = parts.collect();
        InviteToSeriesPayload::shown(call.give_in_parts(Some(hub), first, rest).await?).await
    }

    /// Ends a series: what is still to come of it is called off. Curators.
    async fn end_series(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and why.")] input: EndSeriesInput,
    ) -> async_graphql::Result<EndSeriesPayload> {
        let mut call = Call::new(ctx, &input.meta, &input)?;
        let reason = call.input().line("reason", &input.reason, 1_000);
        let act = |_: &mut Call, series| acts::EndSeries { series, reason };
        let settled = call.give_about("seriesId", &input.series_id, act).await?;
        EndSeriesPayload::shown(settled).await
    }
}

/// As many ids as a series may have dates ahead; those it does not need are never used.
fn ids(call: &Call) -> Vec<EventId> {
    (0..AHEAD_MAX).map(|_| call.app().id()).collect()
}

fn words(call: &mut Call, input: &PlanSeriesInput) -> Description {
    let title = call.input().line("title", &input.title, 200);
    let purpose = call.input().line("purpose", &input.purpose, 500);
    let mut prose = |field: &str, text: &str, max| {
        call.input().prose(field, Some(text), max).unwrap_or_default()
    };
    Description {
        title,
        purpose,
        description: prose("description", &input.description, 10_000),
        access_info: prose("accessInfo", &input.access_info, 2_000),
    }
}

/// What is changed: the whole words, and the whole slot, with what stays.
fn changes(
    call: &mut Call,
    input: &ChangeSeriesInput,
    row: &view::SeriesRow,
) -> (Option<Description>, Option<Slot>) {
    let ChangeSeriesInput { title, purpose, description, access_info, .. } = input;
    let says = [title, purpose, description, access_info].iter().any(|text| text.is_some());
    let kept = |said: &Option<String>, old: &str| said.clone().unwrap_or_else(|| old.to_owned());
    let words = says.then(|| Description {
        title: call.input().line("title", &kept(title, &row.title), 200),
        purpose: call.input().line("purpose", &kept(purpose, &row.purpose), 500),
        description: {
            let text = kept(description, &row.description);
            call.input().prose("description", Some(&text), 10_000).unwrap_or_default()
        },
        access_info: {
            let text = kept(access_info, &row.access_info);
            call.input().prose("accessInfo", Some(&text), 2_000).unwrap_or_default()
        },
    });
    let moves = input.starts.is_some()
        || input.minutes.is_some()
        || input.venue.is_some()
        || input.link.is_some();
    let slot = row.slot().filter(|_| moves).map(|old| Slot {
        starts: time_of(call, input.starts.as_deref()).unwrap_or(old.starts),
        minutes: input.minutes.map_or(old.minutes, i64::from),
        venue: match &input.venue {
            Some(venue) => Some::<Venue>(read_venue(call, venue)),
            None => old.venue,
        },
        link: match &input.link {
            Some(text) => link(call, "link", Some(text)),
            None => old.link,
        },
    });
    (words, slot)
}

fn time_of(call: &mut Call, text: Option<&str>) -> Option<NaiveTime> {
    let text = text?;
    let time =
        parse_local(&format!("2000-01-01T{}", text.trim())).map(|at: NaiveDateTime| at.time());
    let read = time.ok_or_else(|| "a time of day is written 18:30".to_owned());
    call.input().parse("starts", "INVALID_VALUE", read)
}
