/** The flags by which people say what the verifier expects, and the part of an inquiry that they stand for. */
import type { Inquiry, InquiryContext, InquiryPolicy } from "@assay/diagnosis";
import { readSecret, type SecretFlags } from "./read-secret.ts";
import { asJwks, readVerifyingKey } from "./read-key.ts";
import { readJsonFile, readTextFile } from "./read-text.ts";
import type { Terminal } from "./terminal.ts";
import { UsageError } from "./usage-error.ts";

export interface PolicyFlags extends SecretFlags {
  readonly kind?: NonNullable<InquiryPolicy["kind"]>;
  readonly issuer?: readonly string[];
  readonly audience?: readonly string[];
  readonly scope?: readonly string[];
  readonly alg?: readonly string[];
  readonly client?: readonly string[];
  readonly claim?: readonly string[];
  readonly require?: readonly string[];
  readonly nonce?: string;
  readonly scheme?: "Bearer" | "DPoP";
  readonly binding?: "none" | "dpop" | "mtls";
  readonly tolerance?: number;
  readonly maxAge?: number;
  readonly maxLifetime?: number;
  readonly now?: string;
  readonly jwks?: string;
  readonly key?: string;
  readonly secretEncoding?: NonNullable<InquiryPolicy["secretEncoding"]>;
  readonly decryptionKey?: string;
  readonly certificate?: string;
  readonly discover?: boolean;
}

/** Reads the files that the flags name and, where --discover or an address for --jwks asks for it, the network. */
export async function readPolicyFlags(
  flags: PolicyFlags,
  terminal: Terminal,
): Promise<Inquiry> {
  const policy: InquiryPolicy = {
    ...(flags.kind && { kind: flags.kind }),
    ...(flags.issuer && { issuer: flags.issuer }),
    ...(flags.audience && { audience: flags.audience }),
    ...(flags.scope && {
      scopes: flags.scope.flatMap((words) => words.split(" ").filter(Boolean)),
    }),
    ...(flags.alg && {
      algorithms: flags.alg.flatMap((names) => names.split(",")),
    }),
    ...(flags.client && { authorizedParties: flags.client }),
    ...(flags.claim && {
      claims: Object.fromEntries(flags.claim.map(readClaim)),
    }),
    ...(flags.require && { requiredClaims: flags.require }),
    ...(flags.nonce !== undefined && { nonce: flags.nonce }),
    ...(flags.scheme && { scheme: flags.scheme }),
    ...(flags.binding && { binding: flags.binding }),
    ...(flags.tolerance !== undefined && { clockTolerance: flags.tolerance }),
    ...(flags.maxAge !== undefined && { maxAge: flags.maxAge }),
    ...(flags.maxLifetime !== undefined && { maxLifetime: flags.maxLifetime }),
    ...(flags.key !== undefined && (await readVerifyingKey(flags.key))),
    ...(await readSecretPolicy(flags, terminal)),
  };
  const context: InquiryContext =
    flags.certificate === undefined
      ? {}
      : { certificate: await readTextFile(flags.certificate, "--certificate") };
  const { documents, ...found } = await readKeys(flags, terminal);
  return {
    policy: {
      ...policy,
      ...found,
      ...(flags.decryptionKey !== undefined && {
        decryptionKeys: await readSet(flags.decryptionKey, "--decryption-key"),
      }),
    },
    ...(flags.now !== undefined && { now: flags.now }),
    context: { ...context, ...(documents && { documents }) },
  };
}

async function readSecretPolicy(
  flags: PolicyFlags,
  terminal: Terminal,
): Promise<Pick<InquiryPolicy, "secret" | "secretEncoding">> {
  const secret = await readSecret(flags, terminal);
  if (secret === null) return {};
  return {
    secret,
    ...(flags.secretEncoding && { secretEncoding: flags.secretEncoding }),
  };
}

type Keys = Pick<InquiryPolicy, "keys" | "jwksUri"> &
  Pick<InquiryContext, "documents">;

async function readKeys(
  { jwks, discover, issuer }: PolicyFlags,
  terminal: Terminal,
): Promise<Keys> {
  const isAddress = jwks !== undefined && /^https?:\/\//i.test(jwks);
  if (!isAddress && !discover)
    return jwks === undefined ? {} : { keys: await readSet(jwks, "--jwks") };
  const { discoverKeys, fetchDocuments } = await import("./discover.ts");
  if (isAddress)
    return { jwksUri: jwks, documents: await fetchDocuments([jwks], terminal) };
  if (!issuer) {
    throw new UsageError(
      "--discover: expected the issuer whose keys are to be fetched, found no --issuer; the token's own iss is never followed",
      "assay why TOKEN --issuer https://issuer.example.com --discover",
    );
  }
  return {
    ...(jwks !== undefined && { keys: await readSet(jwks, "--jwks") }),
    documents: await discoverKeys(issuer, terminal),
  };
}

const readSet = async (
  path: string,
  flag: string,
): Promise<NonNullable<InquiryPolicy["keys"]>> =>
  asJwks(await readJsonFile(path, flag), flag);

/** `name=value`; a value that is JSON is taken as such, anything else as text. */
function readClaim(text: string): [string, unknown] {
  const at = text.indexOf("=");
  if (at < 1)
    throw new UsageError(
      `--claim: expected NAME=VALUE, found “${text.slice(0, 80)}”`,
      "assay why TOKEN --claim tenant=acme",
    );
  const value = text.slice(at + 1);
  try {
    return [text.slice(0, at), JSON.parse(value)];
  } catch {
    return [text.slice(0, at), value];
  }
}

/** What the flags say goes before what the inquiry says. */
export function withFlags(inquiry: Inquiry, flags: Inquiry): Inquiry {
  const documents = {
    ...inquiry.context?.documents,
    ...flags.context?.documents,
  };
  return {
    ...inquiry,
    ...(flags.now !== undefined && { now: flags.now }),
    policy: { ...inquiry.policy, ...flags.policy },
    context: {
      ...inquiry.context,
      ...flags.context,
      ...(Object.keys(documents).length > 0 && { documents }),
    },
  };
}
