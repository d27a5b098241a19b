/** What every runtime must do: sign, verify, refuse, have tokens, and answer our own vectors as the specification has them. Throws at the first difference. */
import { diagnose, readInquiry } from "@assay/diagnosis";
import {
  generateKey,
  keySetOf,
  platform,
  sign,
  thumbprint,
  verify,
  type AlgorithmName,
} from "@assay/token";
import { checkClient } from "./client-check.ts";

export interface Vector {
  readonly id: string;
  readonly inquiry: unknown;
  readonly expected: {
    readonly outcome: string;
    readonly reason: string | null;
    readonly cause: string | null;
    readonly also: readonly string[];
  };
}

/** Algorithms that not every platform has; where it lacks one, that must be what it says. */
const OPTIONAL = /^(ES256K|Ed448|ML-DSA)/;

export async function checkRuntime(
  vectors: readonly Vector[],
): Promise<string> {
  const algorithms: AlgorithmName[] = [
    "HS256",
    "RS256",
    "PS256",
    "ES256",
    "ES384",
    "EdDSA",
    "Ed25519",
  ];
  for (const alg of algorithms) await checkAlgorithm(alg);
  await checkClient();
  let checked = 0;
  for (const { id, inquiry, expected } of vectors) {
    const { outcome, reason, causes } = await diagnose(readInquiry(inquiry));
    if (
      reason === "signature.algorithm_unsupported" &&
      reason !== expected.reason &&
      usesOptional(inquiry)
    )
      continue;
    const [first] = causes;
    const right =
      outcome === expected.outcome &&
      reason === expected.reason &&
      (expected.cause === null ||
        (first && [expected.cause, ...expected.also].includes(first.cause)));
    if (!right)
      throw new Error(
        `${id}: expected ${expected.outcome} ${expected.reason} ${expected.cause}, found ${outcome} ${reason} ${first?.cause}`,
      );
    checked++;
  }
  return `${platform.name}: ${algorithms.length} algorithms, ${checked} vectors`;
}

const usesOptional = (inquiry: unknown): boolean => {
  const { token = "" } = inquiry as { token?: string };
  try {
    return OPTIONAL.test(
      (
        JSON.parse(
          atob(
            (token.split(".")[0] as string)
              .replaceAll("-", "+")
              .replaceAll("_", "/"),
          ),
        ) as { alg: string }
      ).alg,
    );
  } catch {
    return false;
  }
};

async function checkAlgorithm(alg: AlgorithmName): Promise<void> {
  const key = await generateKey(alg, {});
  const token = await sign(
    {
      iss: "https://i.example",
      aud: "api",
      exp: Math.floor(Date.now() / 1000) + 60,
    },
    key,
  );
  const policy = {
    issuer: "https://i.example",
    audience: "api",
    keys: keySetOf(key),
    algorithms: [alg],
  };
  const verdict = await verify(token, policy);
  if (verdict.outcome !== "accepted")
    throw new Error(`${alg}: ${verdict.reason}`);
  const forged = await verify(`${token.slice(0, -8)}AAAAAAAA`, policy);
  if (forged.outcome !== "rejected")
    throw new Error(`${alg}: a changed signature was ${forged.outcome}`);
  if (typeof (await thumbprint(key)) !== "string")
    throw new Error(`${alg}: no thumbprint`);
}
