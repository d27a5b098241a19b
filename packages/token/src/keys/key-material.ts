import { platform } from "#crypto";
import type { Handle, MaybePromise } from "../crypto/platform.ts";
import type { AlgorithmName } from "../signing/algorithms.ts";
import type { Key } from "./key.ts";

/**
 * The key as the platform holds it, imported once for each algorithm and use. Call it only for a key without a `problem` whose
 * type fits the algorithm. Throws, or rejects with, what the platform says when it does not take the key.
 */
export function handleFor(
  key: Key,
  alg: AlgorithmName,
  usage: "verify" | "sign",
): MaybePromise<Handle> {
  const slot = usage === "verify" ? alg : `sign ${alg}`;
  const known = key.handles.get(slot);
  if (known !== undefined) return known;
  const made =
    usage === "verify"
      ? platform.importVerifyKey(key.reveal(), alg)
      : platform.importSignKey(key.reveal(), alg);
  key.handles.set(slot, made);
  if (made instanceof Promise)
    made.then(
      (handle) => key.handles.set(slot, handle),
      () => key.handles.delete(slot),
    );
  return made;
}
