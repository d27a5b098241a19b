import { names } from "./lists.ts";
import { tell, type Family } from "./cause-words.ts";
import { ABSENT } from "./absent-token.ts";
import { counted, figure } from "./time.ts";
import { phrase, quoted } from "./untrusted.ts";

const FORGED =
  "Do not trust its sender. If this is a test of yours, the refusal is right; otherwise find out where the token came from.";

/** Words for the causes of the family token. */
export const TOKEN: Family<"token"> = {
  "token.absent": ({ how }) => {
    const [evidence, fix] = ABSENT[how];
    return tell(
      how === "not_signed"
        ? "The request was never signed."
        : how === "no_credentials"
          ? "There was nothing to sign the request with."
          : "The token was never attached.",
      [evidence],
      fix,
    );
  },
  "token.placeholder": ({ literal, kind }) =>
    tell(
      "A placeholder stands where the token should be.",
      [`the token is literally ${quoted(literal)}: ${phrase(kind)}`],
      "Put the real token in its place. Check that the variable has a value at the moment when the request is built.",
    ),
  "token.scheme_repeated": ({ where, scheme }) =>
    tell(
      "The word for the scheme is there twice.",
      [
        where === "header"
          ? `the header says ${quoted(scheme)} twice before the token`
          : `the token itself begins with ${quoted(scheme)}`,
      ],
      `Add ${quoted(scheme)} in one place only: many libraries already put it before the token that you hand them.`,
    ),
  "token.scheme_missing": ({ found, expected }) =>
    tell(
      "The scheme before the token is missing, or is another word.",
      [
        found === null
          ? "the token stands in the header without a scheme"
          : `the header begins with ${quoted(found)}, expected ${quoted(expected)}`,
      ],
      `Send the header as “Authorization: ${phrase(expected)} ” followed by the token.`,
    ),
  "token.quoted": ({ marks }, confidence) =>
    tell(
      "Marks that belong to some other syntax were sent with the token.",
      [
        confidence === "certain"
          ? `without them the token is whole: ${phrase(marks)}`
          : `around or inside the token: ${phrase(marks)}`,
      ],
      "Take the value itself, not its text in JSON or in a shell: parse it, or use the raw form (jq -r).",
    ),
  "token.whitespace": ({ where, characters }, confidence) =>
    tell(
      "White space or invisible characters stand around the token.",
      [
        `${where === "both" ? "before and after" : where} the token: ${names(characters)}`,
        confidence === "certain" && "without them the token is whole",
      ],
      "Trim the token when you read it. A file or a command's output usually ends with a line end.",
    ),
  "token.line_wrapped": ({ breaks, character }, confidence) =>
    tell(
      "The token was broken into lines.",
      [
        `inside the token: ${counted(breaks, "break")} (${phrase(character)})`,
        confidence === "certain" && "without them the token is whole",
      ],
      "Send the token as one line. Turn off wrapping where it is encoded or printed (base64 -w0).",
    ),
  "token.truncated": ({ segments, length, missing, where }) =>
    tell(
      {
        start: "The beginning of the token is cut off.",
        inside: "A part of the token is left out.",
        end: "The end of the token is cut off.",
      }[where],
      [
        `${counted(length, "character")} in ${counted(segments, "part")} arrived`,
        `missing: ${phrase(missing)}`,
      ],
      {
        start:
          "Copy the token from its very first character: nearly every one begins with eyJ.",
        inside:
          "Take the token from where it was made or sent. Logs and screens shorten what they show.",
        end: "Copy or store the whole token. Look for a column, cookie or header limit on its way.",
      }[where],
    ),
  "token.concatenated": ({ what, where }, confidence) =>
    tell(
      "Something else hangs on a whole token.",
      [
        `${where} the token: ${phrase(what)}`,
        confidence === "certain" && "without it the token is whole",
      ],
      "Send the token alone. Check how the value is split or put together before it is sent.",
    ),
  "token.percent_encoded": ({ times }, confidence) =>
    tell(
      "The token is still percent-encoded.",
      [
        confidence === "certain"
          ? `decoded ${decodings(times)}, the token is whole`
          : `it looks as if it were percent-encoded ${decodings(times)}`,
      ],
      "Decode the value once when you take it from a URL or a form, and do not encode a header value at all.",
    ),
  "token.base64_not_url": ({ what }, confidence) =>
    tell(
      "The token was written in ordinary base64, not in base64url.",
      [
        what.includes("alphabet") &&
          "“+” or “/” stands in it, where base64url has “-” and “_”",
        what.includes("padding") &&
          "“=” stands at the end of a part, where base64url in a token has no padding",
        confidence === "certain" && "re-written in base64url it is whole",
      ],
      "Encode each part in base64url without padding (RFC 7515 section 2), best with a JWT library.",
    ),
  "token.double_encoded": ({ by }, confidence) =>
    tell(
      "The whole token was encoded once more.",
      [
        confidence === "certain"
          ? `undoing this yields a whole token: ${phrase(by)}`
          : `it looks encoded as a whole: ${phrase(by)}`,
      ],
      "Send the token as you got it. It is text already and needs no further encoding.",
    ),
  "token.json_instead": ({ member }) =>
    tell(
      "A whole JSON document was sent in place of the token.",
      [
        member === null
          ? "the value is a JSON document"
          : `the value is a JSON document; its member ${quoted(member)} holds a token`,
      ],
      member === null
        ? "Parse the answer, and send the token that is in it."
        : `Parse the JSON, and send only the value of ${quoted(member)}.`,
    ),
  "token.error_instead": ({ error }) =>
    tell(
      "An error was stored and sent as if it were the token.",
      [
        error === null
          ? "the value is an error page or an error answer"
          : `the value is an error answer: ${quoted(error)}`,
      ],
      "Check the status of the answer before you take a token from it, and mend that first error.",
    ),
  "token.key_instead": ({ name }) =>
    tell(
      "A key or a secret was sent in place of a token.",
      [`the value looks like this: ${phrase(name)}`],
      "Use the key to obtain a token, and send the token. If the key went to a server that should not have it, replace it.",
    ),
  "token.opaque": ({ name }) =>
    tell(
      "The token is a reference, and only its issuer can read it.",
      [`the value looks like this: ${phrase(name)}`],
      "Ask the issuer's introspection endpoint (RFC 7662) about it, or have the issuer make JWTs for this API.",
    ),
  "token.encrypted": ({ alg, enc, hadKeys }) =>
    tell(
      "The token is encrypted, and the verifier cannot open it.",
      [
        `the header says ${
          [alg, enc]
            .filter((name) => name !== null)
            .map(phrase)
            .join(", ") || "no algorithm"
        }, the form of a JWE`,
        hadKeys
          ? "none of the decryption keys opens it"
          : "the verifier has no decryption key",
      ],
      hadKeys
        ? "Give the verifier the private key that the issuer encrypts to, or ask the issuer for a token meant for this API."
        : alg === "dir"
          ? "Name this API when you ask for the token (audience or resource): without it some issuers give a token that they alone can open. If both sides share a key for it, give that to the verifier."
          : "Give the verifier the decryption key, or have the issuer send signed tokens that are not encrypted.",
    ),
  "token.malformed": ({ part, problem, member }) =>
    tell(
      "Whoever made the token broke its form.",
      [
        `${phrase(part)}: ${phrase(problem)}${member === null ? "" : ` (${quoted(member)})`}`,
      ],
      "Make the token with a JWT library instead of by hand, and check it before it leaves.",
    ),
  "token.oversized": ({ length, largest, members, depth }) =>
    tell(
      depth === null
        ? "The token is too large."
        : "The token is nested too deeply.",
      [
        depth === null
          ? `it has ${counted(length, "character")}`
          : `it is nested ${counted(depth, "level")} deep or deeper`,
        largest !== null &&
          `the largest claim is ${quoted(largest)}${members > 0 ? `, with ${counted(members, "member")}` : ""}`,
      ],
      depth === null
        ? "Leave out what the API does not need: groups, roles and documents can be asked for by reference."
        : "Make the claim flat: put only what the API needs into the token, and let the rest be asked for by reference.",
    ),
  "token.altered": ({ changed, by }) =>
    tell(
      "The token was changed after it was signed.",
      [
        by === "comparison"
          ? "it differs from the token that the client was given"
          : by === "re_encoding"
            ? "its parts were written anew after signing"
            : "the signature was made with the right key, over another text than this",
        changed.length > 0 && `changed: ${names(changed)}`,
      ],
      "Send the token exactly as the issuer made it. To have other claims in it, ask the issuer for another token.",
    ),
  "token.forged": ({ pattern, emulator }) =>
    tell(
      "The token has the marks of a forgery.",
      [
        phrase(pattern),
        emulator !== null &&
          "the Firebase Auth emulator makes its tokens so too",
      ],
      emulator === null
        ? FORGED
        : "If it is from your own emulator, set FIREBASE_AUTH_EMULATOR_HOST where the token is checked, and never in production. If it is not, do not trust its sender.",
    ),
};

const decodings = (times: number): string =>
  times === 1 ? "once" : times === 2 ? "twice" : `${figure(times)} times`;
