/** When the sign-in session of a profile ends, by the cache of single sign-on. Threat: the cache holds tokens; only times leave this file. */
import type { Document } from "@assay/diagnosis";
import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { join } from "node:path";
import { readIfThere } from "./aws-files.ts";

/** What a file of the cache holds besides tokens. */
interface Cached {
  readonly expiresAt?: unknown;
  readonly refreshToken?: unknown;
  readonly registrationExpiresAt?: unknown;
}

/**
 * A document with the end of the session, under the path of its file; none where it is not known. `session` is what the file is
 * named after: the name of an sso-session section, or the address of the start page. `now` in milliseconds.
 */
export function readSignOnEnd(
  session: string,
  now: number,
): Readonly<Record<string, Document>> {
  // The tools name the file by this digest: it hides nothing and protects nothing.
  const name = `${createHash("sha1").update(session).digest("hex")}.json`;
  const path = join(homedir(), ".aws", "sso", "cache", name);
  const end = endOf(path, now);
  return end === null
    ? {}
    : { [path]: { body: JSON.stringify({ cache: "sso", expiresAt: end }) } };
}

function endOf(path: string, now: number): string | null {
  let cached: Cached | null;
  try {
    cached = JSON.parse(readIfThere(path, "HOME") ?? "null") as Cached | null;
  } catch {
    // The cache only helps. What cannot be read says nothing.
    return null;
  }
  if (typeof cached?.expiresAt !== "string") return null;
  // A token that the tool renews by itself does not end the session, as long as the tool may renew it.
  const mayRenew =
    cached.refreshToken !== undefined &&
    !(timeOf(cached.registrationExpiresAt) <= now);
  return mayRenew || Number.isNaN(timeOf(cached.expiresAt))
    ? null
    : cached.expiresAt;
}

/** Older tools write UTC in place of Z. */
const timeOf = (text: unknown): number =>
  Date.parse(String(text).replace(/UTC$/, "Z"));
