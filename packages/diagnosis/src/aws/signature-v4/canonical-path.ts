/** The path in its canonical form. S3 takes it as it is; every other service removes dots and doubled slashes and encodes what was sent once more. */
import { encode, recode } from "./percent.ts";

/**
 * How S3 and the stores like it read what is ambiguous: a plus is itself or a blank, and an encoded slash a part of the key's path or a
 * character of one name. Clients sign all three, and each is taken somewhere.
 */
export type PathReading = "plain" | "plus_is_blank" | "slash_stays";

export function canonicalPath(
  path: string,
  rules: {
    readonly normalize: boolean;
    readonly encodeAgain: boolean;
    readonly reading?: PathReading;
  },
): string {
  const sent = path === "" ? "/" : path;
  const normal = rules.normalize ? normalizePath(sent) : sent;
  // The per cent sign of what is already encoded is encoded too: %20 becomes %2520.
  if (rules.encodeAgain) return encode(normal, "/");
  if (rules.reading === "plus_is_blank")
    return recode(normal.replaceAll("+", "%20"), "/");
  if (rules.reading === "slash_stays")
    return normal
      .split(/%2F/i)
      .map((piece) => recode(piece, "/"))
      .join("%2F");
  return recode(normal, "/");
}

export const pathReadings = (path: string): readonly PathReading[] => [
  "plain",
  ...(path.includes("+") ? (["plus_is_blank"] as const) : []),
  ...(/%2F/i.test(path) ? (["slash_stays"] as const) : []),
];

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
