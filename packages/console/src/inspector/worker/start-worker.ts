import source from "virtual:diagnosis-worker";

/** The part of Trusted Types that we use; not every browser has it. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string };
}

const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };

/** The worker's text is part of this script, which the page's policy knows by its hash. From a file, too, it needs no second file. */
const workerUrl = URL.createObjectURL(
  new Blob([source], { type: "text/javascript" }),
);

/** The page's policy demands Trusted Types. The one script that is ever started is our own worker. */
const policy = trustedTypes?.createPolicy("assay-worker", {
  createScriptURL(url) {
    if (url !== workerUrl)
      throw new TypeError("only the diagnosis worker may be started");
    return url;
  },
});

export function startWorker(): Worker {
  return new Worker(policy?.createScriptURL(workerUrl) ?? workerUrl);
}
