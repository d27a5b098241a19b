/** Where else a key of this token could be: what the issuer publishes now and published before, other issuers, other documents. */
import { importKeys, keySetOf, KeySet, type Key } from "@assay/token";
import type { Document } from "../inquiry.ts";
import type { Investigation } from "../investigation.ts";
import { isStranger } from "./strange-address.ts";
import { readKeyDocument, readMetadata, readSet } from "../verifier-keys.ts";

export interface Place {
  /** present: what the verifier's issuer publishes now. previous: what it published before. other: of another issuer. elsewhere: not known whose. */
  readonly kind: "present" | "previous" | "other" | "elsewhere";
  readonly set: KeySet;
  /** The issuer, or the address. */
  readonly name: string | null;
  /** When the document was made, as it says itself. */
  readonly publishedAt: string | null;
}

/** In the order in which they are likely. */
export function placesOf(i: Investigation): readonly Place[] {
  const { context, policy } = i;
  const { url, from } = i.keysFrom;
  const metadata = Object.values(context.documents ?? {}).flatMap(
    ({ body }) => readMetadata(body) ?? [],
  );
  const issuers =
    typeof policy.issuer === "string" ? [policy.issuer] : (policy.issuer ?? []);
  const published = Object.entries(context.documents ?? {}).flatMap(
    ([address, document]): Place[] => {
      const set = keysIn(document, address);
      if (
        !set ||
        (address === url && from === "document") ||
        isBrought(i, address)
      )
        return [];
      const owners = metadata
        .filter(({ jwksUri }) => jwksUri === address)
        .map(({ issuer }) => issuer);
      const [stranger] = owners.filter((issuer) => !issuers.includes(issuer));
      const own =
        address === url ||
        owners.some((issuer) => issuers.includes(issuer)) ||
        (url === null &&
          owners.length === 0 &&
          issuers.some((issuer) => address.startsWith(issuer)));
      const kind = own
        ? "present"
        : stranger === undefined
          ? "elsewhere"
          : "other";
      return [
        {
          kind,
          set,
          name: kind === "other" ? (stranger as string) : address,
          publishedAt: headerOf(document, "last-modified"),
        },
      ];
    },
  );
  const place = (
    kind: Place["kind"],
    set: KeySet,
    name: string | null,
  ): Place => ({ kind, set, name, publishedAt: null });
  return [
    ...published.filter(({ kind }) => kind === "present"),
    ...(context.previousKeys
      ? [place("previous", readSet(context.previousKeys), null)]
      : []),
    ...(context.cachedKeys && from !== "cache"
      ? [place("previous", readSet(context.cachedKeys), null)]
      : []),
    ...(context.otherIssuers ?? []).flatMap(({ issuer, keys }) =>
      keys ? [place("other", readSet(keys), issuer)] : [],
    ),
    ...published.filter(({ kind }) => kind !== "present"),
  ];
}

/** The token itself sent us there: its keys are nobody's that we know (RFC 8725 section 3.10). */
function isBrought(i: Investigation, address: string): boolean {
  const { jku, x5u } = i.token?.header ?? {};
  return (address === jku || address === x5u) && isStranger(i, address);
}

/** A JWK Set, a single JWK, certificates by kid, or a PEM: whatever keys the document holds. */
function keysIn(document: Document, url: string): KeySet | null {
  const read = readKeyDocument(document, url);
  if (read instanceof KeySet) return read;
  const { body, error, status = 200 } = document;
  if (error !== undefined || status > 299 || body === undefined) return null;
  const keys = otherKeys(body);
  return keys.length > 0 ? keySetOf(...keys) : null;
}

function otherKeys(body: string): readonly Key[] {
  if (body.includes("-----BEGIN") && body.trimStart().startsWith("{"))
    return certificatesByKid(body);
  if (!body.includes("-----BEGIN") && !/"kty"/.test(body)) return [];
  return attempt(() => importKeys(body));
}

function certificatesByKid(body: string): readonly Key[] {
  const entries = attempt(() =>
    Object.entries(JSON.parse(body) as object).slice(0, 32),
  );
  return entries.flatMap(([kid, pem]) =>
    typeof pem === "string" ? attempt(() => importKeys(pem, { kid })) : [],
  );
}

function attempt<T>(read: () => readonly T[]): readonly T[] {
  try {
    return read();
  } catch {
    return [];
  }
}

export function headerOf({ headers }: Document, name: string): string | null {
  const entry = Object.entries(headers ?? {}).find(
    ([header]) => header.toLowerCase() === name,
  );
  const value = entry?.[1];
  return typeof value === "string" ? value : (value?.[0] ?? null);
}
