// A request in other words: the call of the generated client, a command, the message.

import { copyButton, paint } from "./code.js";
import { HOME, h, tabs } from "./dom.js";
import { curl, headersOf, message, pathOf, queryOf } from "./request.js";

/** How long a request is left alone while it is being written, in milliseconds. */
const PAUSE = 200;

const VIEWS = ["Rust", "curl", "HTTP"];

/** A card with the request that `current` gives: its element, and how to say that that changed. */
export function callsCard(operation, index, current) {
  const content = h("code", {});
  const note = h("p", { class: "note", hidden: true });
  let view = 0;
  let waiting;
  // Answers may come in another order than they were asked for.
  let latest = 0;
  const views = tabs("The request as", VIEWS, 0, (at) => {
    view = at;
    show();
  });
  const head = h(
    "div",
    { class: "code-head" },
    views,
    copyButton(() => content.textContent),
  );
  const label = { class: "code calls", "aria-label": "The request as code" };
  const element = h("section", label, head, h("pre", { tabindex: 0 }, content), note);
  return { element, update };

  /** Shows the request anew, at once where nothing is shown yet. */
  function update() {
    clearTimeout(waiting);
    waiting = setTimeout(show, content.textContent ? PAUSE : 0);
  }

  async function show() {
    const own = ++latest;
    const request = current();
    if (!request || !operation.routes[request.route]) {
      return;
    }
    const headers = headersOf(request, operation);
    const target = pathOf(operation, request) + queryOf(request);
    let language = "rust";
    let written = {};
    if (view === 0) {
      written = await call(request, headers);
    } else if (view === 1) {
      language = "shell";
      written.call = curl(location.origin + index.basePath + target, request, headers);
    } else {
      language = "http";
      written.call = message(`${request.method} ${index.baseUrl ?? ""}${target}`, headers, request.body);
    }
    if (own === latest) {
      note.hidden = !written.none;
      note.textContent = written.none ?? "";
      paint(content, written.call ?? "", language);
    }
  }

  /** The call of the client, which the server writes with the code that makes the client. */
  async function call(request, headers) {
    const described = {
      operation: operation.slug,
      method: request.method,
      path: pathOf(operation, request),
      query: queryOf(request).slice(1),
      headers,
      body: request.body || null,
    };
    try {
      const response = await fetch(`${HOME}call`, { method: "POST", body: JSON.stringify(described) });
      return await response.json();
    } catch {
      return { none: "The server does not answer." };
    }
  }
}
