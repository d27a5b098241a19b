import type { NamedRefreshToken } from "../../src/store/records.ts";

/** What a process under load tells of each operation, a line of JSON each: before it, and when the store has acknowledged it. */
export type Operation =
  | {
      readonly kind: "redeem";
      readonly grantId: string;
      readonly code: string;
      readonly to: NamedRefreshToken;
      readonly accessId: string;
    }
  | {
      readonly kind: "rotate";
      readonly grantId: string;
      readonly from: NamedRefreshToken;
      readonly fromId: string;
      readonly to: NamedRefreshToken;
      readonly accessId: string;
    }
  | { readonly kind: "revoke"; readonly grantId: string };

export type Line =
  | {
      readonly said: "trying";
      readonly n: number;
      readonly operation: Operation;
    }
  | { readonly said: "acknowledged"; readonly n: number }
  | { readonly said: "failed"; readonly n: number; readonly error: string };
