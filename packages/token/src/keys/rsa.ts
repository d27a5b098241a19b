import { bigint } from "./curves.ts";
import type { KeyProblem } from "./key.ts";

const MIN_BITS = 2048;

/** Judges an RSA public key from its bytes before any platform sees it: an odd or huge one costs time, a weak one is no lock. */
export function judgeRsa(
  modulus: Uint8Array,
  exponent: Uint8Array,
  maxBits: number,
): {
  readonly bits: number;
  readonly problem: KeyProblem | null | (() => KeyProblem | null);
} {
  // RFC 7518 section 2: Base64urlUInt has the fewest bytes; another spelling would be another thumbprint of the same key.
  if (modulus[0] === 0 || exponent[0] === 0)
    return {
      bits: 0,
      problem: {
        problem: "member",
        detail: "n and e have no leading zero bytes (RFC 7518 section 2)",
      },
    };
  const bits =
    modulus.length === 0
      ? 0
      : modulus.length * 8 - (Math.clz32(modulus[0] as number) - 24);
  const found = (problem: KeyProblem["problem"], detail: string) => ({
    bits,
    problem: { problem, detail },
  });
  if (bits < MIN_BITS)
    return found(
      "too_small",
      `an RSA modulus has at least ${MIN_BITS} bits (RFC 7518 section 3.3); found ${bits}`,
    );
  if (bits > maxBits)
    return found(
      "too_large",
      `an RSA modulus has at most ${maxBits} bits here; found ${bits}`,
    );
  if (exponent.length > 5)
    return found("exponent", "e is at most 2^32; found a larger one");
  const e = bigint(exponent);
  if (e < 3n || e > 1n << 32n || e % 2n === 0n)
    return found("exponent", `e is odd, from 3 to 2^32; found ${e}`);
  return { bits, problem: () => findWeakness(modulus) };
}

/** The known ways in which a modulus of the right size is no lock. */
function findWeakness(modulus: Uint8Array): KeyProblem | null {
  const weak = (detail: string): KeyProblem => ({ problem: "weak", detail });
  if ((modulus.at(-1) as number) % 2 === 0) return weak("the modulus is even");
  // One division of the large number; the small primes then divide its small rest.
  const rest = bigint(modulus) % PRODUCT;
  const rests = PRIMES.map((p) => Number(rest % BigInt(p)));
  const factor = PRIMES[rests.indexOf(0)];
  if (factor !== undefined)
    return weak(`the modulus is divisible by ${factor}`);
  return isRoca(rests)
    ? weak(
        "the modulus has the ROCA fingerprint (CVE-2017-15361): its private key can be computed",
      )
    : null;
}

/** The odd primes up to 167: the divisors that every modulus of the faulty generator was built upon, whatever its size. */
const PRIMES: readonly number[] = Array.from(
  { length: 83 },
  (_, i) => 2 * i + 3,
).filter((n) => {
  for (let d = 3; d * d <= n; d += 2) if (n % d === 0) return false;
  return true;
});

const PRODUCT = PRIMES.reduce((product, p) => product * BigInt(p), 1n);

/**
 * The primes of the faulty generator are powers of 65537 modulo each small prime, and so is their product
 * (Nemec and others, "The Return of Coppersmith's Attack", section 3.2). By chance this happens to less than one key in 2^27.
 */
function isRoca(rests: readonly number[]): boolean {
  return PRIMES.every((p, i) => {
    let power = 1;
    do {
      if (power === rests[i]) return true;
      power = (power * 65537) % p;
    } while (power !== 1);
    return false;
  });
}
