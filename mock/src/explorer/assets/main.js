// Where the page begins: it reads the index, and shows what its address says.

import { h, load, refill } from "./dom.js";
import { showOperation } from "./operation.js";
import { showOverview } from "./overview.js";
import { setTexts, showPage } from "./places.js";
import { searchField } from "./search.js";
import { sidebar } from "./sidebar.js";
import { showType } from "./types.js";

const main = document.getElementById("main");
const bar = document.getElementById("sidebar");
const menu = document.getElementById("menu");

theme(document.getElementById("theme"));

try {
  const index = await load("index.json");
  begin(index);
} catch (error) {
  refill(main, h("p", { class: "failed" }, `The index cannot be read: ${error.message}`));
}

function begin(index) {
  setTexts(index.pageTexts);
  const name = index.name ?? "API explorer";
  document.getElementById("name").textContent = name;
  const mark = sidebar(index, bar);
  const search = searchField(index, document.getElementById("search"), document.getElementById("results"));
  menu.addEventListener("click", () => showBar(menu.getAttribute("aria-expanded") !== "true"));
  main.addEventListener("click", () => showBar(false));
  bar.addEventListener("keydown", (event) => event.key === "Escape" && showBar(false));
  let shown = 0;
  // Of what is shown.
  let address = "#/";
  addEventListener("hashchange", () => show(true));
  show(false);

  /** Shows what the address says: `#/slug`, `#/type/name`, `#/page/path:line`, `#/search/words`. */
  async function show(moved) {
    const hash = location.hash;
    // Links within what is shown are the browser's own affair.
    if (hash && !hash.startsWith("#/")) {
      return;
    }
    const own = ++shown;
    const [kind, ...rest] = hash.slice(2).split("/");
    const target = decode(rest.join("/"));
    // What is late must not replace what was asked for after it.
    const stage = h("div", {});
    let title;
    if (kind === "search") {
      // To search is no place: what is shown stays, and so does its address.
      search(target);
      history.replaceState(null, "", address);
      if (own > 1) {
        return;
      }
    }
    try {
      if (!kind || kind === "search") {
        showOverview(stage, index, openArea);
        title = "";
      } else if (kind === "type" && target) {
        title = await showType(stage, target, index);
      } else if (kind === "page" && target) {
        title = await showPage(stage, target);
      } else {
        title = await showOperation(stage, decode(kind), index);
      }
    } catch (error) {
      refill(stage, h("p", { class: "failed" }, `The server does not answer: ${error.message}`));
    }
    if (own !== shown) {
      return;
    }
    if (title === null) {
      refill(
        stage,
        h("h1", {}, "Not here"),
        h("p", {}, "The pages document nothing of this name. ", h("a", { href: "#/" }, "See what there is.")),
      );
    }
    address = location.hash || "#/";
    refill(main, ...stage.childNodes);
    document.title = title ? `${title} · ${name}` : name;
    mark(decode(kind));
    showBar(false);
    scrollTo(0, 0);
    main.querySelector("tr.here")?.scrollIntoView({ block: "center" });
    if (moved) {
      main.focus({ preventScroll: true });
    }
  }
}

function openArea(name) {
  const all = [...bar.querySelectorAll("details")];
  const area = all.find((it) => it.querySelector("summary span").textContent === name);
  // After the click that asked for it has closed the bar.
  setTimeout(() => showBar(true));
  area.open = true;
  area.scrollIntoView({ block: "start" });
  area.querySelector("summary").focus();
}

/** Opens or closes the bar where it lies over the page. */
function showBar(open) {
  menu.setAttribute("aria-expanded", String(open));
  document.body.classList.toggle("bar-open", open);
}

/** A button that changes between light and dark, and is remembered. */
function theme(button) {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const kept = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null;
    }
  };
  const set = (name) => (name ? root.setAttribute("data-theme", name) : root.removeAttribute("data-theme"));
  set(kept());
  button.addEventListener("click", () => {
    const now = root.getAttribute("data-theme") ?? (dark.matches ? "dark" : "light");
    const next = now === "dark" ? "light" : "dark";
    set(next);
    try {
      localStorage.setItem("theme", next);
    } catch {
      // Where nothing may be kept, it lasts as long as the page does.
    }
  });
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
