/** The server's certificate and key. */
import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";
import type { Settings } from "./options.ts";
import { StartError } from "./start-error.ts";

export interface Tls {
  readonly cert: string;
  readonly key: string;
  readonly minVersion: "TLSv1.2";
}

/** null: plain HTTP. Throws StartError for files that are no certificate and its key, and quotes nothing of them. */
export function readTls({
  tlsCertificate,
  tlsKey,
}: Pick<Settings, "tlsCertificate" | "tlsKey">): Tls | null {
  if (tlsCertificate === "") return null;
  try {
    const tls: Tls = {
      cert: readFileSync(tlsCertificate, "utf8"),
      key: readFileSync(tlsKey, "utf8"),
      minVersion: "TLSv1.2",
    };
    createSecureContext(tls);
    return tls;
  } catch (error) {
    throw new StartError(
      `tlsCertificate: expected a certificate in ${tlsCertificate} and its key in ${tlsKey}, found ${(error as NodeJS.ErrnoException).code ?? "none that fit"}`,
      null,
      error,
    );
  }
}
