/** Versions of what can be changed (RFC 9110 section 8.8.3), so that of two operators who change the same thing the second is told. */
import { hash } from "node:crypto";
import { Problem } from "./problem.ts";

const LENGTH = 22;

export const etagOf = (value: object): string =>
  `"${hash("sha256", JSON.stringify(value), "base64url").slice(0, LENGTH)}"`;

/** Throws where If-Match is missing or names another version. */
export function checkVersion(request: Request, value: object): void {
  const wanted = request.headers.get("if-match");
  if (wanted === null)
    throw new Problem(
      "precondition_needed",
      "Send If-Match with the ETag of the version that you read.",
    );
  const versions = wanted.split(",").map((one) => one.trim());
  if (!versions.includes("*") && !versions.includes(etagOf(value)))
    throw changedMeanwhile();
}

export const changedMeanwhile = (): Problem =>
  new Problem(
    "changed_meanwhile",
    "Somebody else changed it since it was read. Read it again, and decide anew.",
  );
