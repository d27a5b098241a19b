/** The forms that are no JWT whatever dots they hold: JSON, HTML, XML, PEM. Part of every verification, so it is kept small. */

/** The name of a document, in a few words; null: the text is none. `text` has no blanks around it. */
export function recogniseDocument(text: string): string | null {
  if (text.includes("-----BEGIN "))
    return `PEM ${/-----BEGIN ([A-Z0-9 ]{1,40})-----/.exec(text)?.[1] ?? "text"}`;
  if (/^<(!doctype\s+html|html|head|body)\b/i.test(text)) return "HTML page";
  if (
    /^<([\w-]+:)?(Assertion|Response)\b/.test(text) &&
    text.includes("urn:oasis:names:tc:SAML")
  )
    return "SAML assertion";
  // A whole tag: a token in angle brackets is no document, it is a damaged token.
  if (/^<(?:[?!]|[a-z][\w:-]*(?:[\s/>]|$))/i.test(text))
    return "XML or HTML document";
  if (!/^[{[]/.test(text)) return null;
  const cutOff = /^\{\s*"[^"]*"\s*:/.test(text);
  return isJson(text) || cutOff ? jsonKind(text) : null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function jsonKind(text: string): string {
  if (
    /"(signatures|protected|payload)"\s*:/.test(text) &&
    /"(signature|signatures)"\s*:/.test(text)
  )
    return "JWS in JSON serialization";
  if (/"access_token"\s*:/.test(text)) return "token response in JSON";
  if (/"kty"\s*:/.test(text)) return "JSON Web Key";
  if (/"error"\s*:/.test(text)) return "error response in JSON";
  return "JSON document";
}
