//! The words by which lists of organisations say what somebody is, in English, Dutch, Turkish and
//! Korean.
//!
//! A word we do not know is no kind: nothing is guessed from a part of it.

use super::fact::Kind;
use crate::network::slug::folded;

/// The words of a field of a list: commas, semicolons, bars and slashes part them.
pub(super) fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', ',', '|', '/']).map(str::trim).filter(|word| !word.is_empty())
}

/// What a word says about who bears it. A word that says how somebody stands to the list's owner
/// (“partner”, “member”) says nothing of that.
pub(super) fn kind_of(word: &str) -> Option<Kind> {
    Some(match folded(word).as_str() {
        "ngo" | "non profit" | "nonprofit" | "not for profit" | "charity" | "foundation"
        | "association" | "stichting" | "vereniging" | "goed doel" | "dernek" | "vakıf" | "stk"
        | "비영리단체" | "시민단체" | "재단" => Kind::Ngo,
        "social enterprise"
        | "cooperative"
        | "co op"
        | "coop"
        | "sociale onderneming"
        | "coöperatie"
        | "sosyal girişim"
        | "kooperatif"
        | "사회적기업"
        | "사회적 기업"
        | "협동조합" => Kind::SocialEnterprise,
        "activist" | "activists" | "campaign" | "movement" | "actiegroep" | "aktivist"
        | "활동가" => Kind::Activist,
        "startup" | "start up" | "girişim" | "스타트업" => Kind::Startup,
        "knowledge institution"
        | "university"
        | "school"
        | "college"
        | "research"
        | "research institute"
        | "library"
        | "kennisinstelling"
        | "universiteit"
        | "üniversite"
        | "대학교"
        | "연구소" => Kind::KnowledgeInstitution,
        "company" | "business" | "corporation" | "corporate" | "bedrijf" | "şirket" | "기업"
        | "회사" => Kind::Company,
        "government" | "municipality" | "city" | "ministry" | "agency" | "public sector"
        | "overheid" | "gemeente" | "belediye" | "kamu" | "정부" | "지자체" => {
            Kind::Government
        }
        "international body"
        | "international organisation"
        | "international organization"
        | "intergovernmental"
        | "un agency"
        | "internationale organisatie"
        | "uluslararası kuruluş"
        | "국제기구" => Kind::InternationalBody,
        // Brigades and labs are what volunteers of civic technology call their local groups.
        "community group"
        | "community"
        | "volunteers"
        | "club"
        | "meetup"
        | "brigade"
        | "brigades"
        | "brigade collaboration"
        | "ok lab"
        | "lab"
        | "buurtgroep"
        | "bewonersgroep"
        | "topluluk"
        | "커뮤니티"
        | "동아리" => Kind::CommunityGroup,
        "funder" | "fund" | "grantmaker" | "donor" | "investor" | "fonds" | "fon" | "기금" => {
            Kind::Funder
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Kind, kind_of};

    #[test]
    fn kinds_are_read_in_any_case_and_the_four_languages() {
        let known = [
            ("NGO", Kind::Ngo),
            ("Social-Enterprise", Kind::SocialEnterprise),
            ("GOVERNMENT", Kind::Government),
            ("gemeente", Kind::Government),
            ("Üniversite", Kind::KnowledgeInstitution),
            ("사회적기업", Kind::SocialEnterprise),
            ("OK Lab", Kind::CommunityGroup),
        ];
        for (word, kind) in known {
            assert_eq!(kind_of(word), Some(kind), "{word}");
        }
        for word in ["", "midwest", "partner", "official"] {
            assert_eq!(kind_of(word), None, "{word}");
        }
    }
}
