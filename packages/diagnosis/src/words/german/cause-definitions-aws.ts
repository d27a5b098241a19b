import type { AwsFacts } from "../../aws/facts.ts";

export const AWS_DEFINITIONS: Readonly<Record<keyof AwsFacts, string>> = {};
