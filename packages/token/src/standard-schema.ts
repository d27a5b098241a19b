import type { MaybePromise } from "./crypto/platform.ts";

/** The part of Standard Schema version 1 (standardschema.dev) that we call: a shape, not a package. */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => MaybePromise<SchemaResult<Output>>;
    readonly types?:
      { readonly input: Input; readonly output: Output } | undefined;
  };
}

export type SchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | {
      readonly issues: readonly {
        readonly message: string;
        readonly path?:
          readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
      }[];
    };
