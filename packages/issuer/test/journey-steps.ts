/** The steps of a token's life, as a client takes them at the HTTP door. */
import assert from "node:assert/strict";
import type { Diagnosis } from "@assay/diagnosis";
import type { OpenedRefusal } from "../src/diagnosis/open-handle.ts";
import type { AttackBed, Sending, Tokens } from "./attacks/attack-bed.ts";

export interface Refusal {
  readonly error: string;
  /** What opens the diagnosis. */
  readonly handle: string;
}

export interface Steps {
  /** Renews; the answer must be new tokens. */
  renew(token: string, more?: Renewal): Promise<Tokens>;
  /** Renews; the answer must be a refusal. */
  renewInVain(token: string, more?: Renewal): Promise<Refusal>;
  introspect(token: string): Promise<Readonly<Record<string, unknown>>>;
  /** Introspects a refresh token of its own that is over; gives the handle. */
  introspectOwn(token: string): Promise<string>;
  /** Revocation as the client does it. */
  revoke(token: string): Promise<void>;
  /** What the handle opens for the client itself. */
  explain(handle: string): Promise<OpenedRefusal>;
}

export interface Renewal {
  readonly fields?: Readonly<Record<string, string>>;
  readonly from?: Sending;
}

export const HOME: Sending = {
  ip: "192.0.2.1",
  headers: { "user-agent": "App/1" },
};

/** Of a confidential client of the bed by client_secret_basic. */
export function stepsOf(bed: AttackBed, clientId: string): Steps {
  const post = async (
    path: string,
    fields: Readonly<Record<string, string>>,
    { ip, headers = {} }: Sending = HOME,
    as = clientId,
  ): Promise<Response> =>
    bed.post(path, fields, {
      ...(ip !== undefined && { ip }),
      headers: { ...headers, ...bed.basic(as) },
    });
  const refresh = async (
    token: string,
    { fields = {}, from = HOME }: Renewal = {},
  ): Promise<Response> =>
    post(
      "/token",
      { grant_type: "refresh_token", refresh_token: token, ...fields },
      from,
    );
  return {
    renew: async (token, more) => {
      const answer = await refresh(token, more);
      const body: unknown = await answer.json();
      assert.equal(answer.status, 200, JSON.stringify(body));
      return body as Tokens;
    },
    renewInVain: async (token, more) => refusalOf(await refresh(token, more)),
    introspect: async (token) => {
      const answer = await post("/introspect", { token }, HOME, "api");
      assert.equal(answer.status, 200);
      return (await answer.json()) as Readonly<Record<string, unknown>>;
    },
    introspectOwn: async (token) => {
      const answer = await post("/introspect", { token });
      assert.equal(await answer.text(), '{"active":false}');
      return answer.headers.get("assay-diagnosis") ?? "";
    },
    revoke: async (token) => {
      const answer = await post("/revoke", { token });
      assert.equal(answer.status, 200);
      assert.equal(await answer.text(), "");
    },
    explain: async (handle) => {
      await bed.settled();
      const answer = await post("/diagnosis", { handle });
      assert.equal(answer.status, 200, await answer.clone().text());
      return (await answer.json()) as OpenedRefusal;
    },
  };
}

/** Every refusal of the protocol has a handle, and says no more than the error and a coarse page. */
export async function refusalOf(answer: Response): Promise<Refusal> {
  const body = (await answer.json()) as Readonly<Record<string, string>>;
  assert.ok(answer.status === 400 || answer.status === 401);
  assert.deepEqual(Object.keys(body).toSorted(), [
    "error",
    "error_description",
    "error_uri",
  ]);
  const handle = answer.headers.get("assay-diagnosis") ?? "";
  assert.match(handle, /^[\w-]{22}$/);
  return { error: body["error"] ?? "", handle };
}

/** The code of the likeliest cause. */
export const causeOf = ({ causes }: Diagnosis): string | undefined =>
  causes[0]?.cause;
