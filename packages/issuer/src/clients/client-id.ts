/** RFC 6749 appendix A.1: printable ASCII. Anything else is nobody's id, and no text for a database either. */
export const isClientId = (text: string): boolean =>
  /^[\x20-\x7e]{1,2048}$/.test(text);
