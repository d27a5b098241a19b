/**
 * Tells the sinks what, why, who, where, by which key, and the fingerprint of the token, never the token. Events are made off the hot path and leave in order. A flood is counted and told sparsely.
 */
import { platform, type Claims, type JoseHeader } from "@assay/token";
import type { AuditEvent, AuditSink, AuditWho } from "./audit-event.ts";
import { Bucket } from "./bucket.ts";

/** What the guard hands over; the rest is made off the hot path. */
export interface Incident {
  readonly key: string;
  make(): Promise<AuditEvent>;
}

export interface AuditLimits {
  /** Events a second that are told one by one. Default 50. */
  readonly perSecond?: number;
  /** Events that may wait. Default 256. */
  readonly queue?: number;
  /** Seconds between two counts. Default 10. */
  readonly countEvery?: number;
}

export class Audit {
  readonly #sinks: readonly AuditSink[];
  readonly #clock: () => number;
  readonly #bucket: Bucket;
  readonly #room: number;
  readonly #countEvery: number;
  readonly #queue: Incident[] = [];
  #running: Promise<void> | null = null;
  #counted: {
    since: number;
    count: number;
    reasons: Map<string, number>;
  } | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(
    sinks: readonly AuditSink[],
    limits: AuditLimits,
    clock: () => number,
  ) {
    this.#sinks = sinks;
    this.#clock = clock;
    this.#bucket = new Bucket(limits.perSecond ?? 50, clock);
    this.#room = limits.queue ?? 256;
    this.#countEvery = (limits.countEvery ?? 10) * 1000;
  }

  get listens(): boolean {
    return this.#sinks.length > 0;
  }

  /** Never throws, and never waits. */
  note(incident: Incident): void {
    if (this.#sinks.length === 0) return;
    if (this.#queue.length < this.#room && this.#bucket.take()) {
      this.#queue.push(incident);
      this.#running ??= this.#run();
    } else this.#count(incident.key);
  }

  /** Resolves when everything that waits was told, counts too. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running;
    this.#tell();
    await Promise.allSettled(this.#sinks.map(async (sink) => sink.settled?.()));
  }

  async #run(): Promise<void> {
    // After the answer is on its way.
    await Promise.resolve();
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      await afterOthers();
      try {
        this.#emit(await next.make());
      } catch {
        this.#count(next.key);
      }
    }
    this.#running = null;
  }

  #emit(event: AuditEvent): void {
    for (const sink of this.#sinks) {
      try {
        const told = sink(event);
        if (told instanceof Promise) told.catch(() => {});
      } catch {
        // Said in the docblock of AuditSink.
      }
    }
  }

  #count(key: string): void {
    this.#counted ??= { since: this.#clock(), count: 0, reasons: new Map() };
    this.#counted.count++;
    this.#counted.reasons.set(key, (this.#counted.reasons.get(key) ?? 0) + 1);
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => this.#tell(), this.#countEvery);
    // A count that is due must not keep a process alive. Workers and browsers have a number here.
    (this.#timer as { unref?: () => void }).unref?.();
  }

  #tell(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const counted = this.#counted;
    this.#counted = null;
    if (!counted) return;
    this.#emit({
      event: "audit.counted",
      at: new Date(this.#clock()).toISOString(),
      since: new Date(counted.since).toISOString(),
      count: counted.count,
      reasons: Object.fromEntries(counted.reasons),
    });
  }
}

/** Lets requests that wait go first: a diagnosis may take some milliseconds. */
const afterOthers = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, 0);
  });

/** `clean` makes a stranger's text safe. */
export function whoOf(
  claims: Claims | Readonly<Record<string, unknown>> | null,
  proven: boolean,
  clean: (text: unknown) => string,
): AuditWho | null {
  if (!claims) return null;
  const text = (value: unknown): string | null =>
    typeof value === "string" ? clean(value) : null;
  return {
    issuer: text(claims["iss"]),
    subject: text(claims["sub"]),
    client: text(claims["client_id"] ?? claims["azp"]),
    tokenId: text(claims["jti"]),
    proven,
  };
}

export const keyOf = (
  header: JoseHeader | Readonly<Record<string, unknown>> | null,
  clean: (text: unknown) => string,
): { readonly alg: string | null; readonly kid: string | null } | null =>
  header && {
    alg: typeof header["alg"] === "string" ? clean(header["alg"]) : null,
    kid: typeof header["kid"] === "string" ? clean(header["kid"]) : null,
  };

export async function fingerprintOf(token: string): Promise<string> {
  const digest = await platform.digest("sha256", token);
  return platform.encodeBase64url(digest).slice(0, 22);
}
