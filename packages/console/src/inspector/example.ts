import type { Expectations } from "./expectations/expectations.ts";

/** Somebody put the base64 text of a secret where the API takes the secret itself. Both are made for this page and guard nothing. */
export const EXAMPLE: {
  readonly text: string;
  readonly form: Partial<Expectations>;
} = {
  text: [
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9",
    "eyJpc3MiOiJodHRwczovL2lzc3Vlci5leGFtcGxlLmNvbSIsInN1YiI6ImFsaWNlIiwiYXVkIjoiaHR0cHM6Ly9hcGkuZXhhbXBsZS5jb20iLCJpYXQiOjE3NjcyMjU2MDAsImV4cCI6NDEwMjQ0NDgwMCwic2NvcGUiOiJvcmRlcnM6cmVhZCJ9",
    "KjT9oPqBnlUi9nK3D6vnSMDuhAS1BmrABuwduSINQTg",
  ].join("."),
  form: { keys: "YW4gZXhhbXBsZSwga25vd24gdG8gZXZlcnlib2R5LCB0aGF0IHNpZ25z" },
};
