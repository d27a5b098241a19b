/**
 * Details in the answer, for a developer on his own machine. Threat: a switch that was left on. So it does not start in production or
 * behind a named proxy, and each request is looked at: one that came from elsewhere, or through a proxy, gets the public answer alone.
 */
import { isLoopbackAddress } from "./addresses.ts";
import { single, type Arrival } from "./arrival.ts";

const FORWARDING = [
  "forwarded",
  "via",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-forwarded-uri",
  "x-forwarded-method",
  "x-forwarded-server",
  "x-original-uri",
  "x-original-url",
  "x-original-method",
  "x-real-ip",
  "client-cert",
];

/** Throws TypeError where details must not be given at all. */
export function checkDevelopment(hasProxies: boolean): void {
  const { process } = globalThis as {
    process?: { env?: Record<string, string | undefined> };
  };
  if (process?.env?.["NODE_ENV"] === "production")
    throw new TypeError(
      "development: details are not given under NODE_ENV=production",
    );
  if (hasProxies)
    throw new TypeError(
      "development: details are not given behind a proxy; leave proxies out",
    );
}

export function maySeeDetails(arrival: Arrival): boolean {
  if (arrival.remote === null || !isLoopbackAddress(arrival.remote))
    return false;
  if (FORWARDING.some((name) => arrival.values(name) !== undefined))
    return false;
  // A page of another site that has its own name resolve to this machine sends that name.
  const host = single(arrival, "host")?.replace(/:\d+$/, "") ?? "";
  return host === "localhost" || isLoopbackAddress(host);
}
