//! What must follow from a fact of a roster: word to those it concerns and who did not do it.
//!
//! Letters name ids; whoever writes them looks names, teams and addresses up. Letters of one lane
//! keep their order.

use kernel::{Effect, FactError, Recorded};
use serde_json::{Value, json};

use super::{Fact, HackathonId, How, ParticipantId, TeamId};

/// What must follow from any fact of the product.
///
/// # Errors
/// When it is ours and cannot be read.
pub fn react_recorded(fact: &Recorded<String>) -> Result<Vec<Effect>, FactError> {
    Ok(fact.read::<Fact>()?.map(|fact| react(&fact)).unwrap_or_default())
}

/// The effects of one fact.
pub fn react(fact: &Recorded<Fact>) -> Vec<Effect> {
    let Ok(hackathon) = HackathonId::parse(fact.stream.id()) else { return Vec::new() };
    let to_her = |template, participant: &ParticipantId, team: Option<&TeamId>| {
        let with = json!({ "hackathon": hackathon, "participant": participant, "team": team });
        letter(template, participant, with)
    };
    match &fact.fact {
        Fact::JoinRequested { request, team, participant, .. } => {
            let with = json!({
                "hackathon": hackathon, "team": team, "request": request,
                "participant": participant,
            });
            vec![Effect::letter("join-requested", format!("team/{team}"), with)]
        }
        Fact::MemberJoined { team, participant, how: How::Accepted, .. } => {
            vec![to_her("join-accepted", participant, Some(team))]
        }
        Fact::JoinRequestDeclined { team, participant, .. } => {
            vec![to_her("join-declined", participant, Some(team))]
        }
        Fact::MemberRemoved { team, participant, .. } => {
            vec![to_her("member-removed", participant, Some(team))]
        }
        Fact::LeadPassed { team, to } => vec![to_her("lead-passed", to, Some(team))],
        Fact::MemberMoved { participant, to, .. } => {
            vec![to_her("member-moved", participant, to.as_ref())]
        }
        Fact::TeamDissolved { team, members, .. } => {
            members.iter().map(|member| to_her("team-dissolved", member, Some(team))).collect()
        }
        Fact::MemberJoined { how: How::Founded | How::Code, .. }
        | Fact::ParticipantEnrolled { .. }
        | Fact::ParticipantWithdrawn { .. }
        | Fact::IdeaPitched { .. }
        | Fact::IdeaWithdrawn { .. }
        | Fact::TeamFounded { .. }
        | Fact::JoinRequestWithdrawn { .. }
        | Fact::JoinRequestsClosed { .. }
        | Fact::CodeRotated { .. }
        | Fact::MemberLeft { .. }
        | Fact::RostersLocked { .. } => Vec::new(),
    }
}

fn letter(template: &str, participant: &ParticipantId, with: Value) -> Effect {
    Effect::letter(template, format!("participant/{participant}"), with)
}
