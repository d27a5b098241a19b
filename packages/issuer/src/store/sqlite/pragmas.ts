/** WAL, so that readers and the writer do not wait for each other; FULL, so that a commit is on disk when it is answered. */
export const WRITER_PRAGMAS: readonly string[] = [
  "PRAGMA journal_mode = WAL",
  "PRAGMA synchronous = FULL",
  "PRAGMA foreign_keys = OFF",
  "PRAGMA busy_timeout = 5000",
  "PRAGMA wal_autocheckpoint = 4000",
  "PRAGMA cache_size = -32768",
  "PRAGMA temp_store = MEMORY",
];

/** The map is as large as SQLite lets it be: a page of a large database is then read without a call to the system. */
export const READER_PRAGMAS: readonly string[] = [
  "PRAGMA query_only = ON",
  "PRAGMA busy_timeout = 5000",
  "PRAGMA cache_size = -16384",
  "PRAGMA mmap_size = 2147418112",
];
