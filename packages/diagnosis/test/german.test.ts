/** German has a word for everything that a diagnosis says, and nobody loads it who does not ask for it. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { before, describe, it } from "node:test";
import {
  diagnose,
  ENGLISH,
  readInquiry,
  report,
  type CauseCode,
  type Diagnosis,
  type Facts,
  type Language,
} from "@assay/diagnosis";
import { GERMAN } from "@assay/diagnosis/german";
import type { Evidence, Reason } from "@assay/token";
import { knowsPhrase } from "../src/words/german/phrases.ts";
import { vectorFiles, vectorsOf } from "./vectors.ts";

type Places<T> = { readonly [C in keyof T]?: readonly (keyof T[C])[] };

/** The facts in which a detector puts words of its own, and no stranger a name. */
const OUR_FACTS: Places<Facts> = {
  "time.clock_ahead": ["against"],
  "time.clock_behind": ["against"],
  "time.lifetime_unit": ["unit"],
  "time.not_numeric": ["form"],
  "time.proof_reused": ["what"],
  "token.placeholder": ["kind"],
  "token.quoted": ["marks"],
  "token.whitespace": ["characters"],
  "token.line_wrapped": ["character"],
  "token.truncated": ["missing"],
  "token.concatenated": ["what"],
  "token.double_encoded": ["by"],
  "token.key_instead": ["name"],
  "token.opaque": ["name"],
  "token.malformed": ["part", "problem"],
  "token.forged": ["pattern"],
  "kind.id_token": ["by"],
  "kind.access_token": ["by"],
  "kind.refresh_token": ["by"],
  "kind.proof": ["what", "by"],
  "key.secret_whitespace": ["what"],
  "key.secret_interpolated": ["form"],
  "key.pem_damaged": ["damage"],
  "key.wrong_form": ["found", "expected"],
  "key.wrong_type": ["found"],
  "key.id_form": ["relation"],
  "key.set_wrong_document": ["found"],
  "key.set_unreachable": ["error"],
  "signature.padding_scheme": ["made"],
  "signature.hash": ["made"],
  "signature.input": ["input"],
  "audience.form": ["difference"],
  "audience.default": ["name"],
  "scope.shape": ["shape"],
  "scope.application_only": ["by"],
  "binding.proxy_rewrote_url": ["differs"],
  "binding.proof_stale": ["what"],
  "status.unreachable": ["error"],
  "verifier.too_strict": ["what"],
  "verifier.unsupported": ["what"],
  "verifier.not_configured": ["setting"],
  "transit.header_stripped": ["by"],
  "transit.wrong_place": ["place"],
};

const OUR_EVIDENCE: Places<Evidence> = {
  "request.token_repeated": ["places"],
  "format.not_jwt": ["looksLike"],
  "format.claim_type": ["expected", "found"],
  "format.type": ["by"],
  "signature.key_unsuitable": ["found"],
  "signature.keys_unavailable": ["problem"],
  "scope.insufficient": ["shape"],
  "revocation.unavailable": ["problem"],
};

function fixedPhrases({ steps, causes, needs }: Diagnosis): readonly string[] {
  const said = [
    ...steps.flatMap((step) => ("because" in step ? [step.because] : [])),
    ...needs,
    ...causes.flatMap(({ cause, facts }) =>
      at(OUR_FACTS[cause as CauseCode], facts),
    ),
    ...steps
      .flatMap((step) => ("findings" in step ? step.findings : []))
      .flatMap(({ reason, evidence }) =>
        at(OUR_EVIDENCE[reason as Reason], evidence),
      ),
  ];
  return said.filter((text) => typeof text === "string");
}

/** What the pattern finds in the sources of a folder. */
function literals(folder: string, pattern: RegExp): readonly string[] {
  const cwd = new URL(folder, import.meta.url);
  return globSync("*.ts", { cwd })
    .map((name) => readFileSync(new URL(name, cwd), "utf8"))
    .flatMap((source) =>
      Array.from(source.matchAll(pattern), ([, text = ""]) => text),
    );
}

const at = (places: readonly string[] = [], values: object): unknown[] =>
  places.flatMap((name) => (values as Record<string, unknown>)[name]);

/** Everything that a report says, in its order. */
function sentences(
  diagnosis: Diagnosis,
  now: number,
  language: Language,
): readonly string[] {
  const said = report(diagnosis, now, language);
  return [
    said.verdict,
    ...said.strip.flatMap(({ word, note }) => [word, note ?? ""]),
    ...said.findings.map(({ sentence }) => sentence),
    ...said.causes.flatMap(({ label, title, who, fix, evidence }) => [
      label,
      title,
      who,
      fix,
      ...evidence,
    ]),
    ...said.needs,
    ...said.timeline.map(({ words }) => words),
  ];
}

/** Words of English that German does not have; what stands in quotation marks is a stranger's. */
const ENGLISH_WORDS =
  /(?<![\w.-])(the|of|with|and|is|are|were|which|without|from|than|this|its|for|not|has|have|been)(?![\w.-])/i;
const withoutQuotations = (text: string): string =>
  text.replace(/„[^“]*(“|$)/g, "…");

describe("German over all vectors", () => {
  const diagnoses: { id: string; now: number; diagnosis: Diagnosis }[] = [];
  before(async () => {
    for (const { id, inquiry } of vectorFiles.flatMap(vectorsOf))
      diagnoses.push({
        id,
        now: Date.parse(inquiry.now ?? "") / 1000 || 1_790_000_000,
        diagnosis: await diagnose(readInquiry(inquiry)),
      });
  });

  it("knows every fixed phrase", () => {
    const unknown = new Set(
      diagnoses
        .flatMap(({ diagnosis }) => fixedPhrases(diagnosis))
        .filter((text) => !knowsPhrase(text)),
    );
    assert.deepEqual([...unknown], []);
  });

  it("leaves no sentence in English", () => {
    const survivors = diagnoses.flatMap(({ id, now, diagnosis }) => {
      const english = sentences(diagnosis, now, ENGLISH);
      return sentences(diagnosis, now, GERMAN)
        .filter(
          (sentence, n) =>
            // Neighbours in lower case are more than names.
            (sentence === english[n] &&
              /\p{Ll}{2} \p{Ll}{2}/u.test(sentence)) ||
            ENGLISH_WORDS.test(withoutQuotations(sentence)),
        )
        .map((sentence) => `${id}: ${sentence}`);
    });
    assert.deepEqual(survivors, []);
  });
});

/** Pieces from which a detector puts a phrase together, and words of its own that no fact holds. */
const PIECES = [
  "a carriage return and a line end",
  "a dot",
  "a placeholder stands there",
  "a server",
  "a variable without a value stands there",
  "it is empty",
  "the certificate's thumbprint (x5t)",
  "the certificate's thumbprint (x5t#S256)",
  "the name of the variable, ",
  "the token before the refresh",
  "the token that the client has, which is not the one that arrived",
];

describe("German", () => {
  it("knows what stands in the detectors, also where no vector leads", () => {
    const found = [
      ...literals("../src/detect/", /"((?:an?|its?|the) [^"\n]+)"/g),
      ...literals(
        "../../token/src/formats/",
        /"(?:key|opaque|other_token|placeholder)",\s+"([^"]+)"/g,
      ),
      ...literals("../../token/src/steps/", /because:\s+"([^"]+)"/g),
    ].map((text) => text.replaceAll("\\\\", "\\"));
    assert.deepEqual(
      [...new Set(found)].filter((text) => !knowsPhrase(text)).toSorted(),
      PIECES.toSorted(),
    );
  });

  it("says distances in time in the dative", () => {
    const now = 1_790_000_000;
    assert.deepEqual(
      [-11_520, 300, 2 * 86_400, -90_000, 0].map((off) =>
        GERMAN.distance(now + off, now),
      ),
      [
        "vor 3 Stunden 12 Minuten",
        "in 5 Minuten",
        "in 2 Tagen",
        "vor 1 Tag 1 Stunde",
        "jetzt",
      ],
    );
  });

  it("leaves what is not ours as it is, and makes it safe", () => {
    assert.equal(
      GERMAN.phrase("quota exceeded\u001b[31m"),
      "quota exceeded\\u{1b}[31m",
    );
    assert.equal(GERMAN.phrase("the header key"), "der Header key");
    assert.equal(
      GERMAN.phrase("\\n as two characters, quotation marks around it"),
      "\\n als zwei Zeichen, Anführungszeichen darum",
    );
  });

  it("has labels that fit their column on a terminal", () => {
    const labels = [
      GERMAN.labels,
      GERMAN.firstCause,
      GERMAN.otherCause,
    ].flatMap((words) => Object.values(words));
    assert.deepEqual(
      labels.filter((label) => label.length > 15),
      [],
    );
  });

  it("is loaded by its own entry alone", () => {
    const source = new URL("../src/", import.meta.url);
    const importers = globSync("**/*.ts", { cwd: source }).filter(
      (path) =>
        !path.startsWith("words/german/") &&
        /from "[^"]*german[^"]*"/.test(
          readFileSync(new URL(path, source), "utf8"),
        ),
    );
    assert.deepEqual(importers, ["german.ts"]);
  });
});
