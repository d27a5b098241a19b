/** Error numbers of Microsoft Entra ID and the causes that each can mean. Data; the numbers are those of Microsoft's reference of error codes. */
import type { CauseCode } from "../causes.ts";

const SOURCE =
  "Microsoft Entra ID, learn.microsoft.com/entra/identity-platform/reference-error-codes";

const NUMBERS: readonly (readonly [
  numbers: string,
  causes: readonly CauseCode[],
])[] = [
  ["54005|70002002", ["oauth.code_reused"]],
  [
    "70008",
    ["oauth.code_expired", "oauth.refresh_idle", "oauth.refresh_expired"],
  ],
  [
    "70000",
    [
      "oauth.code_expired",
      "oauth.refresh_expired",
      "oauth.refresh_other_client",
    ],
  ],
  ["501481|50147|501491|9002325", ["oauth.pkce"]],
  ["50011|500112|900971|500113|700003|9002326", ["oauth.redirect_uri"]],
  [
    "7000218|700025|7000216|7000217|700030",
    ["oauth.client_authentication_method"],
  ],
  ["7000215|7000222|7000219", ["oauth.client_secret_wrong"]],
  ["700016|90013|700038|650052", ["oauth.client_unknown"]],
  ["90002|900021|90023", ["oauth.client_unknown"]],
  ["700212|700211|700213", ["oauth.assertion_audience"]],
  ["700024|50012|500133|7000214", ["oauth.assertion_time"]],
  ["900144|9002313|900561|90014|900142|90100", ["oauth.request_format"]],
  [
    "70003|700051|7000114|9001023|700054|65001|65004|650054|90094|7000112|700005|50194|650056|90072|50105",
    ["oauth.grant_not_allowed"],
  ],
  ["1002012|70011|28003|700022|28002|650053", ["oauth.scope_invalid"]],
  [
    "500011|50001|650057|901002|9010010|500014|9002332|900384",
    ["oauth.resource_unknown"],
  ],
  ["700082", ["oauth.refresh_idle"]],
  ["700084|70043", ["oauth.refresh_expired"]],
  [
    "50173",
    ["revoked.not_before", "revoked.by_user", "revoked.by_administrator"],
  ],
  ["50089|700081", ["revoked.by_user", "revoked.by_administrator"]],
  ["50057|50053|500341|50034", ["revoked.by_administrator"]],
  ["50076|50079|50158|53000|53003|50074", ["scope.step_up"]],
];

export const ENTRA_MESSAGES: readonly (readonly [
  RegExp,
  readonly CauseCode[],
  string,
])[] = NUMBERS.map(([numbers, causes]) => [
  new RegExp(`\\bAADSTS(?:${numbers})\\b`),
  causes,
  SOURCE,
]);
