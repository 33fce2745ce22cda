//! The JSON that is read.

use serde_json::json;

/// A page of messages as a mail service sends them: each with an `@odata.etag` and one more
/// property that the types do not list.
pub(crate) fn of_messages(count: usize) -> String {
    let messages: Vec<_> = (0..count).map(message).collect();
    let page = json!({
        "@odata.context": "https://api.example.com/v1.0/$metadata#users('ada')/messages",
        "@odata.nextLink": "https://api.example.com/v1.0/users/ada/messages?$skip=1000",
        "value": messages,
    });
    page.to_string()
}

fn message(number: usize) -> serde_json::Value {
    let person = |name: &str| {
        let address = format!("{}@example.com", name.to_lowercase());
        json!({ "emailAddress": { "name": name, "address": address } })
    };
    json!({
        "@odata.etag": format!("W/\"CQAAABYAAAC4ofQHEIqCSbQPot83AFcbAAAnj{number:05}\""),
        "id": format!("AAMkADhMGAAAwTW09AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA{number:05}="),
        "createdDateTime": "2018-09-09T03:15:05Z",
        "lastModifiedDateTime": "2018-09-09T03:15:08Z",
        "changeKey": format!("CQAAABYAAAC4ofQHEIqCSbQPot83AFcbAAAnj{number:05}"),
        "categories": ["Concerts"],
        "receivedDateTime": "2018-09-09T03:15:08Z",
        "sentDateTime": "2018-09-09T03:15:06Z",
        "hasAttachments": false,
        "internetMessageId": format!("<MWHPR6E1BE060.{number}@MWHPR1120.prod.example.com>"),
        "subject": format!("9/9/2018: concert {number}"),
        "bodyPreview": "The group represents Nevada.",
        "importance": "normal",
        "parentFolderId": "AAMkADcbAAAAAAEJAAA=",
        "conversationId": "AAQkADOUpag6yWs=",
        "conversationIndex": "AQHUR5PXg6yWs0aUe0KFlNV1rA6Xxw==",
        "isDeliveryReceiptRequested": false,
        "isReadReceiptRequested": null,
        "isRead": number.is_multiple_of(2),
        "isDraft": false,
        "webLink": "https://mail.example.com/owa/?ItemID=AAMkADMGAAA%3D&viewmodel=ReadMessageItem",
        "inferenceClassification": "focused",
        "body": {
            "contentType": "html",
            "content": "<html>\r\n<head>\r\n<meta http-equiv=\"Content-Type\" \
                content=\"text/html; charset=utf-8\">\r\n</head>\r\n<body>\r\nThe group \
                represents Nevada.\r\n</body>\r\n</html>\r\n",
        },
        "sender": person("Adele"),
        "from": person("Adele"),
        "toRecipients": [person("Alex"), person("Megan")],
        "ccRecipients": [],
        "bccRecipients": [],
        "replyTo": [],
        "flag": { "flagStatus": "notFlagged" },
        "size": 4096 + number,
    })
}
