//! Every code a command can be refused with, gathered from the capabilities.

use std::borrow::Cow;

use async_graphql::indexmap::IndexMap;
use async_graphql::parser::types::Field;
use async_graphql::registry::{Deprecation, MetaEnumValue, MetaType, MetaTypeId, Registry};
use async_graphql::{ContextSelectionSet, OutputType, Positioned, ServerResult, Value};

/// Codes that belong to no capability.
pub const GENERAL: &[&str] = &[
    "BROKEN_FILE",
    "COMMAND_ID_REUSED",
    "CONTROL_CHARACTER",
    "FIELD_MISSING",
    "INVALID_ADDRESS",
    "INVALID_DATE",
    "INVALID_LINK",
    "INVALID_TOKEN",
    "INVALID_URL",
    "INVALID_VALUE",
    "TOO_LONG",
    "UNKNOWN_ID",
    "UNKNOWN_TIME_ZONE",
    "VERSION_CONFLICT",
];

/// A refusal's code; see [`all`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorCode(pub String);

/// All codes, in alphabetical order.
pub fn all() -> Vec<String> {
    let mut codes: Vec<String> = GENERAL.iter().map(|&code| code.to_owned()).collect();
    codes.extend(crate::product::rejections().into_iter().map(screaming));
    codes.extend(crate::intake::rejections().into_iter().map(screaming));
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn screaming(name: &str) -> String {
    let mut code = String::new();
    for (place, letter) in name.chars().enumerate() {
        if letter.is_uppercase() && place > 0 {
            code.push('_');
        }
        code.extend(letter.to_uppercase());
    }
    code
}

/// `QUOTA_FULL` → "Quota full."; the catalogues say it in full sentences.
fn sentence(code: &str) -> String {
    let words = code.to_lowercase().replace('_', " ");
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

impl OutputType for ErrorCode {
    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed("ErrorCode")
    }

    fn create_type_info(registry: &mut Registry) -> String {
        registry.create_output_type::<Self, _>(MetaTypeId::Enum, |_| {
            let values: IndexMap<String, MetaEnumValue> = all()
                .into_iter()
                .map(|code| {
                    let value = MetaEnumValue {
                        name: code.clone(),
                        description: Some(sentence(&code)),
                        deprecation: Deprecation::NoDeprecated,
                        visible: None,
                        inaccessible: false,
                        tags: Vec::new(),
                        directive_invocations: Vec::new(),
                    };
                    (code, value)
                })
                .collect();
            MetaType::Enum {
                name: "ErrorCode".to_owned(),
                description: Some(
                    "Why a command was refused. New codes come with new rules: treat one you do not know as a refusal."
                        .to_owned(),
                ),
                enum_values: values,
                visible: None,
                inaccessible: false,
                tags: Vec::new(),
                rust_typename: Some(std::any::type_name::<Self>()),
                directive_invocations: Vec::new(),
                requires_scopes: Vec::new(),
            }
        })
    }

    async fn resolve(
        &self,
        _ctx: &ContextSelectionSet<'_>,
        _field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        Ok(Value::Enum(async_graphql::Name::new(&self.0)))
    }
}
