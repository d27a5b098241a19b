/** The keys that the service knows: handed in, or made for this run so that nobody takes them for real ones. */
import { randomBytes, randomInt } from "node:crypto";

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** null: a long-term key, which has none. */
  readonly sessionToken: string | null;
}

const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** AKIA or ASIA and sixteen of base32, as IAM writes key ids. */
export const fakeKeyId = (isTemporary: boolean): string =>
  `${isTemporary ? "ASIA" : "AKIA"}FAKE${Array.from({ length: 12 }, () => BASE32[randomInt(32)]).join("")}`;

/** Forty characters, as IAM writes secrets. */
export const fakeSecret = (): string =>
  `FAKE${randomBytes(27).toString("base64")}`;

export const fakeSessionToken = (): string =>
  `FAKE${randomBytes(93).toString("base64")}`;

/** Whether the name says what it is. Anything else may be a real key, which has no business here. */
export const looksFake = (text: string): boolean =>
  /fake|example|test|dummy/i.test(text);
