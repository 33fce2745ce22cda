use super::paths;

#[derive(Clone, Debug)]
pub struct Client(docwright_client::Client);

impl Client {
    pub fn builder(base_url: impl Into<String>) -> docwright_client::ClientBuilder<Self> {
        docwright_client::Client::builder(base_url)
    }

    pub fn me(&self) -> paths::User {
        paths::User(self.0.root().literal("me"))
    }

    pub fn photos(&self) -> paths::Photos {
        paths::Photos(self.0.root().literal("photos"))
    }

    pub fn users(&self, user_id: impl AsRef<str>) -> paths::User {
        paths::User(self.0.root().literal("users").key(user_id))
    }

    pub fn users_collection(&self) -> paths::Users {
        paths::Users(self.0.root().literal("users"))
    }
}

impl From<docwright_client::Client> for Client {
    fn from(client: docwright_client::Client) -> Self {
        Self(client)
    }
}
