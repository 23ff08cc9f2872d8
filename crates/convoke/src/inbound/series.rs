//! Which dates of a series an answer is to: the one it names by RECURRENCE-ID, or all that are still
//! to come.

use journal::Fault;

use super::understand::Given;
use super::view::Asked;
use crate::app::App;
use crate::feed::series::fold;
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
    let db = app.journal().db();
    let rows = crate::event::view::events_by_id(db, std::slice::from_ref(&asked.event)).await?;
    let (_, told) = fold(db, rows).await?;
    let (Some(told), Ok(series)) = (told.first(), SeriesId::parse(series)) else {
        return Ok(Meant::Nothing);
    };
    // A version counts from the series on, an event by itself from 0.
    act.sequence = given.sequence.map(|sequence| (sequence - told.row.sequence).max(0));
    let Some(date) = given.date else {
        let registrations = (0..AHEAD_MAX).map(|_| app.id()).collect();
        return Ok(Meant::All(AnswerSeries { series, one: act, registrations }));
    };
    let Some(event) = told.meant(date).and_then(|event| event.id.parse().ok()) else {
        return Ok(Meant::Nothing);
    };
    Ok(Meant::One(AnswerInvitation { event, ..act }))
}
