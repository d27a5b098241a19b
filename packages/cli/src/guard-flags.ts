/** The flags of `assay guard`, made from packages/cli/src/guard-server/settings.ts by `npm run settings`: the command must not load what runs to know them. */
import type { SettingFlag } from "./setting-flags.ts";

export const GUARD_FLAGS: readonly SettingFlag[] = [
  {
    flag: "--listen",
    about:
      "Address and port to listen on. 127.0.0.1 and localhost are this machine alone; port 0 takes any free one.",
    value: true,
    list: false,
  },
  {
    flag: "--allow-remote",
    about:
      "Says that an address which other machines can reach is meant. Tokens travel to it: let it be a network of your own, or give it TLS.",
    value: false,
    list: false,
  },
  {
    flag: "--tls-certificate",
    about: "The certificate for the proxies and its chain, in PEM.",
    value: true,
    list: false,
  },
  {
    flag: "--tls-key",
    about: "The certificate's private key, in PEM.",
    value: true,
    list: false,
  },
  {
    flag: "--upstream-form",
    about:
      "The proxy that asks. It decides which header tells the request that is asked about; no other counts.",
    value: true,
    list: false,
  },
  {
    flag: "--path-prefix",
    about: "What Envoy puts before the path (its path_prefix).",
    value: true,
    list: false,
  },
  {
    flag: "--trusted-proxy",
    about:
      "Proxies that may ask. What they say of the client counts; from anybody else nothing does.",
    value: true,
    list: true,
  },
  {
    flag: "--issuer",
    about:
      "Issuers whose tokens are taken, as they stand in iss. Their keys are found by their metadata; in a file, an object with issuer and jwksUri names them.",
    value: true,
    list: true,
  },
  {
    flag: "--audience",
    about:
      "What aud must hold: the name of this API. One of several is enough.",
    value: true,
    list: true,
  },
  {
    flag: "--any-audience",
    about:
      "Waives the check of aud: every token of the issuers is taken, whatever API it is for.",
    value: false,
    list: false,
  },
  {
    flag: "--algorithms",
    about: "Signature algorithms that are taken.",
    value: true,
    list: true,
  },
  {
    flag: "--scope",
    about:
      "Which scopes a route needs. The first that fits decides; a path without a row needs a good token and no scope. In a file, a row may be an object with path, method, scopes, acrValues and maxAuthenticationAge.",
    value: true,
    list: true,
  },
  {
    flag: "--scope-claim",
    about: "The claim that holds the scopes.",
    value: true,
    list: false,
  },
  {
    flag: "--clock-tolerance-seconds",
    about: "How far the clocks of issuer and guard may differ.",
    value: true,
    list: false,
  },
  {
    flag: "--retry-after-seconds",
    about: "What Retry-After says where nothing can be decided (503).",
    value: true,
    list: false,
  },
  {
    flag: "--resource-metadata",
    about:
      "The address of this API's metadata (RFC 9728), for the challenge. The proxy must let requests for it through unasked.",
    value: true,
    list: false,
  },
  {
    flag: "--public-url",
    about:
      "The base URLs under which clients know this API: a DPoP proof names them. Of several, Host chooses one.",
    value: true,
    list: true,
  },
  {
    flag: "--dpop",
    about:
      "Proofs of possession (RFC 9449). off refuses tokens that are bound to a key.",
    value: true,
    list: false,
  },
  {
    flag: "--dpop-nonces",
    about: "Demands a nonce of this guard in each proof.",
    value: false,
    list: false,
  },
  {
    flag: "--proof-seconds",
    about: "Greatest age of a DPoP proof.",
    value: true,
    list: false,
  },
  {
    flag: "--replay-store",
    about:
      "Where proofs are remembered that were used. Several guards need one Redis, whose maxmemory-policy is noeviction. An address with a password is better given by the variable or the file.",
    value: true,
    list: false,
  },
  {
    flag: "--client-certificate",
    about:
      "Client certificates in the header Client-Cert of a trusted proxy (RFC 9440). off refuses tokens that are bound to one. The proxy must write the header itself, or remove it.",
    value: true,
    list: false,
  },
  {
    flag: "--revocation",
    about:
      "How the guard learns what was ended before its time. feed: within a second, from the first issuer, which is an Assay server; the status lists decide while the feed is silent.",
    value: true,
    list: false,
  },
  {
    flag: "--when-revocation-unknown",
    about: "When that cannot be learned: answer 503, or admit the token.",
    value: true,
    list: false,
  },
  {
    flag: "--client-id",
    about:
      "This API's own client at the first issuer: for introspection, feed and journal; and its keys are fetched in this name.",
    value: true,
    list: false,
  },
  {
    flag: "--introspection-endpoint",
    about:
      "Where the issuer is asked about a token that is no JWT (RFC 7662). Without it, such a token is refused.",
    value: true,
    list: false,
  },
  {
    flag: "--audit-admissions",
    about:
      "The part of admissions that the log tells; refusals it tells always.",
    value: true,
    list: false,
  },
  {
    flag: "--tell-issuer",
    about:
      "Tells the journal of an Assay server, which is the first issuer, what the log tells: handles of refusals then open there.",
    value: false,
    list: false,
  },
];
