/** What is no refusal: the server is down or busy, or still waits for the user; then nothing is said about client or token. */
import { finding, type Finding } from "@assay/token";
import type { Diagnosis } from "../diagnosis.ts";
import type { Judgement } from "../judges.ts";
import type { Exchange, Fault } from "./exchange.ts";
import { findingIn } from "./finding-in.ts";
import { FAULT_CODES } from "./standard-errors.ts";
import { stepsWith } from "./steps.ts";

/** RFC 8628 section 3.5: the user has not agreed yet. */
const WAITING = new Set(["authorization_pending", "slow_down"]);

const BUSY =
  "the server was busy or down: the same request, sent again later, would tell";

/** null: it is none. */
export function outageOf(
  exchange: Exchange,
  diagnosed: Diagnosis | null,
  faults: readonly Fault[],
): Omit<Judgement, "token"> | null {
  const { answer, endpoint, url } = exchange;
  if (answer && WAITING.has(answer.code ?? ""))
    return undecided(
      null,
      [],
      [
        "the user has not agreed yet: the same request is to be sent again, after the interval",
      ],
    );
  if (
    endpoint === "introspection" &&
    answer !== null &&
    answer.active === null &&
    !aboutClient(answer)
  )
    return unavailable(url, `status ${answer.status}`);
  const named =
    answer !== null && answer.code !== null && FAULT_CODES.has(answer.code);
  if (
    answer !== null &&
    !named &&
    (answer.status >= 500 ||
      answer.status === 429 ||
      (answer.busy !== null && answer.status >= 400))
  )
    return undecided(null, [], [BUSY]);
  // The server names a fault of the client or the token, and tells of one of its own: nobody has judged.
  const misled = faults.find(({ cause }) => cause === "oauth.error_misleading");
  if (
    named &&
    answer.busy === "outage" &&
    misled !== undefined &&
    !faults.some(({ confidence }) => confidence === "certain")
  )
    return undecided(null, [misled], [BUSY]);
  // The keys of an assertion could not be fetched, and nothing else is known to be wrong.
  const keys = diagnosed?.outcome === "undecided" ? findingIn(diagnosed) : null;
  if (
    keys?.reason === "signature.keys_unavailable" &&
    keys.evidence.source !== null &&
    !faults.some(({ confidence }) => confidence !== "possible")
  )
    return undecided(
      keys,
      diagnosed?.causes.map(
        ({ cause, confidence, facts }) =>
          ({
            cause,
            confidence,
            facts,
            explains: [keys.reason],
            weight: 0,
          }) as never,
      ) ?? [],
      [],
    );
  return null;
}

const aboutClient = ({
  status,
  code,
}: {
  readonly status: number;
  readonly code: string | null;
}): boolean =>
  status === 401 || status === 400 || status === 403 || code !== null;

function unavailable(url: string, problem: string): Omit<Judgement, "token"> {
  const source = url.split(/[?#]/, 1)[0]?.slice(0, 300) ?? null;
  return undecided(
    finding("revocation.unavailable", { source, problem }),
    [
      {
        cause: "status.unreachable",
        confidence: "likely",
        facts: { source, error: problem },
        explains: ["revocation.unavailable"],
        weight: 1,
      },
    ],
    [],
  );
}

function undecided(
  found: Finding | null,
  suspicions: Judgement["suspicions"],
  needs: readonly string[],
): Omit<Judgement, "token"> {
  return {
    outcome: "undecided",
    reason: found?.reason ?? null,
    steps: stepsWith(found),
    suspicions,
    needs,
  };
}
