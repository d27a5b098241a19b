export type KeyTextForm = "spki" | "pkcs1-public" | "pkcs1-private" | "pkcs8" | "sec1" | "certificate" | "jwk" | "jwk-set" | "base64-of-pem" | "base64-der" | "ssh-public" | "raw-point-hex" | "encrypted-private" | "damaged-pem" | "unknown";
export function classifyKeyText(text: string): KeyTextForm {
  return /^-----BEGIN PUBLIC KEY-----\r?\n[\s\S]+\r?\n-----END PUBLIC KEY-----\s*$/.test(text) ? "spki" : "unknown";
}
