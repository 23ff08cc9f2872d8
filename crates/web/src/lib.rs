//! The frame of every page: layout, forms, assets, headers, the accept loop.
//!
//! Everything here would be the same for any product: no SQL, no domain words, no catalogue.
//! Words arrive translated ([`frame::Words`]), tokens and ids arrive made, the clock is not read.
//!
//! # To write a page
//!
//! 1. Beside `page.rs` lies `thing.html`. It begins with `{% extends "layout.html" %}` and fills
//!    `{% block main %}`; the layout lies in this crate's `templates/`. The crate that owns the
//!    page has an `askama.toml` with `dirs = ["src", "../web/templates"]`, so that a template is
//!    named by its path under `src` (`#[template(path = "issue/agenda.html")]`).
//! 2. The struct carries `frame: Frame` (the layout reads it), the words (`t: Text`) and rows:
//!    `#[derive(askama::Template)] #[template(path = "…")] struct Agenda { frame: Frame, … }`.
//! 3. In the template: one `<h1>`, then plain HTML with the classes of `assets/style.css`, and
//!    components as values. A component escapes what it is given and is itself not escaped:
//!    `{{ form.summary(t.s("form-problem")) }}`,
//!    `{{ form.text("title", t.s("title")).hint(t.s("title-hint")).max(120) }}`.
//! 4. The handler answers with [`frame::page`]. A live board is an element with an id,
//!    `data-live="/live?…"` and `data-block="/url/of/the/block"`; `live.js` fetches that URL and
//!    takes the element with the same id out of the answer, a whole page or a lone block.
//! 5. A form posts to the page's own URL, without a hidden token (see [`origin`]); a handler
//!    reads [`form::Form`], notes errors with [`form::Form::wrong`], shows the page again with
//!    422, or redirects with 303.
//!
//! The policy forbids inline styles and scripts: no `style=""`, no `onclick=""`; what must be
//! drawn to measure is `<progress>`, `<meter>` or SVG attributes.
//!
//! # To serve
//!
//! [`dress::dress`] puts the layers round the product's router, [`serve::serve`] runs it.

pub mod assets;
pub mod chart;
pub mod dress;
pub mod field;
pub mod form;
pub mod frame;
pub mod headers;
pub mod language;
pub mod origin;
pub mod part;
pub mod peer;
pub mod problem;
pub mod serve;
pub mod session;
pub mod site;
pub mod trace;
pub mod upload;
