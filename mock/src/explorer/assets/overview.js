// What one sees first: how much there is, and where.

import { h, refill } from "./dom.js";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** Shows the whole API at a glance. `open` opens an area. */
export function showOverview(main, index, open) {
  const counts = [
    [index.operations.length, "operation"],
    [index.routes, "route"],
    [index.types.length, "type"],
    [index.examples, "example"],
    [index.pages, "page"],
  ];
  refill(
    main,
    h(
      "article",
      { class: "overview" },
      h("h1", {}, index.name ?? "The documented API"),
      index.baseUrl &&
        h(
          "p",
          { class: "quiet" },
          "Documented at ",
          h("code", {}, index.baseUrl),
          ", answered here from the examples of its pages.",
        ),
      h(
        "dl",
        { class: "counts" },
        counts.map(([count, name]) =>
          h("div", {}, h("dd", {}, count.toLocaleString("en")), h("dt", {}, count === 1 ? name : `${name}s`)),
        ),
      ),
      h("h2", {}, "Areas"),
      h(
        "ul",
        { class: "areas" },
        index.areas.map((area) => h("li", {}, card(area, index, open))),
      ),
    ),
  );
}

function card(area, index, open) {
  const of = (method) => area.entries.filter(([at]) => index.operations[at].method === method).length;
  const parts = METHODS.map((method) => [method, of(method)]).filter(([, count]) => count);
  const bar = h(
    "span",
    { class: "bar", "aria-hidden": "true" },
    parts.map(([method, count]) => weighted(h("i", { class: method.toLowerCase() }), count)),
  );
  // A count stays with its method where the line ends.
  const said = parts.map(([method, count]) => `${count}\u00a0${method}`).join("\u00a0· ");
  return h(
    "button",
    { type: "button", click: () => open(area.name) },
    h("strong", {}, area.name),
    bar,
    h("small", {}, said),
  );
}

/** A part of a bar that is as long as its count says. */
function weighted(element, count) {
  element.style.flexGrow = count;
  return element;
}
