/** The policy of an upload form: until when it holds, and what it demands of the fields (S3 API reference, "POST policy"). */
import { decodeBase64Text } from "../base64-text.ts";
import type { FormFields } from "./post-form.ts";

type Condition =
  | {
      readonly kind: "eq" | "starts-with";
      readonly field: string;
      readonly value: string;
    }
  | { readonly kind: "length"; readonly least: number; readonly most: number };

export interface UploadPolicy {
  /** As it stands; null: it names none. */
  readonly expiration: string | null;
  readonly conditions: readonly Condition[];
}

/** A field that is not as the policy demands. */
export interface FieldFault {
  readonly field: string;
  /** What its value must be, or begin with, then with three dots behind it; null: the policy does not name the field. */
  readonly expected: string | null;
  /** null: the field is not there. */
  readonly found: string | null;
}

/** null: it is no base64 of a JSON object. */
export function readUploadPolicy(base64: string): UploadPolicy | null {
  const text = decodeBase64Text(base64);
  let value: unknown;
  try {
    value = JSON.parse(text ?? "");
  } catch {
    return null;
  }
  if (typeof value !== "object" || value === null) return null;
  const { expiration, conditions } = value as Record<string, unknown>;
  return {
    expiration: typeof expiration === "string" ? expiration : null,
    conditions: (Array.isArray(conditions) ? conditions : []).flatMap(
      conditionsIn,
    ),
  };
}

function conditionsIn(value: unknown): readonly Condition[] {
  if (Array.isArray(value)) {
    const [kind, name, text] = value as readonly unknown[];
    if (kind === "content-length-range")
      return [{ kind: "length", least: Number(name), most: Number(text) }];
    return (kind === "eq" || kind === "starts-with") && typeof name === "string"
      ? [{ kind, field: fieldName(name), value: String(text) }]
      : [];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).map(([name, text]) => ({
    kind: "eq" as const,
    field: fieldName(name),
    value: String(text),
  }));
}

const fieldName = (name: string): string =>
  name.replace(/^\$/, "").toLowerCase();

/** What no condition need name: the signature and what it covers, and fields that are to be ignored. */
const FREE =
  /^(?:x-amz-signature|policy|file|awsaccesskeyid|signature|x-ignore-.*)$/;

/** The first field that breaks the policy; `bucket`: of the host or path, null where it is not known. */
export function fieldFault(
  { conditions }: UploadPolicy,
  fields: FormFields,
  bucket: string | null,
): FieldFault | null {
  for (const condition of conditions) {
    if (condition.kind === "length") continue;
    const { kind, field, value } = condition;
    const found = field === "bucket" ? bucket : fields.get(field);
    if (found === null) continue;
    const expected = kind === "eq" ? value : `${value}…`;
    // A condition that anything fulfils wants the field all the same.
    if (found === undefined) return { field, expected, found: null };
    const fits =
      kind === "eq"
        ? found === value
        : // Several types, with commas between, must all begin so.
          found
            .split(field === "content-type" ? "," : "\u0000")
            .every((each) => each.startsWith(value));
    if (!fits) return { field, expected, found };
  }
  const named = new Set(
    conditions.flatMap((each) => (each.kind === "length" ? [] : [each.field])),
  );
  for (const [name, found] of fields)
    if (!named.has(name) && !FREE.test(name))
      return { field: name, expected: null, found };
  return null;
}
