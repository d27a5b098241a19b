/** Literals that stand where a value should have been put in: the print form of nothing, of a variable, of an object, of an example. */

export interface Placeholder {
  readonly kind: string;
  /** The whole text is such a literal, so that nothing else can be meant. */
  readonly exact: boolean;
}

/** Longer texts are no literals. */
const LONGEST = 200;

const NOTHING =
  /^(null|undefined|none|nil|nan|\(null\)|<nil>|<null>|<none>|<no value>|<unset>|<undefined>|\[object undefined\]|\[object null\]|\[\]|\{\}|""|''|false|true|0|-1|n\/a|optional\.empty|no_?token|void 0|not ?set|unset|empty)$/i;
const OBJECT =
  /^(\[object [\w ]+\]|\[object Object\](,\[object Object\])*|object Object|<[\w.]+( [\w.]+)* (object|at|of) .*>|<(function|bound method|built-in function|coroutine object|generator object|Future|Promise|Task|Response)\b.*>|Promise \{.*|System\.[\w.`]+(\[.*\])?|[a-z][\w$]*(\.[\w$]+)+@[0-9a-f]{4,8}|kotlin\.\w+|java\.\w[\w.]*|#<[\w:]+.*>|#?<Promise.*|Instance of '.*'|ƒ .*|\(?(async )?function\b.*|(async )?\(?\w*\)? ?=>.*|class \w+.*|Observable.*|Invalid Date|[A-Z][a-z]{2} [A-Z][a-z]{2} \d{1,2} \d{4}.*|\d{4}-\d\d-\d\d[T ]\d\d:.*|\{ ?_subscribe.*|\[Function.*\])$/s;
const VARIABLE =
  /^(\{\{[^{}]*\}\}|\$\{\{[^{}]*\}\}|\$\{[^{}]*\}|\$\([^()]*\)|`[^`]*`|\$env:\w+|\$[A-Za-z_]\w*(\[[^\]]*\])?|%\w+%|%\{\w+\}|#\{[^{}]*\}|<%=?[^%]*%>|\[\[[\w .-]+\]\]|\{\w[\w .-]*\}|:\w+|@\w+@|__\w+__|%s|%@|\{0?\}|@Model\.\w+|process\.env\.\w+|import\.meta\.env\.\w+|env\.\w+|ENV\[.*\]|os\.(environ|getenv).*|System\.getenv.*|(env|secret|vault|ssm|op|keyvault|secretsmanager|doppler):(\/\/)?[\w/.:@#-]+|@?Microsoft\.KeyVault\(.*\)|arn:aws:(secretsmanager|ssm):.*|!(Ref|Sub|GetAtt) .*|resolve:\w+.*)$/s;
const PATH =
  /^(file:\/\/.*|https?:\/\/\S+|[A-Za-z]:\\\S+|[\w-]+\.(txt|jwt|token|json|env|pem|key)|@?(~|\.{1,2})?\/[\w.@-]+(\/[\w.@-]+)+|@[\w-]+\.(txt|jwt|token|json))$/;
const EXAMPLE =
  /^(<[^<>]{1,80}>|\[[\w -]{1,60}\]|(the|your|my|a|an|some|insert|paste|put|add|enter|replace|copy|set|use)[ _-].*|(your|my)(jwt|access|id|auth|bearer|api|secret)?token.*|.*[ _-](here|goes here|placeholder)|x{3,}|\*{3,}|\.{3}|…|test(ing)?|dummy|foo(bar)?|bar|abc(123|def)?|\d{1,12}|todo|tbd|fixme|change[ _-]?me|replace[ _-]?me|example|sample|secret|password|string|jwt|token|(access|id|auth|bearer|api|jwt|secret|user|refresh)[ _-]?(token|jwt|key)|(fake|mock|invalid|some|bad|wrong|valid|good|real)[ _-]?(jwt|access)?[ _-]?token|token[ _-]?(value|string|here|\d{1,3})|header\.payload\.signature|x{1,5}\.y{1,5}\.z{1,5}|aaa+\.bbb+\.ccc+|a\.b\.c|foo\.bar\.baz)$/i;

/** The kind of placeholder that the text is. null: it is none that is known. */
export function placeholder(text: string): Placeholder | null {
  if (text.length > LONGEST) return null;
  if (NOTHING.test(text))
    return { kind: "the print form of nothing", exact: true };
  if (OBJECT.test(text))
    return { kind: "a program's object turned into text", exact: true };
  if (VARIABLE.test(text))
    return { kind: "a variable that was not filled in", exact: true };
  if (PATH.test(text))
    return {
      kind: "the address or path of something in place of what is in it",
      exact: false,
    };
  return EXAMPLE.test(text)
    ? { kind: "a word of an example", exact: false }
    : null;
}
