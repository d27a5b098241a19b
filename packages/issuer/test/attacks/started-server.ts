/** The server as it is started, in a data folder of its own, and with hardly a console. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  startServer,
  type RunningServer,
  type ServerOptions,
} from "@assay/issuer";

export interface StartedServer {
  readonly server: RunningServer;
  readonly data: string;
  /** What went to standard output, and what to the person who started it. */
  readonly said: readonly string[];
  readonly noted: readonly string[];
  /** Another start with the same data. */
  again(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** `prepare`: what lies in the data folder before the first start. */
export async function startedServer(
  options: ServerOptions = {},
  prepare: (data: string) => void = () => {},
): Promise<StartedServer> {
  const folder = mkdtempSync(join(tmpdir(), "assay-wire-"));
  writeFileSync(
    join(folder, "index.html"),
    "<!doctype html><title>Assay</title>",
  );
  const data = join(folder, "data");
  mkdirSync(data);
  prepare(data);
  const said: string[] = [];
  const noted: string[] = [];
  const start = (note: (line: string) => void): Promise<RunningServer> =>
    startServer(
      {
        port: 0,
        host: "127.0.0.1",
        dataFolder: data,
        consoleFolder: folder,
        ...options,
      },
      { env: {}, signals: false, say: (line) => void said.push(line), note },
    );
  let server = await start((line) => void noted.push(line));
  return {
    get server() {
      return server;
    },
    data,
    said,
    noted,
    again: async () => {
      await server.close();
      const notes: string[] = [];
      server = await start((line) => void notes.push(line));
      return notes;
    },
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true });
    },
  };
}
