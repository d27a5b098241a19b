import workerUrl from "./diagnosis.worker.ts?worker&url";

/** The part of Trusted Types that we use; not every browser has it. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string };
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };

/** The page's policy demands Trusted Types. The one script that is ever started is our own worker, by the address that the build gave it. */
const policy = trustedTypes?.createPolicy("assay-worker", {
  createScriptURL(url) {
    if (url !== workerUrl)
      throw new TypeError("only the diagnosis worker may be started");
    return url;
  },
});

export function startWorker(): Worker {
  return new Worker(policy?.createScriptURL(workerUrl) ?? workerUrl, {
    type: "module",
  });
}
