/**
 * The successor of a refresh token, kept so that only the superseded one opens it: a client whose answer was lost brings the key itself.
 * Threat: whoever reads the database, with or without the master key, must not find a refresh token in it. The key is derived from both,
 * under another label than anything that is stored, so that the digest by which a token is looked up does not help.
 */
import { createCipheriv, createDecipheriv, createHmac } from "node:crypto";
import type { MasterKey } from "../master-key.ts";

const LABEL = "assay refresh successor";
const NONCE = 12;
const TAG = 16;

/** Seal of the token that follows `superseded`, for this family and the successor's generation alone. */
export function sealSuccessor(
  master: MasterKey,
  superseded: string,
  successor: string,
  place: string,
  random: (bytes: number) => Uint8Array,
): string {
  const nonce = random(NONCE);
  const cipher = createCipheriv(
    "aes-256-gcm",
    keyOf(master, superseded),
    nonce,
  ).setAAD(Buffer.from(place));
  return Buffer.concat([
    nonce,
    cipher.update(successor, "utf8"),
    cipher.final(),
    cipher.getAuthTag(),
  ]).toString("base64url");
}

/** Throws when the seal was made for another token, family or generation. */
export function openSuccessor(
  master: MasterKey,
  superseded: string,
  sealed: string,
  place: string,
): string {
  const bytes = Buffer.from(sealed, "base64url");
  const decipher = createDecipheriv(
    "aes-256-gcm",
    keyOf(master, superseded),
    bytes.subarray(0, NONCE),
    { authTagLength: TAG },
  )
    .setAAD(Buffer.from(place))
    .setAuthTag(bytes.subarray(-TAG));
  return Buffer.concat([
    decipher.update(bytes.subarray(NONCE, -TAG)),
    decipher.final(),
  ]).toString("utf8");
}

/** Where a seal belongs. */
export const successorPlace = (familyId: string, generation: number): string =>
  `${familyId} ${generation}`;

/** HKDF with SHA-256 and one block (RFC 5869): the token is the input, what the master key gives is the salt. */
function keyOf(master: MasterKey, superseded: string): Uint8Array {
  return hmac(hmac(saltOf(master), superseded), `${LABEL}\u0001`);
}

/** By way of a text: memory of its own for each digest takes longer. */
const hmac = (key: Uint8Array, text: string): Uint8Array =>
  Buffer.from(
    createHmac("sha256", key).update(text).digest("latin1"),
    "latin1",
  );

const salts = new WeakMap<MasterKey, Uint8Array>();

/** The same for every token: derived once. */
function saltOf(master: MasterKey): Uint8Array {
  const salt = salts.get(master) ?? master.derive(LABEL, 32);
  salts.set(master, salt);
  return salt;
}
