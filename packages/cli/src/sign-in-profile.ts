/** Who somebody of this machine is signed in as: what to ask for and of whom, and the token source that does it. */
import { createTokenSource, type TokenSource } from "@assay/client";
import { FileStore, keptDpopKey } from "@assay/client/node";
import { parseJson } from "./read-text.ts";
import {
  authenticationOf,
  readClient,
  type SignInClient,
} from "./sign-in-client.ts";
import {
  pathOf,
  readOwn,
  writeOwn,
  type ProfileFlags,
} from "./sign-in-files.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

export interface SignInSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly client: SignInClient;
  readonly scopes: readonly string[];
  readonly resource: string | null;
  /** Tokens are bound to a key (RFC 9449). */
  readonly dpop: boolean;
}

/** Null: nobody has signed in under this name. Throws UsageError. */
export async function readProfile(
  flags: ProfileFlags,
): Promise<SignInSettings | null> {
  const path = pathOf(flags, "settings");
  const text = await readOwn(path);
  if (text === null) return null;
  const failure = `${path}: expected what assay login writes, found something else`;
  const value = parseJson(text, failure) as Partial<SignInSettings> | null;
  const { issuer, clientId, scopes, resource = null, dpop } = value ?? {};
  const client = readClient(value?.client);
  if (
    typeof issuer !== "string" ||
    typeof clientId !== "string" ||
    !Array.isArray(scopes) ||
    !client
  )
    throw new UsageError(failure);
  return { issuer, clientId, client, scopes, resource, dpop: dpop === true };
}

/** `typed`: the secret that was typed, where one was. */
export async function writeProfile(
  flags: ProfileFlags,
  settings: SignInSettings,
  typed: string | null,
): Promise<void> {
  if (typed !== null) await writeOwn(pathOf(flags, "secret"), typed);
  await writeOwn(
    pathOf(flags, "settings"),
    `${JSON.stringify(settings, null, 2)}\n`,
  );
}

/** Throws UsageError and TokenError (`configuration`) when a key or a secret cannot be read. */
export async function sourceOf(
  flags: ProfileFlags,
  { issuer, clientId, client, scopes, resource, dpop }: SignInSettings,
  terminal: Terminal,
  typed: string | null = null,
): Promise<TokenSource> {
  return createTokenSource({
    issuer,
    clientId,
    authentication: await authenticationOf(client, flags, terminal, typed),
    grant: { type: "authorization_code" },
    scopes,
    ...(resource !== null && { resource }),
    ...(dpop && { dpop: await keptDpopKey(pathOf(flags, "key")) }),
    store: new FileStore(pathOf(flags, "tokens")),
  });
}

/** The command that signs in anew. */
export const loginAgain = ({ profile }: ProfileFlags): string =>
  profile === undefined ? "assay login" : `assay login --profile ${profile}`;
