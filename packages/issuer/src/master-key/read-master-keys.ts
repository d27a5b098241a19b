/**
 * Where the master keys come from: a variable or a file. Several may be given, separated by white space or commas: the first seals, all of
 * them unseal. To change it on many servers: give the new one second everywhere, then first everywhere, reseal, then drop the old one.
 *
 * Threat: another user of the machine who reads the file, or who puts one of theirs in its place.
 */
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  openSync,
  readFileSync,
  statSync,
  writeSync,
  type Stats,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { MASTER_KEY_BYTES, MasterSecret } from "../master-key.ts";
import { StartError } from "../start-error.ts";

export const MASTER_KEY_VARIABLE = "ASSAY_MASTER_KEY";
/** Where systemd puts what LoadCredential names. */
export const CREDENTIALS_VARIABLE = "CREDENTIALS_DIRECTORY";

const TAKES = `${MASTER_KEY_BYTES} random bytes in base64url or hex`;
/** Of 32 random bytes fewer than so many differ less than once in 10^20 times: it is a placeholder. */
const DIFFERENT_BYTES = 16;
/** Larger than any list of keys that is meant. */
const LONGEST_FILE = 4096;

/** Reads the keys of a text. `where` names it in an error. Throws StartError, and quotes nothing of the text. */
export function parseMasterKeys(
  text: string,
  where: string,
): readonly MasterSecret[] {
  const words = text.split(/[\s,]+/).filter((word) => word !== "");
  if (words.length === 0)
    throw new StartError(`${where}: expected ${TAKES}, found nothing`);
  const secrets = words.map((word) => new MasterSecret(bytesOf(word, where)));
  if (new Set(secrets.map(({ keyId }) => keyId)).size < secrets.length)
    throw new StartError(
      `${where}: expected different master keys, found one twice`,
    );
  return secrets;
}

function bytesOf(word: string, where: string): Uint8Array {
  const bytes = /^[0-9a-f]{64}$/i.test(word)
    ? Buffer.from(word, "hex")
    : /^[A-Za-z0-9_+/-]{43}=?$/.test(word)
      ? Buffer.from(word, "base64")
      : null;
  if (bytes?.length !== MASTER_KEY_BYTES)
    throw new StartError(
      `${where}: expected ${TAKES}, found ${word.length} characters that are not`,
    );
  if (new Set(bytes).size < DIFFERENT_BYTES)
    throw new StartError(
      `${where}: expected ${TAKES}, found bytes that repeat, as in a placeholder`,
    );
  return bytes;
}

/** A new master key as the text that `parseMasterKeys` reads. */
export const newMasterKeyText = (
  random: (bytes: number) => Uint8Array,
): string => Buffer.from(random(MASTER_KEY_BYTES)).toString("base64url");

/**
 * Reads the keys of a file. `credentials`: the folder that systemd made for this service alone (CREDENTIALS_DIRECTORY). Throws StartError
 * for a file that others may read, or that is not ours.
 */
export function readMasterKeyFile(
  path: string,
  credentials?: string,
): readonly MasterSecret[] {
  const where = `master key file ${path}`;
  let file: number;
  try {
    // Threat: a link that leads to a file which another user chose. (Windows has no such flag.)
    file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch (error) {
    throw new StartError(
      `${where}: expected a file to read, found ${codeOf(error)}`,
      null,
      error,
    );
  }
  try {
    // Of the open file, so that what is read is what was judged.
    const found = fstatSync(file);
    checkForm(found, where);
    const user = process.getuid?.();
    if (user !== undefined)
      checkPrivate(
        found,
        credentials && resolve(dirname(path)) === resolve(credentials)
          ? statSync(credentials)
          : null,
        user,
        path,
      );
    return parseMasterKeys(readFileSync(file, "utf8"), where);
  } finally {
    closeSync(file);
  }
}

function checkForm(file: Stats, where: string): void {
  if (!file.isFile())
    throw new StartError(`${where}: expected a plain file, found another kind`);
  if (file.size > LONGEST_FILE)
    throw new StartError(
      `${where}: expected at most ${LONGEST_FILE} bytes, found ${file.size}`,
    );
}

type Owned = Pick<Stats, "uid" | "gid" | "mode">;

const ROOT = 0;

/** `folder`: of credentials, if it lies in that. Throws StartError. */
export function checkPrivate(
  file: Owned,
  folder: Owned | null,
  user: number,
  path: string,
): void {
  if (folder !== null && isCredential(file, folder, user)) return;
  const where = `master key file ${path}`;
  if (file.uid !== user)
    throw new StartError(
      `${where}: expected a file of the user ${user} that runs the server, or a credential of systemd, found one of the user ${file.uid}`,
    );
  if ((file.mode & 0o177) !== 0)
    throw new StartError(
      `${where}: expected mode 0600, which lets its owner alone read it, found ${modeOf(file)}`,
      `chmod 600 ${path}`,
    );
}

/**
 * What LoadCredential makes (systemd.exec(5)): a file that its owner, root or the service's user, may read and nobody may write, in a folder
 * that is closed to others. Where an access list names the user, its mask shows as the rights of the group, which is then root's.
 */
const isCredential = (file: Owned, folder: Owned, user: number): boolean =>
  [file, folder].every(
    ({ uid, gid, mode }) =>
      (uid === ROOT || uid === user) &&
      (mode & 0o227) === 0 &&
      ((mode & 0o050) === 0 || gid === ROOT),
  );

const modeOf = ({ mode }: Owned): string =>
  `0${(mode & 0o777).toString(8).padStart(3, "0")}`;

/** Reads the file; when there is none, makes it with one new key. It is on disk before anything is sealed under it. */
export function readOrCreateMasterKeyFile(
  path: string,
  random: (bytes: number) => Uint8Array,
  credentials?: string,
): readonly MasterSecret[] {
  let file: number;
  try {
    // "wx": only where there is none, so that no key that is in use is ever overwritten.
    file = openSync(path, "wx", 0o600);
  } catch (error) {
    if (codeOf(error) === "EEXIST") return readMasterKeyFile(path, credentials);
    throw new StartError(
      `master key file ${path}: expected a place to write, found ${codeOf(error)}`,
      null,
      error,
    );
  }
  try {
    writeSync(file, `${newMasterKeyText(random)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  syncFolder(dirname(path));
  return readMasterKeyFile(path);
}

/** The name of a new file is safe only when its folder is on disk too. Windows does not open folders, and needs it not. */
function syncFolder(path: string): void {
  if (process.platform === "win32") return;
  const folder = openSync(path, constants.O_RDONLY);
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

const codeOf = (error: unknown): string =>
  (error as NodeJS.ErrnoException).code ?? "an error";
