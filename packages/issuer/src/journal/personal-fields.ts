/**
 * What the journal knows of a person: subject, address, agent, and who acted. It stands encrypted under a key of that person alone, which
 * is kept wrapped by the master key. To erase the person, that one key is destroyed: every entry stays, the chain over it stays whole, and
 * nobody reads the fields again, in a backup of the journal neither.
 *
 * Threat: a copy of the database tells who used what from where. The key's row is named by a keyed digest, so that no list of subjects can
 * be tried against it.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  type KeyObject,
} from "node:crypto";
import { forgetOldest } from "../forget-oldest.ts";
import type { MasterKey } from "../master-key.ts";
import type { Store } from "../store/store.ts";
import type { SealedPersonal } from "./events.ts";

/** Who a request came from, as far as it is known. */
export interface Who {
  readonly subject: string | null;
  readonly clientId: string | null;
  readonly ip: string | null;
  readonly agent: string | null;
  /** Who acted, where it is not the subject: an operator. */
  readonly by?: string | null;
  /** Method and path at an API: a path may name a person. */
  readonly request?: string | null;
}

/** The server itself, which nobody asked. */
export const NOBODY: Who = {
  subject: null,
  clientId: null,
  ip: null,
  agent: null,
};

export interface Personal {
  readonly subject: string | null;
  readonly ip: string | null;
  readonly agent: string | null;
  readonly by: string | null;
  /** Only where a guard told of a request. */
  readonly request?: string;
}

export interface PersonalFieldsOptions {
  readonly store: Pick<Store, "personalKey">;
  readonly master: MasterKey;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  readonly random: (bytes: number) => Uint8Array;
}

/** What the keys of persons are sealed for; each at the place of its own id. */
export const PERSONAL_KEY = "personal-key";

/** Unwrapped keys that are kept ready. */
const KEPT_KEYS = 10_000;
/** Another server may erase a person: its key is asked for again after so many milliseconds. */
const KEPT_FOR = 60_000;
/** Longest text of each field, in characters. A subject has 255 at most (OpenID Connect Core section 2). */
const LONGEST = {
  subject: 255,
  ip: 64,
  agent: 256,
  by: 255,
  request: 512,
} as const;

const KEY_BYTES = 32;
const SALT_BYTES = 12;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

interface Kept {
  /** null: erased, for ever. */
  readonly key: Promise<PersonKey | null>;
  readonly readAt: number;
}

/** The key of a person, and the one that seals entries now. */
interface PersonKey {
  readonly key: KeyObject;
  readonly salt: Uint8Array;
  readonly sealing: Uint8Array;
  /** What was sealed last, and as what. A machine sends the same with every request; that two entries of a minute are alike is all that this tells. */
  last: { readonly plain: string; readonly cipher: string } | null;
}

export class PersonalFields {
  readonly #options: PersonalFieldsOptions;
  readonly #names: Uint8Array;
  /** Names of keys by persons, as they were computed. */
  readonly #keyIds = new Map<string, string>();
  /** The least recently used is first. */
  readonly #kept = new Map<string, Kept>();

  constructor(options: PersonalFieldsOptions) {
    this.#options = options;
    this.#names = options.master.derive("personal-key-id", 32);
  }

  /** Name of the person's key. A subject, a client and nobody never share one, whatever they are called. */
  keyIdOf({ subject, clientId }: Pick<Who, "subject" | "clientId">): string {
    const person =
      subject !== null
        ? `subject ${subject}`
        : clientId !== null
          ? `client ${clientId}`
          : "nobody";
    const known = this.#keyIds.get(person);
    if (known !== undefined) return known;
    const keyId = createHmac("sha256", this.#names)
      .update(person)
      .digest("base64url");
    this.#keyIds.set(person, keyId);
    forgetOldest(this.#keyIds, KEPT_KEYS);
    return keyId;
  }

  /** null: the person was erased, and nothing about them is written any more. */
  async seal(who: Who): Promise<SealedPersonal | null> {
    const keyId = this.keyIdOf(who);
    const key = await this.#key(keyId);
    if (!key) return null;
    const plain = JSON.stringify([
      cut(who.subject, LONGEST.subject),
      cut(who.ip, LONGEST.ip),
      cut(who.agent, LONGEST.agent),
      cut(who.by, LONGEST.by),
      ...(who.request ? [cut(who.request, LONGEST.request)] : []),
    ]);
    if (key.last?.plain === plain) return { keyId, cipher: key.last.cipher };
    const nonce = this.#options.random(NONCE_BYTES);
    const cipher = createCipheriv("aes-256-gcm", key.sealing, nonce).setAAD(
      place(keyId),
    );
    const sealed = Buffer.concat([
      key.salt,
      nonce,
      cipher.update(plain, "utf8"),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    const text = sealed.toString("base64url");
    key.last = { plain, cipher: text };
    return { keyId, cipher: text };
  }

  /** null: the person was erased, or the text was not sealed under this key. */
  async open({ keyId, cipher }: SealedPersonal): Promise<Personal | null> {
    const key = await this.#key(keyId);
    if (!key) return null;
    const bytes = Buffer.from(cipher, "base64url");
    try {
      const decipher = createDecipheriv(
        "aes-256-gcm",
        entryKey(key.key, bytes.subarray(0, SALT_BYTES)),
        bytes.subarray(SALT_BYTES, SALT_BYTES + NONCE_BYTES),
        { authTagLength: TAG_BYTES },
      )
        .setAAD(place(keyId))
        .setAuthTag(bytes.subarray(-TAG_BYTES));
      const plain = Buffer.concat([
        decipher.update(bytes.subarray(SALT_BYTES + NONCE_BYTES, -TAG_BYTES)),
        decipher.final(),
      ]).toString("utf8");
      const [subject, ip, agent, by, request] = JSON.parse(plain) as (
        string | null
      )[];
      return {
        subject: subject ?? null,
        ip: ip ?? null,
        agent: agent ?? null,
        by: by ?? null,
        ...(request && { request }),
      };
    } catch {
      return null;
    }
  }

  /** The person was erased here: the key must not be used from memory. Call it when `erasePersonalKey` has returned. */
  forget(keyId: string): void {
    this.#kept.delete(keyId);
  }

  #key(keyId: string): Promise<PersonKey | null> {
    const now = this.#options.clock();
    const kept = this.#kept.get(keyId);
    this.#kept.delete(keyId);
    const age = kept ? now - kept.readAt : 0;
    if (kept && age >= 0 && age < KEPT_FOR) {
      this.#kept.set(keyId, kept);
      return kept.key;
    }
    const key = this.#read(keyId, now);
    const read = { key, readAt: now };
    this.#kept.set(keyId, read);
    forgetOldest(this.#kept, KEPT_KEYS);
    // What the store could not say is not remembered.
    key.catch(() => {
      if (this.#kept.get(keyId) === read) this.#kept.delete(keyId);
    });
    return key;
  }

  async #read(keyId: string, now: number): Promise<PersonKey | null> {
    const { store, master, random } = this.#options;
    const made = master.seal(PERSONAL_KEY, random(KEY_BYTES), keyId);
    const wrapped = await store.personalKey(keyId, made, now);
    if (wrapped === null) return null;
    const key = createSecretKey(master.unseal(PERSONAL_KEY, wrapped, keyId));
    const salt = random(SALT_BYTES);
    return { key, salt, sealing: entryKey(key, salt), last: null };
  }
}

/**
 * The key of the entries that one server writes while it keeps the person's key ready, a minute at most: HKDF-Expand (RFC 5869 section 2.3, one
 * block) of the person's, so that a client with more than 2^32 entries does not wear its key out (NIST SP 800-38D section 8.3).
 */
const entryKey = (person: KeyObject, salt: Uint8Array): Uint8Array =>
  createHmac("sha256", person).update(salt).update("\u0001").digest();

/**
 * The text belongs to the person's key, not to the entry's id: a verb of the store writes several entries from one draft, under several ids
 * that are not known here. That a text stays with its entry is what the chain's hash says.
 */
const place = (keyId: string): Uint8Array =>
  Buffer.from(`journal personal ${keyId}`);

const cut = (text: string | null | undefined, longest: number): string | null =>
  text?.slice(0, longest) ?? null;
