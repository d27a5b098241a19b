/** What the modules of the OpenID Foundation's conformance suite want that is not built, and what those that are tested leave out. */

interface NotBuilt {
  readonly because: string;
  /** Names of modules; one that ends with * stands for all that begin so. */
  readonly modules: readonly string[];
}

const FAPI2 = "fapi2-security-profile-final";
const REGISTRATION = "Dynamic client registration is not built.";
const SESSIONS = "Nobody stays signed in: there are no sessions yet.";
const REQUEST_OBJECTS = "Signed request objects are not built.";
const PAR = "Pushed authorization requests (PAR) are not built.";
const ACCOUNTS = "There is one account, without a profile, and no UserInfo.";

export const NOT_BUILT: readonly NotBuilt[] = [
  { because: "CIBA is not built.", modules: ["fapi-ciba-id1*"] },
  {
    because: PAR,
    modules: [
      `${FAPI2}-ensure-dpopproof-at-par-endpoint-binding-success`,
      `${FAPI2}-ensure-mismatched-dpop-jkt-fails`,
      `${FAPI2}-ensure-token-endpoint-fails-with-mismatched-dpop-proof-jkt`,
      `${FAPI2}-ensure-unsigned-authorization-request-without-using-par-fails`,
      `${FAPI2}-ensure-unsigned-request-at-par-endpoint-fails`,
      `${FAPI2}-par-attempt-*`,
      `${FAPI2}-par-authorization-request-containing-*`,
      `${FAPI2}-par-ensure-reused-request-uri-prior-to-auth-completion-succeeds`,
      `${FAPI2}-par-test-par-endpoint-url-as-audience-fails`,
      `${FAPI2}-par-without-duplicate-parameters`,
    ],
  },
  {
    because: REQUEST_OBJECTS,
    modules: [
      `${FAPI2}-ensure-different-nonce-inside-and-outside-request-object`,
      `${FAPI2}-ensure-different-state-inside-and-outside-request-object`,
      `${FAPI2}-ensure-expired-request-object-fails`,
      `${FAPI2}-ensure-matching-key-in-authorization-request`,
      `${FAPI2}-ensure-request-object-*`,
      `${FAPI2}-ensure-signed-request-object-with-RS256-fails`,
      `${FAPI2}-state-only-outside-request-object-not-used`,
      "oidcc-request-uri-signed-rs256",
      "oidcc-request-uri-unsigned",
    ],
  },
  {
    because: "The page to sign in has no way to say no, and asks no consent.",
    modules: [`${FAPI2}-user-rejects-authentication`],
  },
  {
    because: "The claims parameter is not built, nor acr.",
    modules: [
      `${FAPI2}-test-claims-parameter-identity-claims`,
      `${FAPI2}-test-essential-acr-sca-claim`,
    ],
  },
  {
    because: "Intents and consents of open banking are not built.",
    modules: [`${FAPI2}-ensure-server-handles-non-matching-intent-id`],
  },
  {
    because:
      "It tests a resource server; here is none that takes a person's token.",
    modules: [`${FAPI2}-access-token-type-header-case-sensitivity`],
  },
  {
    because: "ID tokens are signed with ES256 alone.",
    modules: [
      "oidcc-idtoken-rs256",
      "oidcc-idtoken-signature",
      "oidcc-idtoken-unsigned",
    ],
  },
  {
    because: SESSIONS,
    modules: [
      "oidcc-id-token-hint",
      "oidcc-max-age-10000",
      "oidcc-prompt-none-logged-in",
      "oidcc-session-management-*",
    ],
  },
  {
    because: "Logout is not built.",
    modules: [
      "oidcc-backchannel-*",
      "oidcc-frontchannel-*",
      "oidcc-rp-initiated-logout*",
    ],
  },
  {
    because: ACCOUNTS,
    modules: ["oidcc-scope-*", "oidcc-userinfo-*"],
  },
  {
    because: REGISTRATION,
    modules: [
      "oidcc-3rd_party-init-login*",
      "oidcc-redirect-uri-regfrag",
      "oidcc-registration-*",
    ],
  },
  {
    because:
      "Only response_type code is built: no implicit and no hybrid flow.",
    modules: ["oidcc-ensure-request-without-nonce-fails"],
  },
];

const WITHOUT_PAR = "without PAR: parameters go through the browser";
const WITHOUT_USERINFO = "without UserInfo";

/** Modules that are tested in part: what is left out. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      "ensure-authorization-request-with-64-char-nonce-success",
      "ensure-authorization-request-with-long-nonce",
      "ensure-authorization-request-with-long-state",
      "ensure-authorization-request-without-nonce-success",
      "ensure-authorization-request-without-state-success",
      "ensure-dpop-auth-code-binding-success",
      "ensure-other-scope-order-succeeds",
      "ensure-redirect-uri-in-authorization-request",
      "ensure-registered-redirect-uri",
      "ensure-response-type-code-idtoken-fails",
      "ensure-response-type-token-fails",
      "happy-flow",
      "par-ensure-pkce-required",
      "par-plain-pkce-rejected",
      "plain-fapi-tolerate-unregistered-redirect-uri",
    ].map((name) => [`${FAPI2}-${name}`, WITHOUT_PAR]),
  ),
  [`${FAPI2}-check-dpop-proof-nbf-exp`]: "at the token endpoint",
  [`${FAPI2}-discovery-end-point-verification`]:
    "without PAR and https, which this loopback server does not have",
  [`${FAPI2}-dpop-negative-tests`]: "at the token endpoint",
  [`${FAPI2}-ensure-dpopproof-with-iat-10seconds-after-succeeds`]:
    "at the token endpoint",
  [`${FAPI2}-ensure-dpopproof-with-iat-10seconds-before-succeeds`]:
    "at the token endpoint",
  [`${FAPI2}-ensure-holder-of-key-required`]: "DPoP; mTLS is not built",
  [`${FAPI2}-par-test-array-as-audience-fails`]: "at the token endpoint",
  [`${FAPI2}-par-test-token-endpoint-url-as-audience-fails`]:
    "at the token endpoint",
  "oidcc-claims-essential": WITHOUT_USERINFO,
  "oidcc-discovery-endpoint-verification":
    "without userinfo_endpoint, and without RS256 for ID tokens, which OpenID Connect Discovery demands",
  "oidcc-refresh-token-rp-key-rotation":
    "the client's keys are registered, not fetched from its jwks_uri",
  "oidcc-server": WITHOUT_USERINFO,
  "oidcc-server-client-secret-post": WITHOUT_USERINFO,
};
