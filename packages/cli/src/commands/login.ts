/** assay login: signs a person in at an issuer, by the browser and a port of this machine. */
import { signInByLoopback } from "@assay/client/node";
import { EXIT, type ExitStatus } from "../exit-status.ts";
import { sayFault } from "../sign-in-fault.ts";
import {
  readProfile,
  sourceOf,
  writeProfile,
  type ProfileFlags,
  type SignInSettings,
} from "../sign-in-profile.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

export interface LoginFlags extends ProfileFlags {
  readonly issuer?: string;
  readonly clientId?: string;
  readonly scope?: readonly string[];
  readonly resource?: string;
  readonly port?: number;
}

export async function login(
  flags: LoginFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  const settings = settingsOf(flags, await readProfile(flags));
  try {
    const source = sourceOf(flags, settings);
    await signInByLoopback(source, {
      ...(flags.port !== undefined && { port: flags.port }),
      show: async (url) => {
        terminal.note(
          hasDesktop()
            ? "Open this address in the browser of this machine:"
            : "No desktop was found here. Open this address in a browser that reaches this machine's own ports:",
        );
        // The address alone on standard output: a script can open it.
        await terminal.write(`${url}\n`);
      },
    });
  } catch (error) {
    return sayFault(error, flags, terminal);
  }
  await writeProfile(flags, settings);
  terminal.note("Signed in. A fresh token from now on: assay token");
  return EXIT.accepted;
}

/** What is not named stays as it was at the last sign-in. */
function settingsOf(
  { issuer, clientId, scope, resource }: LoginFlags,
  before: SignInSettings | null,
): SignInSettings {
  const named = {
    issuer: issuer ?? before?.issuer,
    clientId: clientId ?? before?.clientId,
  };
  if (named.issuer === undefined || named.clientId === undefined)
    throw new UsageError(
      "expected the issuer and the client to sign in with, found none",
      "assay login --issuer https://issuer.example --client-id my-app",
    );
  if (!URL.canParse(named.issuer))
    throw new UsageError("--issuer: expected a URL, found something else");
  return {
    issuer: named.issuer,
    clientId: named.clientId,
    scopes: scope ?? before?.scopes ?? [],
    resource: resource ?? before?.resource ?? null,
  };
}

const hasDesktop = (): boolean =>
  process.platform === "darwin" ||
  process.platform === "win32" ||
  Boolean(process.env["DISPLAY"] ?? process.env["WAYLAND_DISPLAY"]);
