/** Calls of fetch, as browsers copy requests, or as source code has them. */
import type { RequestSeen } from "../inquiry.ts";
import { hopOfCommand } from "./command-hop.ts";
import type { Hop } from "./failing-exchange.ts";
import { HeaderList } from "./header-list.ts";
import { LiteralReader, type Literal } from "./script-literal.ts";

const FETCH =
  /(?:(?:const|let|var)\s{1,9}[\w$]{1,40}\s{0,9}=\s{0,9})?(?:await\s{1,9})?(?:(?:window|globalThis)\.)?fetch\(/
    .source;
const CALL = new RegExp(`^\\s{0,99}${FETCH}`);
const NEXT_CALL = new RegExp(`^[ \\t]{0,99}${FETCH}`, "gm");

/** Null when the text does not begin with such a call. */
export function readFetch(text: string): readonly Hop[] | null {
  const hops: Hop[] = [];
  let call = CALL.exec(text);
  while (call) {
    const reader = new LiteralReader(text, call.index + call[0].length);
    hops.push(hopOfCommand(requestIn(reader)));
    NEXT_CALL.lastIndex = reader.at;
    call = NEXT_CALL.exec(text);
  }
  return hops.length > 0 ? hops : null;
}

function requestIn(reader: LiteralReader): RequestSeen {
  const url = reader.value();
  const given = reader.take(",") ? reader.value() : null;
  const options: ReadonlyMap<string, Literal> =
    given instanceof Map ? given : new Map<string, Literal>();
  const headers = new HeaderList();
  for (const [name, value] of headersIn(options.get("headers")))
    if (typeof value === "string") headers.add(name, value);
  const body = bodyOf(options.get("body"));
  const method = options.get("method");
  return {
    method: typeof method === "string" ? method.toUpperCase() : "GET",
    ...(typeof url === "string" && { url }),
    headers: headers.toMap(),
    ...(body !== null && { body }),
  };
}

/** An object, or a list of pairs. `new Headers({…})` is an expression, whose literal stands inside. */
function headersIn(
  given: Literal | undefined,
): Iterable<readonly [string, Literal]> {
  if (given instanceof Map) return given;
  if (Array.isArray(given)) return given.filter(isPair);
  const inside = typeof given === "string" ? given.indexOf("{") : -1;
  if (typeof given !== "string" || inside < 0) return [];
  const value = new LiteralReader(given, inside).value();
  return value instanceof Map ? value : [];
}

const isPair = (pair: Literal): pair is readonly [string, Literal] =>
  Array.isArray(pair) && pair.length === 2 && typeof pair[0] === "string";

/** What another call makes, JSON.stringify say, is not known to the letter. */
function bodyOf(given: Literal | undefined): string | null {
  if (typeof given !== "string" || given === "null") return null;
  return /^(?:JSON\.stringify|new [A-Z]\w{0,40})\(/.test(given) ? null : given;
}
