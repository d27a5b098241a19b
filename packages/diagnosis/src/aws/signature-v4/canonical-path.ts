/** The path in its canonical form. S3 takes it as it is; every other service removes dots and doubled slashes and encodes what was sent once more. */
import { encode, recode } from "./percent.ts";

export function canonicalPath(
  path: string,
  rules: { readonly normalize: boolean; readonly encodeAgain: boolean },
): string {
  const sent = path === "" ? "/" : path;
  const normal = rules.normalize ? normalizePath(sent) : sent;
  // The per cent sign of what is already encoded is encoded too: %20 becomes %2520.
  return rules.encodeAgain ? encode(normal, "/") : recode(normal, "/");
}

/** RFC 3986 section 5.2.4, and no empty segments. */
export function normalizePath(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") kept.pop();
    else if (segment !== "" && segment !== ".") kept.push(segment);
  }
  const end = path.endsWith("/") && kept.length > 0 ? "/" : "";
  return `/${kept.join("/")}${end}`;
}
