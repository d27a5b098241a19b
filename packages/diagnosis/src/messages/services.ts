/** Services that take a JWT which the client makes: GitHub, Apple, Box, Snowflake, Twilio, Zoom, ONLYOFFICE, Jitsi. */
import { absent, shaped, valued } from "./heard-facts.ts";
import { messagesOf, type Message } from "./message.ts";

export const SERVICES: readonly Message[] = [
  ...messagesOf("GitHub", [
    {
      pattern: /resource protected by organization saml enforcement/i,
      reasons: ["scope.insufficient"],
      likely: ["scope.not_granted"],
      source: "GitHub docs: authorizing a token for SAML single sign-on",
    },
    {
      pattern: /'issued at' claim \('iat'\) must be an integer/i,
      reasons: ["expiration.issued_in_future", "format.claim_type"],
      likely: ["time.clock_behind"],
      possible: ["time.not_numeric", "time.milliseconds"],
      source:
        "probot/probot#967, octokit/auth-app.js, GitHub docs: generating a JWT for a GitHub App",
    },
    {
      pattern: /\('exp'\) is too far in the future/i,
      reasons: ["expiration.lifetime_too_long"],
      possible: ["time.clock_behind", "time.limit_edge", "time.milliseconds"],
      source:
        "probot/probot#967, octokit/auth-app.js, GitHub docs: generating a JWT for a GitHub App",
    },
    {
      pattern: /'expiration time' claim \('exp'\) must be a numeric/i,
      reasons: ["expiration.expired", "format.claim_type"],
      possible: ["time.clock_ahead", "time.expired", "time.not_numeric"],
      source:
        "probot/probot#967, octokit/auth-app.js, GitHub docs: generating a JWT for a GitHub App",
    },
    {
      pattern: /a json web token could not be decoded/i,
      reasons: [
        "signature.mismatch",
        "format.segments",
        "signature.key_not_found",
      ],
      open: true,
      possible: [
        "key.unknown",
        "key.pem_damaged",
        "token.malformed",
        "key.other_issuer",
      ],
      source:
        "probot/probot#967, octokit/auth-app.js, GitHub docs: generating a JWT for a GitHub App",
    },
  ]),
  ...messagesOf("Apple", [
    {
      pattern: /\btoomanyprovidertokenupdates\b/i,
      reasons: ["expiration.too_old", "binding.replayed"],
      open: true,
      possible: ["time.proof_reused"],
      source: "Apple: handling notification responses from APNs",
    },
    {
      pattern: /\binvalidprovidertoken\b/i,
      reasons: [
        "signature.mismatch",
        "signature.key_not_found",
        "issuer.mismatch",
      ],
      possible: ["key.unknown", "issuer.other", "key.id_form", "signature.der"],
      source: "alexalok/dotAPNS#85, node-apn/node-apn#477",
    },
    {
      pattern:
        /properly configured and signed bearer token|authentication credentials are missing or invalid/i,
      reasons: [
        "signature.mismatch",
        "expiration.expired",
        "expiration.lifetime_too_long",
        "signature.key_not_found",
      ],
      open: true,
      possible: [
        "key.unknown",
        "time.expired",
        "time.limit_edge",
        "time.clock_behind",
      ],
      source: "App Store Connect API; Ponytech/appstoreconnectapi#41",
    },
  ]),
  ...messagesOf("Box", [
    {
      pattern: /check the 'exp' claim/i,
      reasons: ["expiration.lifetime_too_long", "expiration.expired"],
      possible: ["time.clock_behind", "time.limit_edge", "time.expired"],
      source: "cburnette/boxr#35",
    },
    {
      pattern: /check the 'sub' claim\. the 'sub' specified is invalid/i,
      reasons: ["audience.claim_mismatch"],
      likely: [valued("sub")],
      source: "box/box-windows-sdk-v2#497",
    },
    {
      pattern: /check the 'sub' claim/i,
      reasons: ["format.claim_type", "audience.claim_mismatch"],
      likely: [shaped("sub", "string")],
      possible: [valued("sub")],
      source: "cburnette/boxr#35",
    },
    {
      pattern: /check the 'aud' claim/i,
      reasons: ["audience.mismatch"],
      possible: ["audience.form", "audience.other"],
      source: "Box, JWT guide",
    },
    {
      pattern: /check the 'jti' claim/i,
      reasons: ["binding.replayed"],
      likely: ["time.proof_reused"],
      possible: [absent("jti")],
      source: "Box, JWT guide",
    },
  ]),
  ...messagesOf("Snowflake", [
    {
      pattern: /jwt token is invalid/i,
      reasons: ["issuer.mismatch", "signature.mismatch", "expiration.expired"],
      possible: [
        "issuer.other",
        "key.unknown",
        "key.pem_damaged",
        "time.clock_behind",
      ],
      source:
        "andrusha/snowflake-rs#64, snowflakedb/snowflake-connector-nodejs#1282",
    },
  ]),
  ...messagesOf("Twilio", [
    {
      pattern: /invalid access token issuer|\b20103\b/i,
      reasons: ["issuer.mismatch"],
      possible: ["issuer.other", valued("sub"), "issuer.environment"],
      source: "Twilio error 20103; twilio/twilio-video-app-react#749",
    },
    {
      pattern: /invalid token claims set|\b20154\b/i,
      reasons: ["audience.claim_missing", "format.claim_type"],
      possible: ["claim.absent", "claim.shape"],
      source: "Twilio error 20154; twilio/twilio-php#502",
    },
    {
      pattern: /\baccesstokeninvalid\b|\b20101\b/i,
      reasons: ["signature.mismatch", "issuer.mismatch", "expiration.expired"],
      possible: ["key.unknown", "issuer.other", "time.expired"],
      source: "Twilio error 20101; twilio/twilio-voice.js#110",
    },
  ]),
  ...messagesOf("Jitsi", [
    {
      pattern: /\btoken required\b/i,
      reasons: ["request.token_missing"],
      possible: [
        "token.absent",
        "transit.header_stripped",
        "transit.wrong_place",
      ],
      source: "jitsi/jitsi-meet#5517",
    },
    {
      pattern:
        /token \S{1,60} not allowed to join|you are not allowed to be here/i,
      reasons: ["audience.claim_mismatch"],
      likely: [valued("sub")],
      source: "d3473r/jitsi-keycloak#62, MarcelCoding/jitsi-openid#140",
    },
  ]),
  ...messagesOf("ONLYOFFICE", [
    {
      pattern:
        /error occurred in the document service: invalid token|jwt mismatch/i,
      reasons: ["signature.mismatch", "request.token_missing"],
      possible: [
        "key.unknown",
        "transit.header_stripped",
        "verifier.not_configured",
      ],
      source: "ONLYOFFICE/onlyoffice-nextcloud#747, #144, #153",
    },
  ]),
  ...messagesOf("Docker Compose", [
    {
      pattern: /variable is not set\. defaulting to a blank string/i,
      reasons: ["signature.mismatch", "signature.key_unsuitable"],
      likely: ["key.secret_interpolated"],
      possible: ["verifier.not_configured"],
      source: "evolution-foundation/evo-crm-community#151",
    },
  ]),
  ...messagesOf("Metabase", [
    {
      pattern: /message seems corrupt or manipulated/i,
      reasons: ["signature.mismatch"],
      possible: ["key.secret_whitespace", "key.unknown", "token.altered"],
      source: "langfuse/langfuse-docs#2829",
    },
  ]),
  ...messagesOf("Grafana", [
    {
      pattern: /without the mandatory 'sub' claim/i,
      reasons: ["audience.claim_missing"],
      likely: [absent("sub")],
      possible: ["scope.application_only"],
      source: "grafana/grafana#59023",
    },
  ]),
  ...messagesOf("AWS STS", [
    {
      pattern: /token must be redeemed within \d{1,3} minutes/i,
      reasons: ["expiration.too_old"],
      likely: ["time.proof_reused"],
      source: "Versent/saml2aws, gimme-aws-creds, field notes",
    },
  ]),
  ...messagesOf("several services", [
    {
      pattern: /response to preflight request doesn't pass/i,
      reasons: ["request.token_missing"],
      likely: ["transit.preflight"],
      source: "the Fetch standard, as Chrome says it",
    },
    {
      pattern:
        /invalid header value b'bearer|invalid character in header content|invalid header field value for "?authorization/i,
      reasons: ["request.header_malformed"],
      possible: ["token.whitespace", "token.line_wrapped", "token.quoted"],
      source: "docs/causes/token.whitespace.md: Python, Node, Go",
    },
    {
      pattern: /creation time is in the future/i,
      reasons: ["expiration.issued_in_future"],
      likely: ["time.clock_behind"],
      source: "XrmToolBox, Dynamics: WS-Security, field notes",
    },
    {
      pattern: /unsupported signature algorithm/i,
      reasons: ["signature.algorithm_unsupported"],
      source: "docs/reasons/signature.algorithm_unsupported.md",
    },
    {
      pattern:
        /\bauthorization header (?:was )?not present\b|'bearer' was missing/i,
      reasons: ["request.token_missing"],
      possible: [
        "token.absent",
        "token.scheme_missing",
        "transit.redirect",
        "transit.header_stripped",
      ],
      source: "mrwuss/p21-api-documentation#143",
    },
    {
      pattern:
        /\bauthorization header missing\b|\bheader for the token isn't set\b|\btoken header (?:is )?missing\b/i,
      reasons: ["request.token_missing"],
      possible: [
        "token.absent",
        "transit.header_stripped",
        "transit.preflight",
      ],
      source: "inconshreveable/ngrok#336, nginx-proxy/nginx-proxy#2260",
    },
    {
      pattern: /invalid credentials in authorization header/i,
      reasons: [
        "request.scheme_unsupported",
        "expiration.expired",
        "revocation.token",
      ],
      open: true,
      possible: [
        "time.expired",
        "token.placeholder",
        "revoked.by_user",
        "verifier.not_configured",
      ],
      source: "huggingface/huggingface_hub, field notes",
    },
    {
      pattern: /\bbearer bearer\b/i,
      reasons: ["request.header_malformed"],
      likely: ["token.scheme_repeated"],
      source: "calcom/cal.diy#29572",
    },
    {
      pattern:
        /\bmissing (?:mandatory |required )?"?'?(?!exp|iat|iss|aud)(?:sub|email|nonce|azp|jti|scope|roles|groups|tenant)"?'?(?: claim\b|$)|\bsub is missing\b|\bsub_missing\b|missing "sub"/i,
      reasons: ["audience.claim_missing"],
      likely: [absent("sub")],
      possible: ["claim.shape"],
      source: "keycloak/keycloak#34306, #31082; mcp-hangar/mcp-hangar#475",
    },
    {
      pattern:
        /\bkey not found by x5t\b|\bkid in the jwt not present in jwks\b|\bsigning key not found\b/i,
      reasons: ["signature.key_not_found"],
      possible: ["key.rotated", "key.id_form", "key.other_issuer"],
      source: "wso2/product-apim#9881, Widen/cloudfront-auth#85",
    },
    {
      pattern:
        /jwk error: invalid json|retrieve verification key from your identity provider|public key retrieval fails|signing_key cannot be parsed/i,
      reasons: ["signature.keys_unavailable"],
      possible: ["key.set_wrong_document", "key.set_unreachable"],
      source: "instructure/canvas-lms#2639, OctopusDeploy/Issues#10188",
    },
    {
      pattern: /\bnbf is in the future\b/i,
      reasons: ["expiration.not_yet_valid"],
      likely: ["time.clock_behind"],
      possible: ["time.delayed_start"],
      source: "simov/grant#195",
    },
    {
      pattern: /\biat is in the future\b/i,
      reasons: ["expiration.issued_in_future"],
      likely: ["time.clock_behind"],
      source: "Liqo, CrownLabs dashboard, field notes",
    },
    {
      pattern:
        /\bsignature (?:is )?invalid\b|\bsignature validation (?:error|failed)|\bsignature does not verify\b|\bsignature failure\b|\bsignature verification fails\b/i,
      reasons: ["signature.mismatch"],
      possible: [
        "signature.der",
        "key.other_issuer",
        "key.secret_encoding",
        "key.rotated",
        "signature.input",
        "key.unknown",
      ],
      source: "madf/jwtxx#28, stateofca/opencred#30, Abblix/Oidc.Server#419",
    },
    {
      pattern: /\bcannot decode token payload\b|\btoken not url safe\b/i,
      reasons: ["format.encoding"],
      possible: ["token.base64_not_url", "token.malformed"],
      source: "BlueBrain/nexus-js#12, jasongoodwin/authentikat-jwt#3",
    },
    {
      pattern: /\btruncated jwt\b/i,
      reasons: ["format.segments"],
      likely: ["token.truncated"],
      source: "curityio/nginx_phantom_token_module#55",
    },
  ]),
];
