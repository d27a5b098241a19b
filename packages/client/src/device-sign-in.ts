/** The device authorization grant (RFC 8628): a person signs in by the browser of another device, and this one asks until that is done. */
import {
  RequestRefused,
  TemporarilyUnavailable,
  unexpected,
} from "./errors.ts";
import { checkUrl } from "./metadata.ts";
import type { ServerClock } from "./server-clock.ts";
import type { TokenAnswer } from "./token-answer.ts";
import type { Form, TokenEndpoint } from "./token-endpoint.ts";

/** What the person has to see. */
export interface DevicePrompt {
  /** The address that the person opens, on any device. */
  readonly verificationUri: string;
  /** What the person enters there, and compares. */
  readonly userCode: string;
  /** The address with the code in it, for a QR code; the code is shown beside it all the same (section 3.3.1). null: the server gives none. */
  readonly verificationUriComplete: string | null;
  /** How long the person may take, in seconds. */
  readonly expiresInSeconds: number;
}

export interface DeviceWishes {
  /** Shows the person where to go. */
  readonly show: (prompt: DevicePrompt) => void | Promise<void>;
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
}

export interface Waiting {
  readonly clock: ServerClock;
  /** Waits so many milliseconds. */
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** Where the server names no interval (section 3.2), and what slow_down adds (section 3.5), in milliseconds. */
const INTERVAL = 5000;
const SLOWER_BY = 5000;
/** However often the way failed, it is tried this often, in milliseconds: the person may be done already. */
const LONGEST_PAUSE = 30_000;
/** Longest code that a person can be asked to enter, in characters, and longest life that is believed, in seconds. */
const LONGEST_CODE = 64;
const LONGEST_LIFE = 86_400;

/** `wishes`: scope and resource. Throws RequestRefused: `access_denied` when the person said no, `expired_token` when nobody came in time. */
export async function signInByDevice(
  endpoint: TokenEndpoint,
  wishes: Form,
  { show, signal }: DeviceWishes,
  { clock, wait }: Waiting,
): Promise<TokenAnswer> {
  const asked = clock.local();
  const { deviceCode, prompt, interval } = readAnswer(
    await endpoint.authorizeDevice(wishes),
  );
  const { scope: _, ...rest } = wishes;
  const form: Form = {
    grant_type: "urn:ietf:params:oauth:grant-type:device_code",
    device_code: deviceCode,
    ...rest,
  };
  const left = (): number =>
    asked + prompt.expiresInSeconds * 1000 - clock.local();
  await show(prompt);
  for (let pause = interval; ;) {
    await unlessAborted(wait(Math.min(pause, Math.max(0, left()))), signal);
    if (left() <= 0)
      throw new RequestRefused("expired_token", "nobody came in time", null);
    try {
      return await endpoint.askOnce(form);
    } catch (error) {
      pause = pauseAfter(error, pause);
    }
  }
}

/** How long to wait now, in milliseconds. Throws what ends the sign-in. */
function pauseAfter(error: unknown, pause: number): number {
  // Nobody knows whether a lost answer was the one: the same question shows it. Half as often, as section 3.5 has it.
  if (error instanceof TemporarilyUnavailable)
    return Math.max(
      pause,
      Math.min(2 * pause, LONGEST_PAUSE),
      (error.retryAfterSeconds ?? 0) * 1000,
    );
  if (error instanceof RequestRefused) {
    if (error.error === "authorization_pending") return pause;
    if (error.error === "slow_down") return pause + SLOWER_BY;
  }
  throw error;
}

/** Section 3.2. Throws TokenError (`unexpected_answer`, `configuration`). */
function readAnswer(body: Readonly<Record<string, unknown>>): {
  readonly deviceCode: string;
  readonly prompt: DevicePrompt;
  readonly interval: number;
} {
  const {
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: uri,
    verification_uri_complete: complete,
    expires_in: expiresIn,
    interval,
  } = body;
  if (typeof deviceCode !== "string" || deviceCode === "")
    throw unexpected("a device_code", "none");
  // Threat: characters that a terminal obeys, or that hide what is shown.
  if (
    typeof userCode !== "string" ||
    userCode.length > LONGEST_CODE ||
    !/^[^\p{C}\p{Z}](?:[^\p{C}]*[^\p{C}\p{Z}])?$/u.test(userCode)
  )
    throw unexpected(
      "a user_code that can be shown",
      userCode === undefined ? "none" : "something else",
    );
  const seconds = positive(expiresIn);
  if (seconds === null)
    throw unexpected(
      "expires_in in seconds",
      expiresIn === undefined ? "none" : "something else",
    );
  return {
    deviceCode,
    prompt: {
      userCode,
      verificationUri: shown(uri, "verification_uri"),
      verificationUriComplete:
        complete === undefined
          ? null
          : shown(complete, "verification_uri_complete"),
      expiresInSeconds: Math.min(seconds, LONGEST_LIFE),
    },
    interval: (positive(interval) ?? INTERVAL / 1000) * 1000,
  };
}

/** Threat: an address that leads a person out of TLS, or that a program opens as something else than a page. As URL writes it, it is ASCII. */
function shown(uri: unknown, name: string): string {
  if (typeof uri !== "string") throw unexpected(`a ${name}`, "none");
  return new URL(checkUrl(uri, name)).href;
}

const positive = (value: unknown): number | null =>
  typeof value === "number" && Number.isFinite(value) && value > 0
    ? value
    : null;

async function unlessAborted(
  waited: Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (!signal) return waited;
  signal.throwIfAborted();
  let abort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason as Error);
    signal.addEventListener("abort", abort, { once: true });
  });
  try {
    await Promise.race([waited, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
