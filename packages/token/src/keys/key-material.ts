import { platform } from "#crypto";
import type { Handle, MaybePromise } from "../crypto/platform.ts";
import type { AlgorithmName } from "../signing/algorithms.ts";
import type { Key } from "./key.ts";

/** The platform's handle of a key for one algorithm and use; imported once, kept with the key. */
export function handleFor(key: Key, alg: AlgorithmName, usage: "verify" | "sign"): MaybePromise<Handle> {
  const name = usage === "verify" ? alg : `${alg} sign`;
  const known = key.handles.get(name);
  if (known) return known;
  const handle = usage === "verify" ? platform.importVerifyKey(key.reveal(), alg) : platform.importSignKey(key.reveal(), alg);
  key.handles.set(name, handle);
  if (handle instanceof Promise) handle.then((ready) => key.handles.set(name, ready), () => key.handles.delete(name));
  return handle;
}
