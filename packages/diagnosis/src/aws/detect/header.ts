/** The signature cannot be read as one: what stands there, and why. */
import type { Facts } from "../../causes.ts";
import type { AwsCase } from "../aws-case.ts";
import { headersOf } from "../wire.ts";

type Problem = Facts["aws.header_malformed"]["problem"];

export function detectHeader(seen: AwsCase): void {
  const { problem, meaning, keyId, inquiry } = seen;
  const values = headersOf(inquiry.request, "authorization");
  const text = values[0] ?? "";
  const damage = keyId === null ? null : damageInHeader(keyId);
  if (damage) {
    malformed(seen, text);
    seen.suspect(
      "aws.credential_damaged",
      "likely",
      { part: "key_id", damage, length: keyId?.length ?? null },
      ["request.header_malformed", "signature.key_not_found"],
      6,
    );
    unreadable(seen, "separators", null, "possible");
    return;
  }
  if (problem) {
    malformed(seen, text);
    unreadable(
      seen,
      problemOf(problem.problem, problem.part, text, keyId),
      problem.part,
      "likely",
    );
    return;
  }
  if (keyId !== null && keyId.trim() === "" && seen.refused) {
    malformed(seen, text);
    unreadable(seen, "key_id_empty", "Credential", "likely");
    return;
  }
  if (!seen.refused) return;
  if (
    meaning === "two_mechanisms" ||
    meaning === "header" ||
    meaning === "scope"
  ) {
    if (seen.suspicions.some(({ cause }) => cause === "aws.unknown_route"))
      return;
    malformed(seen, text);
    unreadable(
      seen,
      meaning === "two_mechanisms"
        ? "two_mechanisms"
        : meaning === "scope"
          ? "scope"
          : saidOf(seen.answer.message, text, seen.parsed !== null),
      null,
      "likely",
    );
    damagedBySaying(seen);
  }
}

/** Within the header a blank ends the pair, and quotation marks are taken for a part of the id. */
function damageInHeader(
  keyId: string,
): "white_space" | "quotation_marks" | null {
  if (keyId.trim() !== "" && /\s/.test(keyId)) return "white_space";
  return /["'“”‘’]/.test(keyId) ? "quotation_marks" : null;
}

/** "'/20260316/us-east-1/sts/aws4_request' not a valid key=value pair": what stood before the slash had a blank or line end. */
function damagedBySaying(seen: AwsCase): void {
  if (
    /'\s*\/\d{8}\/[^']{1,120}' not a valid key=value|Invalid header value/.test(
      seen.answer.message.slice(0, 600),
    )
  )
    seen.suspect(
      "aws.credential_damaged",
      "likely",
      { part: "key_id", damage: "white_space", length: null },
      ["request.header_malformed"],
      6,
    );
}

function problemOf(
  problem: string,
  part: string | null,
  text: string,
  keyId: string | null,
): Problem {
  if (/besides/.test(problem)) return "two_mechanisms";
  if (/^\s*Authorization\s*:/i.test(text)) return "name_in_value";
  if (keyId !== null && keyId.trim() === "") return "key_id_empty";
  if (/missing|empty/.test(problem)) return "part_missing";
  if (/comma|equals/.test(problem)) return "separators";
  return part === "Credential" || part === "X-Amz-Credential"
    ? "scope"
    : "unreadable";
}

function saidOf(message: string, text: string, parsed: boolean): Problem {
  if (/non-empty Access Key/i.test(message)) return "key_id_empty";
  if (/requires '(?:Credential|Signature|SignedHeaders)'/.test(message))
    return /^\s*AWS4-/.test(text) ? "part_missing" : "other_scheme";
  if (!parsed && text !== "" && !/AWS4-/.test(text)) return "other_scheme";
  return /header: 'Authorization:/i.test(message)
    ? "name_in_value"
    : "unreadable";
}

function malformed(seen: AwsCase, text: string): void {
  seen.find("request.header_malformed", {
    words: text.split(/\s+/).filter(Boolean).length,
  });
}

function unreadable(
  seen: AwsCase,
  problem: Problem,
  part: string | null,
  confidence: "likely" | "possible",
): void {
  seen.suspect("aws.header_malformed", confidence, { problem, part }, [
    "request.header_malformed",
  ]);
}
