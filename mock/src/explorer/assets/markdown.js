// What pages say in Markdown, as elements: the part of it that descriptions are written in. What
// it does not know stays the text that it is.

import { h } from "./dom.js";
import { pageAddress } from "./places.js";

const INLINE = new RegExp(
  [
    /\\(?<escaped>[\\`*_{}[\]()#+.!|<>~-])/,
    /(?<ticks>`+)(?<code>[\s\S]+?)\k<ticks>(?!`)/,
    /!?\[(?<label>(?:[^[\]]|\[[^[\]]*\])*)\]\((?<target>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+"[^"]*")?\)/,
    /<(?<address>https?:[^<>\s]*)>/,
    /\*\*(?<strong>[^*]+?)\*\*|__(?<strong2>[^_]+?)__/,
    /(?<!\w)[*_](?<emphasis>[^\s*_](?:[^*_]*[^\s*_])?)[*_](?!\w)/,
    /(?<break><br\s*\/?>)/,
    /&(?<entity>nbsp|lt|gt|amp|quot|apos|#39);/,
  ]
    .map((part) => part.source)
    .join("|"),
  "g",
);

const ENTITIES = { nbsp: "\u00a0", lt: "<", gt: ">", amp: "&", quot: '"', apos: "'", "#39": "'" };

/** The elements of a text of a page, whose links are seen from there. */
export function markdown(text, page) {
  const blocks = text
    .replaceAll(/<!--[\s\S]*?(?:-->|$)/g, "")
    .trim()
    .split(/\n\s*\n/);
  return blocks.filter(Boolean).map((block) => blockOf(block, page));
}

/** A text of one line, such as a cell of a table. */
export function inline(text, page) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    parts.push(text.slice(end, match.index), inlineOf(match, page));
    end = match.index + match[0].length;
  }
  parts.push(text.slice(end));
  return parts;
}

function blockOf(block, page) {
  const lines = block.split("\n");
  if (/^\s*(`{3,}|~{3,})/.test(lines[0])) {
    return h("pre", {}, h("code", {}, lines.slice(1, lines.length - 1).join("\n")));
  }
  if (lines.every((line) => line.startsWith(">"))) {
    const inner = lines.map((line) => line.replace(/^>\s?/, "")).join("\n");
    const kind = /^\[!(\w+)\]\s*/.exec(inner);
    const label = kind && h("strong", { class: "label" }, kind[1].toLowerCase());
    return h("blockquote", {}, label, inline(inner.slice(kind ? kind[0].length : 0), page));
  }
  const item = /^\s*(?:[-*+]|(\d+)[.)])\s+/;
  const first = lines.findIndex((line) => item.test(line));
  if (first < 0) {
    return h("p", {}, inline(block.replace(/^#+\s+/, ""), page));
  }
  const items = [];
  for (const line of lines.slice(first)) {
    if (item.test(line)) {
      items.push(line.replace(item, ""));
    } else {
      items[items.length - 1] += " " + line.trim();
    }
  }
  const tag = item.exec(lines[first])[1] ? "ol" : "ul";
  const list = h(
    tag,
    {},
    items.map((text) => h("li", {}, inline(text, page))),
  );
  const before = lines.slice(0, first).join("\n");
  return before ? [h("p", {}, inline(before, page)), list] : list;
}

function inlineOf(match, page) {
  const found = match.groups;
  if (found.escaped) return found.escaped;
  if (found.code) return h("code", {}, found.code.trim());
  if (found.target !== undefined) return link(inline(found.label, page), found.target, page);
  if (found.address) return link(found.address, found.address, page);
  if (found.strong || found.strong2) return h("strong", {}, inline(found.strong || found.strong2, page));
  if (found.emphasis) return h("em", {}, inline(found.emphasis, page));
  if (found.break) return h("br");
  return ENTITIES[found.entity];
}

/** A link to the web or to another page of the set; text where it is neither. */
function link(label, target, page) {
  if (/^https?:\/\//i.test(target)) {
    return h("a", { href: target, target: "_blank", rel: "noopener noreferrer" }, label);
  }
  const address = pageAddress(target, page);
  return address ? h("a", { href: address }, label) : h("span", {}, label);
}
