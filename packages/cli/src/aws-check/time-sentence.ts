/** The sentences that say when a request was signed, and what the service's clock shows. */
import { cut } from "./aws-error.ts";
import type { SeenRequest } from "./seen-request.ts";

/** Fifteen minutes to each side, in milliseconds. */
export const LIMIT = 900_000;

/** "Signature expired: A is now earlier than B (C - 15 min.)". A is when it was signed, or when the presigned URL ended. */
export function timeSentence(
  refusal: "expired" | "presigned_ended" | "not_yet",
  seen: SeenRequest,
  now: number,
): string {
  const signed = seen.amzDate ?? cut(seen.header("date"));
  switch (refusal) {
    case "not_yet":
      return `Signature not yet current: ${signed} is still later than ${basic(now + LIMIT)} (${basic(now)} + 15 min.)`;
    case "expired":
      return `Signature expired: ${signed} is now earlier than ${basic(now - LIMIT)} (${basic(now)} - 15 min.)`;
    case "presigned_ended":
      return `Signature expired: ${basic(endOf(seen))} is now earlier than ${basic(now)}`;
  }
}

/** Milliseconds. */
export function endOf({ amzDate, query }: SeenRequest): number {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(amzDate ?? "") ?? [];
  const signed = Date.parse(
    `${year}-${month}-${day}T${hour}:${minute}:${second}Z`,
  );
  const end = signed + Number(query.get("X-Amz-Expires") ?? 0) * 1000;
  return Number.isNaN(end) ? 0 : end;
}

export const iso = (moment: number): string =>
  new Date(moment).toISOString().replace(/\.\d+/, "");
const basic = (moment: number): string => iso(moment).replaceAll(/[-:]/g, "");
