/** assay token: a token that is good now, for curl -H "Authorization: Bearer $(assay token)". */
import { EXIT, type ExitStatus } from "../exit-status.ts";
import { sayFault } from "../sign-in-fault.ts";
import {
  loginAgain,
  readProfile,
  sourceOf,
  type ProfileFlags,
} from "../sign-in-profile.ts";
import type { Terminal } from "../terminal.ts";

export interface FreshFlags extends ProfileFlags {
  readonly minimum?: number;
}

/** Who takes a token into a script uses it for a while: seconds that it is good at least. */
const MINIMUM = 60;

export async function tokenFresh(
  flags: FreshFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  const settings = await readProfile(flags);
  if (!settings) {
    terminal.note("assay: expected a sign-in, found none");
    terminal.note(
      `  try: ${loginAgain(flags)} --issuer https://issuer.example --client-id my-app`,
    );
    return EXIT.rejected;
  }
  try {
    const token = await sourceOf(flags, settings).token({
      minimumSeconds: flags.minimum ?? MINIMUM,
    });
    await terminal.write(`${token.value}\n`);
    return EXIT.accepted;
  } catch (error) {
    return sayFault(error, flags, terminal);
  }
}
