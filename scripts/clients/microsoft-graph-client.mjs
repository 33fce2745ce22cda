// Calls the mock with @microsoft/microsoft-graph-client: only the base URL is not the service's own.

import assert from "node:assert/strict";
import { createRequire } from "node:module";

const [baseUrl, installed] = process.argv.slice(2);
const require = createRequire(`${installed}/`);
const { Client, ResponseType, BatchRequestContent, BatchResponseContent } = require(
  "@microsoft/microsoft-graph-client",
);

const { origin, pathname } = new URL(baseUrl);
const version = pathname.slice(1);
const client = Client.init({
  baseUrl: `${origin}/`,
  defaultVersion: version,
  authProvider: (done) => done(null, "token"),
});

// The client takes a URL of https only apart; of a link by http it is given what stands behind the
// version.
const below = (link) => {
  assert.ok(link?.startsWith(`${baseUrl}/`), `the link leads away: ${link}`);
  return link.slice(baseUrl.length);
};

const calls = {
  async lists() {
    const users = await client.api("/users").get();
    assert.ok(users.value[0].displayName);
  },
  async gets() {
    const user = await client.api("/users/ada").get();
    assert.equal(user.id, "ada");
    assert.ok(user.displayName);
  },
  async "gets what belongs to a user"() {
    const messages = await client.api("/users/ada/messages").get();
    assert.ok(messages.value[0].subject);
  },
  async selects() {
    const users = await client.api("/users").select("displayName").get();
    assert.ok(users.value[0].displayName);
    assert.equal(users.value[0].mail, undefined);
  },
  async "follows pages"() {
    const ids = [];
    let page = await client.api("/groups").top(1).get();
    for (;;) {
      assert.equal(page.value.length, 1);
      ids.push(page.value[0].id);
      const next = page["@odata.nextLink"];
      if (!next) break;
      page = await client.api(below(next)).get();
    }
    assert.ok(ids.length > 1);
    assert.equal(new Set(ids).size, ids.length);
  },
  async creates() {
    const event = { subject: "Let's go for lunch", body: { contentType: "HTML", content: "Noon?" } };
    assert.ok((await client.api("/me/events").post(event)).id);
  },
  async changes() {
    await client.api("/users/ada").patch({ jobTitle: "Analyst" });
  },
  async deletes() {
    assert.equal(await client.api("/users/ada").delete(), undefined);
  },
  async "calls a function"() {
    const delta = await client.api("/users/delta()").get();
    below(delta["@odata.nextLink"]);
  },
  async "calls an action"() {
    const message = { subject: "Meet for lunch?", body: { contentType: "Text", content: "Noon." } };
    await client.api("/me/sendMail").post({ message, saveToSentItems: "false" });
  },
  async downloads() {
    const request = client.api("/me/photo/$value").responseType(ResponseType.ARRAYBUFFER);
    assert.ok((await request.get()).byteLength > 0);
  },
  async "is told of an error"() {
    const request = client.api("/users/nobody").header("Prefer", "code=404");
    await assert.rejects(request.get(), (error) => error.statusCode === 404 && error.code !== "");
  },
  async "is told of a wrong property"() {
    const request = client.api("/me/calendars").post({ colour: "red" });
    await assert.rejects(request, (error) => error.code === "undocumentedProperty");
  },
  async "sends a batch"() {
    const part = (id, path) => ({ id, request: new Request(`${baseUrl}${path}`) });
    const batch = new BatchRequestContent([part("1", "/users"), part("2", "/users/ada")]);
    const answer = await client.api("/$batch").post(await batch.getContent());
    const responses = new BatchResponseContent(answer);
    assert.equal((await responses.getResponseById("2").json()).id, "ada");
  },
};

let failed = 0;
for (const [name, call] of Object.entries(calls)) {
  try {
    await call();
    console.log(`microsoft-graph-client ${name}: ok`);
  } catch (error) {
    failed += 1;
    console.log(`microsoft-graph-client ${name}: ${error.stack}`);
  }
}
process.exit(failed ? 1 : 0);
