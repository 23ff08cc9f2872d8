//! The three ways to subscribe to a feed, wherever one is offered: the calendar program of this
//! device, Google's calendar, and the address to copy.

use askama::Template;
use askama::filters::HtmlSafe;

use crate::text::Text;

/// The three ways. It escapes what it is given and is itself not escaped.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/subscribe.html")]
pub struct Subscribe {
    t: Text,
    id: String,
    address: String,
    app: String,
    google: String,
}

impl HtmlSafe for Subscribe {}

impl Subscribe {
    /// For the feed at an address; `id` names it among the parts of its page.
    pub fn new(text: Text, id: &str, address: String) -> Self {
        let app = webcal(&address);
        // Google documents no such address; this one has opened its “add calendar?” for years.
        let mut google = String::from("https://calendar.google.com/calendar/render?");
        google.push_str(
            &url::form_urlencoded::Serializer::new(String::new()).append_pair("cid", &app).finish(),
        );
        Self { t: text, id: id.to_owned(), address, app, google }
    }
}

/// The same address for the calendar program of a device.
pub fn webcal(address: &str) -> String {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    rest.map_or_else(|| address.to_owned(), |rest| format!("webcal://{rest}"))
}
