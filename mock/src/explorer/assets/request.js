// Requests that are about to be sent: data, and the texts they become.

/** Headers that say nothing here: the browser or the server decides on them. */
const OWN_HEADERS = ["host", "content-length", "connection", "transfer-encoding", "accept-encoding"];

/** The request that an example shows, or the simplest one where the page shows none. */
export function requestOf(operation, example) {
  const shown = example?.request;
  // An example that takes none of the routes gives what else it has to the first of them.
  const route = shown?.route ?? 0;
  const required = (list) => list.filter((it) => it.required).map((it) => [it.name, ""]);
  const headers = (shown?.headers ?? []).filter(([name]) => !OWN_HEADERS.includes(name.toLowerCase()));
  return {
    method: operation.routes[route]?.method ?? operation.method,
    route,
    values: valuesOf(operation, example),
    query: pairs(shown?.query ?? "", required(operation.queryParameters)),
    headers: missing(headers, required(operation.headers)),
    body: shown?.body ?? emptyBody(operation.body),
  };
}

/** What is sent where the page shows no body: the least that the operation takes. */
function emptyBody(body) {
  const isJson = body?.type || body?.properties;
  return isJson ? (body.type?.collection ? "[]" : "{}") : "";
}

/** Values for the parameters of all routes: the example's, or others', or else their own names. */
function valuesOf(operation, example) {
  const values = {};
  for (const route of operation.routes) {
    for (const piece of route.pieces) {
      if (piece.name) {
        values[piece.name] = piece.name;
      }
    }
  }
  const shown = operation.examples.map((it) => it.request.arguments);
  return Object.assign(values, ...shown.reverse(), example?.request.arguments);
}

/** The names and values of a query, and those that it lacks. */
function pairs(query, required) {
  const decode = (text) => {
    try {
      return decodeURIComponent(text.replaceAll("+", " "));
    } catch {
      return text;
    }
  };
  const split = query
    .split("&")
    .filter(Boolean)
    .map((pair) => {
      const [, name, value] = /^([^=]*)=?([\s\S]*)$/.exec(pair);
      return [decode(name), decode(value)];
    });
  return missing(split, required);
}

function missing(list, required) {
  const has = (name) => list.some(([known]) => known.toLowerCase() === name.toLowerCase());
  return [...list, ...required.filter(([name]) => !has(name))];
}

/** The path behind the base URL, with values where the template has parameters. */
export function pathOf(operation, request) {
  const route = operation.routes[request.route];
  return route.pieces
    .map((piece) => (piece.name ? encode(request.values[piece.name] ?? "", piece.encoding) : piece))
    .join("");
}

/** A value so that it stays in its place in a path. */
function encode(value, encoding) {
  const text = encoding === "quoted" ? value.replaceAll("'", "''") : value;
  const kept = encoding === "path" ? /%(?:2F|3A|40|2C|3D|21)/g : /%(?:3A|40|2C|3D|21)/g;
  return encodeURIComponent(text).replaceAll(kept, decodeURIComponent);
}

/** The query as it is sent, with its `?` where there is one. */
export function queryOf(request) {
  const written = request.query
    .filter(([name]) => name)
    .map(([name, value]) => `${encodeQuery(name)}=${encodeQuery(value)}`);
  return written.length ? `?${written.join("&")}` : "";
}

/** What OData's options are written with stays readable. */
function encodeQuery(text) {
  return encodeURIComponent(text)
    .replaceAll(/%(?:24|2C|3A|2F|27|28|29|40|3D)/g, decodeURIComponent)
    .replaceAll("=", "%3D");
}

/** The headers that are sent: with the media type of the body, where none is given. */
export function headersOf(request, { body }) {
  const mediaType =
    body?.mediaType ?? (body?.type || body?.properties ? "application/json" : "application/octet-stream");
  const headers = request.headers.filter(([name]) => name);
  const typed = headers.some(([name]) => name.toLowerCase() === "content-type");
  return request.body && !typed ? [...headers, ["Content-Type", mediaType]] : headers;
}

/** The request as a command for a shell. */
export function curl(url, request, headers) {
  const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  const parts = [`curl -X ${request.method} ${quote(url)}`];
  parts.push(...headers.map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`));
  if (request.body) {
    parts.push(`--data-raw ${quote(request.body)}`);
  }
  return parts.join(" \\\n  ");
}

/** A message as HTTP/1.1 writes it. */
export function message(start, headers, body) {
  const head = [start, ...headers.map(([name, value]) => `${name}: ${value}`)].join("\n");
  return body ? `${head}\n\n${body}` : head;
}
