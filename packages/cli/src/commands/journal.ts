/** assay journal: reads, checks and exports the journal of a server. */
import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { safeJson } from "@assay/diagnosis";
import {
  AdminClient,
  LONG_PATIENCE,
  type ServerFlags,
} from "../admin-client.ts";
import { EXIT, type ExitStatus } from "../exit-status.ts";
import { table } from "../table.ts";
import type { Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

interface Flags extends ServerFlags {
  readonly json?: boolean;
}

export interface ListFlags extends Flags {
  readonly event?: string;
  readonly client?: string;
  readonly grant?: string;
  readonly token?: string;
  readonly subject?: string;
  readonly from?: string;
  readonly until?: string;
  readonly after?: number;
  readonly limit?: number;
  readonly newest?: boolean;
  readonly personal?: boolean;
}

export async function list(
  flags: ListFlags,
  terminal: Terminal,
): Promise<ExitStatus> {
  const { event, client, grant, token, subject, from, until, after } = flags;
  const query = {
    event,
    clientId: client,
    grantId: grant,
    tokenId: token,
    subject,
    from,
    until,
    after,
    limit: flags.limit,
    newestFirst: flags.newest,
    personal: flags.personal,
  };
  const { body } = await new AdminClient(flags).call("get", "/journal", {
    // What is not given is left out of the address.
    query: query as never,
  });
  if (flags.json) await terminal.write(`${safeJson(body, 2)}\n`);
  else {
    const who = {
      title: "who",
      of: ({ who: person }: (typeof body.items)[number]) =>
        [person?.subject, person?.ip, person?.by, person?.request]
          .filter((part) => typeof part === "string")
          .join(" "),
    };
    await terminal.write(
      table(
        [
          { title: "no", of: ({ sequence }) => String(sequence) },
          {
            title: "at (UTC)",
            of: ({ at }) => at.slice(0, 19).replace("T", " "),
          },
          { title: "event", of: (entry) => entry.event },
          { title: "client", of: ({ clientId }) => clientId ?? "" },
          { title: "token", of: ({ tokenId }) => tokenId ?? "" },
          ...(flags.personal === true ? [who] : []),
        ],
        body.items,
        terminal,
      ),
    );
    if (body.next !== null)
      terminal.note(`There are more: --after ${body.next}`);
  }
  return EXIT.accepted;
}

/** Exit status 1: the chain is not whole. */
export async function verify(
  file: string | undefined,
  flags: Flags & { readonly known?: readonly string[] },
  terminal: Terminal,
): Promise<ExitStatus> {
  const known = (flags.known ?? []).map(placeOf);
  const report =
    file === undefined
      ? (
          await new AdminClient(flags).call(
            "post",
            "/journal/verify",
            { body: { known } },
            LONG_PATIENCE,
          )
        ).body
      : await verifyFile(file, known);
  const { checked, last, fault } = report;
  await terminal.write(
    flags.json
      ? `${safeJson({ checked, last, fault }, 2)}\n`
      : fault
        ? `Not whole: ${fault.sentence}\n`
        : `Whole: ${checked} entries, up to ${last.sequence}.\nNote this place elsewhere; a later check can be held against it:\n--known ${last.sequence}:${last.hash}\n`,
  );
  return fault ? EXIT.rejected : EXIT.accepted;
}

async function verifyFile(
  file: string,
  known: readonly { readonly sequence: number; readonly hash: string }[],
): Promise<{
  readonly checked: number;
  readonly last: { readonly sequence: number; readonly hash: string };
  readonly fault: { readonly sentence: string } | null;
}> {
  const { ExportError, linesOf, sayFault, verifyExport } =
    await import("@assay/issuer");
  const { openTextFile } = await import("../read-text.ts");
  try {
    const lines = linesOf((await openTextFile(file, "FILE")) as never);
    const { checked, last, fault } = await verifyExport(lines, known);
    return {
      checked,
      last,
      fault: fault && { ...fault, sentence: sayFault(fault) },
    };
  } catch (error) {
    throw error instanceof ExportError
      ? new UsageError(
          `${file}: ${error.message}`,
          `assay journal export --out ${file}`,
        )
      : error;
  }
}

/** Without --out to standard output. A file that is there is left alone: an export is kept as evidence. */
export async function exportLines(
  flags: ServerFlags & {
    readonly out?: string;
    readonly after?: string;
  },
  terminal: Terminal,
): Promise<ExitStatus> {
  const place = flags.after === undefined ? null : placeOf(flags.after);
  const chunks = await new AdminClient(flags).stream(
    "/journal/export",
    place
      ? { afterSequence: String(place.sequence), afterHash: place.hash }
      : {},
  );
  if (flags.out === undefined) {
    const decoder = new TextDecoder();
    for await (const chunk of chunks)
      await terminal.write(decoder.decode(chunk, { stream: true }));
    return EXIT.accepted;
  }
  const out = createWriteStream(flags.out, { flags: "wx", mode: 0o600 });
  try {
    await pipeline(chunks, out);
  } catch (error) {
    throw new UsageError(notWritten(error, flags.out, out.bytesWritten));
  }
  terminal.note(
    `wrote ${flags.out}; check it anywhere: assay journal verify ${flags.out}`,
  );
  return EXIT.accepted;
}

function notWritten(error: unknown, path: string, written: number): string {
  const { code, message, syscall } = error as NodeJS.ErrnoException;
  return syscall === "open"
    ? `--out: expected a new file that can be written, found ${code === "EEXIST" ? `that ${path} exists` : `${code} for ${path}`}`
    : `expected the whole journal, found an end after ${written} bytes: ${message}; ${path} holds only a part`;
}

function placeOf(text: string): {
  readonly sequence: number;
  readonly hash: string;
} {
  const [, sequence = "", hash = ""] =
    /^(\d{1,15}):([A-Za-z0-9_-]{1,64})$/.exec(text) ?? [];
  if (hash === "")
    throw new UsageError(
      `expected a place in the journal as NUMBER:HASH, found “${text.slice(0, 80)}”`,
    );
  return { sequence: Number(sequence), hash };
}
