/** Opens what an issuer of this process needs, by the settings: store, master key, and the first admin token at the first start. */
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { pino, type Logger } from "pino";
import { databaseFileOf, openConfiguredStore } from "./configured-store.ts";
import { createIssuer, type Issuer } from "./create-issuer.ts";
import { firstStart } from "./first-start.ts";
import { tellOtherName } from "./issuer-name.ts";
import type { ProtocolOptions } from "./issuer-options.ts";
import type { MasterSecret } from "./master-key.ts";
import {
  CREDENTIALS_VARIABLE,
  MASTER_KEY_VARIABLE,
  parseMasterKeys,
  readOrCreateMasterKeyFile,
} from "./master-key/read-master-keys.ts";
import type { Settings } from "./options.ts";
import { StartError } from "./start-error.ts";
import type { RingPolicy } from "./signing-keys/ring-policy.ts";

export interface OpenedIssuer {
  readonly issuer: Issuer;
  readonly logger: Logger;
  close(): Promise<void>;
}

/** `url`: where the server listens. Throws StartError. */
export async function openIssuer(
  settings: Settings,
  env: Readonly<Record<string, string | undefined>>,
  url: string,
  note: (line: string) => void,
): Promise<OpenedIssuer> {
  // Threat: other users of the machine, who could read digests, the journal and the master key.
  try {
    mkdirSync(settings.dataFolder, { recursive: true, mode: 0o700 });
    chmodSync(settings.dataFolder, 0o700);
  } catch (error) {
    throw new StartError(
      `--data-folder: expected a folder of this user, found that ${settings.dataFolder} is none: ${(error as Error).message}`,
      null,
      error,
    );
  }
  const masterKeys = readMasterKeys(settings, env);
  const logger = pino({ level: settings.logLevel }, pino.destination(2));
  const metrics =
    settings.metricsPort === 0
      ? null
      : // Loaded only when used.
        await (await import("./metrics.ts")).startMetrics(settings.metricsPort);
  const store = await openConfiguredStore(settings);
  let issuer: Issuer | null = null;
  try {
    issuer = await createIssuer({
      issuer: settings.issuer === "" ? url : settings.issuer,
      store,
      masterKeys,
      logger,
      protocol: protocolOf(settings),
      ring: ringOf(settings),
      journalDays: settings.journalDays,
      ...(settings.account !== "" && {
        account: {
          name: settings.account,
          password: settings.accountPassword,
        },
      }),
      ...(metrics && { observe: (seen) => metrics.observe(seen) }),
    });
    await tellOtherName(issuer.context, note);
    await firstStart(issuer.context, settings.dataFolder, note);
    const opened = issuer;
    return {
      issuer,
      logger,
      close: async () => {
        await metrics?.close();
        await opened.close();
        await store.close();
      },
    };
  } catch (error) {
    await metrics?.close();
    // What it does on its own would keep the process alive, without a server.
    await issuer?.close();
    await store.close();
    throw error;
  }
}

const protocolOf = ({
  codeSeconds,
  idTokenSeconds,
  keysCacheSeconds,
  clockToleranceSeconds,
  proofSeconds,
  dpopNonce,
  statusListCacheSeconds,
}: Settings): Partial<ProtocolOptions> => ({
  codeSeconds,
  idTokenSeconds,
  keysCacheSeconds,
  clockToleranceSeconds,
  proofSeconds,
  dpopNonce,
  statusListCacheSeconds,
});

const ringOf = (settings: Settings): Partial<RingPolicy> => ({
  algorithms: settings.signingAlgorithms,
  rotateEverySeconds: settings.rotateKeysEvery,
  publishAheadSeconds: settings.publishKeysAhead,
});

function readMasterKeys(
  settings: Settings,
  env: Readonly<Record<string, string | undefined>>,
): readonly MasterSecret[] {
  const variable = env[MASTER_KEY_VARIABLE];
  if (variable !== undefined && variable !== "")
    return parseMasterKeys(variable, MASTER_KEY_VARIABLE);
  const path =
    settings.masterKeyFile || join(settings.dataFolder, "master-key");
  const credentials = env[CREDENTIALS_VARIABLE];
  const sealed = databaseFileOf(settings);
  // Threat: a new key in the place of one that was lost. It opens nothing, and stands in the way of the one that is put back.
  if (sealed !== null && holdsData(sealed) && !existsSync(path))
    throw new StartError(
      `master key file ${path}: expected the key under which ${sealed} is sealed, found none; put back the one that was kept`,
    );
  return readOrCreateMasterKeyFile(path, randomBytes, credentials);
}

const holdsData = (file: string): boolean =>
  existsSync(file) && statSync(file).size > 0;
