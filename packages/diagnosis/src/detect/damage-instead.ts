/** Something else stands where the token should: a placeholder, an error, a document, a key, a reference token. */
import { platform, recogniseForm, type Form } from "@assay/token";
import type { CauseCode, Facts } from "../causes.ts";
import type { Confidence } from "../diagnosis.ts";
import type { Investigation } from "../investigation.ts";
import { errorText } from "./damage-error-text.ts";
import { tokenMember } from "./damage-json-member.ts";
import { placeholder } from "./damage-placeholder.ts";
import type { Attempted } from "./damage-repair.ts";
import { reasonsIn } from "./found-reasons.ts";

type Instead = {
  [C in CauseCode]: {
    readonly cause: C;
    readonly facts: Facts[C];
    readonly confidence: Confidence;
  };
}[CauseCode];
const is = <C extends CauseCode>(
  cause: C,
  confidence: Confidence,
  facts: Facts[C],
): Instead => ({ cause, confidence, facts }) as Instead;

/** True when it is known what stands there. */
export function detectInstead(
  i: Investigation,
  texts: readonly Attempted[],
): boolean {
  const all = reasonsIn(i, "request", "format");
  for (const { text, damages } of texts) {
    const [first, ...rest] = recognise(i, text.trim());
    if (!first) continue;
    [first, ...rest].forEach(({ cause, facts, confidence }, n) => {
      // An opaque token has its scheme like any other.
      const explains =
        cause === "token.opaque"
          ? all.filter((reason) => reason !== "request.scheme_unsupported")
          : all;
      i.suspect(cause, {
        confidence,
        facts,
        explains,
        weight: 30 - damages.length - n,
      });
    });
    return true;
  }
  return false;
}

function recognise(i: Investigation, text: string): readonly Instead[] {
  if (text === "") return [];
  const own = ownSecret(i, text);
  if (own) return [is("token.key_instead", "certain", { name: own })];
  const literal = placeholder(text);
  if (literal)
    return [
      is("token.placeholder", literal.exact ? "certain" : "likely", {
        literal: text.slice(0, 20),
        kind: literal.kind,
      }),
    ];
  const form = recogniseForm(text);
  if (["opaque", "unknown"].includes(form.family) && basicCredentials(text))
    return [
      is("token.key_instead", "likely", {
        name: "a user name and a password in base64",
      }),
    ];
  const error = errorText(text, form);
  if (error)
    return [is("token.error_instead", "likely", { error: error.slice(0, 40) })];
  return ofForm(i, text, form);
}

/** A secret of the configuration, sent as the token. Compared, never shown. */
function ownSecret(
  { policy, context }: Investigation,
  text: string,
): string | null {
  if (text.length < 6) return null;
  if (text === context.client?.secret) return "the secret of the client itself";
  if (text === policy.secret) return "the secret that signs the tokens";
  return text === context.client?.id ? "the id of the client itself" : null;
}

/** "user:password" in base64, as Basic has it (RFC 7617 section 2). */
function basicCredentials(text: string): boolean {
  if (
    text.length < 8 ||
    text.length > 400 ||
    !/^[A-Za-z0-9+/]+={0,2}$/.test(text)
  )
    return false;
  const bytes = platform.decodeBase64url(
    text.replace(/=+$/, "").replaceAll("+", "-").replaceAll("/", "_"),
  );
  return /^[^\s:<>{}"\0-\x1f]{1,128}:[\x20-\x7e]{1,200}$/.test(
    (bytes && platform.decodeUtf8(bytes)) ?? "",
  );
}

function ofForm(
  i: Investigation,
  text: string,
  form: Form,
): readonly Instead[] {
  switch (form.family) {
    case "placeholder":
      return [
        is("token.placeholder", "likely", {
          literal: text.slice(0, 20),
          kind: form.name,
        }),
      ];
    case "key":
      return [is("token.key_instead", "likely", { name: form.name })];
    case "document":
      return [ofDocument(text, form)];
    case "other_token":
      return [
        is("verifier.unsupported", "likely", {
          what: `tokens of the form ${form.name}`,
          part: "form",
        }),
        is("token.opaque", "possible", { name: form.name }),
      ];
    case "opaque":
      return looksLikeToken(text) || looksBroken(text)
        ? []
        : ofOpaque(i, text, form);
    case "unknown":
      return /^\S{8,}$/.test(text) && !looksLikeToken(text)
        ? [
            is("token.key_instead", "possible", {
              name: "a password or another secret",
            }),
            is("token.opaque", "possible", { name: form.name }),
          ]
        : [];
  }
}

function ofDocument(text: string, form: Form): Instead {
  if (form.name.startsWith("PEM") || form.name === "JSON Web Key")
    return is("token.key_instead", "likely", { name: form.name });
  if (form.name.startsWith("SAML"))
    return is("verifier.unsupported", "likely", {
      what: `tokens of the form ${form.name}`,
      part: "form",
    });
  if (form.name.startsWith("HTML") || form.name.startsWith("XML"))
    return is("token.error_instead", "likely", { error: null });
  return is("token.json_instead", "likely", {
    member: tokenMember(text)?.name.slice(0, 20) || null,
  });
}

function ofOpaque(
  { policy, context }: Investigation,
  text: string,
  form: Form,
): readonly Instead[] {
  const opaque = is("token.opaque", "likely", { name: form.name });
  const id = text.split(".", 1)[0];
  const refreshed = context.history?.some(
    ({ event, tokenId }) =>
      event === "token.refreshed" && (tokenId === text || tokenId === id),
  );
  if (
    refreshed ||
    /refresh token/i.test(form.name) ||
    /^(rt|refresh)[_.-]/i.test(text)
  ) {
    return [
      is("kind.refresh_token", "likely", {
        by: refreshed
          ? "the history: it was used to refresh"
          : `the form of the text: ${form.name}`,
      }),
      opaque,
    ];
  }
  if (policy.kind === "id_token" && /access token/i.test(form.name))
    return [
      is("kind.access_token", "likely", {
        by: `the form of the text: ${form.name}`,
      }),
      opaque,
    ];
  return [opaque];
}

/** A part of a JWT, or a piece of one: cut off or broken, not opaque. */
const looksLikeToken = (text: string): boolean => /(?:^|\.)ey[JA-Z]/.test(text);

/** Three long parts, and nothing that a vendor's mark would explain: a JWT that suffered. */
const looksBroken = (text: string): boolean =>
  recogniseForm(text).name === "opaque text" &&
  /^[\w+/=-]{16,}\.[\w+/=-]{16,}\.[\w+/=-]{16,}$/.test(text);
