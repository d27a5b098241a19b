/** Traefik's own log: version 3 writes for people, version 2 as logrus does. Of a request it speaks at level debug. */
import { statusIn, type LogLine } from "./log-line.ts";

const PEOPLE =
  /^(\d{4}-\d\d-\d\dT[\d:]{8}(?:Z|[+-]\d\d:\d\d)) (TRC|DBG|INF|WRN|ERR|FTL) (?:[\w.@/-]{1,200}\.go:\d{1,6} > )?([^]*)$/;
const LOGRUS =
  /^time="(\d{4}-\d\d-\d\dT[\d:]{8}(?:Z|[+-]\d\d:\d\d))" level=(\w{4,7}) msg="((?:[^"\\]|\\.){0,9000})"((?: \w{1,60}=(?:"(?:[^"\\]|\\.){0,2000}"|\S{0,2000})){0,30})\s{0,9}$/;
/** Only Traefik names what is between. */
const FIELDS = / (?:middlewareName|middlewareType|entryPointName|routerName)=/;

export function readTraefikLine(line: string): LogLine | null {
  const [, at, level = "", text = "", fields = text] =
    PEOPLE.exec(line) ?? LOGRUS.exec(line) ?? [];
  if (at === undefined || !FIELDS.test(fields)) return null;
  const end = FIELDS.exec(text)?.index ?? text.length;
  const message = text.slice(0, end).replaceAll(/\\(["\\])/g, "$1");
  // The address of the service that was asked stands in front of its status.
  const status = statusIn(message);
  return status === undefined &&
    /^(?:TRC|DBG|INF|debug|info|trace)$/.test(level)
    ? { at }
    : { at, message, status };
}
