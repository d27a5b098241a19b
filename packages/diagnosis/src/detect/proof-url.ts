/** How the URL of a proof differs from the one that the API saw. */
export interface UrlDifference {
  readonly differs: readonly (
    | "scheme"
    | "host"
    | "port"
    | "path prefix"
    | "slash at the end"
    | "encoding of the path"
  )[];
  /** True when the path is another one: the proof was made for another request. */
  readonly otherPath: boolean;
}

/** null: one of the two is no absolute URL. */
export function proofUrlDifference(
  proof: string,
  seen: string,
): UrlDifference | null {
  const [ours, theirs] = [proof.slice(0, 2000), seen.slice(0, 2000)];
  if (!URL.canParse(ours) || !URL.canParse(theirs)) return null;
  const [a, b] = [new URL(ours), new URL(theirs)];
  const path = pathDifference(a.pathname, b.pathname);
  return {
    differs: [
      ...(a.protocol === b.protocol ? [] : (["scheme"] as const)),
      ...(a.hostname === b.hostname ? [] : (["host"] as const)),
      ...(a.port === b.port ? [] : (["port"] as const)),
      ...(path === null || path === "other" ? [] : [path]),
    ],
    otherPath: path === "other",
  };
}

function pathDifference(
  a: string,
  b: string,
):
  "path prefix" | "slash at the end" | "encoding of the path" | "other" | null {
  if (a === b) return null;
  if (a.replace(/\/+$/, "") === b.replace(/\/+$/, ""))
    return "slash at the end";
  const [longer, shorter] = a.length > b.length ? [a, b] : [b, a];
  if (shorter === "/" || longer.endsWith(shorter)) return "path prefix";
  return plain(a) === plain(b) ? "encoding of the path" : "other";
}

function plain(path: string): string {
  try {
    return decodeURIComponent(path).toLowerCase();
  } catch {
    return path;
  }
}
