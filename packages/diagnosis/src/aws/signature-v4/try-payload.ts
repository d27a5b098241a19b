/** Another payload than the one that arrived. */
import {
  withHeader,
  type Attempt,
  type Change,
  type Subject,
} from "./attempt.ts";
import { bodyWritings } from "./body-writings.ts";
import { declaredHash, EMPTY_HASH, UNSIGNED } from "./payload-hash.ts";

const DECLARED_BY = "x-amz-content-sha256";

export function* payloadAttempts(subject: Subject): Generator<Attempt> {
  const { request, base, hints } = subject;
  const words: readonly (readonly [string, string])[] = [
    [declaredHash(request, subject.parsed) ?? EMPTY_HASH, "declared"],
    [EMPTY_HASH, "empty"],
    [UNSIGNED, "unsigned"],
    ["STREAMING-UNSIGNED-PAYLOAD-TRAILER", "unsigned"],
    ["STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "streaming"],
    ["", "no_hash"],
  ];
  for (const [payload, detail] of words)
    for (const parts of declarations(subject, payload))
      if (payload !== base.payload || parts.headers)
        yield {
          kind: "payload",
          detail:
            detail === "declared" && payload === EMPTY_HASH ? "empty" : detail,
          make: () => ({
            parts: { ...parts, payload },
            expected: payload,
            found: shownPayload(subject),
          }),
        };
  for (const body of hints.bodies ?? []) yield* bodyAttempt(body, "hint");
  if (request.body === null) return;
  if (base.payload !== "") yield* bodyAttempt(request.body, "body");
  if (typeof request.body === "string")
    for (const [body, detail] of bodyWritings(request.body))
      yield* bodyAttempt(body, detail);

  function* bodyAttempt(
    body: string | Uint8Array,
    detail: string,
  ): Generator<Attempt> {
    yield {
      kind: "payload",
      detail,
      // Twice: it is written, then hashed.
      bytes: 2 * body.length,
      make: (): Change => ({ body, found: shownPayload(subject) }),
    };
  }
}

/** As the header stands; and, where it is signed, as it would have stood beside another payload. */
const declarations = (
  subject: Subject,
  payload: string,
): readonly Pick<NonNullable<Change["parts"]>, "headers">[] =>
  subject.base.headers.some(
    ([name, value]) => name === DECLARED_BY && value !== payload,
  ) && payload !== ""
    ? [{}, { headers: withHeader(subject, DECLARED_BY, payload) }]
    : [{}];

/** A hash that nobody sent would be an oracle for what is in the body. */
const shownPayload = (subject: Subject): string | null => {
  const { payload } = subject.base;
  return payload === EMPTY_HASH ||
    payload === declaredHash(subject.request, subject.parsed)
    ? payload
    : null;
};
