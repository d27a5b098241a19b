/** The map is as large as SQLite lets it be: a page of a large database is then read without a call to the system. */
const MAP = "PRAGMA mmap_size = 2147418112";

/**
 * WAL, so that readers and the writer do not wait for each other; FULL, so that a commit is on disk when it is answered. The writer's cache is
 * small: at the end of most transactions SQLite looks through the whole of it, for pages that a tree in balance had renumbered.
 */
export const WRITER_PRAGMAS: readonly string[] = [
  "PRAGMA journal_mode = WAL",
  "PRAGMA synchronous = FULL",
  "PRAGMA foreign_keys = OFF",
  "PRAGMA busy_timeout = 5000",
  "PRAGMA wal_autocheckpoint = 10000",
  "PRAGMA cache_size = -4096",
  MAP,
  "PRAGMA temp_store = MEMORY",
];

export const READER_PRAGMAS: readonly string[] = [
  "PRAGMA query_only = ON",
  "PRAGMA busy_timeout = 5000",
  "PRAGMA cache_size = -16384",
  MAP,
];
