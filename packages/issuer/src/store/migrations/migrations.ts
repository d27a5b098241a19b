/** THE LIST of migrations, forward only. A migration that was released is never changed. */
import { StartError } from "../../start-error.ts";
import { FIRST } from "./0001-first.ts";
import { GUARDS } from "./0002-guards.ts";
import { SETTLING } from "./0003-settling.ts";
import { PLACES } from "./0004-places.ts";
import { REFRESH_TOKENS } from "./0005-refresh-tokens.ts";
import { CHANGES } from "./0006-changes.ts";
import { BOUND_FAMILIES } from "./0007-bound-families.ts";

export interface Migration {
  readonly version: number;
  readonly statements: readonly string[];
}

export const MIGRATIONS: readonly Migration[] = [
  { version: 1, statements: FIRST },
  { version: 2, statements: GUARDS },
  { version: 3, statements: SETTLING },
  { version: 4, statements: PLACES },
  { version: 5, statements: REFRESH_TOKENS },
  { version: 6, statements: CHANGES },
  { version: 7, statements: BOUND_FAMILIES },
];

export const NEWEST_VERSION: number = MIGRATIONS.at(-1)?.version ?? 0;

/** Throws StartError for a database that a newer release has changed: reading it by older rules could lose what it knows. */
export function dueMigrations(version: number): readonly Migration[] {
  if (version > NEWEST_VERSION)
    throw new StartError(
      `the database has schema version ${version}, this release knows ${NEWEST_VERSION}; start the newer release, or restore a backup of the older one`,
    );
  return MIGRATIONS.filter((one) => one.version > version);
}
