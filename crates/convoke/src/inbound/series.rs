//! Which dates of a series an answer is to: the one it names by RECURRENCE-ID, or all that are still
//! to come.

use chrono::{DateTime, Utc};
use journal::Fault;

use super::understand::Given;
use super::view::{self, Asked};
use crate::app::App;
use crate::feed::series::{Told, fold};
use crate::invitation::AnswerInvitation;
use crate::series::{AHEAD_MAX, AnswerSeries, SeriesId};

/// The command an answer is.
pub(super) enum Meant {
    /// To one event.
    One(AnswerInvitation),
    /// To all dates of a series.
    All(AnswerSeries),
    /// To a date the series does not have.
    Nothing,
}

/// Finds out. An answer to an invitation to a single event is what it is.
///
/// # Errors
/// When the database is out of reach.
pub(super) async fn meant(
    app: &App,
    asked: &Asked,
    mut act: AnswerInvitation,
    given: &Given,
) -> Result<Meant, Fault> {
    let Some(series) = &asked.series else { return Ok(Meant::One(act)) };
    let (Some(told), Ok(series)) = (told(app, asked).await?, SeriesId::parse(series)) else {
        return Ok(Meant::Nothing);
    };
    let since = told.row.asked_sequence;
    let Some(date) = given.date else {
        // The series counts by itself: what answers it as it is now answers each date as it is now.
        act.sequence = given.sequence.filter(|sequence| *sequence < since).map(|_older| 0);
        let registrations = (0..AHEAD_MAX).map(|_| app.id()).collect();
        return Ok(Meant::All(AnswerSeries { series, one: act, registrations }));
    };
    // A version counts from the series on, an event by itself from 0. By how much the series has
    // grown since she was told is not known; that she was asked anew is.
    act.sequence = given.sequence.map(|sequence| (sequence - since).max(0));
    let Some(event) = told.meant(date).and_then(|event| event.id.parse().ok()) else {
        return Ok(Meant::Nothing);
    };
    Ok(Meant::One(AnswerInvitation { event, ..act }))
}

/// What a guest was asked about one event.
pub(super) struct One {
    /// What that is.
    pub(super) asked: Asked,
    /// Her invitation to it, or her registration.
    pub(super) about: String,
    /// The version of the series that its own versions count from; 0 for an event by itself.
    pub(super) since: i64,
}

/// The event itself, or the date of a series that a mail names; `None` when it names none, or one
/// she was not asked to.
///
/// # Errors
/// When the database is out of reach.
pub(super) async fn named(
    app: &App,
    asked: &Asked,
    about: &str,
    date: Option<DateTime<Utc>>,
) -> Result<Option<One>, Fault> {
    let itself = || One { asked: asked.clone(), about: about.to_owned(), since: 0 };
    if asked.series.is_none() {
        return Ok(Some(itself()));
    }
    let (Some(date), Some(told)) = (date, told(app, asked).await?) else { return Ok(None) };
    let Some(event) = told.meant(date) else { return Ok(None) };
    let db = app.journal().db();
    let guest = view::guest(db, &asked.journal, &event.id, &asked.person).await?;
    let Some(about) = guest else { return Ok(None) };
    let asked = view::asked(db, &about).await?;
    Ok(asked.map(|asked| One { asked, about, since: told.row.asked_sequence }))
}

/// The event itself, or the next date of a series she was asked to: what a mail about all of it can
/// still be about. What it came to when nothing is to come.
///
/// # Errors
/// When the database is out of reach.
pub(super) async fn next(app: &App, asked: &Asked, about: &str) -> Result<(Asked, String), Fault> {
    let db = app.journal().db();
    if let Some(series) = &asked.series {
        let whose = (series.as_str(), asked.person.as_str());
        let next = view::next_of_series(db, &asked.journal, whose, app.now()).await?;
        if let Some(about) = next
            && let Some(asked) = view::asked(db, &about).await?
        {
            return Ok((asked, about));
        }
    }
    Ok((asked.clone(), about.to_owned()))
}

/// The series of the event somebody was asked to.
async fn told(app: &App, asked: &Asked) -> journal::Result<Option<Told>> {
    let db = app.journal().db();
    let rows = crate::event::view::events_by_id(db, std::slice::from_ref(&asked.event)).await?;
    let (_, told) = fold(db, rows).await?;
    Ok(told.into_iter().next())
}
