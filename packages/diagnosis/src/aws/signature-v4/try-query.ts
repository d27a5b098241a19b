/** Another query, or another way to write it, than the one that arrived. */
import { writingAttempts, type Attempt, type Subject } from "./attempt.ts";
import { queryWritings } from "./query-writings.ts";
import { cut } from "./try-path.ts";

const SECRET = /token|secret|password|signature|credential|code|key/i;
const MOST_PAIRS = 256;

export function* queryAttempts(subject: Subject): Generator<Attempt> {
  const found = subject.base.query;
  // Nobody signs so many: to sort them again and again would cost more than it is worth.
  if (found.split("&").length > MOST_PAIRS) return;
  yield* writingAttempts(
    "query_encoding",
    found,
    found.length,
    queryWritings(subject),
    (query) => ({
      parts: { query },
      ...firstDifference(query, found),
    }),
  );
}

/** The first parameter that is written in another way, if it holds nothing secret. */
function firstDifference(
  signed: string,
  sent: string,
): { expected: string | null; found: string | null } {
  const [ours, theirs] = [signed.split("&"), sent.split("&")];
  const at = ours.findIndex((piece, index) => piece !== theirs[index]);
  const [expected, found] = [ours[at], theirs[at]].map((piece) =>
    piece === undefined || SECRET.test(piece) ? null : cut(piece),
  );
  return { expected: expected ?? null, found: found ?? null };
}
