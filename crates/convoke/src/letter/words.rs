//! The words of a letter, once as plain text and once as HTML: the same words in both.

use askama::Template as _;

/// Everything that is read, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Words {
    /// `en`, `nl`, `tr`, `ko`.
    pub(crate) lang: &'static str,
    /// The subject; also the heading of the HTML.
    pub(crate) subject: String,
    /// Who writes: above the heading.
    pub(crate) hub: String,
    /// “Hello Ada,”.
    pub(crate) greeting: String,
    /// What it is about, a paragraph each.
    pub(crate) paragraphs: Vec<String>,
    /// What, when and where.
    pub(crate) card: Option<Card>,
    /// What happened, thing by thing.
    pub(crate) sections: Vec<Section>,
    /// The one thing to do.
    pub(crate) action: Option<Action>,
    /// What else there is to say, a paragraph each.
    pub(crate) after: Vec<String>,
    /// The page about it.
    pub(crate) page: Option<Action>,
    /// “The hosts of …”.
    pub(crate) farewell: String,
    /// Why the reader gets this.
    pub(crate) why: String,
    /// Where the facts are that caused it.
    pub(crate) because: Option<Action>,
    /// Where she chooses when to get them.
    pub(crate) choices: Option<Action>,
    /// How she gets no more of these.
    pub(crate) unsubscribe: Option<Action>,
}

/// An event in a few lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Card {
    /// Its name.
    pub(crate) title: String,
    /// Label and value.
    pub(crate) rows: Vec<Line>,
}

/// A thing with what happened to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Section {
    /// Its name.
    pub(crate) title: String,
    /// What happened, a sentence each.
    pub(crate) lines: Vec<String>,
    /// Its page.
    pub(crate) page: String,
    /// How to hear no more of it.
    pub(crate) stop: Action,
}

/// A label and what stands beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) label: String,
    pub(crate) value: String,
    /// Whether the value is a link.
    pub(crate) is_link: bool,
}

/// A link with what it does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Action {
    pub(crate) label: String,
    pub(crate) url: String,
}

#[derive(askama::Template)]
#[template(path = "letter/letter.html")]
struct Page<'a> {
    words: &'a Words,
}

impl Words {
    /// The complete letter in plain text, LF line ends.
    pub(crate) fn text(&self) -> String {
        let mut blocks = vec![self.greeting.clone()];
        blocks.extend(self.paragraphs.iter().cloned());
        blocks.extend(self.card.as_ref().map(Card::text));
        let link = Action::text;
        blocks.extend(self.sections.iter().map(Section::text));
        blocks.extend(self.action.as_ref().map(link));
        blocks.extend(self.after.iter().cloned());
        blocks.extend(self.page.as_ref().map(link));
        blocks.push(self.farewell.clone());
        // RFC 3676 §4.3: what stands below is no part of the message.
        let mut footer = format!("-- \n{}", self.why);
        for link in [&self.because, &self.choices, &self.unsubscribe].into_iter().flatten() {
            footer.push('\n');
            footer.push_str(&link.text());
        }
        blocks.push(footer);
        blocks.join("\n\n") + "\n"
    }

    /// The same in HTML.
    ///
    /// # Errors
    /// When the template fails, which a test rules out.
    pub(crate) fn html(&self) -> Result<String, askama::Error> {
        Page { words: self }.render()
    }
}

impl Action {
    /// The label, and the link below it.
    fn text(&self) -> String {
        let colon = if self.label.ends_with(['?', '.']) { "" } else { ":" };
        format!("{}{colon}\n{}", self.label, self.url)
    }
}

impl Section {
    fn text(&self) -> String {
        let lines = self.lines.iter().fold(String::new(), |text, line| text + "\n- " + line);
        let Self { title, page, stop, .. } = self;
        format!("{title}{lines}\n{page}\n{}: {}", stop.label, stop.url)
    }
}

impl Card {
    fn text(&self) -> String {
        let mut text = format!("  {}", self.title);
        for line in &self.rows {
            text.push_str("\n  ");
            text.push_str(&line.label);
            text.push_str(": ");
            text.push_str(&line.value);
        }
        text
    }
}
