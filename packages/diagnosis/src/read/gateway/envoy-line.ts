/** Envoy's default format, and Istio's. */
import type { LogLine } from "./log-line.ts";

const LINE =
  /^\[(\d{4}-\d\d-\d\dT[\d:.]{8,15}Z)\] "[A-Z]{3,20} [^"]{0,9000}" (\d{1,3}) (\S{1,60}) (\S{1,300})/;

export function readEnvoyLine(line: string): LogLine | null {
  const [, at, status, flags = "", details = ""] = LINE.exec(line) ?? [];
  return at === undefined
    ? null
    : { status: Number(status), at, message: envoyWords(details, flags) };
}

/** jwt_authn_access_denied{Jwt_is_expired} is how Envoy writes "Jwt is expired" in its details. */
export function envoyWords(details: string, flags: string): string | undefined {
  const [, name = details, words] =
    /^(\w{1,100})(?:[{[]([^\]}]{1,200})[\]}])?$/.exec(details) ?? [];
  if (name.startsWith("jwt_authn") && words !== undefined)
    return words.replaceAll("_", " ");
  if (name.startsWith("rbac_access_denied")) return "RBAC: access denied";
  return name === "-" || name === "via_upstream" || flags === ""
    ? undefined
    : /^\w{3,100}$/.test(name) && /[a-z]/.test(name)
      ? name
      : undefined;
}
