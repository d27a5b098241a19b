/** What an error of the database means for the verb that met it. */

/** SQLSTATE, when the server said it; null when the connection failed, whose errors have codes of the system's. */
const sqlState = (error: unknown): string | null =>
  error instanceof Error &&
  "severity" in error &&
  "code" in error &&
  typeof error.code === "string"
    ? error.code
    : null;

/** The server rolled the transaction back because of another one: 40001 serialization_failure, 40P01 deadlock_detected. */
export const isOvertaken = (error: unknown): boolean => {
  const state = sqlState(error);
  return state === "40001" || state === "40P01";
};

/**
 * Classes in which the server, not the verb, is at fault (PostgreSQL, appendix A): connection, resources, operator's intervention, and
 * the system. 25006: a standby, which only reads. 55P03: a lock that was not had in time. 28 and 3D: it no longer lets us in.
 */
const AWAY = /^(?:08|28|3D|53|57|58|F0|XX)|^(?:25006|55P03)$/;

/** Whether the database cannot be asked, so that nothing is known of the token. A programmer's mistake is none of it. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof TypeError) return false;
  const state = sqlState(error);
  return state === null || AWAY.test(state);
}

/** A line for the log. An error that tried several addresses says nothing itself. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message } =
    error instanceof AggregateError && error.errors[0] instanceof Error
      ? error.errors[0]
      : error;
  const state = sqlState(error);
  return state === null ? message : `${message} (SQLSTATE ${state})`;
}

/** Threat: the server's errors quote the values of a row (detail, where), and whoever logs an error logs them. */
export const withoutValues = (error: unknown): unknown =>
  sqlState(error) === null ? error : new Error(reasonOf(error));
