"""Calls the mock with msgraph-sdk: only the base URL is not the service's own."""

import asyncio
import sys

from kiota_abstractions.api_error import APIError
from kiota_abstractions.authentication.anonymous_authentication_provider import (
    AnonymousAuthenticationProvider,
)
from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph import GraphServiceClient
from msgraph.generated.groups.groups_request_builder import GroupsRequestBuilder
from msgraph.generated.models.body_type import BodyType
from msgraph.generated.models.email_address import EmailAddress
from msgraph.generated.models.event import Event
from msgraph.generated.models.item_body import ItemBody
from msgraph.generated.models.message import Message
from msgraph.generated.models.recipient import Recipient
from msgraph.generated.models.user import User
from msgraph.generated.users.item.send_mail.send_mail_post_request_body import (
    SendMailPostRequestBody,
)
from msgraph.generated.users.users_request_builder import UsersRequestBuilder
from msgraph.graph_request_adapter import GraphRequestAdapter
from msgraph_core.requests.batch_request_content import BatchRequestContent
from msgraph_core.tasks.page_iterator import PageIterator

CALLS = []


def call(function):
    CALLS.append(function)
    return function


@call
async def lists(client):
    users = await client.users.get()
    assert users.value and users.value[0].display_name, users


@call
async def gets(client):
    user = await client.users.by_user_id("ada").get()
    assert user.id == "ada" and user.display_name, user


@call
async def gets_what_belongs_to_a_user(client):
    messages = await client.users.by_user_id("ada").messages.get()
    assert messages.value and messages.value[0].subject, messages


@call
async def gets_the_signed_in_user(client):
    me = await client.me.get()
    assert me.display_name, me


@call
async def selects(client):
    parameters = UsersRequestBuilder.UsersRequestBuilderGetQueryParameters(
        select=["displayName"]
    )
    configuration = RequestConfiguration(query_parameters=parameters)
    users = (await client.users.get(request_configuration=configuration)).value
    assert users and users[0].display_name and not users[0].mail, users


@call
async def follows_pages(client):
    parameters = GroupsRequestBuilder.GroupsRequestBuilderGetQueryParameters(top=1)
    configuration = RequestConfiguration(query_parameters=parameters)
    page = await client.groups.get(request_configuration=configuration)
    assert len(page.value) == 1 and page.odata_next_link, page
    ids = []

    def keep(group):
        ids.append(group.id)
        return True

    await PageIterator(page, client.request_adapter).iterate(keep)
    assert len(ids) > 1 and len(set(ids)) == len(ids), ids


@call
async def creates(client):
    event = Event(
        subject="Let's go for lunch",
        body=ItemBody(content_type=BodyType.Html, content="Does noon work for you?"),
    )
    created = await client.me.events.post(event)
    assert created.id, created


@call
async def changes(client):
    changed = await client.users.by_user_id("ada").patch(User(job_title="Analyst"))
    assert changed is None or changed.id, changed


@call
async def deletes(client):
    assert await client.users.by_user_id("ada").delete() is None


@call
async def calls_a_function(client):
    users = await client.users.delta.get()
    assert users.value and users.odata_next_link, users


@call
async def calls_an_action(client):
    message = Message(
        subject="Meet for lunch?",
        body=ItemBody(content_type=BodyType.Text, content="The new cafeteria is open."),
        to_recipients=[Recipient(email_address=EmailAddress(address="ada@example.com"))],
    )
    body = SendMailPostRequestBody(message=message, save_to_sent_items=False)
    assert await client.me.send_mail.post(body) is None


@call
async def downloads(client):
    content = await client.me.photo.content.get()
    assert isinstance(content, bytes) and content, content


@call
async def is_told_of_an_error(client):
    configuration = RequestConfiguration()
    configuration.headers.add("Prefer", "code=404")
    try:
        await client.users.by_user_id("nobody").get(request_configuration=configuration)
    except APIError as error:
        assert error.response_status_code == 404, error
        assert error.error.code, error
    else:
        raise AssertionError("there was no error")


@call
async def sends_a_batch(client):
    requests = [
        client.users.to_get_request_information(),
        client.users.by_user_id("ada").to_get_request_information(),
    ]
    content = BatchRequestContent()
    for request in requests:
        content.add_request_information(request)
    answer = await client.batch.post(content)
    statuses = [item.status for item in answer.responses.values()]
    assert statuses == [200, 200], statuses


async def main(base_url):
    adapter = GraphRequestAdapter(AnonymousAuthenticationProvider())
    adapter.base_url = base_url
    client = GraphServiceClient(request_adapter=adapter)
    failed = 0
    for function in CALLS:
        name = function.__name__.replace("_", " ")
        try:
            await function(client)
            print(f"msgraph-sdk {name}: ok")
        except Exception as error:
            failed += 1
            print(f"msgraph-sdk {name}: {type(error).__name__}: {error}")
    return 1 if failed else 0


sys.exit(asyncio.run(main(sys.argv[1])))
