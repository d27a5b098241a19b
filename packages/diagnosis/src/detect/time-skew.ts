import { headerValues } from "@assay/token";
import type { Investigation } from "../investigation.ts";

/** How far the judging clock is from another one. */
export interface Skew {
  /** Seconds by which the judging clock runs ahead; negative: behind. */
  readonly ahead: number;
  readonly against: string;
  /** Both clocks were read at one moment. False: it was inferred from the Date of an answer. */
  readonly measured: boolean;
  /** The other clock is the issuer's, or several others agree, so that the judging one is the one that is wrong. */
  readonly settled: boolean;
}

/** Clocks that differ by less than this, in seconds, agree with each other. */
const AGREE = 30;

const seconds = (time: string): number => Date.parse(time) / 1000;

/** The difference between the clock that judged and the best other one. null: nothing is known of another. */
export function skewOf(i: Investigation): Skew | null {
  const { clocks = {} } = i.context;
  const judge = clocks.verifier ?? clocks.service;
  const names =
    clocks.verifier === undefined
      ? (["issuer", "client"] as const)
      : (["issuer", "service", "client"] as const);
  const others = names.flatMap((name) =>
    clocks[name] === undefined ? [] : [{ name, time: seconds(clocks[name]) }],
  );
  const [best] = others;
  if (!best) return ofDates(i);
  const agree =
    others.length > 1 &&
    others.every(({ time }) => Math.abs(time - best.time) <= AGREE);
  const reference = judge === undefined ? i.now : seconds(judge);
  return {
    ahead: reference - best.time,
    against: `the ${best.name}'s clock`,
    measured: true,
    settled: best.name === "issuer" || best.name === "service" || agree,
  };
}

/** Servers write their time into each answer (RFC 9110 section 6.6.1): those that published the keys, else the one that answered. */
function ofDates({ context, inquiry, now }: Investigation): Skew | null {
  const documents = Object.entries(context.documents ?? {}).map(
    ([url, { headers = {} }]) => ({
      headers,
      against: `the clock of ${URL.canParse(url) ? new URL(url).host : "a server"}`,
    }),
  );
  const answers = [
    ...documents,
    {
      headers: inquiry.response?.headers ?? {},
      against: "the Date of the answer",
    },
  ];
  for (const { headers, against } of answers) {
    const [date] = headerValues({ headers }, "date");
    const time = date === undefined ? Number.NaN : seconds(date);
    if (!Number.isNaN(time))
      return { ahead: now - time, against, measured: false, settled: false };
  }
  return null;
}
