/** What kind of JSON a value is, in words. */
export function shapeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value;
}

/** True when a value says what is expected, in another JSON type or with something around it: "true" for true, ["a"] for "a". */
export function sameInAnotherShape(expected: unknown, found: unknown): boolean {
  if (Array.isArray(expected) && Array.isArray(found))
    return sameMembers(expected, found);
  if (Array.isArray(expected)) return sameMembers(expected, listIn(found));
  const wanted = plain(expected);
  if (Array.isArray(found))
    return found.some(
      (item) =>
        item === expected ||
        (typeof item !== "object" && plain(item) === wanted),
    );
  if (isObject(found) && !isObject(expected))
    return Object.values(found).some((inner) => inner === expected);
  if (isObject(expected) && typeof found === "string")
    return parsed(found) === JSON.stringify(expected);
  if (
    isObject(expected) ||
    isObject(found) ||
    found === null ||
    expected === null
  )
    return false;
  if (text(expected) === text(found)) return true;
  if (wanted === plain(found)) return typeof expected !== typeof found;
  if (typeof expected === "boolean")
    return TRUTH.get(plain(found)) === expected;
  return (
    typeof expected === "string" &&
    listIn(found).length > 1 &&
    listIn(found).includes(expected)
  );
}

const TRUTH: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["1", true],
  ["yes", true],
  ["y", true],
  ["false", false],
  ["0", false],
  ["no", false],
  ["n", false],
]);

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const text = (value: unknown): string =>
  typeof value === "string" ? value.trim() : (JSON.stringify(value) ?? "");
const plain = (value: unknown): string => text(value).toLowerCase();

/** The members of an array that was written as one text. */
function listIn(value: unknown): readonly string[] {
  if (typeof value !== "string" || value.length > 8192)
    return typeof value === "number" || typeof value === "boolean"
      ? [String(value)]
      : [];
  return value.split(/[\s,;|[\]"]+/).filter(Boolean);
}

function sameMembers(a: readonly unknown[], b: readonly unknown[]): boolean {
  const members = (list: readonly unknown[]): string =>
    JSON.stringify(list.slice(0, 200).map(plain).toSorted());
  return a.length === b.length && a.length > 0 && members(a) === members(b);
}

function parsed(json: string): string | null {
  try {
    return JSON.stringify(JSON.parse(json));
  } catch {
    return null;
  }
}
