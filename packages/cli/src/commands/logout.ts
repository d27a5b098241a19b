/** assay logout: ends the sign-in at the issuer, and forgets its tokens. */
import { EXIT, type ExitStatus } from "../exit-status.ts";
import { sayFault } from "../sign-in-fault.ts";
import { removeFiles, type ProfileFlags } from "../sign-in-files.ts";
import { readProfile, sourceOf } from "../sign-in-profile.ts";
import type { Terminal } from "../terminal.ts";

export async function logout(
  flags: ProfileFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  const settings = await readProfile(flags);
  if (!settings) {
    terminal.note("Nobody is signed in.");
    return EXIT.accepted;
  }
  try {
    const source = await sourceOf(flags, settings, terminal);
    const isEnded = await source.signOut();
    await removeFiles(flags);
    terminal.note(
      isEnded
        ? "Signed out."
        : `Signed out here. ${settings.issuer} could not be told: until it ends by itself, the sign-in stays good there.`,
    );
    return isEnded ? EXIT.accepted : EXIT.undecided;
  } catch (error) {
    return sayFault(error, flags, terminal);
  }
}
