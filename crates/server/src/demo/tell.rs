//! The script is told: every step at its time, on a clock that stands where the story stands.

use anyhow::{Context as _, Result};
use chrono::{DateTime, Utc};
use convoke::app::App;
use futures_util::future::try_join_all;
use journal::{NETWORK, Order, Outcome};

use super::script::{Script, Step};
use super::stage::Stage;
use super::story::HubStory;
use super::{istanbul, seoul, the_hague, westminster};
use crate::console::Progress;

/// Every hub of the demo.
pub(crate) const HUBS: [&HubStory; 4] =
    [&westminster::STORY, &istanbul::STORY, &the_hague::STORY, &seoul::STORY];

/// Steps of long ago that are nearer to each other than this share a commit, and so the time at
/// which they were recorded: a person who waits for the demo counts the commits.
const LONG_AGO_SECONDS: i64 = 20 * 3_600;
/// The same of the last days, which people look at more closely.
const LATELY_SECONDS: i64 = 2 * 3_600;
/// How long “lately” is.
const LATELY_DAYS: i64 = 3;

/// Steps the rules refused, with the reason: a mistake of the story.
pub(crate) type Refused = Vec<String>;

/// Tells every hub's story into an empty journal.
///
/// # Errors
/// When the database is out of reach.
pub(crate) async fn tell(app: &App, stage: &Stage) -> Result<Refused> {
    let now = app.now();
    let mut steps = Vec::new();
    for story in HUBS {
        steps.extend(Script::of(app, story, now).await?);
    }
    // Stable: what happens at the same time stays in the order of the script.
    steps.sort_by_key(|step| step.at);
    let progress = Progress::new("seeding the demo");
    let total = i64::try_from(steps.len()).unwrap_or(i64::MAX);
    let (mut refused, mut done) = (Refused::new(), 0);
    for chapter in chapters(steps, now) {
        done += i64::try_from(chapter.len()).unwrap_or(0);
        refused.extend(give(app, stage, chapter).await?);
        progress.at(done, total);
    }
    stage.release();
    progress.done();
    Ok(refused)
}

fn chapters(steps: Vec<Step>, now: DateTime<Utc>) -> Vec<Vec<Step>> {
    let mut chapters: Vec<Vec<Step>> = Vec::new();
    let mut began: Option<DateTime<Utc>> = None;
    for step in steps {
        let lately = (now - step.at).num_days() < LATELY_DAYS;
        let length = if lately { LATELY_SECONDS } else { LONG_AGO_SECONDS };
        let goes_on = began.is_some_and(|at| (step.at - at).num_seconds() < length);
        if let Some(chapter) = chapters.last_mut().filter(|_| goes_on) {
            chapter.push(step);
        } else {
            began = Some(step.at);
            chapters.push(vec![step]);
        }
    }
    chapters
}

/// Gives a chapter's commands in order, without waiting for one after the other.
async fn give(app: &App, stage: &Stage, chapter: Vec<Step>) -> Result<Refused> {
    if let Some(last) = chapter.last() {
        stage.hold(last.at);
    }
    let answers = chapter.into_iter().map(|step| async move {
        let journal = step.hub.map_or_else(|| NETWORK.to_owned(), |hub| hub.to_string());
        let order = Order::new(step.act, step.actor, app.world().uuid(), step.at);
        let answer = app.journal().submit(&journal, order).await;
        answer.map(|answer| (step.about, answer)).context("the demo could not be seeded")
    });
    let answers = try_join_all(answers).await?.into_iter();
    let refused = answers.filter_map(|(about, answer)| match answer.outcome {
        Outcome::Accepted(_receipt) => None,
        Outcome::Rejected(refusal) => Some(format!("{about}: {} ({})", refusal.code, refusal.says)),
    });
    Ok(refused.collect())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::{Duration, Instant};

    use convoke::product::Convoke;
    use journal::{Journal, Options};

    use super::*;

    /// Tells the demo on a database of its own.
    async fn told() -> (tempfile::TempDir, App, Refused) {
        let folder = tempfile::tempdir().unwrap();
        let stage = Arc::new(Stage::default());
        let url = format!("sqlite:{}/demo.db", folder.path().display());
        let journal =
            Journal::open(Options::serve(url), Arc::new(Convoke), stage.clone()).await.unwrap();
        let settings = convoke::app::Settings {
            public_url: "http://127.0.0.1:8080".to_owned(),
            uid_domain: "localhost".to_owned(),
            mail_from: "demo@localhost".to_owned(),
            inbound_domain: Some("localhost".to_owned()),
            organizer: convoke::app::Organizer::Token,
            authserv_id: None,
            dkim: None,
            trusted_proxies: vec![],
            demo: true,
            mailbox: None,
        };
        let app = App::new(journal, settings);
        let refused = tell(&app, &stage).await.unwrap();
        (folder, app, refused)
    }

    #[tokio::test]
    async fn the_story_keeps_every_rule_and_is_told_quickly() {
        let began = Instant::now();
        let (_folder, app, refused) = told().await;
        assert_eq!(refused, Refused::new());
        // A person waits for it: three seconds on an idle machine with two cores, and this is for
        // one that does ten other things.
        assert!(began.elapsed() < Duration::from_mins(1), "{:?}", began.elapsed());
        let mut facts = 0;
        for journal in app.journal().journals().await.unwrap() {
            let verified = app.journal().verify(&journal, &|_, _| ()).await.unwrap();
            assert_eq!(verified.wrong, None);
            let rebuilt = app.journal().rebuild(&journal, &|_, _| ()).await.unwrap();
            assert_eq!(rebuilt.changed, 0, "{journal}");
            facts += verified.facts;
        }
        assert!(facts > 900, "{facts}");
        app.journal().close().await;
    }

    #[tokio::test]
    async fn its_past_is_weeks_long_and_nothing_happened_later_than_now() {
        let (_folder, app, _refused) = told().await;
        for story in HUBS {
            let hub = convoke::network::view::hub_by_slug(app.journal().db(), story.slug);
            let hub = hub.await.unwrap().unwrap();
            let facts = app.journal().after(&hub.id, 0, 10_000).await.unwrap();
            let (first, last) = (facts.first().unwrap(), facts.last().unwrap());
            assert!((last.recorded_at - first.recorded_at).num_days() > 50, "{}", story.slug);
            assert!(last.recorded_at <= app.now());
        }
        app.journal().close().await;
    }
}
