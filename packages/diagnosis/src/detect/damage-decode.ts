/** A token that was encoded once more: percent-encoding, base64, hexadecimal, a JSON string; or in the wrong base64. */
import { platform } from "@assay/token";
import { repaired, type Repair } from "./damage-repair.ts";

/** Percent-encoding that nobody undid (RFC 3986 section 2.1), up to three times. */
export const percentDecode: Repair = (text) => {
  let decoded = text;
  let times = 0;
  for (; times < 3 && /%[0-9a-f]{2}/i.test(decoded); times++) {
    try {
      decoded = decodeURIComponent(decoded);
    } catch {
      break;
    }
  }
  return repaired(text, decoded, "token.percent_encoded", { times });
};

/** Both alphabets of base64 (RFC 4648 sections 4 and 5), lines and padding left out. null: it is none of them. */
function decodeAnyBase64(text: string): Uint8Array | null {
  if (text.length < 24 || !/^[\w+/\s-]+={0,2}$/.test(text)) return null;
  return platform.decodeBase64url(
    text
      .replace(/[\s=]+/g, "")
      .replaceAll("+", "-")
      .replaceAll("/", "_"),
  );
}

function decodeHex(text: string): Uint8Array | null {
  if (text.length < 48 || text.length % 2 !== 0 || !/^[0-9a-f]+$/i.test(text))
    return null;
  return Uint8Array.from({ length: text.length / 2 }, (_, n) =>
    Number.parseInt(text.slice(2 * n, 2 * n + 2), 16),
  );
}

const printable = (bytes: Uint8Array | null): string | null => {
  const text = bytes && platform.decodeUtf8(bytes);
  return text && /^[\x20-\x7e\s\uFEFF]+$/.test(text) ? text : null;
};

/** The whole text as base64 or hexadecimal of a text. A header of a token alone, which is base64 of JSON too, is none. */
export const decodeAgain: Repair = (text) => {
  const bare = text.trim();
  if (bare.includes(".")) return null;
  const hex = printable(decodeHex(bare));
  if (hex)
    return repaired(text, hex, "token.double_encoded", { by: "hexadecimal" });
  const decoded = printable(decodeAnyBase64(bare.replace(/^base64[-:,]/i, "")));
  return decoded && (!/^\s*\{/.test(decoded) || decoded.includes("eyJ"))
    ? repaired(text, decoded, "token.double_encoded", { by: "base64" })
    : null;
};

/** A JSON string whose value is a JSON string again. One layer alone is a matter of quotes. */
export const parseAgain: Repair = (text) => {
  const bare = text.trim();
  if (!bare.startsWith('"\\"')) return null;
  try {
    const inner: unknown = JSON.parse(bare);
    return typeof inner === "string"
      ? repaired(text, inner.replace(/^"|"$/g, ""), "token.double_encoded", {
          by: "a JSON string",
        })
      : null;
  } catch {
    return null;
  }
};

/** Ordinary base64 in the parts of a token, where base64url without padding is due (RFC 7515 section 2). */
export const toBase64url: Repair = (text) => {
  if (!/^[\w+/=.-]+$/.test(text)) return null;
  const alphabet = /[+/]/.test(text);
  const padding = /=(\.|=|$)/.test(text);
  const what = [
    ...(alphabet ? (["alphabet"] as const) : []),
    ...(padding ? (["padding"] as const) : []),
  ];
  return repaired(
    text,
    text
      .replaceAll("+", "-")
      .replaceAll("/", "_")
      .replace(/={1,3}(?=\.|$)/g, ""),
    "token.base64_not_url",
    { what },
  );
};
