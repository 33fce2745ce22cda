// Search over everything in the index: titles, paths, scopes, types.

import { badge, h, path, refill } from "./dom.js";

/** As many as one looks through before one would rather write another word. */
const LISTED = 50;
const LISTED_TYPES = 8;

/** What is found for some words, the best first: what has all of them. */
export function find(index, text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) {
    return [];
  }
  const found = [];
  for (const it of index.operations) {
    it.haystack ??= [it.title, it.method, ...it.routes, ...it.scopes].join("\n").toLowerCase();
    if (words.every((word) => it.haystack.includes(word))) {
      found.push({ operation: it, rank: rank(it, words) });
    }
  }
  found.sort((a, b) => a.rank - b.rank);
  const types = index.types.filter((slug) => words.every((word) => slug.toLowerCase().includes(word)));
  types.sort((a, b) => a.length - b.length);
  return [
    ...types
      .slice(0, LISTED_TYPES)
      .map((type) => ({ type, rank: type.toLowerCase().endsWith(words[0]) ? 0 : 9 })),
    ...found,
  ].sort((a, b) => a.rank - b.rank);
}

/** Lower where more of what was looked for is in the title, and where the path is shorter. */
function rank(operation, words) {
  const title = operation.title.toLowerCase();
  const inTitle = words.filter((word) => title.includes(word)).length;
  const whole = title.startsWith(words.join(" ")) ? 2 : 0;
  const length = Math.min(...operation.routes.map((route) => route.length), 400);
  return 4 - 2 * (inTitle / words.length) - whole + length / 400;
}

/** The field above, and the list below it. */
export function searchField(index, input, list) {
  let chosen = -1;
  const options = () => [...list.querySelectorAll("[role=option]")];
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (at) => {
    const all = options();
    chosen = all.length ? (at + all.length) % all.length : -1;
    all.forEach((option, index) => option.setAttribute("aria-selected", String(index === chosen)));
    if (chosen >= 0) {
      all[chosen].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", all[chosen].id);
    }
  };
  const show = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = find(index, input.value);
    const more = found.length - LISTED;
    refill(
      list,
      found.slice(0, LISTED).map((it, at) => option(it, at, words)),
      more > 0 && h("p", { class: "quiet" }, `and ${more} more`),
      words.length > 0 && !found.length && h("p", { class: "quiet" }, "Nothing has all of these words."),
    );
    list.hidden = !words.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    choose(0);
  };
  const keys = {
    ArrowDown: () => choose(chosen + 1),
    ArrowUp: () => choose(chosen - 1),
    Enter: () => options()[chosen]?.click(),
    Escape: close,
  };
  input.addEventListener("input", show);
  input.addEventListener("focus", () => input.value && show());
  input.addEventListener("keydown", (event) => {
    if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });
  list.addEventListener("click", close);
  document.addEventListener("click", (event) => {
    if (!list.contains(event.target) && event.target !== input) {
      close();
    }
  });
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("input, textarea, select");
    if (event.key === "/" && !writing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });
  return (text) => {
    input.value = text;
    input.focus();
    show();
  };
}

function option(found, at, words) {
  const attributes = { id: `result-${at}`, role: "option", tabindex: -1 };
  if (found.type) {
    const href = `#/type/${encodeURIComponent(found.type)}`;
    return h(
      "a",
      { ...attributes, href },
      h("span", { class: "badge type-badge" }, "type"),
      h("span", { class: "result" }, marked(found.type, words)),
    );
  }
  const { slug, title, method, routes, scopes } = found.operation;
  const fits = (text) => words.some((word) => text.toLowerCase().includes(word));
  const route = routes.find(fits) ?? routes[0] ?? "";
  const scope = !fits(title) && !routes.some(fits) && scopes.find(fits);
  return h(
    "a",
    { ...attributes, href: `#/${slug}` },
    badge(method),
    h(
      "span",
      { class: "result" },
      marked(title, words),
      h("small", {}, scope ? [marked(scope, words), " · "] : null, path(route)),
    ),
  );
}

/** A text with the words that were looked for set apart. */
function marked(text, words) {
  const escaped = words.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const parts = text.split(new RegExp(`(${escaped.join("|")})`, "i"));
  return h(
    "span",
    {},
    parts.map((part, at) => (at % 2 ? h("mark", {}, part) : part)),
  );
}
