/** Every setting once: what it is for, flag, variable, default, and what it takes. docs/settings.md is made from this table. */
import { isIP } from "node:net";
import { fileURLToPath } from "node:url";
import { isAlgorithm, isSymmetric } from "@assay/token";
import { DEFAULT_PROTOCOL, type ProtocolOptions } from "./issuer-options.ts";
import { DEFAULT_RING_POLICY } from "./signing-keys/ring-policy.ts";
import { defaultDataFolder } from "./options/default-data-folder.ts";
import { isIssuer } from "./options/is-issuer.ts";
import { flaggedUnder, type Setting } from "./options/setting.ts";
import {
  databaseAddress,
  duration,
  isAddressRange,
  list,
  oneOf,
  path,
  text,
  truth,
  whole,
} from "./options/values.ts";

const DAY = 24 * 3600;

export interface Settings extends Omit<
  ProtocolOptions,
  "longestAssertionSeconds"
> {
  readonly host: string;
  readonly port: number;
  readonly allowRemote: boolean;
  readonly issuer: string;
  readonly tlsCertificate: string;
  readonly tlsKey: string;
  readonly trustedProxies: readonly string[];
  readonly dataFolder: string;
  readonly database: string;
  readonly masterKeyFile: string;
  readonly account: string;
  readonly accountPassword: string;
  readonly signingAlgorithms: readonly string[];
  readonly rotateKeysEvery: number;
  readonly publishKeysAhead: number;
  readonly journalDays: number;
  readonly requestsPerSecond: number;
  readonly metricsPort: number;
  readonly logLevel: "debug" | "info" | "warn" | "error" | "silent";
  readonly consoleFolder: string;
}

export type ServerOptions = {
  readonly [Name in keyof Settings]?: Settings[Name] | undefined;
};

const flagged = flaggedUnder("ASSAY_");

/** THE TABLE. */
export const SETTINGS: {
  readonly [Name in keyof Settings]: Setting<Settings[Name]>;
} = {
  host: flagged("--host", {
    about:
      "The address to listen on. localhost is this machine alone, by IPv4 and IPv6.",
    takes: "a host name or an IP address without a port",
    fallback: "localhost",
    parse: (given) =>
      isIP(given) > 0 || /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i.test(given)
        ? given.toLowerCase()
        : undefined,
  }),
  port: flagged("--port", {
    about: "The port. 0 takes any free one.",
    fallback: 4455,
    ...whole(0, 65_535, ""),
  }),
  allowRemote: flagged("--allow-remote", {
    about: "Says that a host which other machines can reach is meant.",
    fallback: false,
    ...truth,
  }),
  issuer: flagged("--issuer", {
    about: "The issuer's name: what stands in iss. It never changes later.",
    takes:
      "an https URL (http on this machine alone) without query, fragment and final slash",
    fallback: "",
    fallbackText: "the address that the server listens on",
    parse: (given) => (isIssuer(given) ? given : undefined),
  }),
  tlsCertificate: flagged("--tls-certificate", {
    about: "The server's certificate and its chain, in PEM.",
    fallback: "",
    fallbackText: "none: plain HTTP",
    ...path("file"),
  }),
  tlsKey: flagged("--tls-key", {
    about: "The certificate's private key, in PEM.",
    fallback: "",
    fallbackText: "none",
    ...path("file"),
  }),
  trustedProxies: flagged("--trusted-proxies", {
    about:
      "Proxies whose X-Forwarded-For is believed. They must replace what a stranger sent, and speak TLS to the world.",
    fallback: [],
    fallbackText: "none",
    ...list(
      "addresses or ranges such as 10.0.0.0/8, separated by commas",
      isAddressRange,
    ),
  }),
  dataFolder: flagged("--data-folder", {
    about: "Where database, master key and first admin token lie.",
    fallback: defaultDataFolder(process.env),
    fallbackText: "$STATE_DIRECTORY, else ~/.local/state/assay",
    ...path("folder"),
  }),
  database: flagged("--database", {
    about: "The database: the path of an SQLite file, or postgres://…",
    fallback: "",
    fallbackText: "assay.db in the data folder",
    ...databaseAddress,
  }),
  masterKeyFile: flagged("--master-key-file", {
    about:
      "The file of the master key, mode 0600, or a credential of systemd; it is made when there is none. The variable ASSAY_MASTER_KEY goes before it.",
    fallback: "",
    fallbackText: "master-key in the data folder",
    ...path("file"),
  }),
  account: flagged("--account", {
    about:
      "The one account that may sign in at the authorization endpoint, from this machine alone.",
    fallback: "",
    fallbackText: "nobody",
    ...text("a name"),
  }),
  accountPassword: {
    about: "The password of that account.",
    flag: null,
    variable: "ASSAY_ACCOUNT_PASSWORD",
    fallback: "",
    fallbackText: "none",
    ...text("a password of at least 12 characters"),
  },
  codeSeconds: flagged("--code-seconds", {
    about: "How long an authorization code may wait.",
    fallback: DEFAULT_PROTOCOL.codeSeconds,
    ...duration(10, 600),
  }),
  idTokenSeconds: flagged("--id-token-seconds", {
    about: "How long an ID token lives.",
    fallback: DEFAULT_PROTOCOL.idTokenSeconds,
    ...duration(30, DAY),
  }),
  keysCacheSeconds: flagged("--keys-cache-seconds", {
    about: "How long the published keys and the metadata may be cached.",
    fallback: DEFAULT_PROTOCOL.keysCacheSeconds,
    ...duration(1, DAY),
  }),
  clockToleranceSeconds: flagged("--clock-tolerance-seconds", {
    about: "How far ahead a client's clock may be.",
    fallback: DEFAULT_PROTOCOL.clockToleranceSeconds,
    ...duration(0, 300),
  }),
  proofSeconds: flagged("--proof-seconds", {
    about: "Greatest age of a DPoP proof, where no nonce proves the time.",
    fallback: DEFAULT_PROTOCOL.proofSeconds,
    ...duration(5, 600),
  }),
  dpopNonce: flagged("--dpop-nonce", {
    about: "Whether a DPoP proof must carry a nonce of the server.",
    fallback: DEFAULT_PROTOCOL.dpopNonce,
    ...oneOf(["required", "offered"]),
  }),
  statusListCacheSeconds: flagged("--status-list-cache-seconds", {
    about: "How long a status list may be cached.",
    fallback: DEFAULT_PROTOCOL.statusListCacheSeconds,
    ...duration(1, 3600),
  }),
  signingAlgorithms: flagged("--signing-algorithms", {
    about:
      "Signature algorithms for which there is always a key. Others come into use with a resource that asks for one.",
    fallback: DEFAULT_RING_POLICY.algorithms,
    fallbackText: "ES256",
    ...list(
      "names of asymmetric algorithms, separated by commas",
      (given) => isAlgorithm(given) && !isSymmetric(given),
    ),
  }),
  rotateKeysEvery: flagged("--rotate-keys-every", {
    about: "How long a signing key signs.",
    fallback: DEFAULT_RING_POLICY.rotateEverySeconds,
    fallbackText: "30d",
    ...duration(3600, 3650 * DAY),
  }),
  publishKeysAhead: flagged("--publish-keys-ahead", {
    about: "How long a signing key is published before it signs.",
    fallback: DEFAULT_RING_POLICY.publishAheadSeconds,
    fallbackText: "1d",
    ...duration(1, 365 * DAY),
  }),
  journalDays: flagged("--journal-days", {
    about: "How many days the journal is kept. 0 keeps it for ever.",
    fallback: 400,
    ...whole(0, 36_500, ""),
  }),
  requestsPerSecond: flagged("--requests-per-second", {
    about:
      "Requests a second from one address, in the mean, that the issuer answers; ten times as many at once. 0: no limit.",
    fallback: 0,
    fallbackText: "0 on this machine alone, else 50",
    ...whole(0, 1_000_000, ""),
  }),
  metricsPort: flagged("--metrics-port", {
    about:
      "A port on this machine alone where Prometheus finds the metrics at /metrics. 0: none.",
    fallback: 0,
    ...whole(0, 65_535, ""),
  }),
  logLevel: flagged("--log-level", {
    about: "What is logged, as JSON lines on standard error.",
    fallback: "info",
    ...oneOf(["debug", "info", "warn", "error", "silent"]),
  }),
  consoleFolder: flagged("--console-folder", {
    about: "The folder of the built console.",
    fallback: fileURLToPath(new URL("../console/", import.meta.url)),
    fallbackText: "the console that belongs to this release",
    ...path("folder"),
  }),
};
