// Looks at the explorer of a running mock as a person would: opens it, searches, makes a call, reads the
// answer and the Rust call. Says what it did, and fails where something is not as it has to be.
//
// usage: explorer-test.mjs URL NAME SCREENSHOTS CASE
//
// NAME begins the names of the screenshots; CASE is JSON, what is known of the pages: `search`, what to
// look for; `title`, what is found; `call`, a part of the Rust call; `answer`, a part of the answer;
// `change`, a value for the first parameter of the path, and `changed`, the call with it.

import { createRequire } from "node:module";
import { strict as assert } from "node:assert";
import { pathToFileURL } from "node:url";
import { join } from "node:path";

const [url, name, screenshots, known] = process.argv.slice(2);
const expected = JSON.parse(known);
const tools = createRequire(pathToFileURL(join(process.env.DOCWRIGHT_TOOLS, "package.json")));
const { chromium } = tools("playwright-core");

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
const context = await browser.newContext({
  viewport: { width: 1440, height: 900 },
  reducedMotion: "reduce",
  permissions: ["clipboard-read", "clipboard-write"],
});
const page = await context.newPage();

// Errors, what the policy refuses, and requests to anywhere else fail the test.
const faults = [];
let expectedFailures = 0;
page.on("dialog", (dialog) => faults.push(`dialog: ${dialog.message()}`));
page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
page.on(
  "console",
  (message) => ["error", "warning"].includes(message.type()) && faults.push(`console: ${message.text()}`),
);
page.on("request", (request) => request.url().startsWith(url) || faults.push(`request to ${request.url()}`));
page.on("requestfailed", (request) => faults.push(`failed: ${request.url()}`));

const picture = async (of, mode, width, height) => {
  await page.emulateMedia({ colorScheme: mode });
  await page.setViewportSize({ width, height });
  const path = join(screenshots, `${name}-${of}-${mode}-${width}.png`);
  await page.screenshot({ path });
};
const step = (text) => console.log(`${name}: ${text}`);

try {
  // Opened.
  const begun = Date.now();
  const response = await page.goto(url);
  assert.equal(response.status(), 200);
  assert.match(response.headers()["content-security-policy"], /default-src 'none'/);
  await page.waitForSelector(".areas button");
  step(`opened in ${Date.now() - begun} ms, ${await page.locator("#sidebar details").count()} areas`);
  await picture("overview", "light", 1440, 900);

  // Searched, from the keyboard.
  await page.keyboard.press("/");
  await page.keyboard.type(expected.search);
  const results = page.locator("#results [role=option]");
  await results.first().waitFor();
  const found = Date.now();
  await page.locator("#search").fill(`${expected.search} `);
  await page.evaluate(() => new Promise(requestAnimationFrame));
  step(`searched in ${Date.now() - found} ms, ${await results.count()} results are listed`);
  await picture("search", "light", 1440, 900);
  await page.locator("#search").fill("no such thing anywhere");
  await page.getByText("Nothing has all of these words").waitFor();
  await page.locator("#search").fill(expected.search);
  await results.first().waitFor();
  await page.keyboard.press("Enter");

  // Read.
  await page.waitForFunction(
    (title) => document.querySelector("main h1")?.textContent === title,
    expected.title,
  );
  assert.match(await page.title(), new RegExp(expected.title.slice(0, 20)));
  assert.equal(await page.locator("#sidebar [aria-current=page]").count(), 1);
  assert.ok((await page.locator(".routes li").count()) > 0);
  assert.ok((await page.locator(".place").count()) > 0);

  // The call of the generated client, and a copy of it.
  const markup = () =>
    page.evaluate(
      () =>
        document.querySelectorAll(
          "main img, main script, main iframe, a[href^='javascript:' i], a[href^='data:' i]",
        ).length,
    );
  const call = page.locator(".calls code");
  const calls = async (text) => {
    await page.waitForFunction(
      (text) => document.querySelector(".calls code")?.textContent.includes(text),
      text,
    );
    return call.textContent();
  };
  const written = await calls(expected.call);
  await page.locator(".calls .copy").click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), written);
  step(`Rust: ${written.trim().split("\n").pop()}`);

  // Tried, as it is documented.
  await page.locator(".try .primary").click();
  const live = page.locator(".live");
  await live.waitFor();
  assert.match(await live.locator(".status").textContent(), /^2\d\d/);
  const answer = await live.locator(".code code").textContent();
  assert.ok(answer.includes(expected.answer), answer);
  step(`answered ${await live.locator(".documented-head .quiet").textContent()}`);
  assert.equal(await markup(), 0);
  await picture("operation", "light", 1440, 900);
  await picture("operation", "dark", 1440, 900);
  await picture("operation", "dark", 900, 1100);
  await picture("operation", "light", 390, 844);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `the page is ${wide} pixels wider than a phone`);
  await page.locator("#menu").click();
  await picture("menu", "dark", 390, 844);
  await page.keyboard.press("Escape");
  await page.locator("#menu").click();
  await page.setViewportSize({ width: 1440, height: 900 });

  // Tried with another value, which the call follows.
  if (expected.change) {
    await page.locator(".try .field input").first().fill(expected.change);
    await calls(expected.changed);
    const [sent] = await Promise.all([
      page.waitForResponse((it) => it.url().includes(encodeURIComponent(expected.change))),
      page.locator(".try .primary").click(),
    ]);
    assert.equal(sent.status(), 200);
    step(`changed: ${(await call.textContent()).trim().split("\n").pop()}`);
  }

  // A scope leads to the operations that it allows, and what is shown stays.
  if (await page.locator(".scope").count()) {
    for (let time = 0; time < 2; time += 1) {
      await page.locator(".scope").first().click();
      await results.first().waitFor();
      await page.keyboard.press("Escape");
    }
    assert.equal(await page.locator("main h1").textContent(), expected.title);
  }

  // The place in the page that says so.
  await page.locator("article .kicker .place").click();
  await page.locator(".source tr.here").waitFor();
  await picture("page", "light", 1440, 900);
  await page.goBack();
  await page.locator(".type-details a, table .type a").first().click();
  await page.waitForFunction(() => document.querySelector("main .properties"));
  await picture("type", "dark", 1440, 900);

  // Nothing that the pages say has become markup, and no link leads into the page itself.
  assert.equal(await markup(), 0);

  // What there is not is said, and is no fault.
  await page.goto(`${url}#/no-such-operation`);
  await page.getByText("Not here").waitFor();
  expectedFailures += 1;

  const others = faults.filter((it) => !/404/.test(it));
  assert.deepEqual(others, []);
  assert.equal(faults.length - others.length, expectedFailures, faults.join("\n"));
  step("passed");
} finally {
  await browser.close();
}
