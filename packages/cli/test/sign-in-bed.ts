/** assay login, token and logout in processes of their own, as a person and a shell run them, with a folder of their own. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  API,
  type RunningIssuer,
  runIssuer,
} from "../../../test/interop/running-issuer.ts";

export const COMMAND = fileURLToPath(
  new URL("../bin/assay.js", import.meta.url),
);
/** Where a browser of this machine comes back to. */
export const LOOPBACK = "http://127.0.0.1/callback";

export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly notes: string;
}

/** What a person does with the address that assay login shows, and with what else it says. */
export type Visit = (address: string, notes: string) => Promise<void>;

export class SignInBed {
  readonly running: RunningIssuer;
  readonly folder: string = mkdtempSync(join(tmpdir(), "assay-sign-in-"));
  /** Variables beside. */
  more: Readonly<Record<string, string>> = {};

  private constructor(running: RunningIssuer) {
    this.running = running;
  }

  /** With the public client “cli”. */
  static async open(): Promise<SignInBed> {
    const running = await runIssuer();
    await running.addClient({
      clientId: "cli",
      authentication: "none",
      redirectUris: [LOOPBACK],
    });
    return new SignInBed(running);
  }

  async close(): Promise<void> {
    rmSync(this.folder, { recursive: true });
    await this.running.close();
  }

  get environment(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      ...this.more,
      ASSAY_CONFIG_FOLDER: this.folder,
      DISPLAY: "",
      WAYLAND_DISPLAY: "",
    };
  }

  async assay(...words: readonly string[]): Promise<Ran> {
    return new Promise((resolve) => {
      execFile(
        process.execPath,
        [COMMAND, ...words],
        { env: this.environment },
        (error, out, notes) =>
          resolve({ status: Number(error?.code ?? 0), out, notes }),
      );
    });
  }

  /** Runs assay login to its end. */
  async login(
    words: readonly string[],
    visit: Visit = this.byBrowser,
    typed = "",
  ): Promise<Ran> {
    const child = spawn(process.execPath, [COMMAND, "login", ...words], {
      env: this.environment,
    });
    child.stdin.end(typed);
    let out = "";
    let notes = "";
    child.stderr.on("data", (chunk: Buffer) => (notes += chunk.toString()));
    const closed = once(child, "close") as Promise<[number]>;
    const shown = new Promise<void>((resolve) =>
      child.stdout.on("data", (chunk: Buffer) => {
        out += chunk.toString();
        if (out.includes("\n")) resolve();
      }),
    );
    await Promise.race([shown, closed]);
    if (out !== "") await visit(out.trim(), notes);
    const [status] = await closed;
    return { status, out, notes };
  }

  /** Copies the address into a browser, and signs in. */
  readonly byBrowser: Visit = async (address) => {
    await fetch(await this.running.signIn(new URL(address)));
  };

  /** For the profile “own”: this issuer, this client. */
  own(clientId: string, ...words: readonly string[]): readonly string[] {
    return [
      "--profile",
      "own",
      "--issuer",
      this.running.url,
      "--client-id",
      clientId,
      "--resource",
      API,
      ...words,
    ];
  }

  /** The files of the profile “own”. */
  ownFiles(): readonly string[] {
    return readdirSync(join(this.folder, "sign-ins")).filter((name) =>
      name.startsWith("own."),
    );
  }
}
