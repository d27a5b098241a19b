/**
 * What keeps the server's secrets at rest. A master key seals (signing keys, personal keys, handles); keys for digests and marks are
 * derived from the data root, 32 random bytes that stand sealed in the store. So the master key can be changed, and no digest with it.
 *
 * Threat: a copy of the database or of a backup. Without the master key it holds no private key, no personal field, and no digest that
 * could be tried out against guesses.
 */
import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  type KeyObject,
} from "node:crypto";
import { inspect } from "node:util";
import { StartError } from "./start-error.ts";
import type { Store } from "./store/store.ts";

/** Bytes of a master key. */
export const MASTER_KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const VERSION = "v1";
/** The value of the store that holds the data root. */
export const DATA_ROOT = "data-root";
/** So many sealing keys are kept ready; purposes are few, and a purpose with a period in it must not make this grow. */
const KEPT_SEALING_KEYS = 64;

/** A sealed text that no master key opens, or that is not what was sealed for this purpose and place. It never says more. */
export class UnsealError extends Error {
  override readonly name = "UnsealError";
}

/** 32 secret bytes with a name that may be shown. */
export class MasterSecret {
  /** Known from the bytes alone, and says nothing of them. */
  readonly keyId: string;
  readonly #key: KeyObject;

  /** Throws TypeError for another number of bytes. */
  constructor(bytes: Uint8Array) {
    if (bytes.length !== MASTER_KEY_BYTES)
      throw new TypeError(
        `a master key has ${MASTER_KEY_BYTES} bytes; found ${bytes.length}`,
      );
    this.#key = createSecretKey(bytes);
    this.keyId = Buffer.from(
      expand(this.#key, "assay master key id", 8),
    ).toString("base64url");
  }

  /** The key that seals for one purpose. */
  sealingKey(purpose: string): KeyObject {
    return createSecretKey(expand(this.#key, `assay seal ${purpose}`, 32));
  }

  toString(): string {
    return `[master key ${this.keyId}]`;
  }
  toJSON(): string {
    return this.toString();
  }
  [inspect.custom](): string {
    return this.toString();
  }
}

/** HKDF (RFC 5869) with SHA-256. The input is uniformly random, so that no salt is needed (section 3.1). */
function expand(key: KeyObject, label: string, length: number): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", key, "", label, length));
}

export class MasterKey {
  readonly #secrets: readonly [MasterSecret, ...MasterSecret[]];
  readonly #root: KeyObject | null;
  readonly #random: (bytes: number) => Uint8Array;
  readonly #sealingKeys = new Map<string, KeyObject>();

  /** The first secret seals, all of them unseal. `openMasterKey` makes one with the store's root. */
  constructor(
    secrets: readonly MasterSecret[],
    root: Uint8Array | null,
    random: (bytes: number) => Uint8Array,
  ) {
    const [first, ...more] = secrets;
    if (!first) throw new TypeError("expected at least one master key");
    this.#secrets = [first, ...more];
    this.#root = root && createSecretKey(root);
    this.#random = random;
  }

  /** Name of the secret that seals now. */
  get keyId(): string {
    return this.#secrets[0].keyId;
  }

  /**
   * AES-256-GCM under a key for this purpose alone, as `v1.<key id>.<base64url of nonce, ciphertext and tag>`. `aad` names the place that
   * the text belongs to: at another it does not open. The nonce is random, so one purpose may seal 2^32 times under one master key
   * (NIST SP 800-38D section 8.3); what is sealed for each request has its period in the purpose.
   */
  seal(purpose: string, plaintext: Uint8Array, aad: string): string {
    const [secret] = this.#secrets;
    const head = `${VERSION}.${secret.keyId}.`;
    const nonce = this.#random(NONCE_BYTES);
    const cipher = createCipheriv(
      "aes-256-gcm",
      this.#sealingKey(secret, purpose),
      nonce,
    ).setAAD(Buffer.from(head + aad));
    const sealed = Buffer.concat([
      nonce,
      cipher.update(plaintext),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    return head + sealed.toString("base64url");
  }

  /** Throws UnsealError. */
  unseal(purpose: string, sealed: string, aad: string): Uint8Array {
    const parts = readSealed(sealed);
    const secret = this.#secrets.find(({ keyId }) => keyId === parts?.keyId);
    if (!parts || !secret)
      throw new UnsealError(
        parts
          ? `sealed under the master key ${parts.keyId}, which is not given; given are ${this.#secrets.map(({ keyId }) => keyId).join(", ")}`
          : "not a sealed text",
      );
    const { bytes } = parts;
    try {
      const decipher = createDecipheriv(
        "aes-256-gcm",
        this.#sealingKey(secret, purpose),
        bytes.subarray(0, NONCE_BYTES),
        { authTagLength: TAG_BYTES },
      )
        .setAAD(Buffer.from(`${VERSION}.${parts.keyId}.${aad}`))
        .setAuthTag(bytes.subarray(-TAG_BYTES));
      return Buffer.concat([
        decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)),
        decipher.final(),
      ]);
    } catch {
      throw new UnsealError(
        "a sealed text was changed, or belongs to another purpose or place",
      );
    }
  }

  /** Whether the text stands under another master key than the one that seals now. A text that is not sealed here does not. */
  needsReseal(sealed: string): boolean {
    const parts = readSealed(sealed);
    return parts !== null && parts.keyId !== this.keyId;
  }

  /** The same plaintext under the secret that seals now. Throws UnsealError. */
  reseal(purpose: string, sealed: string, aad: string): string {
    return this.seal(purpose, this.unseal(purpose, sealed, aad), aad);
  }

  /** A key for digests and marks that stays the same when the master key changes. Throws TypeError without a data root. */
  derive(label: string, length: number): Uint8Array {
    if (!this.#root) throw new TypeError("this master key has no data root");
    return expand(this.#root, `assay derive ${label}`, length);
  }

  #sealingKey(secret: MasterSecret, purpose: string): KeyObject {
    const name = `${secret.keyId}.${purpose}`;
    let key = this.#sealingKeys.get(name);
    if (!key) {
      if (this.#sealingKeys.size >= KEPT_SEALING_KEYS)
        this.#sealingKeys.clear();
      this.#sealingKeys.set(name, (key = secret.sealingKey(purpose)));
    }
    return key;
  }

  toString(): string {
    return `[master key ${this.keyId}]`;
  }
  toJSON(): string {
    return this.toString();
  }
  [inspect.custom](): string {
    return this.toString();
  }
}

function readSealed(
  sealed: string,
): { readonly keyId: string; readonly bytes: Buffer } | null {
  const [version, keyId, body, ...rest] = sealed.split(".");
  if (version !== VERSION || !keyId || !body || rest.length > 0) return null;
  const bytes = Buffer.from(body, "base64url");
  return bytes.length >= NONCE_BYTES + TAG_BYTES &&
    bytes.toString("base64url") === body
    ? { keyId, bytes }
    : null;
}

/**
 * The master key with the store's data root, which the first server makes. Throws StartError when the store was sealed under a master
 * key that is not among these.
 */
export async function openMasterKey(
  store: Pick<Store, "readValue" | "writeValue">,
  secrets: readonly MasterSecret[],
  random: (bytes: number) => Uint8Array,
): Promise<MasterKey> {
  const rootless = new MasterKey(secrets, null, random);
  let sealed = await store.readValue(DATA_ROOT);
  if (sealed === null) {
    const made = rootless.seal(DATA_ROOT, random(32), DATA_ROOT);
    // Another server may be first: then its root counts.
    sealed = (await store.writeValue(DATA_ROOT, null, made))
      ? made
      : await store.readValue(DATA_ROOT);
  }
  try {
    const root = rootless.unseal(DATA_ROOT, sealed ?? "", DATA_ROOT);
    return new MasterKey(secrets, root, random);
  } catch (error) {
    if (!(error instanceof UnsealError)) throw error;
    throw new StartError(
      `master key: expected the one under which this database was made, found another (${error.message})`,
      null,
      error,
    );
  }
}
