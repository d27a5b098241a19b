/** Whether a host is this machine alone. A name other than localhost may resolve to anything, so it is never taken for it. */
import { isIP } from "node:net";

export const isLoopback = (host: string): boolean =>
  host === "localhost" ||
  host === "::1" ||
  (isIP(host) === 4 && host.startsWith("127."));
