import type { Inquiry } from "./inquiry.ts";

/** 431: RFC 6585 section 5; 494: nginx's own; 413 and 414: RFC 9110 section 15.5. */
const STATUSES = [413, 414, 431, 494];
/** How servers say it under another status: nginx, Apache, Node, Jetty and Tomcat, IIS, Kestrel, Envoy, AWS. */
const SAYS =
  /(header|cookie|header line|header field|uri|request line)[^.<\n]{0,40}(too (large|long|big)|exceeds?)|too (long|large|big) (header|uri)|RequestHeaderSectionTooLarge|metadata size exceeds|size of a request header field exceeds|request header or cookie|exceeded maximum (allowed )?(header|request) size|header.{0,20}overflow|bad request - (request|header).{0,10}too long|request too long/i;

/** True when the answer says that headers, cookies or the address were over a limit. */
export function saysTooLarge({ request, response }: Inquiry): boolean {
  const { status, body = "" } = response ?? {};
  if (status === undefined) return false;
  // 413 is about the body as a rule: only where there is none, or a small one, are the headers meant.
  if (status === 413) return (request?.body?.length ?? 0) < 1_000;
  return (
    STATUSES.includes(status) ||
    (status >= 400 && status < 600 && SAYS.test(body.slice(0, 4_000)))
  );
}
