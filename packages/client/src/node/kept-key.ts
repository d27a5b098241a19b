/** The key of bound tokens in a file, so that all processes of one person show the same. */
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { Jwk } from "@assay/token";
import { generateDpopKey, importDpopKey, type DpopKeyPair } from "../dpop.ts";
import { misconfigured } from "../errors.ts";
import { FileLock } from "./file-lock.ts";
import { readOwnFile, writeOwnFile } from "./own-file.ts";

/**
 * The key pair of that file, made at its first use. For the option `dpop`. In memory it cannot be read out. Threat: whoever can read the file
 * has the key; it then protects against tokens in logs and proxies, not against whoever has this account of the machine. Throws TokenError
 * (`configuration`) for a file that others can read, or that holds no such key: a new one would leave tokens that nobody can present.
 */
export async function keptDpopKey(path: string): Promise<DpopKeyPair> {
  const known = await readOwnFile(path);
  if (known !== null) return read(known, path);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  return new FileLock(`${path}.lock`).run(async () => {
    // Another process may have made one meanwhile.
    const first = await readOwnFile(path);
    if (first !== null) return read(first, path);
    const { privateKey } = await generateDpopKey({ extractable: true });
    const text = JSON.stringify(
      await crypto.subtle.exportKey("jwk", privateKey),
    );
    await writeOwnFile(path, text);
    return read(text, path);
  });
}

async function read(text: string, path: string): Promise<DpopKeyPair> {
  try {
    return await importDpopKey(JSON.parse(text) as Jwk);
  } catch {
    // The platform's own message may quote the text.
    throw misconfigured(
      `a private JWK of ECDSA on P-256 at ${path}`,
      "something else",
    );
  }
}
