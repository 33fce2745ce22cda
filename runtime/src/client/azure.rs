//! Tokens from the credentials of the Azure SDK.

use std::sync::Arc;
use std::time::SystemTime;

use azure_core::credentials::TokenCredential;
use url::Url;

use super::token::{AccessToken, TokenProvider};
use crate::{BoxError, BoxFuture};

/// A credential, and the scopes that its tokens are for.
pub(super) struct AzureTokens {
    pub(super) credential: Arc<dyn TokenCredential>,
    pub(super) scopes: Vec<String>,
}

/// The scope that stands for everything that was granted at a host; `None` where the base URL is
/// no URL, which building the client reports.
pub(super) fn default_scope(base_url: &str) -> Option<String> {
    let url = Url::parse(base_url).ok()?;
    Some(format!("{}/.default", url.origin().ascii_serialization()))
}

impl TokenProvider for AzureTokens {
    fn token(&self) -> BoxFuture<'_, Result<AccessToken, BoxError>> {
        Box::pin(async {
            let scopes: Vec<&str> = self.scopes.iter().map(String::as_str).collect();
            let token = self.credential.get_token(&scopes, None).await?;
            let end = SystemTime::from(token.expires_on);
            Ok(AccessToken::from(token.token.secret()).expires_at(end))
        })
    }
}
