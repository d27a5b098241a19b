/** Regions and partitions of AWS (botocore `endpoints.json`): what belongs together, and what an account must opt in to. */

/** Off until an account opts in: session tokens of version 1 are not valid there (IAM guide, "Managing STS in a region"). */
const OPT_IN: ReadonlySet<string> = new Set([
  "af-south-1",
  "ap-east-1",
  "ap-east-2",
  "ap-south-2",
  "ap-southeast-3",
  "ap-southeast-4",
  "ap-southeast-5",
  "ap-southeast-6",
  "ap-southeast-7",
  "ca-west-1",
  "eu-central-2",
  "eu-south-1",
  "eu-south-2",
  "il-central-1",
  "me-central-1",
  "me-south-1",
  "me-west-1",
  "mx-central-1",
  "sa-west-1",
]);

const REGION =
  /^(?:af|ap|ca|cn|eu|eusc|il|me|mx|sa|us|us-gov|us-iso|us-isob|us-isof|eu-isoe)-(?:[a-z]{2}-)?[a-z]{4,9}-\d{1,2}$/;

export const isRegion = (text: string): boolean =>
  text.length < 30 && REGION.test(text);

export const mustBeOptedInTo = (region: string): boolean => OPT_IN.has(region);

/** "aws", "aws-cn", "aws-us-gov" …; null: it is no region. */
export function partitionOf(region: string): string | null {
  if (!isRegion(region)) return null;
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  if (region.startsWith("eusc-")) return "aws-eusc";
  if (region.startsWith("us-isob-")) return "aws-iso-b";
  if (region.startsWith("us-isof-")) return "aws-iso-f";
  if (region.startsWith("eu-isoe-")) return "aws-iso-e";
  return region.startsWith("us-iso-") ? "aws-iso" : "aws";
}

/** arn:PARTITION:… */
export function partitionOfArn(arn: string): string | null {
  return /^arn:(aws(?:-[a-z]+){0,2}):/.exec(arn.slice(0, 40))?.[1] ?? null;
}
