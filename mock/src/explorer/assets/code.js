// Blocks of code: coloured, and with a button that copies them.

import { h, refill } from "./dom.js";

/** Longer texts are not coloured, since each word of them would be an element. */
const COLOURED = 100_000;

// Each language is an expression whose groups have the names of colours. What matches none is plain.
const LANGUAGES = {
  json: /(?<key>"(?:[^"\\]|\\.)*"(?=\s*:))|(?<string>"(?:[^"\\]|\\.)*")|(?<number>-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b)|(?<word>\b(?:true|false|null)\b)/g,
  rust: /(?<string>r(?<marks>#*)"[\s\S]*?"\k<marks>|"(?:[^"\\]|\\.)*")|(?<word>\b(?:use|let|mut|async|await|fn|as|true|false)\b)|(?<key>\b[A-Z]\w*)|(?<number>\b\d+\b)/g,
  http: /(?<word>^(?:GET|PUT|POST|PATCH|DELETE|HEAD|OPTIONS|HTTP\/[\d.]+)\b)|(?<key>^[\w-]+(?=:))/gm,
  shell: /(?<string>'[^']*')|(?<word>\bcurl\b)|(?<key>(?<=\s)--?[\w-]+)/g,
};

/** A block of code in a language, under a label. */
export function code(text, language, label = "") {
  const content = h("code", {});
  paint(content, text, language);
  return h(
    "div",
    { class: "code" },
    h(
      "div",
      { class: "code-head" },
      h("span", {}, label),
      copyButton(() => text),
    ),
    h("pre", { tabindex: 0 }, content),
  );
}

/** Puts coloured text into an element. */
export function paint(element, text, language) {
  const expression = LANGUAGES[language];
  if (!expression || text.length > COLOURED) {
    refill(element, text);
    return;
  }
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(expression)) {
    const colour = ["key", "string", "number", "word"].find((name) => match.groups[name] !== undefined);
    parts.push(text.slice(end, match.index), h("span", { class: `c-${colour}` }, match[0]));
    end = match.index + match[0].length;
  }
  refill(element, parts, text.slice(end));
}

/** A button that copies what `text` gives. */
export function copyButton(text) {
  const button = h("button", { class: "copy", type: "button", click: copy }, "Copy");
  async function copy() {
    try {
      await navigator.clipboard.writeText(text());
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not allowed";
    }
    setTimeout(() => (button.textContent = "Copy"), 1500);
  }
  return button;
}

/** The language of a body. */
export function languageOf(text) {
  return /^\s*[[{]/.test(text) ? "json" : "text";
}

/**
 * JSON with a line for each value. It is laid out as text and not read, so that numbers keep their
 * digits; text that is no JSON is given back as it is.
 */
export function pretty(text) {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  const indent = (depth) => "\n" + "  ".repeat(depth);
  let depth = 0;
  let out = "";
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    if (token === "{" || token === "[") {
      depth += 1;
      out += token + indent(depth);
    } else if (token === "}" || token === "]") {
      depth -= 1;
      const opening = token === "}" ? "{" : "[";
      const empty = out.trimEnd().endsWith(opening);
      out = empty ? out.trimEnd() + token : out + indent(depth) + token;
    } else if (token === ",") {
      out += token + indent(depth);
    } else {
      out += token === ":" ? ": " : token;
    }
  }
  return out;
}
