/** What is odd about a header or claims, whether or not a check refuses it for that: what an experienced reader would stop at. */
import type { Language } from "@assay/diagnosis";
import type { Texts } from "../../language/english.ts";

export interface Odd {
  readonly member: string;
  readonly says: string;
}

type Members = Readonly<Record<string, unknown>>;
type Words = Texts["odd"];

const TIMES = ["exp", "nbf", "iat"] as const;
/** Seconds since the epoch never have so many digits before the year 5138. */
const MILLISECONDS = 1e11;
const DAY = 86_400;
const MANY = 40;

const PERSONAL =
  /^(email|phone_number|birthdate|address|ssn|given_name|family_name)$/;
const SECRET = /(password|passwd|secret|private_?key|api_?key)/i;

export function oddHeader(header: Members, words: Words): readonly Odd[] {
  const { alg } = header;
  const odd: Odd[] = [];
  if (typeof alg === "string") {
    if (/^none$/i.test(alg)) odd.push({ member: "alg", says: words.notSigned });
    if (/^HS\d/.test(alg))
      odd.push({ member: "alg", says: words.sharedSecret });
    if (!namesItsKey(header) && /^(RS|PS|ES|Ed)/.test(alg))
      odd.push({ member: "alg", says: words.noKid });
  }
  for (const member of ["jwk", "x5c"])
    if (member in header) odd.push({ member, says: words.bringsKey });
  for (const member of ["jku", "x5u"])
    if (member in header) odd.push({ member, says: words.leadsAway });
  return odd;
}

/** By its id, or by its certificate (RFC 7515 section 4.1). */
const namesItsKey = (header: Members): boolean =>
  ["kid", "x5t", "x5t#S256", "x5c", "jwk"].some((name) => name in header);

export function oddClaims(
  claims: Members,
  now: number,
  words: Words,
  duration: Language["duration"],
): readonly Odd[] {
  return [
    ...oddTimes(claims, now, words, duration),
    ...oddIssuer(claims["iss"], words),
    ...Object.entries(claims).flatMap(([member, value]) =>
      oddValue(member, value, words),
    ),
  ];
}

function oddTimes(
  claims: Members,
  now: number,
  words: Words,
  duration: Language["duration"],
): readonly Odd[] {
  const odd: Odd[] = TIMES.flatMap((member) => {
    const value = claims[member];
    if (value === undefined) return [];
    if (typeof value !== "number") return [{ member, says: words.noNumber }];
    return value > MILLISECONDS ? [{ member, says: words.milliseconds }] : [];
  });
  const { exp, iat } = claims;
  if (odd.length > 0 || typeof iat !== "number") return odd;
  if (iat > now + 1)
    odd.push({
      member: "iat",
      says: words.issuedAhead(duration(iat - now)),
    });
  if (typeof exp !== "number") return odd;
  if (exp <= iat) odd.push({ member: "exp", says: words.endsBeforeBegin });
  else if (exp - iat > DAY)
    odd.push({ member: "exp", says: words.longLived(duration(exp - iat)) });
  return odd;
}

function oddIssuer(iss: unknown, words: Words): readonly Odd[] {
  if (typeof iss !== "string") return [];
  const odd: Odd[] = [];
  if (iss.startsWith("http://"))
    odd.push({ member: "iss", says: words.plainHttp });
  if (iss.endsWith("/")) odd.push({ member: "iss", says: words.slashAtEnd });
  return odd;
}

function oddValue(
  member: string,
  value: unknown,
  words: Words,
): readonly Odd[] {
  if (SECRET.test(member)) return [{ member, says: words.secretName }];
  if (PERSONAL.test(member)) return [{ member, says: words.personal }];
  if (!Array.isArray(value)) return [];
  if (member === "aud" && value.length > 1)
    return [{ member, says: words.severalAudiences }];
  return value.length > MANY
    ? [{ member, says: words.many(value.length) }]
    : [];
}
