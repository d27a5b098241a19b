/** The single sign-on session behind the credentials: its portal refuses, a tool says so, or its cache is past its end. */
import type { AwsCase } from "../aws-case.ts";
import { utcMoment } from "../moment.ts";
import { isSignOnRequest } from "../recognise.ts";
import { expired } from "./session-end.ts";

export function detectSignOn(seen: AwsCase): void {
  if (!seen.refused) return;
  const { configuration, meaning, answer } = seen;
  const end = cacheEnd(seen);
  const at = seen.serviceTime ?? seen.now;
  const byPortal =
    isSignOnRequest(seen.inquiry) &&
    (answer.status === 401 ||
      /^(?:Unauthorized|InvalidGrant|ExpiredToken|InvalidClient)$/.test(
        answer.code ?? "",
      ) ||
      (end !== null && end <= at) ||
      meaning === "session_ended");
  const named = [
    configuration.profile,
    ...(configuration.setting(configuration.profile, "source_profile") === null
      ? []
      : [configuration.setting(configuration.profile, "source_profile") ?? ""]),
  ].find((name) =>
    ["sso_session", "sso_start_url"].some(
      (setting) => configuration.setting(name, setting) !== null,
    ),
  );
  const byCache =
    end !== null &&
    end <= at &&
    named !== undefined &&
    seen.own.every((each) => each.place !== "environment") &&
    (meaning === null || meaning === "session_ended");
  if (!byPortal && meaning !== "sso" && !byCache) {
    if (
      named !== undefined &&
      meaning === "session_ended" &&
      seen.own.length === 0
    )
      suspect(seen, named, end, "possible", 1);
    return;
  }
  expired(seen, end !== null && end < at ? end : at, at);
  suspect(seen, named ?? null, end, "likely", 7);
}

function suspect(
  seen: AwsCase,
  profile: string | null,
  end: number | null,
  confidence: "likely" | "possible",
  weight: number,
): void {
  const at = seen.serviceTime ?? seen.now;
  seen.suspect(
    "aws.sso_session",
    confidence,
    {
      profile,
      end: end === null ? null : new Date(end * 1000).toISOString(),
      inconsistent: end !== null && end > at,
    },
    ["expiration.expired"],
    weight,
  );
}

/** A file of ~/.aws/sso/cache among the documents, or a variable that names the end. */
function cacheEnd({ inquiry, configuration }: AwsCase): number | null {
  const texts = [
    ...Object.values(inquiry.context?.documents ?? {}).map(
      ({ body = "" }) => body,
    ),
    ...configuration.environment.values(),
  ];
  for (const body of texts) {
    if (!/startUrl|sso/i.test(body.slice(0, 8_000))) continue;
    const found = /"expiresAt"\s*:\s*"([^"]{10,40})"/.exec(
      body.slice(0, 8_000),
    );
    const at = utcMoment(found?.[1]);
    if (at !== null) return at;
  }
  return null;
}
