/** The vectors of the repository, one file a family. */
import { readdirSync, readFileSync } from "node:fs";
import type { Inquiry } from "@assay/diagnosis";

export interface Vector {
  readonly id: string;
  readonly title: string;
  readonly inquiry: Inquiry;
  readonly expected: {
    readonly outcome: string;
    readonly reason: string | null;
    readonly cause: string | null;
    readonly also: readonly string[];
  };
}

const folder = new URL("../../../vectors/", import.meta.url);
export const vectorFiles: readonly string[] = readdirSync(folder).filter(
  (name) => name.endsWith(".jsonl"),
);
export const vectorsOf = (name: string): Vector[] =>
  readFileSync(new URL(name, folder), "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Vector);
