// Trying an operation: documented examples, a request that can be changed, what the server answers
// to it, and the call of the generated client that makes it.

import { callsCard } from "./calls.js";
import { h, refill, tabs } from "./dom.js";
import { answered, documented, exampleName } from "./exchange.js";
import { headersOf, pathOf, queryOf, requestOf } from "./request.js";

let fields = 0;

/** The column in which an operation is tried: its element, and how to choose a route from outside. */
export function trial(operation, index) {
  let example = operation.examples[0];
  let request = requestOf(operation, example);
  const form = h("form", { class: "card try", submit: send });
  const answer = h("div", { class: "answer", "aria-live": "polite" });
  const shown = h("div", { class: "documented" });
  const calls = callsCard(operation, index, () => request);

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
  const element = h(
    "aside",
    { class: "trial", "aria-label": "Try it" },
    strip,
    calls.element,
    h("div", {}, form, answer),
    shown,
  );
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
      routeField(),
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
    const list =
      kind === "query" ? [...operation.queryOptions, ...operation.queryParameters] : operation.headers;
    return list.map((it) => it.name);
  }

  function routeField() {
    if (operation.routes.length < 2) {
      return null;
    }
    const options = operation.routes.map((it, at) =>
      h("option", { value: at, selected: at === request.route }, `${it.method} ${it.path}`),
    );
    return field(
      "Route",
      h("select", { change: (event) => chooseRoute(Number(event.target.value)) }, options),
    );
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
      return field(
        piece.name,
        h("input", { value: request.values[piece.name], required: true, spellcheck: "false", title, input }),
      );
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
    const statuses = [
      ...new Set(
        [...operation.outcomes, ...operation.examples.map((it) => it.response).filter(Boolean)].map(
          (it) => it.status,
        ),
      ),
    ];
    if (statuses.length < 2) {
      return null;
    }
    const change = (event) => {
      request.wanted = event.target.value;
      changed();
    };
    const options = statuses
      .sort()
      .map((code) => h("option", { value: code, selected: String(code) === request.wanted }, String(code)));
    return field(
      "Answer",
      h("select", { change }, h("option", { value: "" }, "the one that fits best"), options),
    );
  }

  async function send(event) {
    event.preventDefault();
    const url = index.basePath + pathOf(operation, request) + queryOf(request);
    const headers = new Headers();
    refill(answer, h("p", { class: "quiet" }, "Waiting…"));
    const begun = performance.now();
    try {
      for (const [name, value] of headersOf(request, operation)) {
        headers.append(name, value);
      }
      if (request.wanted) {
        headers.append("Prefer", `code=${request.wanted}`);
      }
      const bodiless = ["GET", "HEAD"].includes(request.method);
      const response = await fetch(url, {
        method: request.method,
        headers,
        body: bodiless ? undefined : request.body || undefined,
        redirect: "manual",
      });
      const text = await response.text();
      refill(answer, answered(response, text, performance.now() - begun));
    } catch (error) {
      refill(answer, h("div", { class: "card" }, h("p", { class: "failed" }, `No answer: ${error.message}`)));
    }
  }
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
          h("input", {
            "aria-label": `${title}: name`,
            value: pair[0],
            list: id,
            spellcheck: "false",
            input: input(0),
          }),
          h("input", {
            "aria-label": `${title}: value`,
            value: pair[1],
            spellcheck: "false",
            input: input(1),
          }),
          h(
            "button",
            { type: "button", class: "icon-button", "aria-label": `Remove ${pair[0]}`, click: remove },
            "×",
          ),
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
    h(
      "datalist",
      { id },
      known.map((name) => h("option", { value: name })),
    ),
    h("button", { type: "button", class: "add", click: add }, "+ add"),
  );
}

/** A control with its label. */
function field(label, control) {
  const id = `field-${++fields}`;
  control.id = id;
  return h("div", { class: "field" }, h("label", { for: id }, label), control);
}
