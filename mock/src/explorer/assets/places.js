// Places in the pages, and the pages themselves.

import { h, load, refill } from "./dom.js";

/** Whether the server has the text of the pages. */
let hasTexts = false;

export function setTexts(has) {
  hasTexts = has;
}

/** The place where something is documented, as a link where there is something to see. */
export function placeLink(place, short = false) {
  const text = `${short ? place.page.split("/").pop() : place.page}:${place.line}`;
  const title = `${place.page}:${place.line}`;
  return hasTexts
    ? h("a", { class: "place", title, href: `#/page/${encodeURI(title)}` }, text)
    : h("span", { class: "place", title }, text);
}

/** A column of places is narrow: the line alone, where the page is the one that is shown. */
export function lineLink(place, page) {
  const link = placeLink(place, true);
  if (place.page === page) {
    link.textContent = `:${place.line}`;
  }
  return link;
}

/** The address of a page that another links to; `null` where it is not one that can be shown. */
export function pageAddress(target, from) {
  const file = target.split(/[?#]/)[0];
  if (!hasTexts || !from || !file.endsWith(".md") || file.startsWith("/") || file.includes(":")) {
    return null;
  }
  const parts = from.split("/").slice(0, -1);
  for (const part of file.split("/")) {
    if (part === "..") {
      parts.pop();
    } else if (part !== ".") {
      parts.push(part);
    }
  }
  return `#/page/${encodeURI(parts.join("/"))}:1`;
}

/** Shows a page as it is written, at a line. */
export async function showPage(main, name) {
  const [, path, line] = /^(.*?)(?::(\d+))?$/.exec(name);
  const page = await load(`pages/${encodeURIComponent(path)}.json`);
  if (!page) {
    return null;
  }
  const at = Number(line ?? 1);
  const lines = page.text.replace(/\n$/, "").split("\n");
  const rows = lines.map((text, index) =>
    h(
      "tr",
      { class: index + 1 === at ? "here" : null },
      h("td", { class: "line" }, String(index + 1)),
      h("td", {}, text),
    ),
  );
  refill(
    main,
    h(
      "article",
      { class: "page" },
      h("p", { class: "kicker" }, "Page"),
      h("h1", {}, path),
      h("div", { class: "source" }, h("table", {}, h("tbody", {}, rows))),
    ),
  );
  return path;
}
