/** What the guard keeps for DPoP (RFC 9449): the URL that a proof must name, proofs that were used, nonces. The proof itself is token's to check. */
import { ALGORITHMS, isSymmetric, type ReplayStore } from "@assay/token";
import { single, type Arrival } from "./arrival.ts";
import type { NonceOptions } from "./nonces.ts";
import { PortFailure } from "./port-failure.ts";

export interface DpopOptions {
  /** Demand a proof of every token. Default false: only where the token is bound to a key. */
  readonly required?: boolean;
  /** Default: in memory, for one process. Several processes need a shared one, or each its own nonces. */
  readonly replay?: ReplayStore;
  /** Demand a nonce of ours in each proof. Default: none. */
  readonly nonces?: NonceOptions | boolean;
  /** Greatest age of a proof, in seconds. Default 300. */
  readonly maxProofAge?: number;
}

/** Algorithms that a proof may be signed with: a shared secret proves nothing. */
export const PROOF_ALGORITHMS: readonly string[] = [
  ...ALGORITHMS.keys(),
].filter((alg) => !isSymmetric(alg));

/** A store that cannot answer leaves the request undecided; it is no reason to take the proof, nor to call it bad. */
export function heeded(store: ReplayStore): ReplayStore {
  const failed = (error: unknown): never => {
    throw error instanceof PortFailure
      ? error
      : new PortFailure("replay", "the replay store failed", error);
  };
  return {
    remember(jkt, jti, until) {
      try {
        const noted = store.remember(jkt, jti, until);
        return noted instanceof Promise ? noted.catch(failed) : noted;
      } catch (error) {
        return failed(error);
      }
    },
  };
}

/**
 * The URLs under which clients know this API. Threat: a Host header of the sender's choice, with which a proof that was made for another
 * server would fit here; so the host comes from the operator, and Host only chooses among what he named.
 */
export class PublicUrls {
  readonly #bases: readonly { readonly host: string; readonly base: string }[];

  /** Throws TypeError for what is no base URL. */
  constructor(urls: readonly string[]) {
    this.#bases = urls.map((url) => {
      const parsed = URL.canParse(url) ? new URL(url) : null;
      if (
        !parsed ||
        !/^https?:$/.test(parsed.protocol) ||
        parsed.search !== "" ||
        parsed.hash !== "" ||
        parsed.username !== ""
      )
        throw new TypeError(
          `publicUrl: expected an http(s) URL without query and fragment; found ${JSON.stringify(url.slice(0, 200))}`,
        );
      return { host: parsed.host, base: parsed.href.replace(/\/$/, "") };
    });
  }

  get first(): string | null {
    return this.#bases[0]?.base ?? null;
  }

  /** The URL of this request, as its sender wrote it. */
  of(arrival: Arrival): string {
    const host =
      this.#bases.length > 1
        ? single(arrival, "host")?.toLowerCase()
        : undefined;
    const named =
      this.#bases.find((one) => one.host === host) ?? this.#bases[0];
    return `${named?.base ?? ""}${arrival.target}`;
  }
}
