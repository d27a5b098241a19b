/** assay decode: what a token says of itself. Nothing is verified, and the answer says so. */
import { readPasted, safeJson, sayFinding, timeline } from "@assay/diagnosis";
import { decodeUnverified, headerValues } from "@assay/token";
import { EXIT, type ExitStatus } from "../exit-status.ts";
import { readWords } from "../read-text.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

export async function decode(
  words: readonly string[],
  { json }: { readonly json?: boolean },
  terminal: Terminal,
): Promise<ExitStatus> {
  const decoded = decodeUnverified(tokenIn(await readWords(words, "decode")));
  if (decoded.header === null) {
    throw new UsageError(
      `expected a signed token (JWS), found one that cannot be read: ${decoded.findings.map((found) => sayFinding(found)).join("; ")}`,
      "assay why TOKEN",
    );
  }
  const { header, claims } = decoded;
  if (json)
    await terminal.write(
      `${safeJson({ trusted: false, header, claims }, 2)}\n`,
    );
  else {
    const times = timeline(claims, Math.floor(Date.now() / 1000)).map(
      ({ what, words: said, moment }) =>
        `${what}  ${said === what ? "" : `${said}, `}${moment}`,
    );
    const blocks = [
      `Header\n${safeJson(header, 2)}`,
      `Claims\n${safeJson(claims, 2)}`,
      ...(times.length > 0 ? [`Time\n${times.join("\n")}`] : []),
    ];
    await terminal.write(
      `Not verified: anybody can write a token that says this.\n\n${blocks.join("\n\n")}\n`,
    );
  }
  return EXIT.accepted;
}

/** The token in what was pasted: alone, or in the header of a request. */
function tokenIn(text: string): string {
  const { token, request } = readPasted(text).inquiry;
  if (token !== undefined) return token.trim();
  return (
    headerValues(request ?? {}, "authorization")[0]
      ?.trim()
      .split(/\s+/)
      .at(-1) ?? ""
  );
}
