/** The name of an issuer (RFC 8414 section 2). Threat: tokens of an issuer whose address anybody on the way can play. */
import { isLoopback } from "./is-loopback.ts";

export function isIssuer(text: string): boolean {
  if (!URL.canParse(text) || /[?#]|\/$/.test(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  return (
    username === "" &&
    password === "" &&
    (protocol === "https:" ||
      (protocol === "http:" && isLoopback(hostname.replace(/^\[|\]$/g, ""))))
  );
}
