import { headerValues } from "@assay/token";
import type { RequestSeen } from "../inquiry.ts";

const HEADERS = [
  "x-forwarded-for",
  "x-real-ip",
  "true-client-ip",
  "cf-connecting-ip",
  "x-client-ip",
  "fly-client-ip",
];

/** The address that the proxies in front of the server wrote down for the sender. null: none. Evidence, never a ground to trust. */
export function senderOf(request: RequestSeen = {}): string | null {
  const forwarded = /(?:^|[;,\s])for="?\[?([0-9a-f.:]{3,45})/i.exec(
    headerValues(request, "forwarded")[0]?.slice(0, 500) ?? "",
  )?.[1];
  const named = HEADERS.map((name) =>
    headerValues(request, name)[0]?.split(",", 1)[0]?.trim(),
  ).find((value) => value !== undefined && value !== "");
  return (named ?? forwarded)?.slice(0, 64) ?? null;
}
