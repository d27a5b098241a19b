/**
 * THE TABLE of what libraries, gateways and servers say when they refuse, and of what each message can mean: one file a family of
 * products. The first row that fits counts, so that the rows of one product come before the words that many share, and those that
 * leave everything open come last.
 */
import { AWS_GATEWAY } from "./messages/aws-gateway.ts";
import { ENVOY } from "./messages/envoy.ts";
import { OF_CLAIMS } from "./messages/general-claims.ts";
import { OF_FORM_AND_SIGNATURE } from "./messages/general-form.ts";
import { GO } from "./messages/go.ts";
import { GOOGLE } from "./messages/google.ts";
import { HASKELL } from "./messages/haskell.ts";
import { IDENTITY_MODEL } from "./messages/identity-model.ts";
import { ISSUERS } from "./messages/issuers.ts";
import { JAVA } from "./messages/java.ts";
import { JAVASCRIPT } from "./messages/javascript.ts";
import { JOSE } from "./messages/jose.ts";
import { JSONWEBTOKEN } from "./messages/jsonwebtoken.ts";
import { KONG } from "./messages/kong.ts";
import { KUBERNETES } from "./messages/kubernetes.ts";
import type { Message } from "./messages/message.ts";
import { OAUTH2_PROXY } from "./messages/oauth2-proxy.ts";
import { OPEN } from "./messages/open.ts";
import { PHP } from "./messages/php.ts";
import { PLATFORM_APIS } from "./messages/platform-apis.ts";
import { PYTHON } from "./messages/python.ts";
import { RUBY } from "./messages/ruby.ts";
import { RUST } from "./messages/rust.ts";
import { SENDER_BOUND } from "./messages/sender-bound.ts";
import { SERVICES } from "./messages/services.ts";
import { SIGN_IN_SERVICES } from "./messages/sign-in-services.ts";
import { SPRING } from "./messages/spring.ts";
import { VAULT } from "./messages/vault.ts";
import { WEB_SERVERS } from "./messages/web-servers.ts";

export const MESSAGES: readonly Message[] = [
  ...ENVOY,
  ...KONG,
  ...WEB_SERVERS,
  ...OAUTH2_PROXY,
  ...AWS_GATEWAY,
  ...PLATFORM_APIS,
  ...SIGN_IN_SERVICES,
  ...RUST,
  ...SENDER_BOUND,
  ...IDENTITY_MODEL,
  ...SPRING,
  ...JAVA,
  ...JSONWEBTOKEN,
  ...JOSE,
  ...JAVASCRIPT,
  ...PYTHON,
  ...GO,
  ...PHP,
  ...RUBY,
  ...HASKELL,
  ...KUBERNETES,
  ...VAULT,
  ...GOOGLE,
  ...ISSUERS,
  ...SERVICES,
  ...OF_FORM_AND_SIGNATURE,
  ...OF_CLAIMS,
  ...OPEN,
];
