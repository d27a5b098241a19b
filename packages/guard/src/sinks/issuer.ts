/**
 * A sink that tells the issuer's journal, so that the story of a token there holds what its guards saw, and the handle of a refusal opens
 * there. In batches, again until they are taken, and within a bound of memory: what finds no room is lost, counted, and shows at the
 * issuer as a gap in the numbers of this process. No request waits for any of it.
 */
import { platform } from "@assay/token";
import type { AuditEvent, AuditSink } from "../audit-event.ts";
import { basicAuthorization } from "../basic-authorization.ts";
import {
  boundedFetch,
  checkEndpoint,
  type BoundedAnswer,
  type GuardFetch,
} from "../bounded-fetch.ts";
import { batchBody } from "./issuer-batch.ts";
import { WaitingEvents } from "./waiting-events.ts";

export interface IssuerSinkOptions {
  /** The issuer's address for it: its name, and `/guard-events`. */
  readonly endpoint: string;
  /** This API's own client at the issuer, which may introspect the tokens of the resource. */
  readonly clientId: string;
  /** For HTTP Basic (RFC 6749 section 2.3.1). */
  readonly clientSecret: string;
  /** The resource that this guard stands before, as the issuer has it. */
  readonly resource: string;
  /** Events that may wait. Default 1000. */
  readonly queue?: number;
  /** Milliseconds in which events are gathered before they are told. Default 1000. */
  readonly gatherFor?: number;
  /** The longest wait after a failure, in milliseconds. Default 60,000. */
  readonly longestWait?: number;
  /** For one batch, in milliseconds. Default 5000. */
  readonly timeout?: number;
  readonly fetch?: GuardFetch;
  /** Hears of each batch that was not taken, and of events that were lost. */
  readonly onTrouble?: (trouble: IssuerSinkTrouble) => void;
}

export interface IssuerSinkTrouble {
  readonly why: string;
  /** Events that wait, and that were lost since the start. */
  readonly waiting: number;
  readonly dropped: number;
}

export interface IssuerSink extends AuditSink {
  settled(): Promise<void>;
  /** Names this process at the issuer. */
  readonly boot: string;
  readonly waiting: () => number;
  /** Events that were lost since the start. */
  readonly dropped: () => number;
}

/** Events of one batch: the issuer takes no more. */
const BATCH = 100;
const FIRST_WAIT = 1000;
/** So many refusals in a row look for one bad event; after more, the issuer takes none of them, and is not asked without end. */
const ENOUGH = 16;

/** Throws TypeError for an endpoint that is not https. */
export function tellIssuer(options: IssuerSinkOptions): IssuerSink {
  checkEndpoint("endpoint", options.endpoint);
  const boot = platform.encodeBase64url(
    crypto.getRandomValues(new Uint8Array(16)),
  );
  const teller = new IssuerTeller(options, boot);
  return Object.assign((event: AuditEvent) => teller.take(event), {
    boot,
    settled: async () => teller.settled(),
    waiting: () => teller.waiting.length,
    dropped: () => teller.waiting.dropped,
  });
}

class IssuerTeller {
  readonly #options: IssuerSinkOptions;
  readonly #boot: string;
  readonly waiting: WaitingEvents;
  #size = BATCH;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #round: Promise<void> | null = null;

  constructor(options: IssuerSinkOptions, boot: string) {
    this.#options = options;
    this.#boot = boot;
    this.waiting = new WaitingEvents(options.queue ?? 1000);
  }

  take(event: AuditEvent): void {
    const { waiting } = this;
    const dropped = waiting.dropped;
    // The first that is lost is told; the others are in the count of the next trouble.
    if (!waiting.add(event) && dropped === 0) this.#trouble("no room");
    if (this.#failures === 0 && waiting.length >= BATCH) this.#wake(0);
    else if (this.#timer === null && this.#round === null)
      this.#wake(this.#options.gatherFor ?? 1000);
  }

  /** Tries each batch that waits, once: an issuer that is away must not keep a process from its end. */
  async settled(): Promise<void> {
    await this.#round;
    await this.#tell();
  }

  #wake(after: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#tell(), after);
    // Events that wait must not keep a process alive. Workers and browsers have a number here.
    (this.#timer as { unref?: () => void }).unref?.();
  }

  async #tell(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#round ??= this.#tellAll().finally(() => {
      this.#round = null;
      // What came while the round ended.
      if (this.#timer === null && this.waiting.isDue) this.#wake(0);
    });
    await this.#round;
  }

  async #tellAll(): Promise<void> {
    while (this.waiting.isDue) {
      const wait = await this.#tellOne();
      if (wait !== null) {
        this.#wake(wait);
        return;
      }
    }
  }

  /** null: go on at once. Else milliseconds to wait. */
  async #tellOne(): Promise<number | null> {
    const { waiting } = this;
    const batch = waiting.oldest(this.#size);
    const answer = await this.#send(
      batchBody({ resource: this.#options.resource, boot: this.#boot }, batch),
    );
    const next = "text" in answer ? nextIn(answer.text) : null;
    if (next !== null) {
      waiting.toldBelow(next);
      this.#failures = 0;
      this.#size = BATCH;
      // Taken in part: the issuer has enough for a moment.
      return next < batch.next ? FIRST_WAIT : null;
    }
    this.#failures++;
    const { refusal } = "failure" in answer ? answer : {};
    const fault = refusal?.status === 400 ? faultIn(refusal.text) : null;
    if (fault !== null) {
      // One event of the batch is at fault: it is looked for by halves, and given up, so that the others can pass.
      if (batch.events.length > 1) {
        this.#size = Math.floor(batch.events.length / 2);
        return null;
      }
      waiting.dropOldest();
      this.#trouble(fault);
      return this.#failures < ENOUGH ? null : this.#waitAfter(null);
    }
    this.#trouble("failure" in answer ? answer.failure : "an unknown answer");
    return this.#waitAfter(refusal?.retryAfter ?? null);
  }

  #send(body: string): Promise<BoundedAnswer> {
    const { endpoint, clientId, clientSecret, timeout, fetch } = this.#options;
    return boundedFetch(
      {
        url: endpoint,
        method: "POST",
        headers: {
          accept: "application/json",
          "content-type": "application/json",
          authorization: basicAuthorization(clientId, clientSecret),
        },
        body,
      },
      {
        fetch: fetch ?? ((url, init) => globalThis.fetch(url, init)),
        timeout: timeout ?? 5000,
        maxBytes: 4096,
        maxRefusalBytes: 4096,
      },
    );
  }

  /** Twice as long each time, and never all guards at one moment. */
  #waitAfter(retryAfter: number | null): number {
    const { longestWait = 60_000 } = this.#options;
    const doubled = FIRST_WAIT * 2 ** Math.min(this.#failures - 1, 16);
    const asked = retryAfter === null ? 0 : retryAfter * 1000;
    return (
      Math.min(Math.max(doubled, asked), longestWait) *
      (0.5 + Math.random() / 2)
    );
  }

  #trouble(why: string): void {
    const { length, dropped } = this.waiting;
    try {
      this.#options.onTrouble?.({ why, waiting: length, dropped });
    } catch {
      // Whoever listens may not stop the telling.
    }
  }
}

function nextIn(text: string): number | null {
  const { next } = parse(text);
  return Number.isSafeInteger(next) ? (next as number) : null;
}

/** What is wrong with the batch itself; null: something else is wrong, which may be mended. */
function faultIn(text: string | null): string | null {
  const { error, error_description: sentence } = parse(text ?? "");
  if (error !== "invalid_request") return null;
  return typeof sentence === "string" ? sentence.slice(0, 300) : error;
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(text) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}
