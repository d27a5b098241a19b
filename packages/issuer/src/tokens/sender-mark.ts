/**
 * Marks of who used a refresh token: keyed digests of the network and the agent, enough to tell one sender from another.
 * Threat: four thousand million addresses are soon tried against a plain digest; without the data root these say nothing.
 */
import { createHmac } from "node:crypto";
import { networkOf } from "@assay/diagnosis/refresh";
import { forgetOldest } from "../forget-oldest.ts";
import type { MasterKey } from "../master-key.ts";

/** 128 bits and a little: so many characters of base64url. */
const LENGTH = 22;
/** An agent is read so far, in characters: a longer one costs no more. */
const LONGEST_AGENT = 1024;

/** So many marks are kept as they were computed. */
const KEPT = 1000;

export class SenderMarks {
  readonly #kept = new Map<string, string>();
  readonly #network: Uint8Array;
  readonly #agent: Uint8Array;

  constructor(master: MasterKey) {
    this.#network = master.derive("sender network", 32);
    this.#agent = master.derive("sender agent", 32);
  }

  /** null: the address is not known. Of IPv6 the first 64 bits count. */
  network(ip: string | null): string | null {
    return ip === null || ip === ""
      ? null
      : this.#mark(this.#network, "network", networkOf(ip));
  }

  /** null: no program was named. */
  agent(userAgent: string | null): string | null {
    return userAgent === null || userAgent === ""
      ? null
      : this.#mark(this.#agent, "agent", userAgent.slice(0, LONGEST_AGENT));
  }

  #mark(key: Uint8Array, kind: "network" | "agent", text: string): string {
    const name = `${kind} ${text}`;
    let mark = this.#kept.get(name);
    if (mark === undefined) {
      mark = createHmac("sha256", key)
        .update(text)
        .digest("base64url")
        .slice(0, LENGTH);
      this.#kept.set(name, mark);
      forgetOldest(this.#kept, KEPT);
    }
    return mark;
  }
}
