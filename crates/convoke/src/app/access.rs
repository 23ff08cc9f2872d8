//! Who asks, and what she may do where.

use journal::{NETWORK, OneText};
use kernel::{Actor, HubId, PersonId, Role};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq as _;

use super::App;
use crate::account;
use crate::text::Locale;

/// A role and where it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The hub; `None` for the whole network.
    pub hub: Option<HubId>,
    /// The role.
    pub role: Role,
}

/// Whoever asks a question or gives a command.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// The person, when one is known.
    pub person: Option<PersonId>,
    /// What she may, where.
    pub grants: Vec<Grant>,
    /// The token she came with.
    pub token: Option<account::TokenId>,
    /// The language she reads.
    pub locale: Locale,
}

impl Viewer {
    /// Somebody we know nothing about.
    pub fn visitor(locale: Locale) -> Self {
        Self { person: None, grants: Vec::new(), token: None, locale }
    }

    /// Whether she is signed in.
    pub fn is_signed_in(&self) -> bool {
        self.token.is_some()
    }

    /// Herself with her roles in one hub, or in the network.
    pub fn actor(&self, hub: Option<HubId>) -> Actor {
        let roles: Vec<Role> = self
            .grants
            .iter()
            .filter(|grant| grant.hub.is_none() || grant.hub == hub)
            .map(|grant| grant.role)
            .collect();
        match self.person {
            Some(person) => Actor::person(person, roles),
            None => Actor { roles, ..Actor::visitor() },
        }
    }

    /// Whether she holds one of these roles in a hub (or one that contains it).
    pub fn is_any(&self, hub: HubId, roles: &[Role]) -> bool {
        self.actor(Some(hub)).is_any(roles)
    }

    /// Whether she works for the hub: sees drafts, registrations and names.
    pub fn is_staff(&self, hub: HubId) -> bool {
        self.is_any(hub, &[Role::Curator, Role::Host, Role::Organiser])
    }

    /// Whether this is the person herself, or somebody who works for the hub.
    pub fn may_see_person(&self, hub: HubId, person: &str) -> bool {
        self.person.is_some_and(|own| own.to_string() == person) || self.is_staff(hub)
    }
}

/// A secret as it is handed out once: `tok_` and 68 characters; only its hash is stored.
pub struct IssuedSecret {
    /// What the bearer sends.
    pub text: String,
    /// What is stored: SHA-256 in hexadecimal.
    pub hash: String,
}

/// Makes the secret of a new token: its id and 32 random bytes, so it is found without a search.
pub fn issue_secret(token: account::TokenId, random: [u8; 32]) -> IssuedSecret {
    use base64::Engine as _;
    let mut bytes = token.uuid().as_bytes().to_vec();
    bytes.extend(random);
    let text = format!("tok_{}", base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes));
    let hash = hash(&text);
    IssuedSecret { text, hash }
}

/// SHA-256 in hexadecimal; enough for secrets of 256 bits (ASVS 6.5.2).
pub fn hash(text: &str) -> String {
    journal::hex(&Sha256::digest(text))
}

fn token_id(secret: &str) -> Option<account::TokenId> {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD
        .decode(secret.strip_prefix("tok_")?)
        .ok()?;
    let uuid: [u8; 16] = bytes.get(..16)?.try_into().ok()?;
    (bytes.len() == 48).then(|| account::TokenId::new(uuid::Uuid::from_bytes(uuid)))
}

journal::row! {
    struct TokenRow {
        person: String,
        hub: Option<String>,
        role: String,
        secret_hash: String,
        expires_at: Option<i64>,
        revoked_at: Option<i64>,
    }
}

impl App {
    async fn token_row(&self, token: account::TokenId) -> journal::Result<Option<TokenRow>> {
        self.journal()
            .db()
            .opt(
                "SELECT person, hub, role, secret_hash, expires_at, revoked_at FROM account_token WHERE id = $1",
                journal::args![token.to_string()],
            )
            .await
    }

    /// Who comes with this secret; `None` when it is wrong, has ended, or was revoked.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn authenticate(
        &self,
        secret: &str,
        locale: Locale,
    ) -> journal::Result<Option<Viewer>> {
        let Some(id) = token_id(secret) else { return Ok(None) };
        let Some(row) = self.token_row(id).await? else {
            return Ok(None);
        };
        let same = bool::from(row.secret_hash.as_bytes().ct_eq(hash(secret).as_bytes()));
        let ended = row.expires_at.is_some_and(|at| at <= journal::micros(self.now()));
        if !same || ended || row.revoked_at.is_some() {
            return Ok(None);
        }
        let Ok(person) = PersonId::parse(&row.person) else { return Ok(None) };
        let hub = row.hub.as_deref().and_then(|hub| HubId::parse(hub).ok());
        let Ok(role) = row.role.parse() else { return Ok(None) };
        Ok(Some(Viewer {
            person: Some(person),
            grants: vec![Grant { hub, role }],
            token: Some(id),
            locale,
        }))
    }

    /// Whether a token still holds.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn token_holds(&self, token: account::TokenId) -> journal::Result<bool> {
        let row = self.token_row(token).await?;
        Ok(row.is_some_and(|row| {
            row.revoked_at.is_none()
                && row.expires_at.is_none_or(|at| at > journal::micros(self.now()))
        }))
    }

    /// A text for links in mails that proves the bearer got it: it names a thing and cannot be
    /// guessed. `purpose` keeps kinds of links apart.
    pub fn link_token(&self, purpose: &str, id: &str) -> String {
        use base64::Engine as _;
        let mac = self.journal().keys().mac(purpose, id.as_bytes());
        let short = mac.get(..18).unwrap_or_default();
        format!("{id}.{}", base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(short))
    }

    /// The thing a link's text names, if the text is genuine.
    pub fn link_target<'t>(&self, purpose: &str, token: &'t str) -> Option<&'t str> {
        let (id, _) = token.rsplit_once('.')?;
        let genuine = self.link_token(purpose, id);
        bool::from(genuine.as_bytes().ct_eq(token.as_bytes())).then_some(id)
    }

    /// Whether there is any network admin yet.
    ///
    /// # Errors
    /// When the database is out of reach.
    pub async fn is_fresh(&self) -> journal::Result<bool> {
        let row: Option<OneText> = self
            .journal()
            .db()
            .opt(
                "SELECT journal AS text FROM heads WHERE journal = $1 AND position > 0",
                journal::args![NETWORK],
            )
            .await?;
        Ok(row.is_none())
    }
}
