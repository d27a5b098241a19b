/** The tour: a good token, then seven ways to break it. */
export const TOUR = {
  title: "A tour: make a token, break it in seven ways",
  intro:
    "This page has just made a key and signed a token with it. Each step breaks it in one way that people meet every day. Read the verdict, then the cause.",
  next: "Next",
  previous: "Back",
  progress: (step: number, of: number) => `Step ${step} of ${of}`,
  again: "Make another token",
  steps: "The steps of the tour",
  token: "The token as it is sent",
  done: "That was the tour. Paste a token of your own, or read the guides.",
  toInspector: "To the inspector",
  toGuides: "To the guides",
  chapters: {
    good: {
      title: "A good token",
      text: "Three parts between two dots: the header says how it is signed, the claims say who, for whom and until when, and the signature proves that the issuer wrote both. All nine steps are asked here, as far as they apply.",
      look: "Open a cell of the strip. It says what was expected and what was found.",
    },
    truncated: {
      title: "Cut off the end",
      text: "The last characters are lost, as happens in a terminal that is too narrow or in a database column that is too short. The signature is there, but not all of it.",
      look: "The claims can still be read, and no longer be trusted.",
    },
    altered: {
      title: "Change a claim",
      text: "Somebody opens the payload, writes “admin”, encodes it again and keeps the old signature. Anybody can read and write a token. Only the issuer can sign it.",
      look: "One changed character is enough: the signature does not come out. The page still knows the untouched token, so it can show what was changed.",
    },
    expired: {
      title: "Wait too long",
      text: "The same good token, an hour after its end. Nothing is wrong with it but the time. A client that renews ahead of time never meets this.",
      look: "Look at the time line: “now” has gone past exp.",
    },
    audience: {
      title: "Send it to another API",
      text: "The token is good and for somebody else. If every API took every token, the weakest of them could use yours everywhere.",
      look: "Expected and found stand side by side in the step audience.",
    },
    key: {
      title: "Sign with a key that nobody published",
      text: "The header names a key that is not in the API's set. Perhaps the issuer has a new key and the API still holds the old set. Perhaps somebody else signed.",
      look: "The answer says what would decide between the two.",
    },
    quoted: {
      title: "Send the quotation marks too",
      text: "The token was taken out of a JSON file by cutting, and its quotation marks came along. The text on the wire is no longer a token.",
      look: "The cause is shown, not guessed: without the marks the token verifies.",
    },
    none: {
      title: "Sign it not at all",
      text: "An old attack: the header says alg none and the signature is empty. A library that does what the token says would believe every word.",
      look: "The verifier decides which algorithms count, never the token.",
    },
  },
};
