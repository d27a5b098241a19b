/** The two pages of the authorization endpoint: to sign in, and to say what is wrong. Plain HTML without script. */
import { hash } from "node:crypto";

const STYLE = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{max-width:26rem;margin:12vh auto;padding:0 1rem}
h1{font-size:1.25rem;font-weight:600;margin:0 0 .75rem}
p{margin:0 0 1rem}
label{display:block;margin:0 0 .75rem}
input{display:block;width:100%;box-sizing:border-box;font:inherit;padding:.5rem;margin-top:.25rem;border:1px solid GrayText;border-radius:4px}
button{font:inherit;padding:.5rem 1rem;border:1px solid;border-radius:4px;cursor:pointer}
[role=alert]{border-left:4px solid;padding-left:.75rem}`;

const STYLE_HASH = hash("sha256", STYLE, "base64");

/** `action`: where the form may lead in the end: a redirect after it is a form's action too, to the browser. */
const policy = (action: string): string =>
  [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    `form-action ${action}`,
    "base-uri 'none'",
    // Threat: a page of a stranger with this one under the pointer (RFC 9700 section 4.16).
    "frame-ancestors 'none'",
  ].join("; ");

export interface SignInPage {
  readonly clientName: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  /** The sealed request, for the form. */
  readonly sealed: string;
  readonly action: string;
  readonly problem: string | null;
}

export function signInPage(page: SignInPage): Response {
  const { clientName, scopes, sealed, action, problem, redirectUri } = page;
  return html(
    problem === null ? 200 : 401,
    "Sign in",
    `<h1>Sign in</h1>
<p>${escape(clientName)} asks for ${scopes.length === 0 ? "access" : escape(scopes.join(", "))}.</p>
${problem === null ? "" : `<p role="alert">${escape(problem)}</p>`}
<form method="post" action="${escape(action)}">
<input type="hidden" name="request" value="${escape(sealed)}">
<label>Name <input name="name" autocomplete="username" required autofocus></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label>
<button>Sign in</button>
</form>`,
    `'self' ${sourceOf(redirectUri)}`,
  );
}

/** What an address is in a policy: its origin; or its scheme where it has none, or one that a policy cannot name: an IPv6 address (CSP 3 section 2.3.1). */
function sourceOf(redirectUri: string): string {
  const { origin, protocol, hostname } = new URL(redirectUri);
  return origin === "null" || hostname.startsWith("[") ? protocol : origin;
}

export const problemPage = (status: number, message: string): Response =>
  html(
    status,
    "This cannot go on",
    `<h1>This cannot go on</h1>
<p role="alert">${escape(message)}</p>
<p>Nothing was sent to the application. Its developer can mend this.</p>`,
    "'none'",
  );

const html = (
  status: number,
  title: string,
  body: string,
  action: string,
): Response =>
  new Response(
    `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style></head>
<body><main>
${body}
</main></body></html>
`,
    {
      status,
      headers: {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": policy(action),
        "cache-control": "no-store",
      },
    },
  );

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Threat: text of a client in a page of ours. */
const escape = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
