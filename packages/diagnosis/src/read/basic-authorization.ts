/** Authorization for a name and a password with a colon between, in UTF-8 as curl, Postman and Bruno send it (RFC 7617 section 2). */
export function basicAuthorization(pair: string): string {
  let bytes = "";
  for (const byte of new TextEncoder().encode(pair))
    bytes += String.fromCharCode(byte);
  return `Basic ${btoa(bytes)}`;
}
