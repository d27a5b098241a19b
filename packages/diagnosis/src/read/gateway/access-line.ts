/** The combined format of nginx and Apache; Kong and Traefik write the same and more behind it. HAProxy has one of its own. */
import type { RequestSeen } from "../../inquiry.ts";
import type { LogLine } from "./log-line.ts";

const COMBINED =
  /^\S{1,100} \S{1,100} [^[\]"\n]{1,100} \[(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):([\d:]{8}) ([+-]\d{2})(\d{2})\] "([A-Z]{3,20}) ([^ "]{0,9000})[^"]{0,40}" (\d{3}) [\d-]/;
/** `option httplog`: the time has no zone. */
const HAPROXY =
  /^(?:[^\n]{0,200}haproxy\[\d{1,9}\]: )?\S{1,100} \[\d{2}\/[A-Z][a-z]{2}\/\d{4}:[\d:.]{8,15}\] \S{1,200} \S{1,200}\/\S{1,200} [\d/+-]{9,60} (\d{3}) [\d+]{1,20} \S{1,200} \S{1,200} [\w-]{4} [\d/+]{9,60} [\d/]{3,30} (?:\{[^}"]{0,9000}\} ){0,2}"[A-Z]{3,20} /;
const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

/** A log format of one's own that has Authorization in it: nginx writes a hyphen, or nothing, for none. */
const CREDENTIALS =
  /"((?:Bearer|DPoP|Basic|Token|AWS4-HMAC-SHA256) [^"\n]{1,16384})"/i;
const NONE = /\b(?:http_)?auth(?:orization)?[=:] ?(?:"-?"|-)(?:\s|$)/i;

export function readAccessLine(line: string): LogLine | null {
  const [whole, day, month = "", year, time, hours, minutes, ...rest] =
    COMBINED.exec(line) ?? [];
  if (whole === undefined) {
    const status = HAPROXY.exec(line)?.[1];
    return status === undefined ? null : { status: Number(status) };
  }
  const [method = "", url = "", status] = rest;
  const number = String(MONTHS.indexOf(month) / 3 + 1).padStart(2, "0");
  return {
    status: Number(status),
    at: `${year}-${number}-${day}T${time}${hours}:${minutes}`,
    request: loggedRequest(method, url, line.slice(whole.length)),
  };
}

function loggedRequest(
  method: string,
  url: string,
  behind: string,
): RequestSeen | undefined {
  const authorization = CREDENTIALS.exec(behind)?.[1];
  if (authorization === undefined && !NONE.test(behind)) return undefined;
  return {
    method,
    url,
    headers: authorization === undefined ? {} : { authorization },
  };
}
