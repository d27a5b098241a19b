/** What the look of a session token tells. It cannot be checked: only STS can open it. Nothing of it is ever shown whole. */

export interface SessionTokenSeen {
  readonly length: number;
  /** 1: valid only in regions that are on by default; 2: everywhere; null: not known (another service's token). */
  readonly version: 1 | 2 | null;
  readonly damage: TokenDamage | null;
  readonly region: string | null;
  readonly account: string | null;
  /** Seconds since the epoch; null: it does not say. */
  readonly issuedAt: number | null;
}

export type TokenDamage =
  | "white_space"
  | "quotation_marks"
  | "characters"
  | "percent_encoding"
  | "blank_for_plus"
  | "length"
  | "cut";

export function readSessionToken(text: string): SessionTokenSeen {
  const damage = damageOf(text);
  const clean = text.trim().replace(/^["']|["']$/g, "");
  const version = clean.startsWith("IQoJb3JpZ2lu")
    ? 2
    : /^F[QwxzA]oGZXIvYXdz/.test(clean)
      ? 1
      : null;
  const bytes =
    version === null || damage === "characters" ? null : bytesOf(clean);
  const fields = bytes ? fieldsOf(bytes, 1) : null;
  const inner = fields?.bytes.get(5);
  const payload = inner ? fieldsOf(inner, 0) : null;
  const account = textOf(payload?.bytes.get(3));
  const issuedAt = fields?.numbers.get(version === 2 ? 6 : 5) ?? null;
  return {
    length: text.length,
    version,
    damage: damage ?? (version === 2 && fields?.cut ? "cut" : null),
    region: version === 2 ? textOf(fields?.bytes.get(3)) : null,
    account: account !== null && /^\d{12}$/.test(account) ? account : null,
    issuedAt:
      issuedAt !== null && issuedAt > 1_100_000_000 && issuedAt < 4_200_000_000
        ? issuedAt
        : null,
  };
}

/** Tokens are base64 with its padding. Tokens of other systems (JWTs among them) are left alone, unless they are quoted or broken. */
function damageOf(text: string): TokenDamage | null {
  const trimmed = text.trim();
  if (/^["'`“”‘’]|["'`“”‘’]$/.test(trimmed)) return "quotation_marks";
  if (/%(?:2[BF]|3D)/i.test(text)) return "percent_encoding";
  if (text !== trimmed || /[\r\n\t]/.test(text)) return "white_space";
  if (/^[A-Za-z0-9/+ ]+={0,2}$/.test(text) && text.includes(" "))
    return "blank_for_plus";
  if (!/^(?:IQoJ|F[A-Za-z]oG|AQo|Agoj)/.test(text))
    return /[^\x21-\x7e]/.test(text) ? "characters" : null;
  if (!/^[A-Za-z0-9/+]+={0,2}$/.test(text)) return "characters";
  return text.length % 4 === 0 ? null : "length";
}

function bytesOf(text: string): Uint8Array | null {
  try {
    return Uint8Array.from(
      atob(text.slice(0, text.length - (text.length % 4))),
      (letter) => letter.charCodeAt(0),
    );
  } catch {
    return null;
  }
}

interface Fields {
  readonly numbers: ReadonlyMap<number, number>;
  readonly bytes: ReadonlyMap<number, Uint8Array>;
  /** A field reaches past the end. */
  readonly cut: boolean;
}

/** The token is a message of protocol buffers, of which a few fields can be read. */
function fieldsOf(data: Uint8Array, start: number): Fields {
  const numbers = new Map<number, number>();
  const bytes = new Map<number, Uint8Array>();
  let at = start;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; at < data.length; shift += 7) {
      const byte = data[at++] ?? 0;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
      if (shift > 63) break;
    }
    return Number.NaN;
  };
  while (at < data.length) {
    const tag = number();
    if ((tag & 7) === 0) {
      const value = number();
      if (!Number.isNaN(value)) numbers.set(tag >> 3, value);
    } else if ((tag & 7) === 2) {
      const length = number();
      if (!(at + length <= data.length)) return { numbers, bytes, cut: true };
      bytes.set(tag >> 3, data.subarray(at, at + length));
      at += length;
    } else return { numbers, bytes, cut: false };
  }
  return { numbers, bytes, cut: false };
}

function textOf(bytes: Uint8Array | undefined): string | null {
  if (!bytes || bytes.length > 40) return null;
  const text = String.fromCharCode(...bytes);
  return /^[\w-]+$/.test(text) ? text : null;
}
