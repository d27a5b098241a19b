/** How modules tell a good answer from a bad one. */
import assert from "node:assert/strict";
import type { Answer, Asked } from "./relying-party.ts";

/** The code came back with the request's state and the issuer's name (RFC 9207). */
export function sentBack(asked: Asked, back: URL, issuer: string): void {
  const { searchParams: got } = back;
  assert.notEqual(got.get("code"), null, back.href);
  assert.deepEqual(
    [got.get("state"), got.get("iss"), got.get("error")],
    [asked.parameters.get("state"), issuer, null],
  );
}

/** The client is told, at its own address. */
export function sentBackWith(
  asked: Asked,
  response: Response,
  errors: readonly string[],
): void {
  const back = new URL(response.headers.get("location") ?? "about:blank");
  const { searchParams: got } = back;
  assert.ok(
    errors.includes(String(got.get("error"))),
    `expected ${errors.join(" or ")}, found ${got.get("error")}`,
  );
  assert.deepEqual(
    [got.get("state"), got.get("code")],
    [asked.parameters.get("state"), null],
  );
}

/** The person is told, and the browser is sent nowhere. */
export async function toldThePerson(response: Response): Promise<void> {
  assert.equal(response.status, 400);
  assert.equal(response.headers.get("location"), null);
  assert.match(await response.text(), /This cannot go on/);
}

/** RFC 6749 section 5.1. */
export function gotTokens({ status, headers, body }: Answer): Answer["body"] {
  assert.equal(status, 200, JSON.stringify(body));
  assert.equal(headers.get("cache-control"), "no-store");
  assert.match(String(headers.get("content-type")), /^application\/json/);
  assert.equal(typeof body["access_token"], "string");
  assert.ok(Number(body["expires_in"]) > 0);
  return body;
}

/** RFC 6749 section 5.2. */
export function refused(
  { status, headers, body }: Answer,
  errors: string | readonly string[],
): void {
  assert.ok(
    [errors].flat().includes(String(body["error"])),
    JSON.stringify(body),
  );
  assert.ok(status === 400 || status === 401, String(status));
  assert.equal(headers.get("cache-control"), "no-store");
  assert.equal(body["access_token"], undefined);
}
