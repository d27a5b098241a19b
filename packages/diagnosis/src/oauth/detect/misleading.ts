import type { Exchange, Fault } from "../exchange.ts";
import { UNREADABLE } from "../carriage.ts";
import { shownCode } from "../known-names.ts";
import { errorsOf, FAULT_CODES } from "../standard-errors.ts";

/** A fault of the request is named, and the answer itself tells of too many requests or of a failure of the server's own. */
export function detectBusy(exchange: Exchange): void {
  const { answer } = exchange;
  if (
    !answer?.busy ||
    answer.granted ||
    answer.code === null ||
    !FAULT_CODES.has(answer.code)
  )
    return;
  exchange.suspect("oauth.error_misleading", {
    confidence: "likely",
    facts: {
      by: "answer",
      found: answer.code,
      standard: [],
      fault: answer.busy,
    },
    weight: answer.busyByAllowance ? 230 : 400,
  });
}

/** The server's code is not the one that the standard gives for the fault that was found, or it comes with the status of a success. */
export function detectMisleading(
  exchange: Exchange,
  first: Fault | undefined,
): void {
  const { answer } = exchange;
  if (!first || !answer || answer.granted || first.confidence === "possible")
    return;
  const { standard = [], seen = [] } = errorsOf(first) ?? {};
  if (standard.length === 0 || answer.code === null) return;
  const wrongCode =
    !standard.includes(answer.code) &&
    !(wasUnreadable(first) && seen.includes(answer.code));
  const wrongStatus = answer.status >= 200 && answer.status < 300;
  if (!wrongCode && !wrongStatus) return;
  exchange.suspect("oauth.error_misleading", {
    confidence: "possible",
    facts: {
      by: "comparison",
      found: shownCode(wrongCode ? answer.code : `status ${answer.status}`),
      standard: wrongCode ? standard : ["status 400"],
      fault: "other",
    },
    weight: 300,
  });
}

/** A server that could read no parameter missed grant type and client as well, and says so in good faith. */
const wasUnreadable = (fault: Fault): boolean =>
  fault.cause === "oauth.request_format" && UNREADABLE.has(fault.facts.how);
