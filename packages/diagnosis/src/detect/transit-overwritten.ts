/** Another credential stands where the client's token was: of a gateway, a platform, a browser's password box. */
import { headerValues, stepOf } from "@assay/token";
import type { Investigation } from "../investigation.ts";
import { readSegment } from "./damage-whole.ts";
import { reasonsIn } from "./found-reasons.ts";

/** Schemes that are put there by browsers, platforms and proxies; with RFC 6750 the token's own two. */
const OTHERS =
  /^(basic|negotiate|ntlm|digest|aws4-hmac-sha256|aws|signature|oauth|hoba|mutual|sharedkey|sharedkeylite|kerberos|bearer|dpop)$/i;

export async function detectOverwritten(i: Investigation): Promise<void> {
  const unsupported = i.found("request.scheme_unsupported");
  if (
    unsupported &&
    unsupported.found !== null &&
    OTHERS.test(unsupported.found)
  )
    otherScheme(i, unsupported.found);
  const repeated = i.found("request.token_repeated");
  if (repeated) severalHeaders(i, repeated.places);
  if (!unsupported && !repeated) await anotherToken(i);
}

function otherScheme(i: Investigation, scheme: string): void {
  // A bound token under the other of its two schemes is a matter of its binding.
  if (/^(bearer|dpop)$/i.test(scheme)) return;
  // "Basic eyJ…": the word is wrong, and the token is there.
  const jwt = Boolean(i.token?.claims);
  i.suspect("transit.overwritten", {
    confidence: jwt ? "possible" : "likely",
    facts: { scheme: scheme.slice(0, 20) },
    explains: ["request.scheme_unsupported"],
    weight: 40,
  });
}

function severalHeaders(i: Investigation, places: readonly string[]): void {
  const values = headerValues(i.inquiry.request ?? {}, "authorization").map(
    (value) => value.trim(),
  );
  const explains = ["request.token_repeated"] as const;
  const scheme = (value: string): string =>
    (value.split(/[ \t]/, 1)[0] ?? "").slice(0, 20);
  if (values.length > 1) {
    const same = new Set(values).size === 1;
    const other = values
      .map(scheme)
      .find(
        (name) =>
          name.toLowerCase() !== (i.policy.scheme ?? "Bearer").toLowerCase(),
      );
    i.suspect("transit.overwritten", {
      confidence: same ? "possible" : "likely",
      facts: { scheme: other ?? scheme(values[0] as string) },
      explains,
      weight: 40,
    });
    i.suspect("token.concatenated", {
      confidence: same ? "likely" : "possible",
      facts: { what: "the header once more", where: "after" },
      explains,
      weight: 30,
    });
  } else if (places.includes("signed URL")) {
    i.suspect("transit.overwritten", {
      confidence: "likely",
      facts: { scheme: "AWS4-HMAC-SHA256" },
      explains,
      weight: 45,
    });
  }
}

/** Where gateways that put their own token into the header keep the client's. */
function keptAside({ inquiry }: Investigation): string | undefined {
  const kept = [
    "x-forwarded-authorization",
    "x-original-authorization",
    "x-envoy-original-authorization",
  ].flatMap((name) => headerValues(inquiry.request ?? {}, name));
  return kept[0]?.replace(/^bearer\s+/i, "").trim();
}

/** The token that arrived is another one than the client has: other signature, and another issuer, key or audience. */
async function anotherToken(i: Investigation): Promise<void> {
  const { token } = i;
  const clientToken = i.context.clientToken ?? keptAside(i);
  if (!token?.claims || !token.header) return;
  if (/signature_removed/i.test(token.text.slice(-48))) {
    i.suspect("transit.overwritten", {
      confidence: "likely",
      facts: { scheme: i.policy.scheme ?? "Bearer" },
      explains: reasonsIn(i, "format", "signature"),
      weight: 70,
    });
  }
  if (
    clientToken === undefined ||
    clientToken.slice(-24) === token.text.slice(-24)
  )
    return;
  const [head = "", body = ""] = clientToken.split(".", 2);
  const [header, claims] = [readSegment(head), readSegment(body)];
  if (!header || !claims) return;
  const differs =
    claims["iss"] !== token.claims["iss"] ||
    header["kid"] !== token.header["kid"];
  const explains =
    i.reason !== null &&
    ["signature", "issuer", "audience"].includes(stepOf(i.reason))
      ? [i.reason]
      : [];
  if (!differs || explains.length === 0) return;
  const good = (await i.verifies(clientToken)) === true;
  i.suspect("transit.overwritten", {
    confidence: "likely",
    facts: { scheme: i.policy.scheme ?? "Bearer" },
    explains,
    weight: good ? 70 : 30,
  });
}
