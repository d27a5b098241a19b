/** What a host name of AWS says: partition, region, and the name under which its service signs. */
import { isRegion, partitionOf } from "./regions.ts";

export interface Endpoint {
  readonly host: string;
  readonly partition: string;
  /** null: the host names none, and serves several or a fixed one. */
  readonly region: string | null;
  /** The region that a signature for this host must name; null: any, as at the global name of S3. */
  readonly signingRegion: string | null;
  /** The word of the service in the host. */
  readonly service: string | null;
  /** The service that a signature must name; null: not known for sure. */
  readonly signingName: string | null;
}

/** Suffixes of hosts, and their partition; null: the region tells it. */
const SUFFIXES: readonly (readonly [string, string | null])[] = [
  [".amazonaws.com.cn", "aws-cn"],
  [".api.amazonwebservices.com.cn", "aws-cn"],
  [".on.amazonwebservices.com.cn", "aws-cn"],
  [".amazonaws.com", null],
  [".amazonaws.eu", "aws-eusc"],
  [".api.aws", null],
  [".on.aws", null],
  [".c2s.ic.gov", "aws-iso"],
  [".sc2s.sgov.gov", "aws-iso-b"],
];

/** Services whose signing name is not the word in their host (botocore, `signingName`). */
const SIGNING_NAMES: ReadonlyMap<string, string> = new Map([
  ["bedrock-runtime", "bedrock"],
  ["bedrock-agent", "bedrock"],
  ["bedrock-agent-runtime", "bedrock"],
  ["runtime.sagemaker", "sagemaker"],
  ["featurestore-runtime.sagemaker", "sagemaker"],
  ["api.sagemaker", "sagemaker"],
  ["email", "ses"],
  ["runtime.lex", "lex"],
  ["runtime-v2-lex", "lex"],
  ["models.lex", "lex"],
  ["streams.dynamodb", "dynamodb"],
  ["lambda-url", "lambda"],
  ["api.ecr", "ecr"],
  ["monitoring", "monitoring"],
  ["entitlement.marketplace", "aws-marketplace"],
  ["metering.marketplace", "aws-marketplace"],
  ["mturk-requester", "mturk-requester"],
  ["data.mediastore", "mediastore"],
  ["data.iot", "iotdata"],
  ["session.qldb", "qldb"],
  ["queue", "sqs"],
  ["portal.sso", "awsssoportal"],
  ["oidc", "awsssooidc"],
  ["s3-accesspoint", "s3"],
  ["s3-fips", "s3"],
  ["s3-global", "s3"],
  ["s3-control", "s3"],
  ["s3-outposts", "s3-outposts"],
  ["s3-object-lambda", "s3-object-lambda"],
  ["s3express-control", "s3express"],
  ["api.tunneling.iot", "IoTSecuredTunneling"],
]);

/** Words in a host that are themselves the signing name; of others nothing is concluded. */
const SAME: ReadonlySet<string> = new Set(
  (
    "acm aoss apigateway appsync athena batch ce cloudformation cloudfront cloudtrail cloudwatch codebuild codecommit " +
    "cognito-identity cognito-idp config dynamodb ec2 ecr ecs eks elasticache elasticfilesystem elasticloadbalancing es events " +
    "execute-api firehose geo glue guardduty iam kinesis kinesisanalytics kms lambda logs monitoring mq organizations " +
    "personalize polly rds rds-data rds-db redshift rekognition route53 s3 secretsmanager servicediscovery sns sqs ssm states sts " +
    "support textract transcribe translate vpc-lattice-svcs waf wafv2 xray"
  ).split(" "),
);

/** Hosts of the whole partition, and the region for which they are signed in the commercial one. */
const GLOBAL: ReadonlySet<string> = new Set([
  "iam",
  "sts",
  "route53",
  "cloudfront",
  "organizations",
  "support",
  "waf",
  "ce",
  "budgets",
  "shield",
]);

export function endpointOf(host: string): Endpoint | null {
  const name = host
    .toLowerCase()
    .replace(/:\d{1,5}$/, "")
    .slice(0, 300);
  const suffix = SUFFIXES.find(([end]) => name.endsWith(end));
  if (!suffix) return null;
  const labels = name.slice(0, -suffix[0].length).split(".");
  const at = labels.findLastIndex((label) => isRegion(label));
  const { service, region } = placed(labels, at);
  const partition =
    suffix[1] ??
    (region === null
      ? labels.includes("us-gov")
        ? "aws-us-gov"
        : "aws"
      : (partitionOf(region) ?? "aws"));
  return {
    host: name,
    partition,
    region,
    service,
    signingRegion: region ?? globalRegion(service, partition),
    signingName:
      service === null
        ? null
        : (SIGNING_NAMES.get(service) ?? (SAME.has(service) ? service : null)),
  };
}

function placed(
  labels: readonly string[],
  at: number,
): { readonly service: string | null; readonly region: string | null } {
  // The old names of S3: s3-eu-west-1.amazonaws.com.
  const dashed = labels.at(-1)?.startsWith("s3-")
    ? (labels.at(-1)?.slice(3) ?? "")
    : "";
  if (isRegion(dashed)) return { service: "s3", region: dashed };
  if (at < 0) return { service: lastService(labels), region: null };
  const region = labels[at] ?? null;
  // domain.eu-west-1.es.amazonaws.com, name.id.eu-west-1.rds.amazonaws.com
  if (at < labels.length - 1) {
    const after = labels.slice(at + 1).join(".");
    // The password of a database is a presigned URL of a service of its own.
    return { service: after === "rds" ? "rds-db" : after, region };
  }
  return { service: lastService(labels.slice(0, at)), region };
}

/** The word nearest to the region; two words where only both together name it. */
function lastService(labels: readonly string[]): string | null {
  const named = labels.filter(
    (label) => label !== "dualstack" && label !== "us-gov",
  );
  const last = named.at(-1)?.replace(/-fips$/, "") ?? null;
  const both = named.slice(-2).join(".");
  return named.length > 1 && SIGNING_NAMES.has(both) ? both : last;
}

function globalRegion(
  service: string | null,
  partition: string,
): string | null {
  if (service === null || !GLOBAL.has(service)) return null;
  if (partition === "aws-us-gov") return "us-gov-west-1";
  return partition === "aws" ? "us-east-1" : null;
}
