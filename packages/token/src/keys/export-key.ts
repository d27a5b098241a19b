import type { Jwk } from "../crypto/platform.ts";
import type { Key } from "./key.ts";
const PRIVATE = new Set("d p q dp dq qi oth k priv".split(" "));
export const exportKey = (key: Key, { secret }: { secret: boolean }): Jwk => Object.fromEntries(Object.entries(key.reveal()).filter(([n]) => secret || !PRIVATE.has(n)));
