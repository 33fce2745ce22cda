//! A message and what it holds, written once and made twice: as the generator writes types, and
//! with serde's derive.

macro_rules! types {
    ($record:ident, $words:ident) => {
        $record! { Message {
            "id" id: String,
            "bccRecipients" bcc_recipients: Vec<Recipient>,
            "body" body: One<ItemBody>,
            "bodyPreview" body_preview: String,
            "categories" categories: Vec<String>,
            "ccRecipients" cc_recipients: Vec<Recipient>,
            "changeKey" change_key: String,
            "conversationId" conversation_id: String,
            "conversationIndex" conversation_index: Binary,
            "createdDateTime" created_date_time: DateTimeOffset,
            "flag" flag: One<FollowupFlag>,
            "from" from: One<Recipient>,
            "hasAttachments" has_attachments: bool,
            "importance" importance: Importance,
            "inferenceClassification" inference_classification: Classification,
            "internetMessageId" internet_message_id: String,
            "isDeliveryReceiptRequested" is_delivery_receipt_requested: bool,
            "isDraft" is_draft: bool,
            "isRead" is_read: bool,
            "isReadReceiptRequested" is_read_receipt_requested: bool,
            "lastModifiedDateTime" last_modified_date_time: DateTimeOffset,
            "parentFolderId" parent_folder_id: String,
            "receivedDateTime" received_date_time: DateTimeOffset,
            "replyTo" reply_to: Vec<Recipient>,
            "sender" sender: One<Recipient>,
            "sentDateTime" sent_date_time: DateTimeOffset,
            "subject" subject: String,
            "toRecipients" to_recipients: Vec<Recipient>,
            "uniqueBody" unique_body: One<ItemBody>,
            "webLink" web_link: String,
        }}
        $record! { Recipient { "emailAddress" email_address: One<EmailAddress>, }}
        $record! { EmailAddress { "name" name: String, "address" address: String, }}
        $record! { ItemBody { "content" content: String, "contentType" content_type: String, }}
        $record! { FollowupFlag {
            "dueDateTime" due_date_time: DateTimeOffset,
            "flagStatus" flag_status: String,
        }}
        $words! { Importance { "low" Low, "normal" Normal, "high" High, }}
        $words! { Classification { "focused" Focused, "other" Others, }}
    };
}

/// As the generator writes them.
pub(crate) mod resource {
    use docwright_client::{Binary, DateTimeOffset, Properties, Property};

    type One<T> = Box<T>;

    macro_rules! record {
        ($name:ident { $($text:literal $field:ident: $ty:ty,)* }) => {
            pub(crate) struct $name {
                $($field: Property<$ty>,)*
                other: Properties,
            }

            docwright_client::resource! {
                $name = "" { $($field: $text,)* }
            }
        };
    }

    macro_rules! words {
        ($name:ident { $($text:literal $variant:ident,)* }) => {
            docwright_client::words! {
                pub(crate) enum $name { $($variant = $text,)* }
            }
        };
    }

    types!(record, words);
}

/// With serde's derive.
pub(crate) mod derived {
    use serde::Deserialize;

    type One<T> = T;
    type DateTimeOffset = String;
    type Binary = String;

    #[derive(Debug, Deserialize)]
    pub(crate) struct Page {
        pub(crate) value: Vec<Message>,
    }

    macro_rules! record {
        ($name:ident { $($text:literal $field:ident: $ty:ty,)* }) => {
            #[derive(Debug, Deserialize)]
            #[allow(dead_code, reason = "only read from JSON")]
            pub(crate) struct $name {
                $(#[serde(rename = $text)] $field: Option<$ty>,)*
            }
        };
    }

    macro_rules! words {
        ($name:ident { $($text:literal $variant:ident,)* }) => {
            #[derive(Debug, Deserialize)]
            pub(crate) enum $name {
                $(#[serde(rename = $text)] $variant,)*
            }
        };
    }

    types!(record, words);
}
