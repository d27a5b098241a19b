/** Kinds of values that settings take. Each gives `takes` and `parse`. */
import { isIP } from "node:net";
import type { Setting } from "./setting.ts";

type Kind<T> = Pick<Setting<T>, "takes" | "parse">;

export const text = (takes: string): Kind<string> => ({
  takes,
  parse: (given) => given,
});

export const path = (what: "file" | "folder"): Kind<string> => ({
  takes: `the path of a ${what}`,
  parse: (given) => (given === "" ? undefined : given),
});

/** Threat: postgress://… taken for the path of a file, and everything kept in a new database there. */
export const databaseAddress: Kind<string> = {
  takes: "the path of a file, or postgres://…",
  parse: (given) =>
    /^[a-z][a-z0-9+.-]*:\/\//i.test(given) && !isPostgres(given)
      ? undefined
      : given,
};

export const isPostgres = (database: string): boolean =>
  /^postgres(?:ql)?:\/\//i.test(database);

export const truth: Kind<boolean> = {
  takes: "true or false",
  parse: (given) => ({ true: true, false: false })[given],
};

export const whole = (
  least: number,
  most: number,
  unit: string,
): Kind<number> => ({
  takes: `a whole number ${unit}from ${least} to ${most}`,
  parse: (given) =>
    /^\d{1,12}$/.test(given) && Number(given) >= least && Number(given) <= most
      ? Number(given)
      : undefined,
});

/** Seconds, as a number or with a unit: 90, 90s, 15m, 12h, 30d. */
export const duration = (least: number, most: number): Kind<number> => ({
  takes: `a time from ${least} to ${most} seconds, such as 90, 15m, 12h or 30d`,
  parse: (given) => {
    const [, digits, unit = "s"] = /^(\d{1,12})([smhd]?)$/.exec(given) ?? [];
    const factor = { s: 1, m: 60, h: 3600, d: 86_400 }[
      unit === "" ? "s" : unit
    ];
    if (digits === undefined || factor === undefined) return undefined;
    const seconds = Number(digits) * factor;
    return seconds >= least && seconds <= most ? seconds : undefined;
  },
});

export const oneOf = <const T extends string>(
  values: readonly T[],
): Kind<T> => ({
  takes: values.join(" or "),
  parse: (given) => values.find((value) => value === given),
});

export const list = (
  takes: string,
  isOne: (given: string) => boolean,
): Kind<readonly string[]> => ({
  takes,
  parse: (given) => {
    const values = given.split(/[\s,]+/).filter((value) => value !== "");
    return values.every(isOne) ? values : undefined;
  },
});

/** An address, or a range of them (RFC 4632, RFC 4291 section 2.3). */
export function isAddressRange(given: string): boolean {
  const [address = "", length, ...more] = given.split("/");
  const version = isIP(address);
  return (
    version > 0 &&
    more.length === 0 &&
    (length === undefined ||
      (/^\d{1,3}$/.test(length) &&
        Number(length) <= (version === 4 ? 32 : 128)))
  );
}
