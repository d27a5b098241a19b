import { platform } from "@assay/token";

/** SHA-256 of a PEM certificate's DER, base64url (RFC 8705 section 3.1). null: there is none, or it cannot be read. */
export async function certificateThumbprint(
  pem: string | undefined,
): Promise<string | null> {
  const body =
    /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/.exec(
      pem ?? "",
    )?.[1];
  if (!body) return null;
  const der = platform.decodeBase64url(
    body
      .replace(/\s|=+$/g, "")
      .replace(/=/g, "")
      .replaceAll("+", "-")
      .replaceAll("/", "_"),
  );
  return der && platform.encodeBase64url(await platform.digest("sha256", der));
}
