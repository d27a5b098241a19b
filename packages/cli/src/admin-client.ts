/** The server's admin API as the command calls it. Typed by the server's own table of calls; nothing of the server is loaded. */
import type {
  AdminAnswer,
  AdminInput,
  AdminMethod,
  AdminPath,
} from "@assay/issuer";
import {
  isThisMachine,
  serverOf,
  type AddressFlags,
} from "./admin-client-address.ts";
import { adminToken } from "./admin-client-token.ts";
import { UsageError } from "./usage-error.ts";

export interface ServerFlags extends AddressFlags {
  readonly tokenFile?: string;
}

export interface Answered<Body> {
  readonly body: Body;
  /** The version that it shows, for `ifMatch`. */
  readonly etag: string | null;
}

type ListPath = "/clients" | "/resources" | "/grants" | "/exchange-rules";
export type ListItem<Path extends ListPath> =
  AdminAnswer<"get", Path> extends { readonly items: readonly (infer Item)[] }
    ? Item
    : never;

/** How long the server may take for its answer, in milliseconds. */
const PATIENCE = 30_000;
/** The same for what reads the whole journal, which may be long. Node's fetch itself waits no longer for an answer to begin. */
export const LONG_PATIENCE = 300_000;

export class AdminClient {
  readonly #server: string;
  readonly #token: string;

  /** Throws UsageError: an address that is none, or no token. */
  constructor(flags: ServerFlags, env: NodeJS.ProcessEnv = process.env) {
    this.#server = serverOf(flags, env);
    this.#token = adminToken(flags.tokenFile, this.#server, env);
  }

  /** Throws UsageError for what the server does not do: what was expected, and what was found. */
  async call<Method extends AdminMethod, Path extends AdminPath<Method>>(
    method: Method,
    path: Path,
    input: AdminInput<Method, Path>,
    patience: number = PATIENCE,
  ): Promise<Answered<AdminAnswer<Method, Path>>> {
    const response = await this.#send(
      method,
      path,
      input,
      AbortSignal.timeout(patience),
    );
    return {
      body: (await response.json()) as AdminAnswer<Method, Path>,
      etag: response.headers.get("etag"),
    };
  }

  /** All pages of a list. */
  async all<Path extends AdminPath<"get"> & ListPath>(
    path: Path,
    query: object = {},
  ): Promise<ListItem<Path>[]> {
    const items: ListItem<Path>[] = [];
    for (let after: string | null | undefined; after !== null;) {
      const response = await this.#send(
        "get",
        path,
        { query: { ...query, limit: 200, after } },
        AbortSignal.timeout(PATIENCE),
      );
      const page = (await response.json()) as {
        readonly items: readonly ListItem<Path>[];
        readonly next: string | null;
      };
      items.push(...page.items);
      after = page.next;
    }
    return items;
  }

  /** An answer of many lines, as it comes: it may last, once it has begun. */
  async stream(
    path: string,
    query: Readonly<Record<string, string>>,
  ): Promise<AsyncIterable<Uint8Array>> {
    const begun = new AbortController();
    const timer = setTimeout(() => {
      begun.abort(new DOMException("no answer in time", "TimeoutError"));
    }, PATIENCE);
    try {
      const { signal } = begun;
      const { body } = await this.#send("get", path, { query }, signal);
      return body ?? ([] as never);
    } finally {
      clearTimeout(timer);
    }
  }

  async #send(
    method: string,
    path: string,
    input: object,
    signal: AbortSignal,
  ): Promise<Response> {
    const { params, query, body, ifMatch } = input as {
      readonly params?: Readonly<Record<string, string>>;
      readonly query?: Readonly<Record<string, unknown>>;
      readonly body?: unknown;
      readonly ifMatch?: string;
    };
    const url = `${this.#server}/admin${fill(path, params)}${queryOf(query)}`;
    const response = await reach(this.#server, url, {
      method: method.toUpperCase(),
      headers: {
        authorization: `Bearer ${this.#token}`,
        accept: "application/json, application/problem+json",
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(ifMatch !== undefined && { "if-match": ifMatch }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      redirect: "error",
      signal,
    });
    if (response.ok) return response;
    throw await refusalOf(response);
  }
}

/** fetch, with its failures in words. */
export async function reach(
  server: string,
  url: string,
  request: RequestInit,
): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch (error) {
    const { name, cause } = error as Error;
    const code =
      name === "TimeoutError"
        ? "no answer in time"
        : ((cause as NodeJS.ErrnoException | undefined)?.code ??
          (cause as Error | undefined)?.message ??
          "an error");
    throw new UsageError(
      `expected an Assay server at ${server}, found none (${code}); name another one by --server or ASSAY_SERVER`,
      isThisMachine(server) ? "assay serve" : null,
    );
  }
}

interface ProblemBody {
  readonly detail?: string;
  readonly code?: string;
  readonly errors?: readonly {
    readonly at: string;
    readonly expected: string;
    readonly found: string;
  }[];
}

/** What the server refused, with the code of its problem; null: it named none. */
export class ServerRefusal extends UsageError {
  readonly code: string | null;

  constructor(message: string, tryInstead: string | null, code: string | null) {
    super(message, tryInstead);
    this.code = code;
  }
}

async function refusalOf(response: Response): Promise<UsageError> {
  const text = await response.text();
  const { status, headers } = response;
  let problem: ProblemBody | null = null;
  if (headers.get("content-type")?.startsWith("application/problem+json"))
    try {
      problem = JSON.parse(text) as ProblemBody;
    } catch {
      // Said below as what it is: no answer of an Assay server.
    }
  if (!problem)
    return new UsageError(
      `expected the admin API of an Assay server, found an answer with status ${status} of something else`,
    );
  const { detail = "the server gave no detail", errors = [], code } = problem;
  const faults = errors.map(
    ({ at, expected, found }) => `${at}: expected ${expected}, found ${found}`,
  );
  const handle = headers.get("assay-diagnosis");
  return new ServerRefusal(
    faults.length > 0 ? faults.join("; ") : `${detail} (${code ?? status})`,
    // Why it was refused in full stands behind the handle, for whoever has a token that does.
    handle !== null && status === 401
      ? `ask for a new token, or with one that does: assay diagnosis ${handle}`
      : null,
    code ?? null,
  );
}

const fill = (
  path: string,
  params: Readonly<Record<string, string>> = {},
): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ""),
  );

function queryOf(query: Readonly<Record<string, unknown>> = {}): string {
  const given = Object.entries(query).filter(
    ([, value]) => value !== undefined,
  );
  const text = new URLSearchParams(
    given.map(([name, value]) => [name, String(value)]),
  ).toString();
  return text === "" ? "" : `?${text}`;
}
