/** The files of AWS: sections in brackets, `name = value`, comments on lines of their own, indented lines for nested settings. */

export interface Setting {
  /** As it is used: without white space around it. */
  readonly value: string;
  /** As it stands behind the equal sign, line end left out. */
  readonly raw: string;
}

export interface Section {
  readonly name: string;
  readonly settings: ReadonlyMap<string, Setting>;
}

/** Sections of one name are joined, as the SDKs do. Linear. */
export function readIniFile(text: string): ReadonlyMap<string, Section> {
  const sections = new Map<string, Map<string, Setting>>();
  let current: Map<string, Setting> | null = null;
  for (const line of text.replace(/^\uFEFF/, "").split("\n")) {
    const bare = line.trim();
    if (bare === "" || bare.startsWith("#") || bare.startsWith(";")) continue;
    if (bare.startsWith("[")) {
      const end = bare.indexOf("]");
      const name = (end < 0 ? bare.slice(1) : bare.slice(1, end)).trim();
      current = sections.get(name) ?? new Map<string, Setting>();
      sections.set(name, current);
      continue;
    }
    const equal = line.indexOf("=");
    if (equal < 0 || current === null) continue;
    const raw = line.slice(equal + 1).replace(/^[ \t]/, "");
    current.set(line.slice(0, equal).trim().toLowerCase(), {
      raw,
      value: raw.trim(),
    });
  }
  return new Map(
    [...sections].map(([name, settings]) => [name, { name, settings }]),
  );
}
