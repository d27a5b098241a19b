/**
 * Marks of who used a refresh token: keyed digests of the network and the agent, enough to tell one sender from another.
 * Threat: four thousand million addresses are soon tried against a plain digest; without the data root these say nothing.
 */
import { createHmac } from "node:crypto";
import { networkOf } from "@assay/diagnosis/refresh";
import type { MasterKey } from "../master-key.ts";

/** 128 bits and a little: so many characters of base64url. */
const LENGTH = 22;
/** An agent is read so far, in characters: a longer one costs no more. */
const LONGEST_AGENT = 1024;

export class SenderMarks {
  readonly #network: Uint8Array;
  readonly #agent: Uint8Array;

  constructor(master: MasterKey) {
    this.#network = master.derive("sender network", 32);
    this.#agent = master.derive("sender agent", 32);
  }

  /** null: the address is not known. Of IPv6 the first 64 bits count. */
  network(ip: string | null): string | null {
    return ip === null || ip === "" ? null : mark(this.#network, networkOf(ip));
  }

  /** null: no program was named. */
  agent(userAgent: string | null): string | null {
    return userAgent === null || userAgent === ""
      ? null
      : mark(this.#agent, userAgent.slice(0, LONGEST_AGENT));
  }
}

const mark = (key: Uint8Array, text: string): string =>
  createHmac("sha256", key).update(text).digest("base64url").slice(0, LENGTH);
