import type { Investigation } from "../investigation.ts";

/** A JWE where a JWS is due: whoever checks it lacks the key, or it was never meant for this API. */
export function detectEncrypted(i: Investigation): void {
  const encrypted = i.found("format.encrypted");
  if (!encrypted) return;
  const { alg, enc, problem } = encrypted;
  const explains = ["format.encrypted"] as const;
  const hadKeys = (i.policy.decryptionKeys?.keys.length ?? 0) > 0;
  i.suspect("token.encrypted", {
    confidence: "likely",
    facts: { alg, enc, hadKeys },
    explains,
    weight: 20,
  });
  if (problem === "not_signed_inside")
    i.suspect("token.malformed", {
      confidence: "likely",
      facts: {
        part: "the content of the JWE",
        problem: "not a signed token",
        member: null,
      },
      explains,
      weight: 25,
    });
  // Amazon Cognito's refresh tokens are JWEs; its access and ID tokens never are.
  const cognito = [i.policy.issuer ?? []]
    .flat()
    .some((issuer) => /\/\/cognito-idp\./.test(issuer));
  if (cognito && alg === "RSA-OAEP")
    i.suspect("kind.refresh_token", {
      confidence: "likely",
      facts: { by: "the form of Amazon Cognito's refresh tokens" },
      explains,
      weight: 25,
    });
  // An issuer that was not told the API gives a token that only it can open (Auth0: dir).
  const { audience } = i.policy;
  if (
    alg === "dir" &&
    audience !== undefined &&
    audience !== null &&
    !hadKeys
  ) {
    i.suspect("audience.absent", {
      confidence: "possible",
      facts: { expected: [audience].flat(), party: null },
      explains,
      weight: 10,
    });
  }
  i.wouldTell(
    "the client's request to the issuer would tell whether it named this API as audience or resource",
  );
}
