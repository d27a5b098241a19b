/** What a text is that somebody presents for introspection or revocation: one of our access tokens, one of our refresh tokens, or nothing of ours. */
import {
  createVerifier,
  decodeUnverified,
  type Finding,
  type Verifier,
} from "@assay/token";
import type { IssuerContext } from "../issuer-context.ts";
import type { FoundAccessToken } from "../store/records.ts";
import { StoreUnavailable, type FoundRefreshToken } from "../store/store.ts";
import { digestOf, readOpaqueToken, refreshTokenName } from "./opaque-token.ts";

export type Presented =
  | { readonly kind: "access"; readonly found: FoundAccessToken }
  | { readonly kind: "refresh"; readonly found: FoundRefreshToken }
  | {
      readonly kind: "none";
      /** Why it is nothing of ours, as far as it is known. */
      readonly finding: Finding | null;
      readonly form: string;
      /** Of a JWT that names another issuer, what it names. Nobody has proven it. */
      readonly tokenIssuer?: string;
    };

/** Throws StoreUnavailable; also when the keys cannot be had: an outage is no answer about a token. */
export async function findPresented(
  context: IssuerContext,
  text: string,
): Promise<Presented> {
  const reading = readOpaqueToken(text);
  switch (reading.form) {
    case "damaged":
      return { kind: "none", finding: null, form: "damaged" };
    case "foreign":
      return findJwt(context, text);
    case "ours":
      return findOpaque(context, text, reading.kind);
  }
}

async function findOpaque(
  { store }: IssuerContext,
  text: string,
  kind: string,
): Promise<Presented> {
  if (kind === "access") {
    const found = await store.findAccessToken({ digest: digestOf(text) });
    return found
      ? { kind: "access", found }
      : { kind: "none", finding: null, form: "unknown" };
  }
  if (kind === "refresh") {
    const found = await store.findRefreshToken(refreshTokenName(text));
    return found
      ? { kind: "refresh", found }
      : { kind: "none", finding: null, form: "unknown" };
  }
  return { kind: "none", finding: null, form: kind };
}

/** Room for tokens whose signature was judged before. Whether they are over is looked up each time. */
const CACHE_BYTES = 4 * 2 ** 20;

const verifiers = new WeakMap<IssuerContext, Verifier>();

/** Threat: a forged JWT that names the jti of a real one. The signature is judged before anything is looked up. */
async function findJwt(
  context: IssuerContext,
  text: string,
): Promise<Presented> {
  let verifier = verifiers.get(context);
  if (!verifier) {
    const { issuer, keys, clock } = context;
    verifier = createVerifier(
      { issuer, audience: null, keys: keys.verificationKeys(), clock },
      { cacheBytes: CACHE_BYTES },
    );
    verifiers.set(context, verifier);
  }
  const verdict = await verifier.verify(text);
  // Threat: an alg that nobody knows, in a token that anybody can write, must not look like an outage. We sign with none such.
  if (
    verdict.outcome === "undecided" &&
    verdict.reason === "signature.algorithm_unsupported"
  )
    return notOurs(context.issuer, text, verdict);
  if (verdict.outcome === "undecided")
    throw new StoreUnavailable("the signing keys cannot be had");
  // These steps come after the signature. Of its times the store says the rest, also where another server's clock was ahead of ours when it
  // signed; a proof is for its resource server to judge.
  if (
    verdict.outcome === "rejected" &&
    !verdict.reason.startsWith("expiration.") &&
    !verdict.reason.startsWith("binding.")
  )
    return notOurs(context.issuer, text, verdict);
  const claims =
    verdict.outcome === "accepted"
      ? verdict.token.claims
      : decodeUnverified(text).claims;
  const jti = claims?.["jti"];
  const found =
    typeof jti === "string"
      ? await context.store.findAccessToken({ tokenId: jti })
      : null;
  return found
    ? { kind: "access", found }
    : { kind: "none", finding: null, form: "unknown" };
}

/** Characters that are kept of the name of another issuer. */
const LONGEST_ISSUER = 200;

function notOurs(issuer: string, text: string, finding: Finding): Presented {
  const { claims } = decodeUnverified(text);
  const named = claims?.["iss"];
  return {
    kind: "none",
    finding,
    form: claims === null ? "foreign" : "jwt",
    ...(named !== issuer && nameOf(named)),
  };
}

/** Threat: a stranger's text, with whatever in it, in our journal. An address alone is kept, without its query. */
function nameOf(named: unknown): { readonly tokenIssuer?: string } {
  if (typeof named !== "string" || !URL.canParse(named)) return {};
  const { protocol, host, pathname } = new URL(named);
  return protocol === "https:" || protocol === "http:"
    ? {
        tokenIssuer: `${protocol}//${host}${pathname}`.slice(0, LONGEST_ISSUER),
      }
    : {};
}
