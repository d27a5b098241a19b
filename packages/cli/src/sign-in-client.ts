/** How the client of a sign-in shows who it is: the settings say where its secret or key lies, never what it is. */
import { resolve } from "node:path";
import type { ClientAuthentication } from "@assay/client";
import { readSigningKey } from "./read-key.ts";
import { readSecret } from "./read-secret.ts";
import { pathOf, readOwn, type ProfileFlags } from "./sign-in-files.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

export interface ClientFlags extends ProfileFlags {
  readonly secretFile?: string;
  readonly secretEnv?: string;
  /** Typed now, and kept beside the tokens once it has worked. */
  readonly secretPrompt?: boolean;
  readonly secretPost?: boolean;
  readonly clientKey?: string;
}

/** Where the secret lies; none of both: it was typed, and is kept beside the tokens. */
interface SecretPlace {
  readonly method: "client_secret_basic" | "client_secret_post";
  readonly secretFile?: string;
  readonly secretEnv?: string;
}
interface KeyPlace {
  readonly method: "private_key_jwt";
  readonly keyFile: string;
}
export type SignInClient = SecretPlace | KeyPlace | { readonly method: "none" };

/** What the flags name; null: nothing. Throws UsageError. */
export function namedClient(flags: ClientFlags): SignInClient | null {
  const { secretFile, secretEnv, secretPrompt, secretPost, clientKey } = flags;
  const given = [secretFile, secretEnv, secretPrompt, clientKey];
  const count = given.filter((value) => value !== undefined).length;
  if (count > 1)
    throw new UsageError(
      "expected one of --secret-file, --secret-env, --secret-prompt and --client-key, found several",
    );
  if (clientKey !== undefined)
    return { method: "private_key_jwt", keyFile: resolve(clientKey) };
  if (count === 0) {
    if (secretPost === true)
      throw new UsageError(
        "--secret-post: expected where the secret is beside it, found nothing",
        "assay login --secret-post --secret-env CLIENT_SECRET",
      );
    return null;
  }
  const method =
    secretPost === true ? "client_secret_post" : "client_secret_basic";
  if (secretFile !== undefined)
    return { method, secretFile: resolve(secretFile) };
  if (secretEnv !== undefined) return { method, secretEnv };
  return { method };
}

/** For the token source. `typed`: a secret that is typed just now. Throws UsageError when key or secret cannot be read. */
export async function authenticationOf(
  client: SignInClient,
  flags: ProfileFlags,
  terminal: Terminal,
  typed: string | null,
): Promise<ClientAuthentication> {
  switch (client.method) {
    case "none":
      return client;
    case "private_key_jwt":
      return {
        method: client.method,
        key: await readSigningKey(client.keyFile, {}, "--client-key"),
      };
    case "client_secret_basic":
    case "client_secret_post": {
      const { method, ...place } = client;
      const secret =
        typed ??
        (await readSecret(place, terminal)) ??
        (await readOwn(pathOf(flags, "secret")));
      if (secret === null || secret === "")
        throw new UsageError(
          "expected the client's secret, found none",
          "assay login --secret-prompt",
        );
      return { method, secret };
    }
  }
}

/** What stands in the settings. Null: something else. */
export function readClient(value: unknown): SignInClient | null {
  if (value === undefined) return { method: "none" };
  if (typeof value !== "object" || value === null) return null;
  const { method, keyFile, secretFile, secretEnv } = value as Readonly<
    Record<string, unknown>
  >;
  if (method === "none") return { method };
  if (method === "private_key_jwt")
    return typeof keyFile === "string" ? { method, keyFile } : null;
  if (method !== "client_secret_basic" && method !== "client_secret_post")
    return null;
  return {
    method,
    ...(typeof secretFile === "string" && { secretFile }),
    ...(typeof secretEnv === "string" && { secretEnv }),
  };
}
