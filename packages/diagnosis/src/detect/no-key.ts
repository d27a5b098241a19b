import type { Investigation } from "../investigation.ts";
import type { Signed } from "./signed.ts";

const EXPLAINS = ["signature.key_unsuitable"] as const;

/** What is configured as a public key is no key at all. */
export function suspectNoKey(i: Investigation, s: Signed): boolean {
  const text = i.policy.publicKey?.trim() ?? "";
  if (
    text === "" ||
    /^(\$\{?[\w.]+\}?|\{\{.*\}\}|%\w+%|<[^<>]*>|undefined|null|none|changeme|your[-_ ].*)$/i.test(
      text,
    )
  ) {
    i.suspect("verifier.not_configured", {
      confidence: "likely",
      facts: {
        setting:
          text === ""
            ? "the public key: it is empty"
            : "the public key: a placeholder stands there",
      },
      explains: EXPLAINS,
      weight: 45,
    });
  } else if (
    /^[\x21-\x7e]{8,256}$/.test(text) &&
    !text.includes("BEGIN") &&
    !/[/\\]\w+\.\w+$|^https?:/.test(text)
  ) {
    i.suspect("key.wrong_type", {
      confidence: "likely",
      facts: {
        alg: s.alg,
        found: "a text without any key in it, such as a shared secret",
      },
      explains: EXPLAINS,
      weight: 20,
    });
  }
  i.suspect("key.wrong_form", {
    confidence: "possible",
    facts: {
      found: "a text that cannot be read as a key",
      expected: "a public key as PEM (BEGIN PUBLIC KEY)",
      isPrivate: false,
    },
    explains: EXPLAINS,
    weight: 5,
  });
  return false;
}
