/** What the token endpoint gives (RFC 6749 section 5.1). */
import { decodeUnverified } from "@assay/token";
import { unexpected } from "./errors.ts";

export interface TokenAnswer {
  readonly accessToken: string;
  readonly type: "Bearer" | "DPoP";
  /** Milliseconds since the epoch, by the server's clock. */
  readonly obtainedAt: number;
  readonly expiresAt: number | null;
  readonly scopes: readonly string[] | null;
  readonly refreshToken: string | null;
}

/** What may stand behind the scheme in a header (RFC 6750 section 2.1). */
const TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;

/** `now`: the server's clock. Throws TokenError (`unexpected_answer`). */
export function readTokenAnswer(
  body: Readonly<Record<string, unknown>>,
  now: number,
): TokenAnswer {
  const {
    access_token: accessToken,
    token_type: type,
    expires_in: expiresIn,
    scope,
    refresh_token: refreshToken,
  } = body;
  // Threat: a line end in a token makes a header of its own.
  if (typeof accessToken !== "string" || !TOKEN.test(accessToken))
    throw unexpected(
      "an access_token that can stand in a header",
      accessToken === undefined ? "none" : "something else",
    );
  const seconds =
    typeof expiresIn === "string" && /^\d+$/.test(expiresIn)
      ? Number(expiresIn)
      : expiresIn;
  return {
    accessToken,
    type: readType(type),
    obtainedAt: now,
    expiresAt:
      typeof seconds === "number" && seconds >= 0
        ? now + seconds * 1000
        : claimedEnd(accessToken),
    scopes:
      typeof scope === "string"
        ? scope.split(" ").filter((each) => each !== "")
        : null,
    refreshToken:
      typeof refreshToken === "string" && refreshToken !== ""
        ? refreshToken
        : null,
  };
}

/** Case does not count (RFC 6749 section 5.1). */
function readType(type: unknown): TokenAnswer["type"] {
  const name = typeof type === "string" ? type.toLowerCase() : "";
  if (name === "bearer") return "Bearer";
  if (name === "dpop") return "DPoP";
  throw unexpected(
    "token_type Bearer or DPoP",
    typeof type === "string" ? "another" : "none",
  );
}

/** exp of a JWT, unverified: a hint when to renew, no more. */
export function claimedEnd(accessToken: string): number | null {
  const exp = decodeUnverified(accessToken).claims?.["exp"];
  return typeof exp === "number" && Number.isFinite(exp) ? exp * 1000 : null;
}
