/** Tries changes one after another, each paid before it is computed, until the signature comes out right. */
import type { Attempt, Change, Subject } from "./attempt.ts";
import { writeCanonical, type CanonicalParts } from "./canonical-request.ts";
import { hashOf, hex } from "./payload-hash.ts";
import { hmac } from "../../hmac.ts";
import { signingKey } from "./signing-key.ts";
import type { Difference } from "./types.ts";
import { writeStringToSign } from "./verify.ts";

/** Bytes that are written or hashed for one unit more. */
const BYTES_OF_A_UNIT = 1_500;
/** To go through a header costs as much as so many bytes. */
const BYTES_OF_A_HEADER = 40;

export class Trial {
  readonly #subject: Subject;
  readonly #spend: (units: number) => boolean;
  readonly #keys = new Map<string, ReturnType<typeof signingKey>>();
  readonly #plain: string;
  #spent = false;

  constructor(subject: Subject, spend: (units: number) => boolean) {
    this.#subject = subject;
    this.#spend = spend;
    this.#plain = writeCanonical(subject.base);
  }

  /** True: nothing more can be paid. */
  get spent(): boolean {
    return this.#spent;
  }

  async firstOf(attempts: Iterable<Attempt>): Promise<Difference | null> {
    const least =
      this.#plain.length +
      (this.#subject.parsed.policy?.length ?? 0) +
      BYTES_OF_A_HEADER * this.#subject.base.headers.length;
    for (const attempt of attempts) {
      const bytes = least + (attempt.bytes ?? 0);
      // A key of another secret takes five HMACs in place of one, each with a key to import.
      const hmacs = attempt.kind === "secret_trimmed" ? 3 : 1;
      if (!this.#spend(hmacs + Math.floor(bytes / BYTES_OF_A_UNIT))) {
        this.#spent = true;
        return null;
      }
      const change = attempt.make();
      if (change !== null && (await this.#matches(change)))
        return {
          kind: attempt.kind,
          detail: attempt.detail,
          expected: change.expected ?? null,
          found: change.found ?? null,
          ...(attempt.side && { side: attempt.side }),
          ...(attempt.header && { header: attempt.header }),
        };
    }
    return null;
  }

  async #matches(change: Change): Promise<boolean> {
    const { parsed } = this.#subject;
    const text = await this.#canonical(change);
    const scope = {
      scopeDate: change.scopeDate ?? parsed.scopeDate,
      region: change.region ?? parsed.region ?? "",
      service: change.service ?? parsed.service,
    };
    const stringToSign =
      parsed.policy ??
      writeStringToSign(
        {
          algorithm: parsed.algorithm,
          amzDate: change.amzDate ?? parsed.amzDate,
          ...scope,
        },
        await hashOf(text),
      );
    const key = await this.#key(
      change.secretAccessKey ?? this.#subject.secretAccessKey,
      scope,
    );
    return hex(await hmac(key, stringToSign)) === parsed.signature;
  }

  async #canonical(change: Change): Promise<string> {
    const { base } = this.#subject;
    if (change.body === undefined && change.parts === undefined)
      return this.#plain;
    const parts: CanonicalParts = { ...base, ...change.parts };
    if (change.body === undefined) return writeCanonical(parts);
    return writeCanonical({ ...parts, payload: await hashOf(change.body) });
  }

  #key(
    secret: string,
    scope: { scopeDate: string; region: string; service: string },
  ): ReturnType<typeof signingKey> {
    const name = JSON.stringify([secret, Object.values(scope)]);
    let key = this.#keys.get(name);
    if (key === undefined) {
      key = signingKey(secret, {
        date: scope.scopeDate,
        region: scope.region,
        service: scope.service,
      });
      this.#keys.set(name, key);
    }
    return key;
  }
}
