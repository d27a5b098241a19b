/** Databases of earlier releases. */
import { readFileSync } from "node:fs";
import { MIGRATIONS } from "../../src/store/migrations/migrations.ts";

/** What a server of that version made, as SQL. */
export const madeBy = (version: number): readonly string[] => [
  ...MIGRATIONS.filter((one) => one.version <= version).flatMap(
    ({ statements }) => statements,
  ),
  ...readFileSync(
    new URL(`fixtures/version-${version}.sql`, import.meta.url),
    "utf8",
  )
    .split("\n")
    .filter((line) => line.startsWith("INSERT")),
];
