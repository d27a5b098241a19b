/** The whole way of a request through the guard, on one screen: path, demands, token, verdict, answer. */
import {
  chain,
  judgeDemands,
  platform,
  type Examination,
  type Finding,
  type MaybePromise,
  type Presented,
  type Step,
  type Verdict,
  type VerifiedToken,
  type Verifier,
} from "@assay/token";
import {
  FetchArrival,
  pathOf,
  type Arrival,
  type Connection,
} from "./arrival.ts";
import { thumbprintOf } from "./certificate.ts";
import type { Demands } from "./demands.ts";
import { maySeeDetails } from "./development.ts";
import { extract, type Credential } from "./extract.ts";
import { sceneOf } from "./incident.ts";
import { isOpaque, type IntrospectedVerifier } from "./introspected.ts";
import type { Parts } from "./parts.ts";
import { isAmbiguous } from "./path.ts";
import { PortFailure } from "./port-failure.ts";
import { isKnown, isProven } from "./proven.ts";
import type { Refusal } from "./refusal.ts";
import { toResponse, type Answer } from "./respond.ts";
import type { RevocationStatus } from "./revocation/revocation.ts";

/** A request that may go on, with its token. */
export interface Admitted<C = Record<string, unknown>> {
  readonly outcome: "accepted";
  readonly token: VerifiedToken<C>;
  /** Headers that the answer to this request must carry; adapters add them. */
  readonly responseHeaders?: Readonly<Record<string, string>>;
}

/** A request that may not, and what to answer. */
export interface Refused {
  readonly outcome: "refused";
  readonly answer: Answer;
}

export interface Guard<C = Record<string, unknown>> {
  /** Judges a request. A Response is the refusal, ready to be sent. Rejects only for a bug or misuse. */
  check(
    request: Request,
    options?: Demands & Connection,
  ): Promise<Admitted<C> | Response>;
  /** The same for an adapter that has no Request; at once where nothing has to be waited for. Throws where `check` rejects. */
  judge(
    arrival: Arrival,
    demands?: Demands,
  ): MaybePromise<Admitted<C> | Refused>;
  /**
   * Judges what else an admitted request needs, where only its body says it. The token is not verified again, and a proof is not taken for
   * a replay. null: it may go on.
   */
  demand(
    arrival: Arrival,
    admitted: Admitted<C>,
    demands: Demands,
  ): Promise<Refused | null>;
  /** Would this token be accepted, and why not: every step that can be judged. Nothing is answered, and nothing is told to the audit. */
  examine(
    presented: string | Presented,
    demands?: Demands,
  ): Promise<Examination>;
  /** Has keys and revocations fetched, so that the first request need not wait. Rejects never: what cannot be had is asked for again. */
  ready(): Promise<void>;
  /** True where `mustGo` has to be asked of each header. */
  readonly hidesHeaders: boolean;
  /** True for a header, in lower case, that whoever is behind the guard must not see from this sender. */
  mustGo(header: string, remote: string | null): boolean;
  /** True when this address is a named proxy. */
  trusts(remote: string | null): boolean;
  readonly revocation: {
    /** Seconds since what is known of revocations was true; null: it cannot be said. */
    age(): number | null;
    /** By what tokens are judged now, and why not by the feed; null: no feed is configured. */
    status(): RevocationStatus | null;
  };
  /** Resolves when the audit has told what waits: on a worker, hand it to `waitUntil`, which else ends with the answer. */
  settled(): Promise<void>;
  /** Tells what the audit has still to tell, and ends what runs in the background. */
  close(): Promise<void>;
}

export class RequestGuard<C> implements Guard<C> {
  readonly #parts: Parts<C>;
  readonly revocation: Guard<C>["revocation"];

  constructor(parts: Parts<C>) {
    this.#parts = parts;
    this.revocation = {
      age: () => parts.revocation?.age?.() ?? null,
      status: () => parts.revocation?.status?.() ?? null,
    };
  }

  async check(
    request: Request,
    options?: Demands & Connection,
  ): Promise<Admitted<C> | Response> {
    const judged = await this.judge(
      new FetchArrival(request, options),
      options,
    );
    return judged.outcome === "accepted" ? judged : toResponse(judged.answer);
  }

  judge(
    arrival: Arrival,
    given?: Demands,
  ): MaybePromise<Admitted<C> | Refused> {
    const { routes, places } = this.#parts;
    const path = pathOf(arrival.target);
    if (isAmbiguous(path)) return this.#refuse(arrival, UNREADABLE);
    const demands = named(given) ?? routes.find(arrival.method, path);
    const credential = extract(arrival, places);
    if ("reason" in credential)
      return this.#refuse(
        arrival,
        rejected(credential, "request", false, null, demands),
      );
    return chain(this.#thumbprint(arrival), (thumbprint) =>
      chain(this.#verify(arrival, credential, thumbprint), (verdict) =>
        this.#answer(arrival, credential, demands, verdict),
      ),
    );
  }

  #answer(
    arrival: Arrival,
    credential: Credential,
    demands: Demands,
    verdict: Verdict<C> | PortFailure,
  ): MaybePromise<Admitted<C> | Refused> {
    if (verdict instanceof PortFailure)
      return this.#refuse(arrival, failed(verdict, credential, demands));
    if (verdict.outcome === "accepted")
      return (
        this.#demand(arrival, verdict, demands, credential) ??
        this.#admit(arrival, verdict, credential)
      );
    const { issuers, introspected } = this.#parts;
    const proven =
      introspected && isOpaque(credential.token)
        ? isKnown(verdict)
        : isProven(verdict, credential.token, issuers);
    return this.#refuse(arrival, {
      ...rejected(
        proven.finding,
        proven.step,
        proven.proven,
        credential,
        demands,
      ),
      outcome: verdict.outcome,
    });
  }

  async demand(
    arrival: Arrival,
    admitted: Admitted<C>,
    demands: Demands,
  ): Promise<Refused | null> {
    const credential = extract(arrival, this.#parts.places);
    return this.#demand(
      arrival,
      admitted,
      demands,
      "reason" in credential ? null : credential,
    );
  }

  examine(
    presented: string | Presented,
    demands: Demands = {},
  ): Promise<Examination> {
    return this.#parts.examine(presented, demands);
  }

  async ready(): Promise<void> {
    await this.#parts.warmUp();
  }

  get hidesHeaders(): boolean {
    return this.#parts.proxies.configured;
  }

  mustGo(header: string, remote: string | null): boolean {
    return this.#parts.proxies.mustGo(header, remote);
  }

  trusts(remote: string | null): boolean {
    return this.#parts.proxies.isTrusted(remote);
  }

  settled(): Promise<void> {
    return this.#parts.audit.settled();
  }

  async close(): Promise<void> {
    await this.#parts.audit.settled();
    await this.#parts.revocation?.close?.();
  }

  #thumbprint(arrival: Arrival): ReturnType<typeof thumbprintOf> {
    const { certificateHeader, proxies } = this.#parts;
    return thumbprintOf(arrival, certificateHeader, proxies);
  }

  /** A bearer token is judged alone: nothing else of the request is looked at. */
  #verify(
    arrival: Arrival,
    credential: Credential,
    thumbprint: string | undefined,
  ): MaybePromise<Verdict<C> | PortFailure> {
    const { bearer, bound, introspected } = this.#parts;
    const { scheme, token } = credential;
    if (introspected && isOpaque(token))
      return orFailure(
        this.#ask(introspected, arrival, credential, thumbprint),
      );
    if (scheme === "DPoP" && bound)
      return orFailure(this.#verifyBound(bound, arrival, token, thumbprint));
    return bearer.judge(
      thumbprint === undefined
        ? token
        : { token, certificateThumbprint: thumbprint },
    );
  }

  async #ask(
    introspected: IntrospectedVerifier<C>,
    arrival: Arrival,
    credential: Credential,
    thumbprint: string | undefined,
  ): Promise<Verdict<C>> {
    await this.#parts.nonces?.renew();
    const url = this.#parts.publicUrls.of(arrival);
    return introspected.verify({ arrival, url, ...credential, thumbprint });
  }

  /** A proof needs the request as its sender wrote it. */
  async #verifyBound(
    bound: Verifier<C>,
    arrival: Arrival,
    token: string,
    thumbprint: string | undefined,
  ): Promise<Verdict<C>> {
    await this.#parts.nonces?.renew();
    return bound.verify({
      request: {
        method: arrival.method,
        url: this.#parts.publicUrls.of(arrival),
        headers: {
          authorization: `DPoP ${token}`,
          dpop: arrival.values("dpop"),
        },
      },
      ...(thumbprint !== undefined && { certificateThumbprint: thumbprint }),
    });
  }

  #demand(
    arrival: Arrival,
    { token }: Admitted<C>,
    demands: Demands,
    credential: Credential | null,
  ): Promise<Refused> | null {
    const { demandContext, reduce, clock } = this.#parts;
    const [lacking] = judgeDemands(
      token.claims,
      reduce?.(demands, token.claims) ?? demands,
      demandContext,
      clock() / 1000,
    );
    return (
      (lacking &&
        this.#refuse(
          arrival,
          rejected(lacking, "scope", true, credential, demands),
        )) ??
      null
    );
  }

  #admit(
    arrival: Arrival,
    verdict: Admitted<C>,
    { scheme, token }: Credential,
  ): Admitted<C> {
    const { audit, incidents, admissions, nonces } = this.#parts;
    if (admissions > 0 && (admissions >= 1 || Math.random() < admissions)) {
      const { header, claims } = verdict.token;
      audit.note(
        incidents.admitted(header, claims, token, this.#scene(arrival)),
      );
    }
    // RFC 9449 section 8.2: the next proof can then be right at once.
    return nonces && scheme === "DPoP"
      ? { ...verdict, responseHeaders: { "dpop-nonce": nonces.current() } }
      : verdict;
  }

  async #refuse(arrival: Arrival, refusal: Refusal): Promise<Refused> {
    const { audit, incidents, responder, nonces, development, clock } =
      this.#parts;
    const handle = platform.encodeBase64url(
      crypto.getRandomValues(new Uint8Array(16)),
    );
    if (nonces) await nonces.renew();
    const scene = this.#scene(arrival);
    const details =
      development && maySeeDetails(arrival)
        ? await incidents.details(refusal, scene, clock())
        : null;
    const said = responder.respond(
      refusal,
      handle,
      nonces?.current() ?? null,
      details,
    );
    if (audit.listens)
      audit.note(incidents.refused(refusal, said, handle, scene));
    return { outcome: "refused", answer: said.answer };
  }

  #scene(arrival: Arrival): ReturnType<typeof sceneOf> {
    const { proxies, publicUrls } = this.#parts;
    return sceneOf(arrival, proxies.client(arrival), publicUrls.of(arrival));
  }
}

const orFailure = <T>(judged: Promise<T>): Promise<T | PortFailure> =>
  judged.catch((error: unknown) => {
    if (error instanceof PortFailure) return error;
    throw error;
  });

/** Demands are those of the call when it names one. Threat: `{ scopes: undefined }` of a route without scopes of its own, which would waive the guard's. */
const named = (options: Demands | undefined): Demands | undefined =>
  options &&
  (options.scopes ?? options.acrValues ?? options.maxAuthenticationAge) !==
    undefined
    ? options
    : undefined;

const rejected = (
  finding: Finding,
  step: Step,
  proven: boolean,
  credential: Credential | null,
  demands: Demands,
): Refusal => ({
  outcome: "rejected",
  finding,
  step,
  problem: null,
  proven,
  credential,
  demands,
});

const UNREADABLE: Refusal = {
  outcome: "rejected",
  finding: null,
  step: null,
  problem: "ambiguous_path",
  proven: false,
  credential: null,
  demands: {},
};

const failed = (
  { port, cause }: PortFailure,
  credential: Credential,
  demands: Demands,
): Refusal => ({
  outcome: "undecided",
  finding: null,
  step: null,
  problem: port,
  proven: false,
  credential,
  demands,
  failure: cause,
});
