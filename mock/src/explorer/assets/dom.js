// Elements of the page. Whatever a documentation page says gets here as a child, and children that
// are no elements become text: nothing in this folder makes markup of a string.

/** Where this page's files and data are. */
export const HOME = "/-/explorer/";

/**
 * An element with attributes and children. An attribute that is a function listens to the event
 * of that name; one that is `true` is there without a value, and one that is `false`, `null` or
 * `undefined` is not there. Children may be lists, and what is missing is left out.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      element.addEventListener(name, value);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  return fill(element, ...children);
}

/** Adds children to an element. */
export function fill(element, ...children) {
  const present = children
    .flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== false);
  element.append(...present);
  return element;
}

/** Gives an element other children. */
export function refill(element, ...children) {
  element.replaceChildren();
  return fill(element, ...children);
}

/** What the server says at a path below this page's, as JSON; `null` where it has no such thing. */
export async function load(path) {
  const response = await fetch(HOME + path);
  if (response.status === 404) {
    return null;
  }
  if (!response.ok) {
    throw new Error(`the server answered ${response.status}`);
  }
  return response.json();
}

/** The badge of a method. */
export function badge(method) {
  return h("span", { class: `badge ${method.toLowerCase()}` }, method);
}

/** The badge of a status. */
export function status(code, reason = "") {
  return h("span", { class: `status s${String(code)[0]}` }, `${code} ${reason}`.trim());
}

/** A path with its parameters set apart. */
export function path(text) {
  const parts = text.split(/(\{[^}]*\})/);
  return h(
    "code",
    { class: "path" },
    parts.map((part, at) => (at % 2 ? h("var", {}, part) : part)),
  );
}

/** A section with a heading; nothing where it would have no content. */
export function section(title, ...children) {
  const content = children.flat(Infinity).filter(Boolean);
  return content.length ? h("section", {}, h("h2", {}, title), content) : null;
}

/** A table whose wide content scrolls by itself. */
export function table(headings, rows, kind = "") {
  return h(
    "div",
    { class: "scroll" },
    h(
      "table",
      { class: kind },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          headings.map((heading) => h("th", { scope: "col" }, heading)),
        ),
      ),
      h(
        "tbody",
        {},
        rows.map((cells) =>
          h(
            "tr",
            {},
            cells.map((cell) => h("td", {}, cell)),
          ),
        ),
      ),
    ),
  );
}

let tabGroups = 0;

/** Tabs as the ARIA practices have them: arrows move between them, and `choose` hears of it. */
export function tabs(label, names, chosen, choose) {
  const group = ++tabGroups;
  const list = h("div", { class: "tabs", role: "tablist", "aria-label": label });
  const select = (at, focus) => {
    [...list.children].forEach((tab, index) => {
      tab.setAttribute("aria-selected", String(index === at));
      tab.tabIndex = index === at ? 0 : -1;
    });
    if (focus) {
      list.children[at].focus();
    }
    choose(at);
  };
  const keys = { ArrowRight: 1, ArrowLeft: -1 };
  names.forEach((name, index) => {
    const keydown = (event) => {
      const step = keys[event.key];
      if (step) {
        event.preventDefault();
        select((index + step + names.length) % names.length, true);
      }
    };
    const id = `tab-${group}-${index}`;
    const attributes = { id, type: "button", role: "tab", click: () => select(index, false), keydown };
    fill(list, h("button", attributes, name));
  });
  select(chosen, false);
  return list;
}
