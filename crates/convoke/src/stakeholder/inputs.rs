//! What the mutations of the registry take, and what comes of them.

use async_graphql::ID;

use super::graphql::{Kind, Relation, Stakeholder, Visibility};
use crate::issue::graphql::Issue;
use crate::{input, payload, payloads};

input! {
    /// Who registers.
    #[derive(Clone)]
    RegisterStakeholderInput {
        /// In which hub.
        hub_id: ID,
        /// The id of a prospect that is this stakeholder, if there is one; for those who work for the
        /// hub.
        stakeholder_id: Option<ID>,
        /// What sort it is.
        kind: Kind,
        /// What it is called.
        name: String,
        /// How to reach it: the address speaks for one stakeholder only. A prospect may go without.
        email: Option<String>,
        /// The language to write in (`en`, `nl`, `tr`, `ko`); the hub's own when missing.
        locale: Option<String>,
        /// A few sentences.
        about: Option<String>,
        /// Its city.
        city: Option<String>,
        /// Its region or province.
        region: Option<String>,
        /// Its country.
        country: Option<String>,
        /// Its website.
        website: Option<String>,
        /// Words it is found by.
        #[graphql(default)]
        tags: Vec<String>,
        /// What it can give.
        #[graphql(default)]
        offers: Vec<String>,
        /// What it looks for.
        #[graphql(default)]
        needs: Vec<String>,
        /// The issues it works on.
        #[graphql(default)]
        issue_ids: Vec<ID>,
        /// That it agrees to be listed and written to.
        #[graphql(default = false)]
        consent: bool,
        /// Whether you note somebody else, who has not been asked yet. Hosts and curators.
        #[graphql(default = false)]
        prospect: bool,
    }
}

input! {
    /// Another address for a stakeholder.
    ChangeEmailInput {
        /// Which.
        stakeholder_id: ID,
        /// The new address. It is used once whoever reads mail there has said that it is hers.
        email: String,
    }
}
payloads! {
    /// The stakeholder.
    stakeholder: Stakeholder;
    /// What came of it.
    ChangeEmailPayload
}

input! {
    /// What a stakeholder tells about itself from now on; what is left out is gone.
    ChangeStakeholderProfileInput {
        /// Which.
        stakeholder_id: ID,
        /// What sort it is.
        kind: Kind,
        /// What it is called.
        name: String,
        /// A few sentences.
        about: Option<String>,
        /// Its city.
        city: Option<String>,
        /// Its region or province.
        region: Option<String>,
        /// Its country.
        country: Option<String>,
        /// Its website.
        website: Option<String>,
        /// Words it is found by.
        #[graphql(default)]
        tags: Vec<String>,
        /// The version you saw.
        expected_version: Option<i64>,
    }
}

input! {
    /// Whom a curator made sure of.
    VerifyStakeholderInput {
        /// The stakeholder.
        stakeholder_id: ID,
        /// How she made sure.
        how: String,
    }
    /// What is offered.
    MakeOfferInput {
        /// The stakeholder.
        stakeholder_id: ID,
        /// What.
        what: String,
        /// The last day it holds: `2026-12-24`.
        until: Option<String>,
    }
    /// Which offer is withdrawn.
    WithdrawOfferInput {
        /// The stakeholder.
        stakeholder_id: ID,
        /// Its number.
        number: i32,
    }
    /// What is looked for.
    DeclareNeedInput {
        /// The stakeholder.
        stakeholder_id: ID,
        /// What.
        what: String,
        /// The last day it holds: `2026-12-24`.
        until: Option<String>,
    }
    /// Which need is withdrawn.
    WithdrawNeedInput {
        /// The stakeholder.
        stakeholder_id: ID,
        /// Its number.
        number: i32,
    }
    /// Which relation there is.
    DeclareRelationInput {
        /// The stakeholder.
        stakeholder_id: ID,
        /// To which issue.
        issue_id: ID,
        /// How.
        relation: Relation,
    }
    /// Which relation there is no longer.
    EndRelationInput {
        /// The stakeholder.
        stakeholder_id: ID,
        /// To which issue.
        issue_id: ID,
        /// How.
        relation: Relation,
    }
    /// Who sees it.
    SetVisibilityInput {
        /// The stakeholder.
        stakeholder_id: ID,
        /// Who.
        visibility: Visibility,
    }
    /// In which language to write.
    SetLanguageInput {
        /// The stakeholder.
        stakeholder_id: ID,
        /// `en`, `nl`, `tr` or `ko`.
        locale: String,
    }
    /// Who does not want to be asked for a while.
    PauseStakeholderInput {
        /// The stakeholder.
        stakeholder_id: ID,
        /// The last day of the pause: `2026-12-24`; open-ended when missing.
        until: Option<String>,
    }
    /// Who may be asked again.
    ResumeStakeholderInput {
        /// The stakeholder.
        stakeholder_id: ID,
    }
    /// Which entry lives on in which.
    MergeStakeholderInput {
        /// The stakeholder.
        stakeholder_id: ID,
        /// The one that stays.
        into_id: ID,
    }
    /// Which endorsement.
    EndorseIssueInput {
        /// The stakeholder.
        stakeholder_id: ID,
        /// The issue.
        issue_id: ID,
    }
    /// Which endorsement is taken back.
    WithdrawEndorsementInput {
        /// The stakeholder.
        stakeholder_id: ID,
        /// The issue.
        issue_id: ID,
    }
}

input! {
    /// Which address is proved.
    ConfirmEmailInput {
        /// The text of the link in the mail.
        token: String,
    }
}

input! {
    /// Whom to forget.
    ErasePersonInput {
        /// In which hub.
        hub_id: ID,
        /// Whom.
        person_id: ID,
    }
}

payloads! {
    /// The stakeholder.
    stakeholder: Stakeholder;
    /// What came of registering.
    RegisterStakeholderPayload,
    /// What came of proving an address.
    ConfirmEmailPayload,
    /// What came of verifying.
    VerifyStakeholderPayload,
    /// What came of changing a profile.
    ChangeStakeholderProfilePayload,
    /// What came of offering something.
    MakeOfferPayload,
    /// What came of withdrawing an offer.
    WithdrawOfferPayload,
    /// What came of declaring a need.
    DeclareNeedPayload,
    /// What came of withdrawing a need.
    WithdrawNeedPayload,
    /// What came of declaring a relation.
    DeclareRelationPayload,
    /// What came of ending a relation.
    EndRelationPayload,
    /// What came of setting who sees it.
    SetVisibilityPayload,
    /// What came of setting the language.
    SetLanguagePayload,
    /// What came of pausing.
    PauseStakeholderPayload,
    /// What came of resuming.
    ResumeStakeholderPayload,
    /// What came of merging.
    MergeStakeholderPayload,
}
payloads! {
    /// The issue.
    issue: Issue;
    /// What came of endorsing an issue.
    EndorseIssuePayload
}
payloads! {
    /// The issue.
    issue: Issue;
    /// What came of taking an endorsement back.
    WithdrawEndorsementPayload
}
payload! {
    /// What came of forgetting somebody.
    ErasePersonPayload {
        /// Whom.
        person_id: ID
    }
}
