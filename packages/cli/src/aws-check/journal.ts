/** What is told of each request. Never a query, a header or a body: there are signatures and session tokens. */
import { visible } from "@assay/diagnosis";
import type { Call } from "./protocol.ts";
import type { SeenRequest } from "./seen-request.ts";

/** Longer than any diagnosis of an honest request. */
const LONGEST = 16_000;

/** "POST / sts us-east-1 GetCallerIdentity, key AKIA…, signed in the header". */
export function describe(seen: SeenRequest, { operation }: Call): string {
  const { method, path, scope, form } = seen;
  const parts = [
    method,
    short(path, 160),
    ...(scope ? [short(scope.service, 40), short(scope.region, 40)] : []),
    ...(operation === null ? [] : [operation]),
  ];
  const notes = [
    parts.join(" "),
    ...(scope
      ? [
          `key ${short(scope.keyId, 40)}`,
          form === "query" ? "signed in the URL" : "signed in the header",
        ]
      : []),
    ...chunkNote(seen),
  ];
  return notes.join(", ");
}

/** Chunks that are no text, or too many to keep, are not looked into. */
function chunkNote({ contentSha256, body }: SeenRequest): readonly string[] {
  if (!contentSha256?.startsWith("STREAMING-")) return [];
  if (contentSha256.startsWith("STREAMING-UNSIGNED-"))
    return ["its chunks carry no signatures"];
  return [
    `the signatures of its chunks ${body.text === null ? "not checked" : "checked"}`,
  ];
}

export function bounded(diagnosis: string): string {
  return diagnosis.length > LONGEST
    ? `${diagnosis.slice(0, LONGEST)}\n…\n`
    : diagnosis;
}

const short = (text: string, length: number): string =>
  visible(text.length > length ? `${text.slice(0, length)}…` : text);
