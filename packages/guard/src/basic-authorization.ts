/** The header Authorization of a client with a secret. RFC 6749 section 2.3.1 and appendix B: both parts are form-encoded first. */
export const basicAuthorization = (
  clientId: string,
  clientSecret: string,
): string =>
  `Basic ${btoa(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`)}`;

const formEncoded = (text: string): string =>
  new URLSearchParams({ t: text }).toString().slice(2);
