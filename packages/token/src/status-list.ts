/** Token Status List (draft-ietf-oauth-status-list-21): one status for each token of an issuer, packed into a compressed array of bits. */
import { platform } from "#crypto";
import { inflate } from "./encoding/inflate.ts";
import type { Claims } from "./token.ts";
import { finding, type Finding } from "./verdict.ts";

export interface StatusList {
  /** Bits for each status: 1, 2, 4 or 8. */
  readonly bits: number;
  readonly bytes: Uint8Array;
}

/** Why nothing can be said of a status. It never means "valid". */
export interface StatusUnavailable {
  readonly unavailable: string;
}

/** Where a token says that its status stands (section 6.2). */
export interface StatusReference {
  readonly uri: string;
  readonly idx: number;
}

/** Largest list after decompression: 64 million tokens at one bit each. */
const MAX_BYTES = 8 * 1024 * 1024;

/** The reference in a token's claims. null: it has none. */
export function statusReference(
  claims: Claims,
): StatusReference | StatusUnavailable | null {
  const { status } = claims;
  if (status === undefined) return null;
  const list = isObject(status) ? status["status_list"] : undefined;
  if (list === undefined)
    return isObject(status)
      ? null
      : { unavailable: "the claim status is not an object" };
  const { idx, uri } = isObject(list) ? list : {};
  if (!isIndex(idx))
    return { unavailable: "idx is not an integer of at least 0" };
  return typeof uri === "string" && URL.canParse(uri)
    ? { uri, idx }
    : { unavailable: "uri is not an absolute URI" };
}

/** Unpacks the claim `status_list` (sections 4.1 and 4.2). `maxBytes` bounds what comes out, 8 MiB by default. Never rejects. */
export async function decodeStatusList(
  statusList: unknown,
  maxBytes: number = MAX_BYTES,
): Promise<StatusList | StatusUnavailable> {
  if (!isObject(statusList))
    return { unavailable: "status_list is not an object" };
  const { bits, lst } = statusList;
  // No other width keeps each status within one byte.
  if (bits !== 1 && bits !== 2 && bits !== 4 && bits !== 8)
    return { unavailable: "bits is none of 1, 2, 4, 8" };
  const compressed =
    typeof lst === "string" ? platform.decodeBase64url(lst) : null;
  if (!compressed)
    return { unavailable: "lst is not base64url without padding" };
  const bytes = await inflate(compressed, maxBytes);
  if (bytes === null) return { unavailable: "lst is not a ZLIB stream" };
  return bytes === "too_large"
    ? { unavailable: `the list has more than ${maxBytes} bytes` }
    : { bits, bytes };
}

/** The status at an index (section 4.1): bytes in their order, statuses in a byte from the least significant bit on. */
export function readStatus(
  { bits, bytes }: StatusList,
  index: number,
): number | StatusUnavailable {
  const perByte = 8 / bits;
  const byte = isIndex(index) ? bytes[Math.floor(index / perByte)] : undefined;
  if (byte === undefined)
    return {
      unavailable: `the index is not in the list of ${bytes.length * perByte} statuses`,
    };
  return (byte >> ((index % perByte) * bits)) & (2 ** bits - 1);
}

/**
 * What the status of a token means (section 7.1): VALID is no finding, INVALID and SUSPENDED are the token's end for now. Any other
 * value has a meaning that we do not know, and is not taken for valid.
 */
export function judgeStatus(
  list: StatusList,
  { uri, idx }: StatusReference,
): readonly Finding[] {
  const status = readStatus(list, idx);
  if (status === 0) return [];
  if (status === 1 || status === 2)
    return [
      finding("revocation.token", {
        at: null,
        event: status === 1 ? "invalid" : "suspended",
        by: null,
      }),
    ];
  const problem =
    typeof status === "number"
      ? `status ${status} has no meaning that is known here`
      : status.unavailable;
  return [finding("revocation.unavailable", { source: uri, problem })];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isIndex = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;
