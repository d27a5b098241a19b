/** assay reseal: the step of a change of the master key that seals anew. */
import { EXIT, type ExitStatus } from "../exit-status.ts";
import { withSettings, type StoreFlags } from "../server-settings.ts";
import type { Terminal } from "../terminal.ts";

export async function reseal(
  flags: StoreFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  const { values, signingKeys, personalKeys, clientSecrets } =
    await withSettings(flags, async (settings, { resealStore }) =>
      resealStore(settings, process.env),
    );
  await terminal.write(
    `Sealed anew: ${values} values, ${signingKeys} signing keys, ${personalKeys} keys of persons, ${clientSecrets} client secrets.\n`,
  );
  return EXIT.accepted;
}
