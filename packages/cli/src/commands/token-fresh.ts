/** assay token: a token that is good now, or the headers that present it, for curl. */
import type { TokenSource } from "@assay/client";
import { EXIT, type ExitStatus } from "../exit-status.ts";
import { sayFault } from "../sign-in-fault.ts";
import type { ProfileFlags } from "../sign-in-files.ts";
import { loginAgain, readProfile, sourceOf } from "../sign-in-profile.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

export interface FreshFlags extends ProfileFlags {
  readonly minimum?: number;
  /** The address of the request that headers are wanted for. */
  readonly headers?: string;
  readonly method?: string;
  readonly nonce?: string;
}

/** Who takes a token into a script uses it for a while: seconds that it is good at least. */
const MINIMUM = 60;

export async function tokenFresh(
  flags: FreshFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  checkFlags(flags);
  const settings = await readProfile(flags);
  if (!settings) {
    terminal.note("assay: expected a sign-in, found none");
    terminal.note(
      `  try: ${loginAgain(flags)} --issuer https://issuer.example --client-id my-app`,
    );
    return EXIT.rejected;
  }
  try {
    const source = await sourceOf(flags, settings, terminal);
    await terminal.write(
      flags.headers === undefined
        ? await tokenAlone(source, flags, terminal)
        : await headersFor(source, flags.headers, flags),
    );
    return EXIT.accepted;
  } catch (error) {
    return sayFault(error, flags, terminal);
  }
}

async function tokenAlone(
  source: TokenSource,
  { minimum: minimumSeconds = MINIMUM }: FreshFlags,
  terminal: Terminal,
): Promise<string> {
  const token = await source.token({ minimumSeconds });
  if (token.type === "DPoP")
    terminal.note(
      "This token is bound to a key, and is good for nothing without a proof: assay token --headers URL | curl -H @- URL",
    );
  return `${token.value}\n`;
}

/** As `curl -H @-` reads them. */
async function headersFor(
  source: TokenSource,
  url: string,
  { method = "GET", nonce, minimum: minimumSeconds = MINIMUM }: FreshFlags,
): Promise<string> {
  const { authorization = "", dpop } = await source.headers(
    { url, method, ...(nonce !== undefined && { nonce }) },
    { minimumSeconds },
  );
  return dpop === undefined
    ? `Authorization: ${authorization}\n`
    : `Authorization: ${authorization}\nDPoP: ${dpop}\n`;
}

function checkFlags({ headers, method, nonce }: FreshFlags): void {
  if (headers === undefined && (method ?? nonce) !== undefined)
    throw new UsageError(
      "expected --headers beside --method and --nonce, found none",
      "assay token --headers https://api.example/orders --method POST",
    );
  if (
    headers !== undefined &&
    !/^https?:$/.test(URL.canParse(headers) ? new URL(headers).protocol : "")
  )
    throw new UsageError(
      "--headers: expected the URL of the request, found something else",
    );
  if (method !== undefined && !/^[A-Z][A-Z-]{0,31}$/.test(method))
    throw new UsageError(
      "--method: expected a method in capitals, such as POST, found something else",
    );
}
