/** A relying party in plain HTTP, so that a module can send exactly what it describes, right or wrong. JOSE is that of another library. */
import { createHash, randomBytes, randomUUID } from "node:crypto";
import * as jose from "jose";
import type { DpopKey, ProofChanges } from "./dpop-key.ts";

export const REDIRECT = "https://app.example/callback";

/** null leaves a parameter out. */
export type Changes = Readonly<Record<string, string | null>>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

/** An authorization request, and what belongs to it on the client's side. */
export interface Asked {
  readonly parameters: URLSearchParams;
  readonly verifier: string;
}

/** Adds the client's authentication to a request. */
export type ClientProof = (
  clientId: string,
  form: URLSearchParams,
  headers: Headers,
  clock: () => number,
) => Promise<void> | void;

export const byNothing: ClientProof = (clientId, form) =>
  form.set("client_id", clientId);

export const byBasic =
  (secret: string): ClientProof =>
  (clientId, _form, headers) => {
    const text = `${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`;
    headers.set("authorization", `Basic ${btoa(text)}`);
  };

export const byPost =
  (secret: string): ClientProof =>
  (clientId, form) => {
    form.set("client_id", clientId);
    form.set("client_secret", secret);
  };

export const byAssertion =
  (
    key: jose.CryptoKey,
    audience: string | readonly string[],
    kid = "k1",
  ): ClientProof =>
  async (clientId, form, _headers, clock) => {
    const now = Math.floor(clock() / 1000);
    form.set("client_id", clientId);
    form.set(
      "client_assertion_type",
      "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    );
    form.set(
      "client_assertion",
      await new jose.SignJWT({ jti: randomUUID() })
        .setProtectedHeader({ alg: "ES256", kid })
        .setIssuer(clientId)
        .setSubject(clientId)
        .setAudience(typeof audience === "string" ? audience : audience.slice())
        .setIssuedAt(now)
        .setExpirationTime(now + 60)
        .sign(key),
    );
  };

export class RelyingParty {
  readonly clientId: string;
  proof: ClientProof;
  readonly #issuer: string;
  readonly #clock: () => number;

  constructor(
    issuer: string,
    clientId: string,
    proof: ClientProof,
    clock: () => number,
  ) {
    this.#issuer = issuer;
    this.clientId = clientId;
    this.proof = proof;
    this.#clock = clock;
  }

  ask(changes: Changes = {}): Asked {
    const verifier = randomBytes(32).toString("base64url");
    const parameters = new URLSearchParams({
      client_id: this.clientId,
      redirect_uri: REDIRECT,
      response_type: "code",
      scope: "openid",
      state: randomUUID(),
      nonce: randomUUID(),
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
    });
    for (const [name, value] of Object.entries(changes))
      if (value === null) parameters.delete(name);
      else parameters.set(name, value);
    return { parameters, verifier };
  }

  /** What the browser is shown, or sent to. */
  async open(
    { parameters }: Asked,
    method: "GET" | "POST" = "GET",
  ): Promise<Response> {
    const endpoint = `${this.#issuer}/authorize`;
    return method === "GET"
      ? fetch(`${endpoint}?${parameters.toString()}`, { redirect: "manual" })
      : fetch(endpoint, {
          method: "POST",
          body: parameters,
          redirect: "manual",
        });
  }

  async redeem(
    { parameters, verifier }: Asked,
    back: URL,
    changes: Changes = {},
    key: DpopKey | null = null,
  ): Promise<Answer> {
    return this.token(
      {
        grant_type: "authorization_code",
        code: back.searchParams.get("code"),
        redirect_uri: parameters.get("redirect_uri"),
        code_verifier: verifier,
        ...changes,
      },
      key,
    );
  }

  async refresh(
    token: unknown,
    key: DpopKey | null = null,
    changes: Changes = {},
  ): Promise<Answer> {
    return this.token(
      { grant_type: "refresh_token", refresh_token: String(token), ...changes },
      key,
    );
  }

  /** With a key: a nonce that the server asks for is used at once (RFC 9449 section 8). */
  async token(
    fields: Changes,
    key: DpopKey | null = null,
    proof: ProofChanges = {},
  ): Promise<Answer> {
    const url = `${this.#issuer}/token`;
    const answer = await this.#post(
      url,
      fields,
      key && (await key.proof(url, proof)),
    );
    if (!key || answer.body["error"] !== "use_dpop_nonce") return answer;
    key.nonce = answer.headers.get("dpop-nonce");
    return this.#post(url, fields, await key.proof(url, proof));
  }

  async introspect(token: unknown): Promise<Answer> {
    return this.#post(
      `${this.#issuer}/introspect`,
      { token: String(token) },
      null,
    );
  }

  async #post(
    url: string,
    fields: Changes,
    proof: string | null,
  ): Promise<Answer> {
    const form = new URLSearchParams();
    for (const [name, value] of Object.entries(fields))
      if (value !== null) form.set(name, value);
    const headers = new Headers(proof === null ? {} : { dpop: proof });
    await this.proof(this.clientId, form, headers, this.#clock);
    const answer = await fetch(url, { method: "POST", body: form, headers });
    return {
      status: answer.status,
      headers: answer.headers,
      body: (await answer.json()) as Answer["body"],
    };
  }
}
