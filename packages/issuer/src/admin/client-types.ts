/** The typed client of the admin API: what each call takes and answers, from the same table as the router. Types alone: nothing is loaded. */
import type { z } from "@hono/zod-openapi";
import type { TYPED_CALLS } from "./calls.ts";

type Shape = (typeof TYPED_CALLS)[number]["shape"];

export type AdminMethod = Shape["method"];

/** Paths that have this method. */
export type AdminPath<Method extends AdminMethod> = Extract<
  Shape,
  { readonly method: Method }
>["path"];

type ShapeOf<Method extends AdminMethod, Path extends string> = Extract<
  Shape,
  { readonly method: Method; readonly path: Path }
>;

type Member<Name extends string, T> = T extends {
  readonly [_ in Name]: infer Schema extends z.ZodType;
}
  ? { readonly [_ in Name]: z.input<Schema> }
  : { readonly [_ in Name]?: undefined };

/** What the call is given. */
export type AdminInput<
  Method extends AdminMethod,
  Path extends string,
> = Member<"params", ShapeOf<Method, Path>> &
  Partial<Member<"query", ShapeOf<Method, Path>>> &
  Member<"body", ShapeOf<Method, Path>> & {
    /** The ETag of the version that is to be changed. */
    readonly ifMatch?: string;
  };

/** What it answers. */
export type AdminAnswer<
  Method extends AdminMethod,
  Path extends string,
> = ShapeOf<Method, Path>["answer"] extends infer Schema extends z.ZodType
  ? z.output<Schema>
  : string;
