/** Compiled against the packed types. A line under `@ts-expect-error` must not compile: when it does, this file fails. */
import { createTokenSource, type TokenSource } from "@assay/client";
import {
  diagnose,
  readInquiry,
  render,
  type Diagnosis,
  type Language,
} from "@assay/diagnosis";
import { GERMAN } from "@assay/diagnosis/german";
import { judgeRefresh, type RefreshJudgement } from "@assay/diagnosis/refresh";
import { createGuard, type Guard } from "@assay/guard";
import {
  createVerifier,
  decodeUnverified,
  examine,
  keySet,
  verify,
  type Policy,
  type Verdict,
} from "@assay/token";

const keys = keySet({ keys: [] });
const policy: Policy = { issuer: "https://i.example", audience: null, keys };

// @ts-expect-error: the audience must be named, or waived by an explicit null
const forgotten: Policy = { issuer: "https://i.example", keys };

// @ts-expect-error: the issuer must be named, or waived by an explicit null
const unnamed: Policy = { audience: "api", keys };

const verdict: Verdict = await verify("token", policy);
if (verdict.outcome === "accepted") {
  const trusted: true = verdict.token.trusted;
  const subject: string | undefined = verdict.token.claims.sub;
  void [trusted, subject];
} else {
  const reason: string = verdict.reason;
  void reason;
  // @ts-expect-error: a refusal has no token to trust
  void verdict.token;
}

// @ts-expect-error: a verdict must be looked at before its token
void verdict.token;

const decoded = decodeUnverified("token");
// @ts-expect-error: what was only decoded is never trusted
const wrong: true = decoded.trusted;

const examination = await examine("token", policy);
// @ts-expect-error: an examination has no claims that could be taken for trusted
void examination.claims;

interface Tenant {
  readonly tenant: string;
}
const verifier = createVerifier<Tenant>({
  ...policy,
  schema: {
    "~standard": {
      version: 1,
      vendor: "test",
      validate: (value) => ({ value: value as Tenant }),
    },
  },
});
const typed = await verifier.verify("token");
if (typed.outcome === "accepted") {
  const tenant: string = typed.token.claims.tenant;
  void tenant;
}

if (verdict.outcome !== "accepted" && verdict.reason === "expiration.expired") {
  const late: number = verdict.evidence.bySeconds;
  void late;
}

const diagnosis: Diagnosis = await diagnose(readInquiry({ token: "x" }));
for (const cause of diagnosis.causes) {
  if (cause.cause === "key.rotated") {
    const kid: string | null = cause.facts.kid;
    void kid;
  }
}
const language: Language = GERMAN;
const said: string = render(diagnosis, "text", { language });
void [forgotten, unnamed, wrong, said];

const toStory = (judgement: RefreshJudgement): string => judgement.story;
void [judgeRefresh, toStory];

const source: TokenSource = createTokenSource({
  issuer: "https://i.example",
  clientId: "service",
  grant: { type: "client_credentials" },
});
const { expiresAt }: { expiresAt: number | null } = await source.token();

// @ts-expect-error: the grant must be named
createTokenSource({ issuer: "https://i.example", clientId: "service" });

const guard: Guard = createGuard({
  issuers: "https://i.example",
  audience: "api",
});
const admitted = await guard.check(new Request("https://api.example"));
if (!(admitted instanceof Response)) {
  const admittedIsTrusted: true = admitted.token.trusted;
  void admittedIsTrusted;
}

// @ts-expect-error: the audience must be named, or waived by an explicit null
createGuard({ issuers: "https://i.example" });
void expiresAt;
