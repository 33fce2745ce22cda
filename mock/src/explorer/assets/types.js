// Types: where they are named, and what their tables say.

import { badge, h, load, refill, section, table } from "./dom.js";
import { inline, markdown } from "./markdown.js";
import { lineLink, placeLink } from "./places.js";

/** A type as it is named in a table. */
export function typeName(type) {
  const name = type.slug ? h("a", { href: `#/type/${encodeURIComponent(type.slug)}` }, type.name) : type.name;
  return h("span", { class: "type" }, name, type.collection && h("span", { class: "quiet" }, "\u2060[]"));
}

/** A table of properties. */
export function properties(list, page) {
  const rows = list.map((it) => [
    h(
      "div",
      { class: "name" },
      h("code", {}, it.name),
      it.required && h("span", { class: "tag strong" }, "required"),
    ),
    typeName(it.type),
    [
      inline(it.description, page ?? it.place.page),
      it.readOnly && h("span", { class: "tag" }, "read-only"),
      it.navigation && h("span", { class: "tag" }, "relationship"),
    ],
    lineLink(it.place, page),
  ]);
  return table(["Property", "Type", "Description", "Line"], rows, "properties");
}

/** What is said about a type, to be opened below where it is named. */
export function typeDetails(type, open) {
  if (!type?.slug) {
    return null;
  }
  const content = h("div", { class: "details-body" });
  const details = h(
    "details",
    { class: "type-details", toggle: show },
    h("summary", {}, "Properties of ", h("code", {}, type.name)),
    content,
  );
  let shown = false;
  async function show() {
    if (details.open && !shown) {
      shown = true;
      refill(content, h("p", { class: "quiet" }, "Reading…"));
      refill(content, tables(await load(`types/${encodeURIComponent(type.slug)}.json`)));
    }
  }
  details.open = open;
  return details;
}

/** The tables of a type. */
function tables(type) {
  if (!type) {
    return h("p", {}, "The server has no such type.");
  }
  const page = type.place.page;
  if (type.members) {
    const rows = type.members.map((it) => [
      h("code", {}, it.name),
      it.value === null ? "" : String(it.value),
      inline(it.description, page),
      lineLink(it.place, page),
    ]);
    return table(["Member", "Value", "Description", "Line"], rows, "properties");
  }
  const base = type.base && h("p", { class: "quiet" }, "Everything that ", typeName(type.base), " has, and:");
  const open = type.open && h("p", { class: "quiet" }, "Values may have properties that no page lists.");
  return [
    base,
    type.properties.length
      ? properties(type.properties, page)
      : h("p", { class: "quiet" }, "No properties of its own."),
    open,
  ];
}

function operations(slugs, index) {
  const found = index.operations.filter((it) => slugs.includes(it.slug));
  const entry = (it) =>
    h("li", {}, h("a", { class: "route", href: `#/${it.slug}` }, badge(it.method), h("span", {}, it.title)));
  return found.length ? h("ul", { class: "routes" }, found.map(entry)) : null;
}

/** Shows a type, with the operations of the index that take it or answer with it. */
export async function showType(main, slug, index) {
  const type = await load(`types/${encodeURIComponent(slug)}.json`);
  if (!type) {
    return null;
  }
  const kind = type.members ? (type.flags ? "Flags" : "Enumeration") : "Type";
  refill(
    main,
    h(
      "article",
      { class: "reading" },
      h("p", { class: "kicker" }, kind, " · ", placeLink(type.place)),
      h("h1", {}, type.name),
      h("p", { class: "quiet" }, h("code", {}, type.slug)),
      h("div", { class: "prose" }, markdown(type.description, type.place.page)),
      section(type.members ? "Members" : "Properties", tables(type)),
      section("Taken or given by", operations(type.operations, index)),
    ),
  );
  return type.name;
}
