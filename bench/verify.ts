/**
 * What verifying a JWT costs: Assay beside its peers and beside bare node:crypto, in one run, interleaved. Distinct tokens of 800
 * characters, and one repeated token with each system's cache. `--json` prints rows only.
 */
import {
  createPublicKey,
  createSecretKey,
  createHmac,
  timingSafeEqual,
  verify as nodeVerify,
  type KeyObject,
} from "node:crypto";
import {
  createVerifier,
  exportKey,
  generateKey,
  keySet,
  sign,
  type AlgorithmName,
  type Jwk,
} from "@assay/token";
import { JwtVerifier as AwsJwtVerifier } from "aws-jwt-verify";
import { createVerifier as createFastVerifier } from "fast-jwt";
import { jwtVerify } from "jose";
import jsonwebtoken from "jsonwebtoken";
import { interleave, report, type Contender, type Row } from "./measure.ts";

const ALGORITHMS: readonly AlgorithmName[] = [
  "RS256",
  "ES256",
  "EdDSA",
  "HS256",
];
const ISSUER = "https://issuer.example.com";
const AUDIENCE = "https://api.example.com";
const DISTINCT = 500;
const LENGTH = 800;
const quick = process.argv.includes("--quick");
const rounds = quick ? 3 : 15;

interface Material {
  readonly alg: AlgorithmName;
  readonly kid: string;
  readonly jwk: Jwk;
  readonly object: KeyObject;
  readonly tokens: readonly string[];
}

async function material(alg: AlgorithmName): Promise<Material> {
  const key = await generateKey(alg, {});
  const jwk = exportKey(key, { secret: alg === "HS256" });
  const object =
    alg === "HS256"
      ? createSecretKey(Buffer.from(jwk["k"] as string, "base64url"))
      : createPublicKey({ key: jwk as never, format: "jwk" });
  const now = Math.floor(Date.now() / 1000);
  const tokens: string[] = [];
  for (let i = 0; i < DISTINCT; i++) {
    const claims = {
      iss: ISSUER,
      aud: AUDIENCE,
      sub: `user-${i}`,
      iat: now - 10,
      exp: now + 86_400,
      jti: `token-${i}`,
      scope: "orders:read orders:write",
    };
    const bare = await sign({ ...claims, pad: "" }, key);
    const room = Math.max(0, Math.floor(((LENGTH - bare.length) * 3) / 4));
    tokens.push(await sign({ ...claims, pad: "x".repeat(room) }, key));
  }
  return { alg, kid: key.kid as string, jwk, object, tokens };
}

/** The platform's own work and nothing else: inputs are split and decoded beforehand. */
function platformAlone({
  alg,
  object,
  tokens,
}: Material): (i: number) => unknown {
  const parts = tokens.map((token) => {
    const dot = token.lastIndexOf(".");
    return {
      input: Buffer.from(token.slice(0, dot)),
      signature: Buffer.from(token.slice(dot + 1), "base64url"),
    };
  });
  const hash = alg === "EdDSA" ? null : "sha256";
  return (i) => {
    const { input, signature } = parts[
      i % parts.length
    ] as (typeof parts)[number];
    if (alg === "HS256") {
      if (
        !timingSafeEqual(
          createHmac("sha256", object).update(input).digest(),
          signature,
        )
      )
        throw new Error("refused");
    } else if (
      !nodeVerify(
        hash,
        input,
        alg === "ES256" ? { key: object, dsaEncoding: "ieee-p1363" } : object,
        signature,
      )
    )
      throw new Error("refused");
  };
}

function contenders(m: Material, repeated: boolean): Contender[] {
  const { alg, jwk, object, tokens } = m;
  const at = repeated
    ? () => tokens[0] as string
    : (i: number) => tokens[i % tokens.length] as string;
  const policy = {
    issuer: ISSUER,
    audience: AUDIENCE,
    keys: keySet({ keys: [jwk] }),
    algorithms: [alg],
  };
  const assay = createVerifier(policy, repeated ? { cacheBytes: 1 << 24 } : {});
  const pem =
    alg === "HS256"
      ? object.export()
      : object.export({ type: "spki", format: "pem" });
  const fast = (cache: boolean) =>
    createFastVerifier({
      key: pem as never,
      algorithms: [alg as never],
      allowedIss: ISSUER,
      allowedAud: AUDIENCE,
      cache,
    });
  const list: Contender[] = [
    {
      system: "assay",
      run: (i) => {
        if (assay.verifySync(at(i)).outcome !== "accepted")
          throw new Error("refused");
      },
    },
    {
      system: "jose",
      run: async (i) =>
        jwtVerify(at(i), object, {
          issuer: ISSUER,
          audience: AUDIENCE,
          algorithms: [alg],
        }),
    },
  ];
  const fastPlain = fast(false);
  const fastCached = fast(true);
  list.push({
    system: repeated ? "fast-jwt (cache)" : "fast-jwt",
    run: (i) => (repeated ? fastCached : fastPlain)(at(i)),
  });
  if (alg !== "EdDSA")
    list.push({
      system: "jsonwebtoken",
      run: (i) =>
        jsonwebtoken.verify(at(i), object, {
          issuer: ISSUER,
          audience: AUDIENCE,
          algorithms: [alg as never],
        }),
    });
  if (alg !== "HS256") {
    const aws = AwsJwtVerifier.create({
      issuer: ISSUER,
      audience: AUDIENCE,
      jwksUri: `${ISSUER}/jwks.json`,
    });
    aws.cacheJwks({ keys: [{ ...jwk, use: "sig", kid: m.kid, alg }] } as never);
    list.push({ system: "aws-jwt-verify", run: (i) => aws.verifySync(at(i)) });
  }
  if (!repeated) list.push({ system: "node:crypto", run: platformAlone(m) });
  return list;
}

const rows: Row[] = [];
const spreads = new Map();
for (const alg of ALGORITHMS) {
  const m = await material(alg);
  for (const repeated of [false, true]) {
    const name = `${alg} ${repeated ? "repeated" : "distinct"}`;
    const operations = repeated ? 2000 : DISTINCT;
    for (const [system, spread] of await interleave(contenders(m, repeated), {
      rounds,
      operations,
    })) {
      rows.push({
        bench: "verify",
        case: name,
        system: system.replace(" (cache)", ""),
        value: spread.median,
        unit: "us",
      });
      spreads.set(`${name} ${system.replace(" (cache)", "")}`, spread);
    }
  }
}
report(rows, spreads);
