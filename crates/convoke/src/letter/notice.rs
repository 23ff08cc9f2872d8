//! Notices: what became of an issue somebody proposed, of a team somebody is in.
//!
//! One paragraph and a link. The words are chosen by the template's name, so that a new notice is
//! a name, its addressee and its sentences.

use super::Template;
use super::view::{Material, Wanted};
use super::words::{Action, Words};
use crate::app::Settings;
use crate::network::view::HubRow;
use crate::text::Text;

/// What a notice tells of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Topic {
    /// Its id: with the recipient, the lane.
    pub(crate) about: String,
    /// The issue's title, or that of the hackathon's event.
    pub(crate) title: String,
    /// The team's name.
    pub(crate) team: Option<String>,
    /// Who did it, as she is called.
    pub(crate) who: Option<String>,
    /// Why.
    pub(crate) reason: Option<String>,
    /// Where to look.
    pub(crate) page: String,
}

impl Topic {
    /// What one notice is about; nothing when a row it names is not there.
    pub(crate) fn of(
        material: &Material,
        wanted: &Wanted,
        settings: &Settings,
        hub: &HubRow,
    ) -> Option<Self> {
        let site = format!("{}/h/{}", settings.public_url, hub.slug);
        let with = &wanted.with;
        if let Some(id) = &with.issue {
            let issue = material.issues.get(id)?;
            return Some(Self {
                about: id.clone(),
                title: issue.title.clone(),
                reason: issue.reason.clone().filter(|_| wanted.template == Template::IssueDeclined),
                page: format!("{site}/issues/{}", issue.slug),
                ..Self::default()
            });
        }
        let id = with.hackathon.as_ref()?;
        let hackathon = material.hackathons.get(id)?;
        let title = material.events.get(&hackathon.event).map(|event| event.title.clone());
        let team = with.team.as_ref().and_then(|team| material.teams.get(team));
        let who = with.participant.as_ref().and_then(|who| material.participants.get(who));
        let teams = if wanted.template == Template::HackathonCancelled { "" } else { "/teams" };
        Some(Self {
            about: id.clone(),
            title: title.unwrap_or_default(),
            team: team.map(|team| team.name.clone()),
            who: who.and_then(|who| who.name.clone()),
            reason: hackathon.cancelled_reason.clone(),
            page: format!("{site}/hackathons/{id}{teams}"),
        })
    }

    /// The words of a notice.
    pub(crate) fn tell(&self, template: Template, text: Text, hub: &str, words: &mut Words) {
        let name = match (template, &self.team) {
            (Template::MemberMoved, None) => "member-unplaced".to_owned(),
            _ => template.to_string(),
        };
        let team = self.team.clone().unwrap_or_default();
        let who = self.who.clone().unwrap_or_else(|| text.s("letter-someone"));
        let values = [
            ("hub", hub.into()),
            ("title", self.title.as_str().into()),
            ("team", team.into()),
            ("who", who.into()),
        ];
        words.subject = text.t(&format!("{name}-subject"), &values);
        words.paragraphs = vec![text.t(&format!("{name}-lead"), &values)];
        let reason = self.reason.as_ref().filter(|reason| !reason.is_empty());
        words.paragraphs.extend(reason.map(|why| text.one("letter-reason", "reason", why)));
        words.action = Some(Action { label: text.s("letter-page-do"), url: self.page.clone() });
    }
}
