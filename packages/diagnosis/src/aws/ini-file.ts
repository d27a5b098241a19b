/** The files of AWS: sections in brackets, `name = value`, comments on lines of their own, indented lines for nested settings. */

export interface Setting {
  /** As it is used: without white space around it. */
  readonly value: string;
  /** As it stands behind the equal sign, line end left out. */
  readonly raw: string;
  /** The comment in the line below, which a careless parser takes for a part of the value. */
  readonly comment: string | null;
}

export interface Section {
  readonly name: string;
  readonly settings: ReadonlyMap<string, Setting>;
}

/** Sections of one name are joined, as the SDKs do. Linear. */
export function readIniFile(text: string): ReadonlyMap<string, Section> {
  const sections = new Map<string, Map<string, Setting>>();
  let current: Map<string, Setting> | null = null;
  let last: string | null = null;
  for (const line of text.replace(/^\uFEFF/, "").split("\n")) {
    const bare = line.trim();
    if (bare.startsWith("#") || bare.startsWith(";")) {
      const setting = last === null ? undefined : current?.get(last);
      if (last !== null && setting)
        current?.set(last, { ...setting, comment: bare });
      last = null;
      continue;
    }
    last = null;
    if (bare === "") continue;
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
    last = line.slice(0, equal).trim().toLowerCase();
    current.set(last, { raw, value: raw.trim(), comment: null });
  }
  return new Map(
    [...sections].map(([name, settings]) => [name, { name, settings }]),
  );
}
