/** JSON Web Signature for any payload (RFC 7515, RFC 7797): below claims and policies, with the same keys and the same strictness. */
import { platform } from "#crypto";
import { chain } from "../crypto/chain.ts";
import type { Handle, MaybePromise } from "../crypto/platform.ts";
import { concatenate } from "../encoding/concatenate.ts";
import { parseJsonObject, type JsonObject } from "../encoding/json.ts";
import { handleFor } from "../keys/key-material.ts";
import type { Key } from "../keys/key.ts";
import type { KeySource } from "../keys/key-source.ts";
import { selectKey } from "../keys/select-key.ts";
import { DEFAULT_MAX_LENGTH, MAX_DEPTH } from "../policy.ts";
import { isUndecided } from "../reasons.ts";
import { isAlgorithm, type AlgorithmName } from "../signing/algorithms.ts";
import { judgeAlgorithm, unsupportedOr } from "../steps/signature.ts";
import type { JoseHeader } from "../token.ts";
import { finding, type Finding } from "../verdict.ts";
import { splitSegments } from "./compact.ts";
import { checkCritical, checkHeaderTypes } from "./header.ts";
import { badEncoding, readObject } from "./jws.ts";

export interface JwsOptions {
  readonly keys: KeySource;
  /** Accepted algorithms. There is no default: a payload alone says nothing of what is usual for it. */
  readonly algorithms: readonly string[];
  /** The payload, where it is not in the JWS (RFC 7515 appendix F). Text stands for its UTF-8. */
  readonly payload?: Uint8Array | string;
  /** Longest JWS in characters, a detached payload not counted. Default 65,536. */
  readonly maxLength?: number;
}

export type JwsResult =
  | {
      readonly outcome: "accepted";
      readonly payload: Uint8Array;
      readonly protectedHeader: JoseHeader;
      /** Header parameters that nothing protects. Decide nothing by them. */
      readonly unprotectedHeader: Readonly<Record<string, unknown>>;
      readonly key: Key;
      /** Which of several signatures came out; 0 where there is one. */
      readonly signature: number;
    }
  | ({ readonly outcome: "rejected" | "undecided" } & Finding);

/** A JWS of any serialization, taken apart. */
interface Parts {
  /** As it stands in the JWS; null: it is elsewhere. */
  readonly payload: string | null;
  readonly signatures: readonly Signature[];
}

interface Signature {
  readonly protected: string;
  readonly header: JsonObject;
  readonly signature: string;
}

/** More signatures than this are refused: each costs time, and who asks pays nothing. */
const MAX_SIGNATURES = 16;

/**
 * Verifies a JWS in compact, flattened or general JSON serialization. Of several signatures, one that comes out is enough. A refusal
 * is a value. The claims of a JWT are not judged: that is what `verify` is for.
 */
export function verifyJws(
  input: string | object,
  options: JwsOptions,
): MaybePromise<JwsResult> {
  const parts = takeApart(input, options.maxLength ?? DEFAULT_MAX_LENGTH);
  if ("reason" in parts) return refuse(parts);
  if (parts.signatures.length > MAX_SIGNATURES)
    return refuse(
      finding("format.too_large", {
        what: "members",
        limit: MAX_SIGNATURES,
        found: parts.signatures.length,
      }),
    );
  const { payload: detached } = options;
  if (detached !== undefined && parts.payload)
    return refuse(
      finding("format.payload", { problem: "member_type", member: "payload" }),
    );
  // What is verified is what is given back: the caller's bytes may change meanwhile.
  const own: JwsOptions = ArrayBuffer.isView(detached)
    ? { ...options, payload: new Uint8Array(detached) }
    : options;
  return verifyFrom(0, null);

  function verifyFrom(
    index: number,
    refused: JwsResult | null,
  ): MaybePromise<JwsResult> {
    const { payload, signatures } = parts as Parts;
    const signature = signatures[index];
    if (!signature)
      return refused ?? refuse(finding("signature.missing", { alg: "" }));
    return chain(verifyOne(payload, signature, index, own), (result) => {
      if (result.outcome === "accepted") return result;
      return verifyFrom(
        index + 1,
        refused?.outcome === "undecided"
          ? refused
          : result.outcome === "undecided"
            ? result
            : (refused ?? result),
      );
    });
  }
}

function verifyOne(
  own: string | null,
  part: Signature,
  index: number,
  options: JwsOptions,
): MaybePromise<JwsResult> {
  const read = readHeaders(part);
  if ("reason" in read) return refuse(read);
  const { protectedHeader, kid } = read;
  const { alg } = protectedHeader;
  const refused = judgeAlgorithm(alg, options.algorithms);
  if (refused) return refuse(refused);
  if (!isAlgorithm(alg))
    return refuse(finding("signature.algorithm_unsupported", { alg }));
  if (part.signature === "")
    return refuse(finding("signature.missing", { alg }));
  const signature = platform.decodeBase64url(part.signature);
  if (!signature) return refuse(badEncoding(part.signature, "signature"));
  const encoded = protectedHeader.b64 !== false;
  const payload = payloadOf(own, options.payload, encoded);
  if ("reason" in payload) return refuse(payload);
  return chain(
    options.keys.lookup({ alg, kid }),
    (set): MaybePromise<JwsResult> => {
      if ("unavailable" in set)
        return refuse(
          finding("signature.keys_unavailable", {
            source: set.source,
            problem: set.unavailable,
          }),
        );
      const selection = selectKey(set, { alg, kid });
      if ("finding" in selection) return refuse(selection.finding);
      const { key } = selection;
      // RFC 7797 section 3: the payload itself is signed where b64 is false.
      const data = encoded
        ? `${part.protected}.${platform.encodeBase64url(payload)}`
        : unencodedInput(part.protected, payload);
      return chain(
        verifyWith(key, alg, kid, data, signature),
        (wrong): JwsResult =>
          wrong
            ? refuse(wrong)
            : {
                outcome: "accepted",
                payload: new Uint8Array(payload),
                protectedHeader,
                unprotectedHeader: part.header,
                key,
                signature: index,
              },
      );
    },
  );
}

/** null: the signature comes out. */
function verifyWith(
  key: Key,
  alg: AlgorithmName,
  kid: string | null,
  data: string | Uint8Array,
  signature: Uint8Array,
): MaybePromise<Finding | null> {
  const refusedKey = (): MaybePromise<Finding> =>
    chain(
      unsupportedOr(alg, kid),
      (judgement) => (judgement as readonly Finding[])[0] as Finding,
    );
  const settle = (verified: boolean): Finding | null =>
    verified ? null : finding("signature.mismatch", { alg, kid, key: key.kid });
  const verify = (handle: Handle): MaybePromise<Finding | null> =>
    chain(platform.verify(alg, handle, data, signature), settle);
  let handle: MaybePromise<Handle>;
  try {
    handle = handleFor(key, alg, "verify");
  } catch {
    return refusedKey();
  }
  return handle instanceof Promise
    ? handle.then(verify, refusedKey)
    : verify(handle);
}

/** Reads both headers. alg, crit and b64 count only where they are protected; no name stands in both (RFC 7515 section 4). */
function readHeaders(
  part: Signature,
):
  | { readonly protectedHeader: JoseHeader; readonly kid: string | null }
  | Finding {
  const read = readObject(part.protected, "header");
  if ("finding" in read) return read.finding;
  for (const member of Object.keys(part.header)) {
    if (Object.hasOwn(read.value, member))
      return finding("format.header", {
        problem: "duplicate_member",
        member: member.slice(0, 64),
      });
    if (member === "crit" || member === "b64")
      return finding("format.critical", { problem: "not_understood", member });
  }
  const [wrong] = [
    ...checkHeaderTypes(read.value),
    ...checkHeaderTypes({ ...part.header, alg: "" }),
  ];
  if (wrong) return wrong;
  const critical = checkCritical(read.value, UNDERSTOOD);
  if (critical) return finding("format.critical", critical);
  const { b64, crit, kid = part.header["kid"] } = read.value;
  if (b64 !== undefined && typeof b64 !== "boolean")
    return finding("format.header", { problem: "member_type", member: "b64" });
  // RFC 7797 section 6: without crit a verifier that does not know b64 would verify another text.
  if (b64 === false && crit === undefined)
    return finding("format.critical", {
      problem: "not_understood",
      member: "b64",
    });
  return {
    protectedHeader: read.value as JoseHeader,
    kid: typeof kid === "string" ? kid : null,
  };
}

function unencodedInput(
  protectedHeader: string,
  payload: Uint8Array,
): Uint8Array {
  const head = new TextEncoder().encode(`${protectedHeader}.`);
  return concatenate([head, payload], head.length + payload.length);
}

const UNDERSTOOD: ReadonlySet<string> = new Set(["b64"]);

function payloadOf(
  own: string | null,
  detached: JwsOptions["payload"],
  encoded: boolean,
): Uint8Array | Finding {
  if (detached !== undefined)
    return typeof detached === "string"
      ? new TextEncoder().encode(detached)
      : detached;
  if (own === null)
    return finding("format.payload", { problem: "empty", member: null });
  if (!encoded) return new TextEncoder().encode(own);
  return platform.decodeBase64url(own) ?? badEncoding(own, "payload");
}

function takeApart(input: string | object, maxLength: number): Parts | Finding {
  if (typeof input === "object" && input !== null && !Array.isArray(input))
    return takeJsonApart(input as JsonObject);
  if (typeof input !== "string") return notJws(0);
  if (input === "") return finding("format.empty", { length: 0 });
  if (input.length > maxLength)
    return finding("format.too_large", {
      what: "token",
      limit: maxLength,
      found: input.length,
    });
  if (/^\s*\{/.test(input)) {
    const parsed = parseJsonObject(input, MAX_DEPTH);
    return "value" in parsed ? takeJsonApart(parsed.value) : notJws(0);
  }
  const found = splitSegments(input);
  if (found !== 3) return finding("format.segments", { found, expected: [3] });
  const [head = "", payload = "", signature = ""] = input.split(".");
  return { payload, signatures: [{ protected: head, header: {}, signature }] };
}

/** RFC 7515 section 7.2: one signature beside the payload, or a list of them, never both. */
function takeJsonApart(jws: JsonObject): Parts | Finding {
  const own = (object: object, member: string): unknown =>
    Object.hasOwn(object, member) ? (object as JsonObject)[member] : undefined;
  const payload = own(jws, "payload");
  const list = own(jws, "signatures");
  const flat = ["signature", "protected", "header"].some(
    (member) => own(jws, member) !== undefined,
  );
  if (
    (payload !== undefined && typeof payload !== "string") ||
    (list !== undefined && (flat || !Array.isArray(list) || list.length === 0))
  )
    return notJws(0);
  const signatures: Signature[] = [];
  for (const part of (list ?? [jws]) as unknown[]) {
    if (typeof part !== "object" || part === null) return notJws(0);
    const [head = "", header = {}, signature] = [
      "protected",
      "header",
      "signature",
    ].map((member) => own(part, member));
    if (
      typeof head !== "string" ||
      typeof header !== "object" ||
      header === null ||
      Array.isArray(header) ||
      typeof signature !== "string"
    )
      return notJws(0);
    if (signatures.length <= MAX_SIGNATURES)
      signatures.push({
        protected: head,
        header: header as JsonObject,
        signature,
      });
  }
  return { payload: payload ?? null, signatures };
}

const notJws = (dots: number): Finding =>
  finding("format.not_jwt", { looksLike: "something that is no JWS", dots });

/** As in `verify`: an algorithm that the platform lacks is a refusal, keys that cannot be had are not. */
function refuse(found: Finding): JwsResult {
  const undecided =
    isUndecided(found.reason) &&
    found.reason !== "signature.algorithm_unsupported";
  return { outcome: undecided ? "undecided" : "rejected", ...found };
}
