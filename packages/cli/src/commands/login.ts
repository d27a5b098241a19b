/** assay login: signs a person in at an issuer, by the browser of this machine or of another. */
import type { TokenSource } from "@assay/client";
import { signInByLoopback } from "@assay/client/node";
import { visible } from "@assay/diagnosis";
import { EXIT, type ExitStatus } from "../exit-status.ts";
import { namedClient, type ClientFlags } from "../sign-in-client.ts";
import { sayFault } from "../sign-in-fault.ts";
import {
  readProfile,
  sourceOf,
  writeProfile,
  type SignInSettings,
} from "../sign-in-profile.ts";
import type { Terminal } from "../terminal.ts";
import { typedSecret } from "../typed-secret.ts";
import { UsageError } from "../usage-error.ts";

export interface LoginFlags extends ClientFlags {
  readonly issuer?: string;
  readonly clientId?: string;
  readonly scope?: readonly string[];
  readonly resource?: string;
  readonly dpop?: boolean;
  readonly device?: boolean;
  readonly port?: number;
}

export async function login(
  flags: LoginFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  if (flags.device && flags.port !== undefined)
    throw new UsageError(
      "expected --device or --port, found both: with --device no browser comes back here",
    );
  const settings = settingsOf(flags, await readProfile(flags));
  const typed = flags.secretPrompt ? await typedSecret(terminal) : null;
  try {
    const source = await sourceOf(flags, settings, terminal, typed);
    await (flags.device
      ? byDevice(source, terminal)
      : byLoopback(source, flags, terminal));
  } catch (error) {
    return sayFault(error, flags, terminal);
  }
  await writeProfile(flags, settings, typed);
  terminal.note("Signed in. A fresh token from now on: assay token");
  return EXIT.accepted;
}

async function byLoopback(
  source: TokenSource,
  { port }: LoginFlags,
  terminal: Terminal,
): Promise<void> {
  await signInByLoopback(source, {
    ...(port !== undefined && { port }),
    show: async (url) => {
      terminal.note(
        hasDesktop()
          ? "Open this address in the browser of this machine:"
          : "No desktop was found here. Open this address in a browser that reaches this machine's own ports, or use --device where the issuer allows it:",
      );
      // The address alone on standard output: a script can open it.
      await terminal.write(`${url}\n`);
    },
  });
}

async function byDevice(
  source: TokenSource,
  terminal: Terminal,
): Promise<void> {
  await source.signInByDevice({
    show: async ({ verificationUri, userCode, verificationUriComplete }) => {
      terminal.note(
        `Open this address on any device, and enter the code ${visible(userCode)}:`,
      );
      await terminal.write(`${verificationUri}\n`);
      if (verificationUriComplete !== null)
        terminal.note(
          `Or this one, and compare the code: ${verificationUriComplete}`,
        );
    },
  });
}

/** What is not named stays as it was at the last sign-in. */
function settingsOf(
  flags: LoginFlags,
  before: SignInSettings | null,
): SignInSettings {
  const { issuer, clientId, scope, resource, dpop } = flags;
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
  // Threat: a secret that is sent to whatever issuer is named next.
  const isSame =
    named.issuer === before?.issuer && named.clientId === before.clientId;
  return {
    issuer: named.issuer,
    clientId: named.clientId,
    client: namedClient(flags) ??
      (isSame ? before.client : null) ?? { method: "none" },
    scopes: scope ?? before?.scopes ?? [],
    resource: resource ?? before?.resource ?? null,
    dpop: dpop ?? before?.dpop ?? false,
  };
}

const hasDesktop = (): boolean =>
  process.platform === "darwin" ||
  process.platform === "win32" ||
  Boolean(process.env["DISPLAY"] ?? process.env["WAYLAND_DISPLAY"]);
