/**
 * About a thousand secrets that stand in tutorials, templates, documentation and default configurations, likeliest first. A token that
 * verifies with one of them was signed by whoever read the same page.
 */

/** Whole secrets, as samples have them. */
const WHOLE = `
secret|your-256-bit-secret|your-384-bit-secret|your-512-bit-secret|a-string-secret-at-least-256-bits-long|a-valid-string-secret-that-is-at-least-512-bits-long-which-is-very-long
your_jwt_secret|your-jwt-secret|yourSecretKey|your_secret_key|your-secret-key|secretkey|secret_key|secret-key|secretKey|SECRET_KEY|JWT_SECRET|jwt_secret|jwt-secret|jwtsecret|jwtSecret
super-secret-jwt-token-with-at-least-32-characters-long|reallyreallyreallyreallyverysafe|reallyreallyreallyreallylongsecret|thisisasecret|this_is_a_secret|thisismysecret|this-is-a-secret
mysecretkey|my_secret_key|my-secret-key|mysecret|my_secret|my-secret|mySecret|mySecretKey|MySecretKey|supersecret|super-secret|super_secret|superSecret|supersecretkey|super-secret-key|super_secret_key
shhhhh|shhhhhhared-secret|shhhh|shhh|shh|shared-secret|shared_secret|sharedsecret|top-secret|topsecret|top_secret|verysecret|very-secret|very_secret|veryverysecret|very-very-secret
changeme|change-me|change_me|changeit|changethis|change-this|CHANGEME|CHANGE_ME|changeme123|please-change-me|replace-me|replace_me|replaceme|PleaseChangeMe|ChangeThisSecret|change-this-secret
password|password1|password123|passw0rd|Password1|P@ssw0rd|pass|passphrase|admin|admin123|administrator|root|toor|guest|user|test|test123|testing|tester|demo|example|sample|default|key|privatekey|private_key|private-key|token|jwt|auth
123456|12345678|123456789|1234567890|12345678901234567890123456789012|0123456789abcdef|0123456789abcdef0123456789abcdef|00000000000000000000000000000000|11111111111111111111111111111111
abcdefghijklmnopqrstuvwxyz|abcdefghijklmnopqrstuvwxyz012345|abcdefghijklmnopqrstuvwxyz123456|abcdefghijklmnopqrstuvwxyz1234567890|abc123|abcd1234|qwerty|qwerty123|qwertyuiopasdfghjklzxcvbnm123456|aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7|404E635266556A586E3272357538782F413F4428472B4B6250645367566B5970|413F4428472B4B6250655368566D5970337336763979244226452948404D6351
AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow|AyM1SysPpbyDfgZld3umj1qzKObwVMko|hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg
hard!to-guess_secret|GQDstcKsx0NHjPOuXOYg5MbeJ1XT0uFiwDVvVBrk|iNivDmHLpUA223sqsfhqGbMRdRj1PVkH|3cfa76ef14937c1c0ea519f8fc057a80fcd04a7420f8e8bcd0a7567c272e007b
This is my custom Secret key for authentication|THIS IS USED TO SIGN AND VERIFY JWT TOKENS, REPLACE IT WITH YOUR OWN SECRET, IT CAN BE ANY STRING|THIS_IS_USED_TO_SIGN_AND_VERIFY_JWT_TOKENS
This is a sample secret key - please don't use in production environment.|MY_BIG_SECRET_KEY|ThisIsASecretKey|ThisIsMySecretKey|ThisIsTheSecretKey|ThisIsAVerySecretKey|thisisaverysecretkey|veryVerySecretKey|veryverysecretkey
ThisismySecretKey|thisisasecretkey|this is a secret|this is a very secret key|this is my secret key|This is my super secret key|this is a super secret key for jwt|my super secret key|my super secret|my secret key
some-secret|some_secret|somesecret|some-secret-key|some_secret_key|somesecretkey|SomeSecretKey|any-secret|anysecret|random-secret|randomsecret|random_secret|long-secret|a-very-long-secret|averylongsecret|a-long-secret-key
I-am-a-secret|iamasecret|itsasecret|it-is-a-secret|notasecret|not-a-secret|notsosecret|not-so-secret|nosecret|no-secret|dontusethis|do-not-use|insecure|insecure-secret|insecure_key|unsafe|unsafe-secret|weak|weak-secret
signing-key|signing_key|signingkey|signature|signing-secret|signing_secret|hmac-secret|hmac_secret|hmackey|hs256|HS256|hs256-secret|hmac|encryption-key|encryptionkey|symmetric-key|symmetric_key|issuer-signing-key
app-secret|app_secret|appsecret|application-secret|api-secret|api_secret|apisecret|api-key|api_key|apikey|client-secret|client_secret|clientsecret|session-secret|session_secret|sessionsecret|cookie-secret|cookie_secret
access-token-secret|access_token_secret|accesstokensecret|accessTokenSecret|ACCESS_TOKEN_SECRET|refresh-token-secret|refresh_token_secret|refreshTokenSecret|REFRESH_TOKEN_SECRET|access-secret|accesssecret|refresh-secret|refreshsecret|token-secret|token_secret|tokensecret|TOKEN_SECRET
auth-secret|auth_secret|authsecret|AUTH_SECRET|NEXTAUTH_SECRET|nextauth-secret|nextauthsecret|nextauth_secret|JWT_SECRET_KEY|JWT_KEY|SECRET|APP_SECRET|APP_KEY|API_SECRET|SESSION_SECRET|SECRET_KEY_BASE|DJANGO_SECRET_KEY|JWT_PRIVATE_KEY|JWTSECRET|PRIVATE_KEY|TOKEN_KEY
dev|development|dev-secret|dev_secret|devsecret|dev-secret-key|local|local-secret|localsecret|staging|staging-secret|prod|production|production-secret|test-secret|test_secret|testsecret|test-secret-key|test_key|test-key|testkey|testing-secret|unit-test-secret|ci-secret
foo|bar|baz|foobar|foo-bar|foobarbaz|hello|helloworld|hello-world|hello world|Hello World|world|abc|abcd|xyz|asdf|asdfasdf|asdfghjkl|zxcvbnm|qwertyuiop|lorem|loremipsum|monkey|dragon|letmein|welcome|iloveyou|sunshine|princess|football|baseball|master|shadow|superman|batman|pokemon|starwars|trustno1
keyboard cat|keyboardcat|keyboard-cat|ilovescotchyscotch|ilovejwt|ilovenode|ilovenodejs|i-love-jwt|nodejs|node|express|passport|nestjs|nest|react|angular|vue|laravel|symfony|django|flask|fastapi|rails|spring|springboot|spring-boot|dotnet|aspnet|golang|rust|kotlin|android|ios|mongo|mongodb|redis|postgres|mysql|docker|kubernetes
hush|hushhush|hush-hush|quiet|silence|mum|sesame|opensesame|open-sesame|abracadabra|magic|wizard|merlin|gandalf|hunter2|correct-horse-battery-staple|correcthorsebatterystaple|correct horse battery staple|swordfish|rosebud|xyzzy|plugh|42|1337|leet|h4ck3r|hacker|hackme|pwned|ctf|flag|jwt.io|jwt-io|auth0|okta|keycloak|supabase|firebase|hasura|postgrest|strapi|directus|n8n
kong|kong-secret|consumer-secret|onlyoffice|my_jwt_secret|documentserver|JwtSecretKey|jitsi|jitsi-secret|my_jitsi_app_secret|prosody|livekit|devkey|mercure|!ChangeThisMercureHubJWTSecretKey!|!ChangeMe!|!ChangeThis!|centrifugo|minio|minioadmin|gitea|grafana|prometheus|metabase|superset|airflow|jupyter
secretsecret|secret1|secret12|secret123|secret1234|secret123456|Secret|Secret1|Secret123|Secret123!|S3cr3t|s3cr3t|s3cret|S3cret|sekret|sekrit|seekrit|geheim|geheimnis|streng-geheim|motdepasse|clave|clavesecreta|mi-clave-secreta|segredo|segreto|chave|chavesecreta|minhachave|secreta|secreto|sifre|parola|haslo|tajne|tajemstvi|hemlighet|hemmelig|salasana|wachtwoord|geheim123
null|undefined|none|nil|true|false|NaN|[object Object]|\${JWT_SECRET}|$JWT_SECRET|{{JWT_SECRET}}|%JWT_SECRET%|<your-secret>|<secret>|<jwt-secret>|process.env.JWT_SECRET|process.env.SECRET|process.env.SECRET_KEY|\${SECRET_KEY}|\${SECRET}|$SECRET|xxx|xxxx|xxxxxxxx|xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|XXXX|TODO|FIXME|placeholder|dummy|dummy-secret|fake|fake-secret|mock|mock-secret|...
k3yb0ard_c@t|gcpgrandprix|gcp-secret|aws-secret|azure-secret|some-super-secret|some super secret|my-32-character-ultra-secure-and-ultra-long-secret|my-32-character-ultra-secure-and-ultra-long-signing-key|this-is-a-very-long-secret-key-for-jwt|this-is-a-very-secure-secret-key-for-jwt
your-very-secure-secret|your-very-strong-secret-key|your-super-secret-key|your_super_secret_key|yoursupersecretkey|your-super-secret-jwt-key|your-super-secret-jwt-key-change-this-in-production|your-secret-key-change-in-production|your-secret-key-here|your_secret_key_here|your-jwt-secret-here|your_jwt_secret_here|your_jwt_secret_key|your-jwt-secret-key|your_secret|yoursecret|your-secret|YOUR_SECRET|YOUR_SECRET_KEY|YOUR_JWT_SECRET|yourjwtsecret|your-signing-key|your-key|yourkey|your-password|yourpassword|YOUR-256-BIT-SECRET
dev-secret-change-me|dev-secret-change-in-production|change-me-in-production|changeme-in-production|change_this_in_production|secret-change-me|change-this-secret-key|change-this-to-a-secure-secret|replace-with-your-secret|replace_this_with_your_secret|replace-this-secret|generate-a-secure-secret|insert-secret-here|put-your-secret-here|enter-your-secret|TypeYourSecretHere|fallback-secret|fallback_secret|fallbacksecret|fallback-secret-key|default-secret|default_secret|defaultsecret|default-secret-key|default-jwt-secret
`;

/** Halves out of which people make the rest. */
const FIRST = [
  "my",
  "your",
  "the",
  "super",
  "jwt",
  "app",
  "api",
  "auth",
  "dev",
  "test",
  "demo",
  "user",
  "admin",
  "token",
];
const SECOND = [
  "secret",
  "key",
  "secret-key",
  "jwt-secret",
  "secret-token",
  "password",
];

const JOINED: readonly string[] = FIRST.flatMap((first) =>
  SECOND.flatMap((second) => {
    const words = [first, ...second.split("-")];
    const capital = words.map((word) => word[0]?.toUpperCase() + word.slice(1));
    return [
      words.join("-"),
      words.join("_"),
      words.join(""),
      words.join("_").toUpperCase(),
      capital.join(""),
      [words[0], ...capital.slice(1)].join(""),
    ];
  }),
);

export const SAMPLE_SECRETS: readonly string[] = [
  ...new Set([...WHOLE.trim().split(/[|\n]/), ...JOINED]),
].filter((secret) => secret !== "");
