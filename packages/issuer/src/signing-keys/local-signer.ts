/**
 * Private keys in the store, sealed under the master key, and in the memory of the process while they may sign.
 *
 * Threat: somebody who can write to the database but has no master key puts a public key of theirs into the set, and signs. The kid is the
 * thumbprint of the public key, and the seal binds kid and algorithm; of a retired key, whose private half is destroyed, a seal remains.
 */
import {
  exportKey,
  generateKey,
  handleFor,
  platform,
  readJwk,
  thumbprint,
  type AlgorithmName,
  type Jwk,
  type Key,
} from "@assay/token";
import type { MasterKey } from "../master-key.ts";
import type { SigningKeyRecord } from "../store/records.ts";
import { maySign } from "./ring.ts";
import type { MadeKey, Signer, SignInput } from "./signer.ts";

/** What a signing key's private half is sealed for. */
export const SIGNING_KEY = "signing-key";
/** What remains of it when it never signs again. */
const SPENT_SIGNING_KEY = "spent-signing-key";

/** The record is not what this server wrote, or stands under another master key. */
export class SigningKeyDamaged extends Error {
  override readonly name = "SigningKeyDamaged";
}

/** The place of a sealed key: its kid and algorithm. */
export const placeOf = (kid: string, algorithm: string): string =>
  `${kid} ${algorithm}`;

/** What the record is sealed for. */
export const purposeOf = (key: SigningKeyRecord): string =>
  maySign(key) ? SIGNING_KEY : SPENT_SIGNING_KEY;

export class LocalSigner implements Signer {
  readonly #master: MasterKey;

  constructor(master: MasterKey) {
    this.#master = master;
  }

  async create(algorithm: AlgorithmName): Promise<MadeKey> {
    const key = await generateKey(algorithm);
    const kid = await thumbprint(key);
    const jwk = JSON.stringify(exportKey(key, { secret: true }));
    return {
      kid,
      publicJwk: exportKey(key, { secret: false }),
      sealed: this.#master.seal(
        SIGNING_KEY,
        Buffer.from(jwk),
        placeOf(kid, algorithm),
      ),
    };
  }

  async load(
    records: readonly SigningKeyRecord[],
  ): Promise<ReadonlyMap<string, SignInput>> {
    const ready = new Map<string, SignInput>();
    for (const record of records) {
      if (record.state === "withdrawn") continue;
      if ((await thumbprint(readJwk(record.publicJwk))) !== record.kid)
        throw new SigningKeyDamaged(
          `the signing key ${record.kid} is not the public key that stands beside it`,
        );
      const key = this.#open(record);
      if (key) ready.set(record.kid, await signWith(key, record.algorithm));
    }
    return ready;
  }

  async retire({ kid, algorithm }: SigningKeyRecord): Promise<string> {
    return this.#master.seal(
      SPENT_SIGNING_KEY,
      new Uint8Array(0),
      placeOf(kid, algorithm),
    );
  }

  #open(record: SigningKeyRecord): Key | null {
    const place = placeOf(record.kid, record.algorithm);
    const purpose = purposeOf(record);
    let opened: Uint8Array;
    try {
      opened = this.#master.unseal(purpose, record.sealed, place);
    } catch (error) {
      throw new SigningKeyDamaged(
        `the signing key ${record.kid} cannot be opened: ${(error as Error).message}`,
        { cause: error },
      );
    }
    if (purpose === SPENT_SIGNING_KEY) return null;
    return readJwk(JSON.parse(Buffer.from(opened).toString("utf8")) as Jwk);
  }
}

async function signWith(key: Key, algorithm: string): Promise<SignInput> {
  const name = algorithm as AlgorithmName;
  const handle = await handleFor(key, name, "sign");
  return (input) => platform.sign(name, handle, input);
}
