//! A posted form with one file: what browsers send as `multipart/form-data` (RFC 7578).
//!
//! The whole body is read first, within a limit, and then taken apart; a file is as large as the
//! page allows. Only one file is kept, its name is shown and never opened. Refuses bodies of
//! another kind, broken ones, and floods of fields.

use std::convert::Infallible;

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use futures_util::stream;
use http::header;
use multer::{Constraints, Multipart, SizeLimit};

use crate::dress::BODY_BYTES_MAX;
use crate::form::{FIELDS_MAX, Form, pair};
use crate::problem::Problem;

/// Longest name of a file that is kept, in characters.
const NAME_CHARS_MAX: usize = 120;

/// Largest text of a field beside the file.
const FIELD_BYTES_MAX: u64 = 64 * 1024;

/// What was posted.
#[derive(Clone, Debug, Default)]
pub struct Upload {
    /// The fields that are no files.
    pub form: Form,
    /// The first file that was chosen.
    pub file: Option<File>,
}

/// A file somebody sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// What it was called there, without folders.
    pub name: String,
    /// What is in it.
    pub bytes: Bytes,
}

impl Upload {
    /// Takes a body apart.
    ///
    /// # Errors
    /// [`Problem::BadRequest`] when it is broken, [`Problem::TooLarge`] with too much in it.
    pub async fn parse(body: Bytes, boundary: &str) -> Result<Self, Problem> {
        let limits = SizeLimit::new().per_field(u64::MAX);
        let body = stream::iter([Ok::<Bytes, Infallible>(body)]);
        let constraints = Constraints::new().size_limit(limits);
        let mut parts = Multipart::with_constraints(body, boundary, constraints);
        let (mut fields, mut file) = (Vec::new(), None);
        while let Some(part) = parts.next_field().await.map_err(|error| broken(&error))? {
            if fields.len() >= FIELDS_MAX {
                return Err(Problem::TooLarge);
            }
            let name = part.name().unwrap_or_default().to_owned();
            let chosen = part.file_name().map(file_name);
            let bytes = part.bytes().await.map_err(|error| broken(&error))?;
            match chosen {
                // A browser sends an empty file without a name when none was chosen.
                Some(known) if file.is_none() && !(known.is_empty() && bytes.is_empty()) => {
                    file = Some(File { name: known, bytes });
                }
                Some(_other) => {}
                None if u64::try_from(bytes.len()).is_ok_and(|length| length > FIELD_BYTES_MAX) => {
                    return Err(Problem::TooLarge);
                }
                None => {
                    let text = std::str::from_utf8(&bytes).map_err(|_bad| Problem::BadRequest)?;
                    fields.push(pair(&name, text)?);
                }
            }
        }
        Ok(Self { form: Form::with(fields), file })
    }
}

/// The last part of a path: some browsers sent the whole one.
fn file_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|letter| !letter.is_control()).take(NAME_CHARS_MAX).collect()
}

fn broken(error: &multer::Error) -> Problem {
    tracing::debug!(%error, "an upload was not read");
    Problem::BadRequest
}

impl<S: Sync> FromRequest<S> for Upload {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok());
        let boundary = kind.and_then(|kind| multer::parse_boundary(kind).ok());
        let boundary = boundary.ok_or(Problem::Unsupported)?;
        let body = to_bytes(request.into_body(), BODY_BYTES_MAX).await.map_err(|error| {
            tracing::debug!(%error, "an upload was not read");
            Problem::TooLarge
        })?;
        Self::parse(body, &boundary).await
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;

    use super::*;

    async fn extract(kind: &str, body: impl Into<Body>) -> Result<Upload, Problem> {
        let request = Request::post("/x").header(header::CONTENT_TYPE, kind).body(body.into());
        Upload::from_request(request.unwrap(), &()).await
    }

    const KIND: &str = "multipart/form-data; boundary=b0";

    fn part(head: &str, body: &str) -> String {
        format!("--b0\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n")
    }

    #[tokio::test]
    async fn fields_and_the_first_file_are_read() {
        let body = [
            part("name=\"commandId\"", " 1 "),
            part("name=\"file\"; filename=\"C:\\\\old\\\\agenda.ics\"", "BEGIN:VCALENDAR\r\n"),
            part("name=\"file\"; filename=\"second.ics\"", "x"),
            "--b0--\r\n".to_owned(),
        ];
        let upload = extract(KIND, body.concat()).await.unwrap();
        assert_eq!(upload.form.get("commandId"), "1");
        let file = upload.file.unwrap();
        assert_eq!(
            (file.name.as_str(), &file.bytes[..]),
            ("agenda.ics", &b"BEGIN:VCALENDAR\r\n"[..])
        );
    }

    #[tokio::test]
    async fn no_file_chosen_is_no_file() {
        let body = part("name=\"file\"; filename=\"\"", "") + "--b0--\r\n";
        assert_eq!(extract(KIND, body).await.unwrap().file, None);
    }

    #[tokio::test]
    async fn what_is_no_form_is_refused() {
        let problem = |found: Result<Upload, Problem>| found.map(drop).unwrap_err();
        assert_eq!(problem(extract("text/calendar", "x").await), Problem::Unsupported);
        assert_eq!(problem(extract("multipart/form-data", "x").await), Problem::Unsupported);
        assert_eq!(problem(extract(KIND, "no part at all").await), Problem::BadRequest);
        assert_eq!(
            problem(extract(KIND, part("name=\"a\"", "cut off")).await),
            Problem::BadRequest
        );
        assert_eq!(
            problem(extract(KIND, part("name=\"a\"", "\0") + "--b0--").await),
            Problem::BadRequest
        );
        let large = part("name=\"a\"", &"x".repeat(70_000)) + "--b0--\r\n";
        assert_eq!(problem(extract(KIND, large).await), Problem::TooLarge);
        let huge = vec![b'x'; BODY_BYTES_MAX + 1];
        assert_eq!(problem(extract(KIND, huge).await), Problem::TooLarge);
    }
}
