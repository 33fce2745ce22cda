// Trying an operation: documented examples, a request that can be changed, what the server answers
// to it, and the call of the generated client that makes it.

import { code, copyButton, languageOf, paint, pretty } from "./code.js";
import { HOME, fill, h, refill, status, tabs } from "./dom.js";
import { placeLink } from "./places.js";
import { curl, headersOf, message, pathOf, queryOf, requestOf } from "./request.js";

/** How long a request is left alone while it is being written, in milliseconds. */
const PAUSE = 200;

let fields = 0;

/** The column in which an operation is tried: its element, and how to choose a route from outside. */
export function trial(operation, index) {
  let example = operation.examples[0];
  let request = requestOf(operation, example);
  const isJson = operation.body?.type || operation.body?.properties;
  const mediaType = operation.body?.mediaType ?? (isJson ? "application/json" : "application/octet-stream");
  const form = h("form", { class: "card try", submit: send });
  const answer = h("div", { class: "answer", "aria-live": "polite" });
  const shown = h("div", { class: "documented" });
  const calls = callsCard();

  const strip =
    operation.examples.length > 0 &&
    tabs("Examples", operation.examples.map(exampleName), 0, (at) => {
      example = operation.examples[at];
      request = requestOf(operation, example);
      refill(shown, documented(example));
      refill(answer);
      showForm();
    });
  if (!strip) {
    showForm();
  }
  const element = h("aside", { class: "trial", "aria-label": "Try it" }, strip, calls.element, h("div", {}, form, answer), shown);
  return { element, chooseRoute };

  function chooseRoute(at) {
    request.route = at;
    request.method = operation.routes[at].method;
    showForm();
    form.scrollIntoView({ block: "nearest" });
  }

  function showForm() {
    const route = operation.routes[request.route];
    if (!route) {
      refill(form, h("p", { class: "quiet" }, "No route leads here."));
      return;
    }
    const address = h("code", { class: "address" });
    const changed = () => {
      address.textContent = `${request.method} ${index.basePath}${pathOf(operation, request)}${queryOf(request)}`;
      calls.update();
    };
    refill(
      form,
      h("h2", {}, "Try it"),
      routeField(changed),
      valueFields(route, changed),
      pairFields("Query", request.query, known("query"), changed),
      pairFields("Headers", request.headers, known("headers"), changed),
      bodyField(changed),
      wantedField(changed),
      h("div", { class: "send" }, h("button", { class: "primary", type: "submit" }, "Send"), address),
    );
    changed();
  }

  /** The names that the page documents. */
  function known(kind) {
    const list = kind === "query" ? [...operation.queryOptions, ...operation.queryParameters] : operation.headers;
    return list.map((it) => it.name);
  }

  function routeField() {
    if (operation.routes.length < 2) {
      return null;
    }
    const options = operation.routes.map((it, at) => h("option", { value: at, selected: at === request.route }, `${it.method} ${it.path}`));
    return field("Route", h("select", { change: (event) => chooseRoute(Number(event.target.value)) }, options));
  }

  function valueFields(route, changed) {
    const named = route.pieces.filter((piece) => piece.name);
    return named.map((piece) => {
      const input = (event) => {
        request.values[piece.name] = event.target.value;
        changed();
      };
      const others = piece.documented.filter((name) => name !== piece.name);
      const title = others.length ? `Also documented as ${others.join(", ")}` : null;
      return field(piece.name, h("input", { value: request.values[piece.name], required: true, spellcheck: "false", title, input }));
    });
  }

  function bodyField(changed) {
    if (!operation.body && !request.body) {
      return null;
    }
    const input = (event) => {
      request.body = event.target.value;
      changed();
    };
    const rows = Math.min(16, Math.max(3, request.body.split("\n").length));
    const area = h("textarea", { rows, spellcheck: "false", input });
    area.value = request.body;
    return field("Body", area);
  }

  /** Which of the documented answers is wanted, as the server takes it: `Prefer: code=404`. */
  function wantedField(changed) {
    const statuses = [...new Set([...operation.outcomes, ...operation.examples.map((it) => it.response).filter(Boolean)].map((it) => it.status))];
    if (statuses.length < 2) {
      return null;
    }
    const change = (event) => {
      request.wanted = event.target.value;
      changed();
    };
    const options = statuses.sort().map((code) => h("option", { value: code, selected: String(code) === request.wanted }, String(code)));
    return field("Answer", h("select", { change }, h("option", { value: "" }, "the one that fits best"), options));
  }

  async function send(event) {
    event.preventDefault();
    const url = index.basePath + pathOf(operation, request) + queryOf(request);
    const headers = new Headers();
    refill(answer, h("p", { class: "quiet" }, "Waiting…"));
    const begun = performance.now();
    try {
      for (const [name, value] of headersOf(request, mediaType)) {
        headers.append(name, value);
      }
      if (request.wanted) {
        headers.append("Prefer", `code=${request.wanted}`);
      }
      const bodiless = ["GET", "HEAD"].includes(request.method);
      const response = await fetch(url, { method: request.method, headers, body: bodiless ? undefined : request.body || undefined, redirect: "manual" });
      const text = await response.text();
      refill(answer, answered(response, text, performance.now() - begun));
    } catch (error) {
      refill(answer, h("div", { class: "card" }, h("p", { class: "failed" }, `No answer: ${error.message}`)));
    }
  }

  /** The request in other words: the call of the client, a command, the message. */
  function callsCard() {
    const content = h("code", {});
    const note = h("p", { class: "note", hidden: true });
    const views = ["Rust", "curl", "HTTP"];
    let view = 0;
    let waiting;
    const choose = (at) => {
      view = at;
      show();
    };
    const names = h("div", { class: "code-head" });
    const card = h("section", { class: "code calls", "aria-label": "The request as code" }, names, h("pre", { tabindex: 0 }, content), note);
    let latest = 0;
    async function show() {
      const own = ++latest;
      const headers = request ? headersOf(request, mediaType) : [];
      if (!request || !operation.routes[request.route]) {
        return;
      }
      const target = pathOf(operation, request) + queryOf(request);
      if (view === 0) {
        const written = await call(headers);
        if (own === latest) {
          note.hidden = Boolean(written.call);
          note.textContent = written.none ?? "";
          paint(content, written.call ?? "", "rust");
        }
        return;
      }
      note.hidden = true;
      const here = location.origin + index.basePath + target;
      const base = index.baseUrl ?? "";
      const text = view === 1 ? curl(here, request, headers) : message(`${request.method} ${base}${target}`, headers, request.body);
      paint(content, text, view === 1 ? "shell" : "http");
    }
    async function call(headers) {
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
    function update() {
      clearTimeout(waiting);
      waiting = setTimeout(show, content.textContent ? PAUSE : 0);
    }
    fill(names, tabs("The request as", views, 0, choose), copyButton(() => content.textContent));
    return { element: card, update };
  }
}

/** The name of an example's tab. */
function exampleName(example) {
  const answer = example.response ? status(example.response.status) : h("span", { class: "status" }, "–");
  const title = example.title || example.name.replaceAll("_", " ");
  return [answer, h("span", { title }, title)];
}

/** A request and its answer as the page shows them. */
function documented(example) {
  const { request, response, findings } = example;
  const warned = findings.map((it) => h("p", { class: "finding" }, h("code", {}, it.code), " ", it.message, " ", placeLink(it.place, true)));
  const head = (place, text) => h("p", { class: "documented-head" }, h("span", {}, text), placeLink(place, true));
  const sent = h(
    "details",
    {},
    h("summary", {}, "Documented request ", placeLink(request.place, true)),
    code(message(`${request.method} ${request.target}`, request.headers, request.body), "http", "HTTP"),
  );
  const came = response && [
    head(response.place, ["Documented answer ", status(response.status, response.reason)]),
    response.body ? code(response.body, languageOf(response.body), response.truncated ? "shortened by the page" : "") : h("p", { class: "quiet" }, "Without a body."),
  ];
  return h("section", { class: "card" }, warned, came ?? h("p", { class: "quiet" }, "The page shows no answer."), sent);
}

/** What the server answered. */
function answered(response, text, milliseconds) {
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n");
  const size = `${new TextEncoder().encode(text).length} bytes`;
  const taken = `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
  const shown = response.type === "opaqueredirect" ? h("p", {}, "A redirect, which a browser does not show.") : null;
  return h(
    "section",
    { class: "card live" },
    h("p", { class: "documented-head" }, h("span", {}, "Answer ", response.status ? status(response.status, response.statusText) : null), h("span", { class: "quiet" }, `${taken} · ${size}`)),
    shown,
    text ? code(pretty(text), languageOf(text), response.headers.get("content-type") ?? "") : h("p", { class: "quiet" }, "Without a body."),
    headers && h("details", {}, h("summary", {}, "Headers"), h("pre", {}, h("code", {}, headers))),
  );
}

/** Rows of a name and a value, with a way to have more of them and fewer. */
function pairFields(title, list, known, changed) {
  const rows = h("div", { class: "pairs" });
  const id = `known-${++fields}`;
  const show = () => {
    refill(
      rows,
      list.map((pair, at) => {
        const input = (part) => (event) => {
          pair[part] = event.target.value;
          changed();
        };
        const remove = () => {
          list.splice(at, 1);
          show();
          changed();
        };
        return h(
          "div",
          { class: "pair" },
          h("input", { "aria-label": `${title}: name`, value: pair[0], list: id, spellcheck: "false", input: input(0) }),
          h("input", { "aria-label": `${title}: value`, value: pair[1], spellcheck: "false", input: input(1) }),
          h("button", { type: "button", class: "icon-button", "aria-label": `Remove ${pair[0]}`, click: remove }, "×"),
        );
      }),
    );
  };
  const add = () => {
    list.push(["", ""]);
    show();
    rows.lastElementChild.querySelector("input").focus();
  };
  show();
  return h(
    "fieldset",
    {},
    h("legend", {}, title),
    rows,
    h("datalist", { id }, known.map((name) => h("option", { value: name }))),
    h("button", { type: "button", class: "add", click: add }, "+ add"),
  );
}

/** A control with its label. */
function field(label, control) {
  const id = `field-${++fields}`;
  control.id = id;
  return h("div", { class: "field" }, h("label", { for: id }, label), control);
}
