/** The flags of `assay serve`, made from packages/issuer/src/options.ts by `npm run settings`: the command must not load what runs to know them. */
import type { SettingFlag } from "./setting-flags.ts";

export const SERVE_FLAGS: readonly SettingFlag[] = [
  {
    flag: "--host",
    about:
      "The address to listen on. localhost is this machine alone, by IPv4 and IPv6.",
    value: true,
    list: false,
  },
  {
    flag: "--port",
    about: "The port. 0 takes any free one.",
    value: true,
    list: false,
  },
  {
    flag: "--allow-remote",
    about: "Says that a host which other machines can reach is meant.",
    value: false,
    list: false,
  },
  {
    flag: "--issuer",
    about: "The issuer's name: what stands in iss. It never changes later.",
    value: true,
    list: false,
  },
  {
    flag: "--tls-certificate",
    about: "The server's certificate and its chain, in PEM.",
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
    flag: "--trusted-proxies",
    about:
      "Proxies whose X-Forwarded-For is believed. They must replace what a stranger sent, and speak TLS to the world.",
    value: true,
    list: true,
  },
  {
    flag: "--data-folder",
    about: "Where database, master key and first admin token lie.",
    value: true,
    list: false,
  },
  {
    flag: "--database",
    about: "The database: the path of an SQLite file, or postgres://…",
    value: true,
    list: false,
  },
  {
    flag: "--master-key-file",
    about:
      "The file of the master key, mode 0600, or a credential of systemd; it is made when there is none. The variable ASSAY_MASTER_KEY goes before it.",
    value: true,
    list: false,
  },
  {
    flag: "--account",
    about:
      "The one account that may sign in at the authorization endpoint, from this machine alone.",
    value: true,
    list: false,
  },
  {
    flag: "--code-seconds",
    about: "How long an authorization code may wait.",
    value: true,
    list: false,
  },
  {
    flag: "--id-token-seconds",
    about: "How long an ID token lives.",
    value: true,
    list: false,
  },
  {
    flag: "--keys-cache-seconds",
    about: "How long the published keys and the metadata may be cached.",
    value: true,
    list: false,
  },
  {
    flag: "--clock-tolerance-seconds",
    about: "How far ahead a client's clock may be.",
    value: true,
    list: false,
  },
  {
    flag: "--proof-seconds",
    about: "Greatest age of a DPoP proof, where no nonce proves the time.",
    value: true,
    list: false,
  },
  {
    flag: "--dpop-nonce",
    about: "Whether a DPoP proof must carry a nonce of the server.",
    value: true,
    list: false,
  },
  {
    flag: "--status-list-cache-seconds",
    about: "How long a status list may be cached.",
    value: true,
    list: false,
  },
  {
    flag: "--signing-algorithms",
    about:
      "Signature algorithms for which there is always a key. Others come into use with a resource that asks for one.",
    value: true,
    list: true,
  },
  {
    flag: "--rotate-keys-every",
    about: "How long a signing key signs.",
    value: true,
    list: false,
  },
  {
    flag: "--publish-keys-ahead",
    about: "How long a signing key is published before it signs.",
    value: true,
    list: false,
  },
  {
    flag: "--journal-days",
    about: "How many days the journal is kept. 0 keeps it for ever.",
    value: true,
    list: false,
  },
  {
    flag: "--requests-per-second",
    about:
      "Requests a second from one address, in the mean, that the issuer answers; ten times as many at once. 0: no limit.",
    value: true,
    list: false,
  },
  {
    flag: "--metrics-port",
    about:
      "A port on this machine alone where Prometheus finds the metrics at /metrics. 0: none.",
    value: true,
    list: false,
  },
  {
    flag: "--log-level",
    about: "What is logged, as JSON lines on standard error.",
    value: true,
    list: false,
  },
  {
    flag: "--console-folder",
    about: "The folder of the built console.",
    value: true,
    list: false,
  },
];
