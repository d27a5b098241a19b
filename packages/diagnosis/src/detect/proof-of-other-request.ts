import { platform } from "@assay/token";
import type { Investigation } from "../investigation.ts";
import { confirmsProof, forwardedAddress } from "./forwarded-address.ts";
import { proofUrlDifference } from "./proof-url.ts";

const EXPLAINS = ["binding.request_mismatch"] as const;

/** Causes of a DPoP proof that is good, and made for another method, URL or token than this request's. */
export async function detectOtherRequest(i: Investigation): Promise<void> {
  const mismatches = i.steps
    .flatMap((report) => ("findings" in report ? report.findings : []))
    .flatMap(({ reason, evidence }) =>
      reason === "binding.request_mismatch" ? [evidence] : [],
    );
  const ath = mismatches.find(({ member }) => member === "ath");
  const htm = mismatches.find(({ member }) => member === "htm");
  const htu = mismatches.find(({ member }) => member === "htu");
  if (ath) await detectOtherToken(i, ath.found);
  const url = htu ? proofUrlDifference(htu.found, htu.expected) : null;
  const rewritten =
    htu !== undefined && htm === undefined && url?.otherPath !== true;
  if (rewritten)
    detectRewrittenUrl(i, htu.found, htu.expected, url?.differs ?? []);
  else if (htm || htu) {
    const what = htm
      ? `it is for the method ${htm.found.slice(0, 20)}, and the request has ${htm.expected.slice(0, 20)}`
      : `it is for ${htu?.found.slice(0, 200)}`;
    stale(i, "likely", what);
  }
}

const stale = (
  i: Investigation,
  confidence: "certain" | "likely" | "possible",
  what: string,
): void =>
  i.suspect("binding.proof_stale", {
    confidence,
    facts: { what },
    explains: EXPLAINS,
    weight: 2,
  });

/** ath is the hash of the token that the proof was made for: of an earlier one, when we know it. */
async function detectOtherToken(
  i: Investigation,
  found: string,
): Promise<void> {
  for (const [token, what] of [
    [i.context.previousToken, "the token before the refresh"],
    [
      i.context.clientToken,
      "the token that the client has, which is not the one that arrived",
    ],
  ] as const) {
    if (
      token === undefined ||
      platform.encodeBase64url(
        await platform.digest("sha256", token.trim()),
      ) !== found
    )
      continue;
    return stale(i, "certain", `its ath is the hash of ${what}`);
  }
  stale(i, "likely", "its ath is not the hash of this token");
  if (i.context.previousToken === undefined)
    i.wouldTell(
      "the token before the refresh would tell whether the proof was made for it",
    );
}

/** Behind a proxy the API sees another address than the client called; what the proxy adds to the request can show it. */
function detectRewrittenUrl(
  i: Investigation,
  proof: string,
  seen: string,
  differs: readonly string[],
): void {
  const address = forwardedAddress(i.inquiry.request ?? {});
  const hostOrScheme = differs.some(
    (part) => part === "scheme" || part === "host" || part === "port",
  );
  // A host alone does not show that the scheme was changed on the way.
  const shown =
    hostOrScheme &&
    confirmsProof(address, proof) &&
    (address.scheme !== null || !differs.includes("scheme"));
  const facts = {
    proof: proof.slice(0, 300),
    seen: seen.slice(0, 300),
    differs,
  };
  i.suspect("binding.proxy_rewrote_url", {
    confidence: shown ? "certain" : "likely",
    facts,
    explains: EXPLAINS,
    weight: 3,
  });
  if (!shown) {
    i.suspect("binding.proof_stale", {
      confidence: "possible",
      facts: { what: `it is for ${proof.slice(0, 200)}` },
      explains: EXPLAINS,
    });
    i.wouldTell(
      "the headers that the proxy adds would tell which address the client called",
    );
  }
}
