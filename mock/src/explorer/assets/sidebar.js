// The areas of the API, each with its operations by their paths.

import { badge, h, refill } from "./dom.js";

/** Fills the bar, and gives a function that shows where one is. */
export function sidebar(index, element) {
  const areas = index.areas.map((area) => {
    const list = h("ul", {});
    const details = h(
      "details",
      {},
      h("summary", {}, h("span", {}, area.name), h("span", { class: "count" }, String(area.entries.length))),
      list,
    );
    // An area is filled when it is first opened: there can be thousands of entries in all.
    const show = () => {
      if (!list.hasChildNodes()) {
        refill(
          list,
          area.entries.map(([at, path]) => entry(index.operations[at], path)),
        );
      }
    };
    details.addEventListener("toggle", () => details.open && show());
    return { area, details, list, show };
  });
  refill(
    element,
    areas.map((it) => it.details),
  );
  if (areas.length === 1) {
    areas[0].show();
    areas[0].details.open = true;
  }

  return (slug) => {
    for (const link of element.querySelectorAll("[aria-current]")) {
      link.removeAttribute("aria-current");
    }
    const at = index.operations.findIndex((it) => it.slug === slug);
    const holds = areas.filter(({ area }) => area.entries.some(([operation]) => operation === at));
    const first = (it) =>
      it.area.entries.some(
        ([operation, path]) => operation === at && path === index.operations[at].routes[0],
      );
    const opened = holds.find(({ details }) => details.open) ?? holds.find(first) ?? holds[0];
    if (!opened) {
      return;
    }
    opened.show();
    opened.details.open = true;
    const link = [...opened.list.querySelectorAll("a")].find((it) => it.hash === `#/${slug}`);
    link?.setAttribute("aria-current", "page");
    // Only the bar itself moves, and not the page around it.
    if (
      link &&
      (link.offsetTop < element.scrollTop || link.offsetTop > element.scrollTop + element.clientHeight - 60)
    ) {
      element.scrollTop = link.offsetTop - element.clientHeight / 3;
    }
  };
}

function entry(operation, path) {
  const title = `${operation.method} ${path}`;
  return h(
    "li",
    {},
    h(
      "a",
      { href: `#/${operation.slug}`, title },
      badge(operation.method),
      h("span", {}, operation.title, h("small", {}, path)),
    ),
  );
}
