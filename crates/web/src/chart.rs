//! Small charts as SVG made here: bars beside their figures, and a line over time.
//!
//! A bar chart is a table whose cells hold the bars, so the figures are always readable; a line
//! says in words what it shows. No script, no inline style, no colour that means anything alone.

use std::fmt::{Display, Write as _};

use askama::{Template, filters::HtmlSafe};

/// Rows of a label, a bar and a figure.
#[derive(Clone, Debug, Template)]
#[template(path = "part/bars.html")]
pub struct Bars {
    caption: String,
    rows: Vec<Bar>,
}

#[derive(Clone, Debug)]
struct Bar {
    label: String,
    figure: String,
    value: f64,
}

impl HtmlSafe for Bars {}

impl Bars {
    /// No rows yet.
    pub fn new(caption: impl Display) -> Self {
        Self { caption: caption.to_string(), rows: Vec::new() }
    }

    /// Adds a row. `figure` says the value in words; negative and odd values draw nothing.
    #[must_use]
    pub fn bar(mut self, label: impl Display, figure: impl Display, value: f64) -> Self {
        let value = if value.is_finite() { value.max(0.0) } else { 0.0 };
        self.rows.push(Bar { label: label.to_string(), figure: figure.to_string(), value });
        self
    }

    /// The width of a bar in hundredths of the longest one.
    fn width(&self, value: f64) -> String {
        let longest = self.rows.iter().map(|bar| bar.value).fold(0.0, f64::max);
        format!("{:.1}", if longest > 0.0 { value / longest * 100.0 } else { 0.0 })
    }
}

/// A value over time, without axes: what it says stands beside it.
#[derive(Clone, Debug, Template)]
#[template(
    ext = "html",
    source = r#"<svg class="chart line" viewBox="0 0 100 30" preserveAspectRatio="none" role="img" aria-label="{{ label }}"><polyline points="{{ points }}"/></svg>"#
)]
pub struct Line {
    label: String,
    points: String,
}

impl HtmlSafe for Line {}

impl Line {
    /// `label` says in words what the line shows; values are evenly spaced, the oldest first.
    pub fn new(label: impl Display, values: &[f64]) -> Self {
        let values: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let height = if high > low { high - low } else { 1.0 };
        let last = u32::try_from(values.len().saturating_sub(1)).unwrap_or(u32::MAX).max(1);
        let mut points = String::new();
        for (index, value) in (0_u32..).zip(&values) {
            let x = f64::from(index) / f64::from(last) * 100.0;
            let y = 28.0 - (value - low) / height * 26.0;
            // Writing to a String cannot fail.
            let _written = write!(points, "{x:.1},{y:.1} ");
        }
        points.truncate(points.trim_end().len());
        Self { label: label.to_string(), points }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_is_whole_and_the_others_are_shares_of_it() {
        let html = Bars::new("Needs").bar("Food", "8", 8.0).bar("Shade", "2", 2.0).to_string();
        assert!(html.contains("<rect class=\"bar\" width=\"100.0\""), "{html}");
        assert!(html.contains("<rect class=\"bar\" width=\"25.0\""), "{html}");
        assert!(html.contains("<th scope=\"row\">Food</th>"), "{html}");
    }

    #[test]
    fn nothing_and_nonsense_draw_nothing() {
        let html = Bars::new("Needs").bar("a", "-", f64::NAN).bar("b", "-1", -1.0).to_string();
        assert_eq!(html.matches("width=\"0.0\"").count(), 2, "{html}");
        assert!(Line::new("x", &[]).to_string().contains("points=\"\""));
    }

    #[test]
    fn a_line_goes_from_left_to_right_and_stays_inside() {
        let html = Line::new("Rising", &[1.0, f64::NAN, 2.0, 3.0]).to_string();
        assert!(html.contains("points=\"0.0,28.0 50.0,15.0 100.0,2.0\""), "{html}");
        assert!(Line::new("Flat", &[5.0, 5.0]).to_string().contains("0.0,28.0 100.0,28.0"));
    }
}
