/** Authenticates a request at the token endpoint, and says what a refusal must be. */
import assert from "node:assert/strict";
import {
  authenticateClient,
  type AuthenticatedClient,
} from "../src/clients/authenticate.ts";
import { readForm } from "../src/endpoints/form.ts";
import { OAuthError, type RefusalDetail } from "../src/errors.ts";
import { TOKEN_ENDPOINT, type ClientBed } from "./client-bed.ts";

/** All that is said where nothing was proven. */
export const TERSE = "Client authentication failed.";
const CHALLENGE = 'Basic realm="assay", charset="UTF-8"';

export const authenticateAtTokenEndpoint = async (
  { context }: ClientBed,
  request: Request,
): Promise<AuthenticatedClient> =>
  authenticateClient(context, request, await readForm(request), TOKEN_ENDPOINT);

export interface Expected extends Partial<RefusalDetail> {
  readonly code?: string;
  readonly message?: string | RegExp;
  readonly basic?: boolean;
}

export async function expectRefusal(
  bed: ClientBed,
  request: Request,
  expected: Expected,
  secrets: readonly string[] = [],
): Promise<void> {
  await assert.rejects(
    authenticateAtTokenEndpoint(bed, request),
    (error: unknown) => {
      assert.ok(error instanceof OAuthError, String(error));
      const {
        code = "invalid_client",
        message = TERSE,
        basic: tried,
      } = expected;
      assert.equal(error.code, code);
      assert.equal(error.status, code === "invalid_client" ? 401 : 400);
      if (typeof message === "string") assert.equal(error.message, message);
      else assert.match(error.message, message);
      assert.equal(
        error.headers["www-authenticate"],
        tried === true ? CHALLENGE : undefined,
      );
      assert.equal(error.detail.cause, expected.cause ?? null);
      assert.equal(error.detail.reason, expected.reason ?? null);
      for (const [name, value] of Object.entries(expected.facts ?? {}))
        assert.equal(error.detail.facts?.[name], value, name);
      const told = JSON.stringify([error.message, error.detail]);
      for (const secret of secrets) assert.ok(!told.includes(secret));
      return true;
    },
  );
}
