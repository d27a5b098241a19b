/** What an error of SQLite means for the verb that met it. */

/**
 * The primary result codes in which the file, the disk or another program is at fault, and not the verb (sqlite.org/rescode.html): BUSY,
 * LOCKED, NOMEM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, PROTOCOL, NOTADB.
 */
const AWAY: ReadonlySet<number> = new Set([5, 6, 7, 8, 10, 11, 13, 14, 15, 26]);

/** Whether the database cannot be asked, so that nothing is known of the token. */
export const isUnavailable = (error: unknown): boolean =>
  resultCode(error) !== null && AWAY.has(resultCode(error) ?? 0);

/** The lock is with another process. */
export const isBusy = (error: unknown): boolean => resultCode(error) === 5;

/** The lowest byte of the extended code. */
const resultCode = (error: unknown): number | null =>
  error instanceof Error &&
  "errcode" in error &&
  typeof error.errcode === "number"
    ? error.errcode & 0xff
    : null;
