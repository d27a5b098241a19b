/** Recognises by name what is no JWT, so that nobody takes it for a broken one. Only the look decides: nothing is looked up. */
import { recogniseDocument, type DocumentName } from "./document.ts";
import { VENDOR_PREFIXES } from "./vendor-prefixes.ts";

export type FormFamily =
  /** JSON, HTML, XML, PEM: a document, whatever dots it holds. */
  | "document"
  /** A literal that stands where a value should have been put in. */
  | "placeholder"
  /** A key, a secret or an API key of a known vendor. */
  | "key"
  /** A reference token: only introspection can judge it. */
  | "opaque"
  /** A security token of another standard. */
  | "other_token"
  | "unknown";

export interface Form {
  readonly family: FormFamily;
  /** In a few words: "JSON document", "GitHub personal access token". */
  readonly name: string;
}

const form = (family: FormFamily, name: string): Form => ({ family, name });

/** Says what the text looks like. It never throws; a text that looks like nothing known is "unknown text". */
export function recogniseForm(text: string): Form {
  const trimmed = text.trim();
  // A look needs no more; patterns on a text of megabytes take their time, and the stack.
  const head = trimmed.slice(0, 8192);
  const document = recogniseDocument(trimmed);
  if (document !== null)
    return form("document", documentKind(document, trimmed));
  return (
    recogniseOtherToken(head) ??
    recogniseVendor(head) ??
    recognisePlaceholder(head) ??
    recogniseOpaque(head) ??
    form("unknown", "unknown text")
  );
}

function recogniseOtherToken(text: string): Form | null {
  const paseto = /^v([1-4])\.(local|public)\./.exec(text);
  if (paseto) return form("other_token", `PASETO v${paseto[1]} ${paseto[2]}`);
  if (/^k[1-4]\.(local|public|secret)/.test(text))
    return form("key", "PASERK key");
  if (/^[\w-]+\.[\w-]+\.[\w-]+(~[\w-]*)+(~|\.|$)/.test(text))
    return form("other_token", "SD-JWT");
  if (/^(biscuit:)?E[no][A-Za-z0-9_-]{80,}={0,2}$/.test(text))
    return form("other_token", "Biscuit");
  if (
    /^(MD[A-Za-z0-9_-]|AgE)[A-Za-z0-9_-]{40,}={0,2}$/.test(text) &&
    /(bG9jYXRpb24|aWRlbnRpZmllc|c2lnbmF0dXJl|AgE)/.test(text)
  )
    return form("other_token", "macaroon");
  if (/^(PHNhbWw|PEFzc2VydGlvbi|PD94bWw)/.test(text))
    return form("other_token", "SAML assertion in base64");
  if (/^gAAAA[A-Za-z0-9_-]{60,}={0,2}$/.test(text))
    return form("other_token", "Fernet token");
  return null;
}

function recogniseVendor(text: string): Form | null {
  for (const [pattern, family, name] of VENDOR_PREFIXES)
    if (pattern.test(text)) return form(family, name);
  return null;
}

const LITERALS =
  /^(null|undefined|none|nil|nan|true|false|false,?|test|token|jwt|string|todo|xxx+|changeme|empty|n\/a|\.{3}|access_?token|your[-_ ]?(jwt|access|api|id|bearer)?[-_ ]?token|(jwt|bearer|access)[-_ ]?token)$/i;

function recognisePlaceholder(text: string): Form | null {
  if (LITERALS.test(text)) return form("placeholder", "a literal word");
  if (/^\[object \w+\]$/.test(text))
    return form("placeholder", "a JavaScript object turned into text");
  if (/^(function\b|async |\(?\w*\)?\s*=>|class )/.test(text))
    return form("placeholder", "program code");
  if (
    /^<[^<>]*>$|^\{\{[^{}]*\}\}$|^\$\{[^{}]*\}$|^\$\(.*\)$|^\$env:\w+$|^\$\w+$|^%\w+%$|^#\{[^{}]*\}$|^:\w+$|^@\w+@$|^\[[\w -]+\]$|^\{[\w .-]+\}$|^__\w+__$/.test(
      text,
    )
  ) {
    return form("placeholder", "a variable that was not filled in");
  }
  if (
    /\b(your|my|insert|paste|put|replace|enter)[-_ ]?(\w+[-_ ])?(jwt|token|key|secret)/i.test(
      text,
    ) &&
    text.length < 80
  )
    return form("placeholder", "an example's placeholder");
  if (
    /^<\w+ object at 0x[0-9a-f]+>$|^[\w.]+@[0-9a-f]{6,8}$|^Promise \{/.test(
      text,
    )
  )
    return form("placeholder", "an object turned into text");
  return null;
}

function recogniseOpaque(text: string): Form | null {
  if (/^[0-9A-F]{64}(-1)?$/.test(text))
    return form("opaque", "reference token");
  if (
    /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)
  )
    return form("opaque", "UUID");
  if (/^[\w+/=.~-]{16,}$/.test(text) && !/\s/.test(text))
    return form("opaque", "opaque text");
  return null;
}

/** Which document of its kind it is, in a few words. */
function documentKind(name: DocumentName, text: string): string {
  switch (name) {
    case "PEM text":
      return `PEM ${/-----BEGIN ([A-Z0-9 ]{1,40})-----/.exec(text)?.[1] ?? "text"}`;
    case "XML or HTML document":
      if (/^<(!doctype\s+html|html|head|body)\b/i.test(text))
        return "HTML page";
      return /^<([\w-]+:)?(Assertion|Response)\b/.test(text) &&
        text.includes("urn:oasis:names:tc:SAML")
        ? "SAML assertion"
        : name;
    case "JSON document":
      return jsonKind(text);
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
