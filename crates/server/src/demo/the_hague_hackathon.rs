//! Forty-eight hours for a letter people understand: who takes part, and what they make.

use super::story::{HackathonStory, Hacker, IdeaStory, TeamStory};
use super::the_hague::RUNNING_FOR_HOURS;

pub(super) const STORY: HackathonStory = HackathonStory {
    event: "hackathon",
    team_min: 3,
    team_max: 6,
    hours: 48,
    running_for_hours: Some(RUNNING_FOR_HOURS),
    hackers: &[
        Hacker {
            name: ("Noor Abdelkader", "noor.abdelkader"),
            has: &[("plain language", 3), ("facilitation", 2)],
            wants: &["prototyping"],
            wishes: &["the reminder letter"],
        },
        Hacker {
            name: ("Lars Wieringa", "lars.wieringa"),
            has: &[("rust", 3), ("accessibility", 2)],
            wants: &["service design"],
            wishes: &["something that works offline"],
        },
        Hacker {
            name: ("Meryem Öztürk", "meryem.ozturk"),
            has: &[("law", 3)],
            wants: &["plain language"],
            wishes: &["fines"],
        },
        Hacker {
            name: ("Daan Verhoeven", "daan.verhoeven"),
            has: &[("design", 3), ("illustration", 3)],
            wants: &[],
            wishes: &["pictures instead of paragraphs"],
        },
        Hacker {
            name: ("Selam Ghebre", "selam.ghebre"),
            has: &[("interpreting", 3), ("research", 1)],
            wants: &["web"],
            wishes: &["letters in two languages"],
        },
        Hacker {
            name: ("Jeroen Kok", "jeroen.kok"),
            has: &[("python", 2), ("data", 3)],
            wants: &["plain language"],
            wishes: &["counting which letters hurt"],
        },
        Hacker {
            name: ("Anouk Timmermans", "anouk.timmermans"),
            has: &[("research", 3), ("facilitation", 3)],
            wants: &[],
            wishes: &["testing with readers"],
        },
        Hacker {
            name: ("Ibrahim Saleh", "ibrahim.saleh"),
            has: &[("web", 3), ("typescript", 3)],
            wants: &["accessibility"],
            wishes: &["a page one can send on"],
        },
        Hacker {
            name: ("Femke Bos", "femke.bos"),
            has: &[("policy", 3), ("plain language", 2)],
            wants: &["data"],
            wishes: &["the housing letters"],
        },
        Hacker {
            name: ("Carlos Duarte", "carlos.duarte"),
            has: &[("hardware", 2), ("audio", 3)],
            wants: &["design"],
            wishes: &["a letter that reads itself aloud"],
        },
        Hacker {
            name: ("Mila Janković", "mila.jankovic"),
            has: &[("copywriting", 3)],
            wants: &["research"],
            wishes: &["the second sentence"],
        },
        Hacker {
            name: ("Stijn de Wit", "stijn.dewit"),
            has: &[("project management", 2), ("web", 1)],
            wants: &["rust"],
            wishes: &["anything before midnight"],
        },
        Hacker {
            name: ("Aïcha Benali", "aicha.benali"),
            has: &[("debt counselling", 3)],
            wants: &["facilitation"],
            wishes: &["the first letter, not the last"],
        },
        Hacker {
            name: ("Pim Gerritsen", "pim.gerritsen"),
            has: &[("java", 3), ("integration", 2)],
            wants: &["plain language"],
            wishes: &["something the city can run"],
        },
        Hacker {
            name: ("Tanja Meijer", "tanja.meijer"),
            has: &[("service design", 3)],
            wants: &["data"],
            wishes: &["the queue before the letter"],
        },
        Hacker {
            name: ("Sami Karimov", "sami.karimov"),
            has: &[("video", 2), ("illustration", 1)],
            wants: &["web"],
            wishes: &["thirty seconds instead of three pages"],
        },
    ],
    ideas: &[
        IdeaStory {
            by: 0,
            title: "De brief in vijf zinnen",
            text: "Boven elke brief vijf zinnen: wat er is, wat u moet doen, voor wanneer, wat het kost, wie u belt. De rest mag blijven. We testen met vijftien lezers voor zondag.",
            roles: &["law", "research", "web"],
        },
        IdeaStory {
            by: 9,
            title: "De envelop die voorleest",
            text: "Een code op de envelop; wie hem scant, hoort de brief in de eigen taal, zonder installatie en zonder naam.",
            roles: &["audio", "interpreting"],
        },
        IdeaStory {
            by: 5,
            title: "Kaart van pijnlijke brieven",
            text: "Waar gaan welke brieven heen, en waar komen daarna de boetes? Geanonimiseerd per buurt, zodat de ergste eerst herschreven wordt.",
            roles: &["data", "policy"],
        },
        IdeaStory {
            by: 8,
            title: "Eén afspraak in plaats van drie brieven",
            text: "Wie drie brieven van drie loketten krijgt, krijgt één uitnodiging voor één gesprek. Wij bouwen het rooster en de brief.",
            roles: &["service design", "integration"],
        },
    ],
    teams: &[
        TeamStory { name: "Vijf zinnen", lead: 0, idea: Some(0), members: &[2, 7, 6, 10] },
        TeamStory { name: "Voorlezers", lead: 9, idea: Some(1), members: &[4, 1, 15] },
        TeamStory { name: "Heatmap", lead: 5, idea: Some(2), members: &[12, 3] },
        TeamStory { name: "Eén loket", lead: 8, idea: Some(3), members: &[14, 13] },
    ],
    requests: &[(11, 2, "I can keep the plan and the coffee.")],
};
