/** oauth2-proxy: what it says, whom it turned away, and its log of requests, today's and the one before version 7. */
import { statusIn, type LogLine } from "./log-line.ts";

const SAID =
  /^\[\d{4}\/\d\d\/\d\d [\d:]{8}\] \[[\w-]{1,60}\.go:\d{1,6}\] ([^]*)$/;
const REQUEST =
  /^\S{1,100} - \S{1,100} - ?\S{1,200} \[\d{4}\/\d\d\/\d\d [\d:]{8}\] \S{1,300} [A-Z]{3,20} \S{1,300} "[^"]{0,9000}" HTTP\/[\d.]{1,3} "[^"]{0,2000}" (\d{3}) /;
const OLD_REQUEST =
  /^\S{1,100} - \S{1,200} \[\d{4}\/\d\d\/\d\d [\d:]{8}\] \S{1,300} [A-Z]{3,20} \S{1,300} "[^"]{0,9000}" HTTP\/[\d.]{1,3} "[^"]{0,2000}" (\d{3}) /;
const AUTH =
  /^\S{1,100} - [^[\]]{1,300} \[\d{4}\/\d\d\/\d\d [\d:]{8}\] \[Auth(?:Failure|Error)\] ([^]*)$/;

export function readOauth2ProxyLine(line: string): LogLine | null {
  const message = SAID.exec(line)?.[1];
  if (message !== undefined) return { message, status: statusIn(message) };
  const request = REQUEST.exec(line) ?? OLD_REQUEST.exec(line);
  if (request) return { status: Number(request[1]) };
  const refused = AUTH.exec(line)?.[1];
  return refused === undefined ? null : { message: refused, status: 401 };
}
