import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hideAwsSecrets } from "../src/hide-aws-secrets.ts";

const SECRET = "notAkeyButFortyCharactersOfExampleText00";
const TOKEN = `${SECRET}/andThenAToken+OfManyCharacters==`;

describe("hideAwsSecrets", () => {
  const inquiry = {
    context: {
      aws: {
        environment: {
          AWS_SESSION_TOKEN: TOKEN,
          AWS_WEB_IDENTITY_TOKEN_FILE: "/var/run/secrets/the-token",
        },
        credentialsFile: `[default]\naws_access_key_id = AKIAY34FZKBOKMUTVV7A ${SECRET}\naws_secret_access_key = test\n`,
      },
    },
  };

  it("takes out each secret at any depth, the longer one before its part", () => {
    assert.deepEqual(
      hideAwsSecrets([{ a: `x ${SECRET} y` }, TOKEN, 7, null], inquiry),
      [
        { a: "x (a secret of 40 characters) y" },
        `(a secret of ${TOKEN.length - 2} characters)==`,
        7,
        null,
      ],
    );
  });

  it("leaves key ids, paths and short words", () => {
    const text = "AKIAY34FZKBOKMUTVV7A /var/run/secrets/the-token test";
    assert.equal(hideAwsSecrets(text, inquiry), text);
  });
});
