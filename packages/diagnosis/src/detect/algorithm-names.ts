/** Other names of the algorithms of JOSE: Java's, OpenSSL's, XML Signature's, and misspellings. Pure. */
import { ALGORITHMS, type AlgorithmName } from "@assay/token";

/** The JOSE algorithm that the name stands for. null: none, or not one alone. `crv`: the curve of the key, where one is known. */
export function meantAlgorithm(
  name: string,
  crv: string | null = null,
): AlgorithmName | null {
  const plain = name
    .trim()
    .slice(0, 128)
    .toLowerCase()
    .replace(/^https?:\/\/www\.w3\.org\/\d{4}\/\d{2}\/xmldsig[\w-]*#/, "");
  const exact = [...ALGORITHMS.keys()].find(
    (known) => known.toLowerCase() === plain,
  );
  if (exact !== undefined) return exact as AlgorithmName;
  const bare = plain.replace(/[^a-z0-9]/g, "");
  if (/^(ed25519(signature|ph)?|oid13101112)$/.test(bare)) return "Ed25519";
  if (bare.startsWith("ed448")) return "Ed448";
  if (/^(eddsa|edwards)/.test(bare)) return "EdDSA";
  // ES256K-R, with a byte to recover the key by, is another algorithm.
  if (/^(es256k|(ecdsa)?(sha256)?(with)?secp256k1)$/.test(bare))
    return "ES256K";
  if (bare.startsWith("es256k")) return null;
  const dsa = /^mldsa(44|65|87)$/.exec(bare);
  if (dsa) return `ML-DSA-${dsa[1] as "44"}`;
  const bits = hashBits(bare);
  if (/^(h|hs|hmac|mac)/.test(bare)) return bits && `HS${bits}`;
  if (/pss|mgf1|^ps\d/.test(bare)) return bits && `PS${bits}`;
  if (/ecdsa|^e[sc]\d|^ec$|^ecc|nistp|^p(256|384|521)$/.test(bare))
    return ecdsa(bare, bits, crv);
  if (/rsa|^r[s]?\d|pkcs1|^sha(256|384|512)with/.test(bare))
    return bits && `RS${bits}`;
  return null;
}

type Bits = "256" | "384" | "512";

const hashBits = (bare: string): Bits | null =>
  (/(256|384|512)/.exec(bare.replace(/^rsa(2048|3072|4096)/, "rsa"))?.[1] as
    Bits | undefined) ?? null;

function ecdsa(
  bare: string,
  bits: Bits | null,
  crv: string | null,
): AlgorithmName | null {
  const byCurve: Readonly<Record<string, AlgorithmName>> = {
    "P-256": "ES256",
    "P-384": "ES384",
    "P-521": "ES512",
  };
  if (/521/.test(bare)) return "ES512";
  return bits ? `ES${bits}` : ((crv === null ? null : byCurve[crv]) ?? null);
}
