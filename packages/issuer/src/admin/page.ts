/** Lists in pages: `after` is the last name of the page before. */
import { z } from "@hono/zod-openapi";

export const LONGEST_PAGE = 200;

export const PAGE = {
  after: z.string().max(2048).optional().openapi({
    description: "`next` of the page before.",
  }),
  limit: z.coerce.number().int().min(1).max(LONGEST_PAGE).default(50),
} as const;

export const pageOf = <Item extends z.ZodType>(
  item: Item,
): z.ZodObject<{
  items: z.ZodArray<Item>;
  next: z.ZodNullable<z.ZodString>;
}> =>
  z.strictObject({
    items: z.array(item),
    /** null: this was the last. */
    next: z.string().nullable(),
  });

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** A page of a list that is sorted by name already. */
export function pageIn<Item>(
  all: readonly Item[],
  nameOf: (item: Item) => string,
  {
    after,
    limit,
  }: { readonly after?: string | undefined; readonly limit: number },
): Page<Item> {
  const from =
    after === undefined ? 0 : all.findIndex((item) => nameOf(item) > after);
  return from < 0
    ? { items: [], next: null }
    : pageFrom(all.slice(from, from + limit + 1), nameOf, limit);
}

/** `found`: one more than the page may have, where there are more. */
export function pageFrom<Item>(
  found: readonly Item[],
  nameOf: (item: Item) => string,
  limit: number,
): Page<Item> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    next: found.length > limit && last !== undefined ? nameOf(last) : null,
  };
}
