import type { Facts } from "../causes.ts";
import { names } from "./lists.ts";
import { tell, type CauseWords, type Family } from "./cause-words.ts";
import { phrase, quoted } from "./untrusted.ts";

/** Words for the causes of the family binding. */
export const BINDING: Family<"binding"> = {
  "binding.scheme_downgraded": (facts) =>
    facts.binding === "mtls" ? withoutCertificate(facts) : withoutProof(facts),
  "binding.proxy_rewrote_url": ({ proof, seen, differs }) =>
    tell(
      "A proxy changed the URL on the way.",
      [
        `the proof is for ${quoted(proof)}, the API saw ${quoted(seen)}`,
        differs.length > 0 && `they differ in ${names(differs)}`,
      ],
      "Let the proxy pass on the original scheme, host and path (X-Forwarded-Proto and its kin), and let the API compare with those.",
    ),
  "binding.other_key": ({ binding, by }) =>
    by === "signature"
      ? tell(
          "The proof was signed with another key than the one in its header.",
          ["the proof's signature does not match under its own jwk"],
          "Put the public part of the signing key into the proof's header (jwk), and keep one key pair for the token and all of its proofs.",
        )
      : tell(
          binding === "dpop"
            ? "The proof was made with another key than the token is bound to."
            : "The connection has another certificate than the token is bound to.",
          [
            binding === "dpop"
              ? "the thumbprint of the proof's key is not the one in cnf.jkt"
              : "the certificate's thumbprint is not the one in cnf.x5t#S256",
          ],
          binding === "dpop"
            ? "Keep the key pair with which the token was obtained, and sign all proofs with it. After a new key, get a new token."
            : "Use the client certificate with which the token was obtained. After a new certificate, get a new token.",
        ),
  "binding.certificate_not_forwarded": ({ traces, bound }) =>
    tell(
      "The client certificate did not reach the API.",
      [
        bound === true
          ? "the token is bound to a certificate, and the API saw none"
          : "the API demands a client certificate, and saw none",
        traces.length > 0 && `traces of a proxy: ${names(traces)}`,
      ],
      "Let the proxy that ends TLS ask for the client certificate and hand it on (RFC 9440), and drop that header when it comes from outside.",
    ),
  "binding.proof_stale": ({ what }) =>
    tell(
      "The proof was made for another moment, request or token.",
      [phrase(what)],
      "Make a new proof for each request: its own jti, the present time, this method and URL, and the hash of this access token.",
    ),
  "binding.nonce_required": ({ hadNonce }) =>
    tell(
      "The server wants its nonce in the proof.",
      [hadNonce ? "the proof has an old nonce" : "the proof has no nonce"],
      "Take the nonce from the answer's header DPoP-Nonce, make the proof again with it, and repeat the request (RFC 9449 section 9).",
    ),
};

type Downgraded = Facts["binding.scheme_downgraded"];

function withoutProof({ found, proofSent, bound }: Downgraded): CauseWords {
  const asDpop = found?.toLowerCase() === "dpop";
  return tell(
    bound === false
      ? "The API takes only tokens that are bound to a key, and this one is bound to none."
      : asDpop
        ? "A token that is bound to a key was sent without its proof."
        : "A token that is bound to a key was sent like a bearer token.",
    [
      bound === null
        ? "the API demands a token that is bound to a key"
        : bound
          ? "the token is bound to a key"
          : "the token has no cnf.jkt",
      found !== null && `it was sent with the scheme ${quoted(found)}`,
      proofSent ? "a DPoP proof was sent beside it" : "no DPoP proof was sent",
    ],
    bound === false
      ? "Get a bound token: send a DPoP proof to the token endpoint too (RFC 9449 section 5). Then send it with the scheme DPoP and a fresh proof in the header DPoP."
      : "Send it with the scheme DPoP and a fresh proof in the header DPoP (RFC 9449 section 7.1).",
  );
}

const withoutCertificate = ({ bound }: Downgraded): CauseWords =>
  tell(
    bound === false
      ? "The API takes only tokens that are bound to a certificate, and this one is bound to none."
      : "A token that is bound to a certificate came over a connection without it.",
    [
      bound === null
        ? "the API demands a client certificate"
        : bound
          ? "the token is bound to a client certificate"
          : "the token has no cnf.x5t#S256",
      "the proxy says that the client showed no certificate",
    ],
    bound === false
      ? "Get the token over a connection with a client certificate, and show the same certificate to the API (RFC 8705 section 3)."
      : "Open the connection with the client certificate with which the token was obtained (RFC 8705 section 3).",
  );
