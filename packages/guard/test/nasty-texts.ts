/** What a stranger may write into kid, iss and sub, for whoever prints it. */
export const NASTY_TEXTS: readonly string[] = [
  "\r\nset-cookie: a=b",
  "\u001b[2J\u001b]0;x\u0007",
  "<script>alert(1)</script>",
  "\u202egnp.exe",
  "a".repeat(20_000),
  "\u009b31m",
];
