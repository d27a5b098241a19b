/** What proxies and content networks leave in a request. */
import type { AwsCase } from "./aws-case.ts";

const TRACE =
  /^(?:via|forwarded|x-forwarded-(?:for|host|proto)|x-real-ip|cdn-loop|cf-[\w-]+|x-envoy-[\w-]+|x-amz-cf-id|x-google-[\w-]+|x-cloud-trace-context|fastly-[\w-]+|x-original-[\w-]+|x-azure-[\w-]+)$/i;

export const traces = ({ wire }: AwsCase): readonly string[] => [
  ...new Set(
    (wire?.headers ?? [])
      .map(([name]) => name)
      .filter((name) => name.length < 60 && TRACE.test(name)),
  ),
];
