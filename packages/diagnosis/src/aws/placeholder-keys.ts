/** Key ids that are none: of documentation, emulators and templates, and what a log leaves of a key. */
import type { Facts } from "../causes.ts";

type Kind = Facts["aws.placeholder_key"]["kind"];

/** What people write for LocalStack, moto, MinIO, DynamoDB Local, ElasticMQ and their like, in small letters. */
const EMULATORS: ReadonlySet<string> = new Set(
  (
    "anaccesskey test testing tests dummy fake foo foobar bar baz local localhost localstack mock mocked minio minioadmin minio_admin admin " +
    "root user key keyid accesskey access_key accesskeyid access_key_id awsaccesskey aws_access_key_id access secret s3rver " +
    "s3mock any anything abc abcd abcdef abc123 1234 12345 123456 12345678 1234567890 x xx a id ignored notused unused not-used " +
    "not_used fakekey fake_key dummykey dummy_key testkey test_key mockkey mock_key fakemykeyid dummyaccesskey fakeaccesskey " +
    "accesskeyexample rustfsadmin garage ceph elasticmq dynamodb dynamodblocal default password string value sample offline " +
    "serverless offline_key defaultaccesskey mock_access_key mockaccesskey testaccesskey test-key test-access-key dummy-access-key fake-access-key"
  ).split(" "),
);

const TEMPLATE =
  /^(?:change.?me|replace.?me|todo|tbd|insert.*|your.*|my.*key.*|<.*>|\[.*\]|\{\{.*\}\}|\$\{.*\}|\$\(.*\)|\$\w+|%\w+%|x{3,}|akiax{4,}|asiax{4,}|undefined|null|none|nil|nan|false|true|\[object object\]|!\w+.*)$/i;

/** null: it may be a key. */
export function placeholderKind(keyId: string): Kind | null {
  const text = keyId.trim();
  if (text === "" || text.length > 128) return null;
  if (
    /^(?:A[KS]IA)?[*•.…#]{3,}\w{0,4}$/u.test(text) ||
    /^\[?(?:masked|redacted|hidden|filtered|secret)\]?$/i.test(text)
  )
    return "masked";
  if (/EXAMPLE/.test(text) || /^A[KS]IA(?:1234|X{4,}|0{4,})/.test(text))
    return "sample";
  if (TEMPLATE.test(text)) return "template";
  // LocalStack's own key ids begin so, to be told from those of AWS.
  if (/^L[KS]IA[A-Z0-9]{16}$/.test(text) || /^0{12}$/.test(text))
    return "emulator";
  return EMULATORS.has(text.toLowerCase()) ||
    /^(?:fake|dummy|test|mock|local|sample|stub)[-_ ]?\w{0,30}$/i.test(text)
    ? "emulator"
    : null;
}

/** An address of this machine or of an emulator, somewhere in a text. */
export function emulatorAddress(text: string): string | null {
  return (
    /https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|host\.docker\.internal|localstack|minio|moto|dynamodb-local|elasticmq|[\w.-]*localhost\.localstack\.cloud)(?::\d{1,5})?(?![\w.-])/i.exec(
      text.slice(0, 64_000),
    )?.[0] ?? null
  );
}
