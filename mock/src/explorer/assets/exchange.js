// Requests and answers, as a page shows them and as they came.

import { code, languageOf, pretty } from "./code.js";
import { h, status } from "./dom.js";
import { placeLink } from "./places.js";
import { message } from "./request.js";

/** The name of an example's tab. */
export function exampleName(example) {
  const answer = example.response ? status(example.response.status) : h("span", { class: "status" }, "–");
  const title = example.title || example.name.replaceAll("_", " ");
  return [answer, h("span", { title }, title)];
}

/** A request and its answer as the page shows them. */
export function documented(example) {
  const { request, response, findings } = example;
  const warned = findings.map((it) =>
    h("p", { class: "finding" }, h("code", {}, it.code), " ", it.message, " ", placeLink(it.place, true)),
  );
  const head = (place, text) =>
    h("p", { class: "documented-head" }, h("span", {}, text), placeLink(place, true));
  const sent = h(
    "details",
    {},
    h("summary", {}, "Documented request ", placeLink(request.place, true)),
    code(message(`${request.method} ${request.target}`, request.headers, request.body), "http", "HTTP"),
  );
  const came = response && [
    head(response.place, ["Documented answer ", status(response.status, response.reason)]),
    response.body
      ? code(response.body, languageOf(response.body), response.truncated ? "shortened by the page" : "")
      : h("p", { class: "quiet" }, "Without a body."),
  ];
  return h(
    "section",
    { class: "card" },
    warned,
    came ?? h("p", { class: "quiet" }, "The page shows no answer."),
    sent,
  );
}

/** What the server answered. */
export function answered(response, text, milliseconds) {
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
  const taken = `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
  // A browser follows redirects or says nothing of them (Fetch, section 2.2.6).
  const hidden = response.type === "opaqueredirect";
  const size = hidden ? "" : ` · ${new TextEncoder().encode(text).length} bytes`;
  const empty = hidden ? "A redirect: browsers keep to themselves where it leads." : "Without a body.";
  return h(
    "section",
    { class: "card live" },
    h(
      "p",
      { class: "documented-head" },
      h("span", {}, "Answer ", hidden ? status("3xx") : status(response.status, response.statusText)),
      h("span", { class: "quiet" }, taken + size),
    ),
    text
      ? code(pretty(text), languageOf(text), response.headers.get("content-type") ?? "")
      : h("p", { class: "quiet" }, empty),
    headers && h("details", {}, h("summary", {}, "Headers"), h("pre", {}, h("code", {}, headers))),
  );
}
