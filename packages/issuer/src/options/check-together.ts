/** What settings must be to one another. */
import { SETTINGS, type Settings } from "../options.ts";
import { StartError } from "../start-error.ts";
import { isPersonsSubject, PERSONS_SUBJECT } from "../tokens/subject-of.ts";
import { isLoopback } from "./is-loopback.ts";

/** Shortest password of the one account. */
const SHORTEST_PASSWORD = 12;

/** Throws StartError. */
export function checkTogether(settings: Settings): void {
  const { host, allowRemote, tlsCertificate, tlsKey, trustedProxies } =
    settings;
  if (!isLoopback(host)) {
    // Threat: a server meant for one person, open to a whole network by a slip.
    if (!allowRemote)
      throw new StartError(
        `host: expected an address of this machine alone, found ${host}, which other machines may reach; ${SETTINGS.allowRemote.flag} or ${SETTINGS.allowRemote.variable}=true says that this is meant`,
        `assay serve --host ${host} ${SETTINGS.allowRemote.flag}`,
      );
    // Threat: secrets and tokens that cross a network in the clear.
    if (tlsCertificate === "" && trustedProxies.length === 0)
      throw new StartError(
        `host: expected TLS or a trusted proxy in front of ${host}, found plain HTTP; give ${SETTINGS.tlsCertificate.flag} and ${SETTINGS.tlsKey.flag}, or name the proxy by ${SETTINGS.trustedProxies.flag}`,
        `assay serve --host ${host} --allow-remote --tls-certificate FILE --tls-key FILE`,
      );
  }
  if ((tlsCertificate === "") !== (tlsKey === ""))
    throw new StartError(
      `${tlsCertificate === "" ? "tlsCertificate" : "tlsKey"}: expected certificate and key together, found one of them`,
    );
  if (!isPersonsSubject(settings.account))
    throw new StartError(
      `account: expected ${PERSONS_SUBJECT}, found ${settings.account}`,
    );
  if (
    settings.account !== "" &&
    settings.accountPassword.length < SHORTEST_PASSWORD
  )
    throw new StartError(
      `${SETTINGS.accountPassword.variable}: expected a password of at least ${SHORTEST_PASSWORD} characters for the account, found ${settings.accountPassword.length}`,
    );
  if (settings.publishKeysAhead < settings.keysCacheSeconds)
    throw new StartError(
      `publishKeysAhead: expected at least keysCacheSeconds (${settings.keysCacheSeconds}), found ${settings.publishKeysAhead}`,
    );
  if (settings.rotateKeysEvery < settings.publishKeysAhead)
    throw new StartError(
      `rotateKeysEvery: expected at least publishKeysAhead (${settings.publishKeysAhead} seconds), found ${settings.rotateKeysEvery}`,
    );
}
