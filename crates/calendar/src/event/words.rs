//! The words of an entry: cleaned, cut at their limits, with the links where people find them.

use super::{CATEGORIES_MAX, Conference, DESCRIPTION_CHARS_MAX, WORD_CHARS_MAX};
use crate::error::Refusal;
use crate::guard::{ParamText, Text, Uri};

/// A link and what to call it.
pub(super) fn join(conference: &Conference) -> Result<(Uri, ParamText), Refusal> {
    Ok((Uri::parse(&conference.link)?, ParamText::clean(&conference.label)))
}

/// Tags without empty ones and repetitions, at most [`CATEGORIES_MAX`].
pub(super) fn categories(raw: &[String]) -> Vec<Text> {
    let mut words: Vec<Text> = Vec::new();
    for word in raw.iter().map(|word| Text::word(word, WORD_CHARS_MAX)) {
        if words.len() < CATEGORIES_MAX && !word.is_empty() && !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// The description, the join link, and last the page: some clients show neither property. The
/// words are cut, the links are whole.
pub(super) fn description(
    raw: &str,
    url: Option<&Uri>,
    conference: Option<&(Uri, ParamText)>,
) -> Text {
    let body = Text::clean(raw, DESCRIPTION_CHARS_MAX);
    let mut links: Vec<String> = Vec::new();
    if let Some((link, label)) = conference
        && Some(link) != url
        && !body.as_str().contains(link.as_str())
    {
        let label = if label.is_empty() { String::new() } else { format!("{}: ", label.as_str()) };
        links.push(label + link.as_str());
    }
    if let Some(url) = url
        && (!links.is_empty() || !body.as_str().ends_with(url.as_str()))
    {
        links.push(url.as_str().to_owned());
    }
    if links.is_empty() {
        return body;
    }
    let links = links.join("\n");
    let room = DESCRIPTION_CHARS_MAX.saturating_sub(links.chars().count() + "\n\n".len());
    let body = Text::clean(body.as_str(), room);
    // Once more as a whole: a blank line is not put before links that stand alone.
    Text::clean(&format!("{}\n\n{links}", body.as_str()), DESCRIPTION_CHARS_MAX)
}
