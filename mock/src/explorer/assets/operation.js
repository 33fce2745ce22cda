// An operation: what its page says about it, and beside that a place to try it.

import { badge, h, load, path, refill, section, status, table } from "./dom.js";
import { inline, markdown } from "./markdown.js";
import { lineLink, placeLink } from "./places.js";
import { trial } from "./try.js";
import { properties, typeDetails, typeName } from "./types.js";

/** Shows an operation. */
export async function showOperation(main, slug, index) {
  const operation = await load(`operations/${encodeURIComponent(slug)}.json`);
  if (!operation) {
    return null;
  }
  const tryIt = trial(operation, index);
  const first = operation.routes[0];
  const article = h(
    "article",
    { class: "reading" },
    h("p", { class: "kicker" }, placeLink(operation.place)),
    h("h1", {}, operation.title),
    first && h("p", { class: "route-line" }, badge(operation.method), path(first.path)),
    h("div", { class: "prose" }, markdown(operation.description, operation.place.page)),
    routes(operation, tryIt.chooseRoute),
    section("Permissions", permissions(operation)),
    parameters(operation),
    body(operation),
    answers(operation),
  );
  refill(main, h("div", { class: "operation" }, article, tryIt.element));
  return operation.title;
}

/** The routes, each of which can be taken for the request beside. */
function routes(operation, choose) {
  const row = (route, at) =>
    h(
      "li",
      {},
      h(
        "button",
        { type: "button", class: "route", title: "Try this route", click: () => choose(at) },
        badge(route.method),
        path(route.path),
      ),
      lineLink(route.place, operation.place.page),
    );
  const count = operation.routes.length;
  return section(count === 1 ? "Route" : `Routes`, h("ul", { class: "routes" }, operation.routes.map(row)));
}

/** Who may call it: a row for each kind of caller. */
function permissions(operation) {
  if (!operation.permissions.length) {
    return null;
  }
  const link = (scope) =>
    h(
      "a",
      {
        class: "scope",
        href: `#/search/${encodeURIComponent(scope)}`,
        title: "Operations with this scope",
      },
      scope,
    );
  const subjects = operation.permissions.some((it) => it.subject);
  const rows = operation.permissions.map((it) => {
    const scopes = it.scopes.map((together) =>
      h("span", {}, together.flatMap((scope, index) => (index ? [" and ", link(scope)] : [link(scope)]))),
    );
    const cells = [
      it.kind,
      scopes.length ? h("span", { class: "scopes" }, scopes) : h("span", { class: "quiet" }, "Not supported"),
    ];
    return subjects ? [it.subject ?? "", ...cells] : cells;
  });
  const headings = ["Caller", "Scopes, the least privileged first"];
  return table(subjects ? ["Of", ...headings] : headings, rows);
}

/** Tables of everything that a request can be given beside its body. */
function parameters(operation) {
  const page = operation.place.page;
  const options = operation.queryOptions.map((it) => [h("code", {}, it.name), "", it.effect, ""]);
  const rows = (list) =>
    list.map((it) => [
      h(
        "div",
        { class: "name" },
        h("code", {}, it.name),
        it.required && h("span", { class: "tag strong" }, "required"),
      ),
      typeName(it.type),
      inline(it.description, page),
      lineLink(it.place, page),
    ]);
  const groups = [
    ["In the path", rows(operation.pathParameters)],
    ["Arguments of the function", rows(operation.functionParameters)],
    ["In the query", [...rows(operation.queryParameters), ...options]],
    ["Headers", rows(operation.headers)],
  ];
  const shown = groups.filter(([, list]) => list.length);
  const tables = shown.map(([title, list]) => [
    h("h3", {}, title),
    table(["Name", "Type", "Description", "Line"], list, "properties"),
  ]);
  return section("Parameters", tables);
}

/** What is sent. */
function body(operation) {
  const given = operation.body;
  if (!given) {
    return null;
  }
  const page = given.place.page;
  const kind = given.type
    ? typeName(given.type)
    : given.properties
      ? "An object"
      : h("span", {}, "Bytes", given.mediaType && [", ", h("code", {}, given.mediaType)]);
  return section(
    "Request body",
    h("p", { class: "carries" }, kind, " ", lineLink(given.place, page)),
    h("div", { class: "prose" }, markdown(given.description, page)),
    given.properties && properties(given.properties, page),
    typeDetails(given.type, true),
  );
}

/** What comes back, by status. */
function answers(operation) {
  if (!operation.outcomes.length) {
    return null;
  }
  const carried = { empty: "Nothing", bytes: "Bytes", count: "The number of items" };
  const rows = operation.outcomes.map((it) => [
    status(it.status, it.reason),
    it.type ? typeName(it.type) : carried[it.content],
    lineLink(it.place, operation.place.page),
  ]);
  const types = operation.outcomes.map((it) => it.type).filter(Boolean);
  const once = types.filter((type, at) => types.findIndex((other) => other.slug === type.slug) === at);
  const sent = operation.body?.type?.slug;
  return section(
    "Answers",
    table(["Status", "Carries", "Line"], rows),
    once.map((type) => typeDetails(type, type.slug !== sent)),
  );
}
