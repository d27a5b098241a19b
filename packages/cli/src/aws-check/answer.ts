/** An answer of the service, before it is sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What every answer has: the service's clock, by which SDKs put theirs right, and a number to ask for. */
export const commonHeaders = (
  now: number,
  id: string,
): Record<string, string> => ({
  date: new Date(now).toUTCString(),
  "x-amzn-requestid": id,
});

export const escapeXml = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    // XML 1.0 section 2.2 knows no other control characters.
    .replaceAll(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd]/g, "\ufffd");
