/** The forms that are no JWT whatever dots they hold: JSON, HTML, XML, PEM. Part of every verification, so it is kept small. */

export type DocumentName =
  "PEM text" | "XML or HTML document" | "JSON document";

/** The name of a document; null: the text is none. `text` has no blanks around it. `recogniseForm` says it more exactly. */
export function recogniseDocument(text: string): DocumentName | null {
  if (text.includes("-----BEGIN ")) return "PEM text";
  // A whole tag: a token in angle brackets is no document, it is a damaged token.
  if (/^<(?:[?!]|[a-z][\w:-]*(?:[\s/>]|$))/i.test(text))
    return "XML or HTML document";
  if (!/^[{[]/.test(text)) return null;
  const cutOff = /^\{\s*"[^"]*"\s*:/.test(text);
  return cutOff || isJson(text) ? "JSON document" : null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
