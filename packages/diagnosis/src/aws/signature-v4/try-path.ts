/** Another path, or another way to write it, than the one that arrived. */
import { writingAttempts, type Attempt, type Subject } from "./attempt.ts";
import { canonicalPath } from "./canonical-path.ts";
import { otherPaths, wrongForms } from "./path-writings.ts";
import { isS3 } from "./services.ts";

const MOST_SHOWN = 200;

export const cut = (text: string): string =>
  text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;

/** The canonical form of another path of the wire. */
export const canonicalOf = (subject: Subject, path: string): string => {
  const own = isS3(subject.parsed.service);
  return canonicalPath(path, { normalize: !own, encodeAgain: !own });
};

export function* pathAttempts(subject: Subject): Generator<Attempt> {
  const { path } = subject.target;
  yield* writingAttempts(
    "path_encoding",
    subject.base.path,
    path.length,
    both(subject, path),
    (canonical) => ({
      parts: { path: canonical },
      expected: cut(canonical),
      found: cut(subject.base.path),
    }),
  );
}

function* both(
  subject: Subject,
  path: string,
): Generator<readonly [string, string]> {
  yield* wrongForms(path, isS3(subject.parsed.service));
  for (const [text, detail] of otherPaths(subject, path))
    yield [canonicalOf(subject, text), detail];
}
