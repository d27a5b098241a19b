/** Which of curl's options take an argument (curl(1)), so that the argument of an option is never mistaken for the URL. */

/** Letters whose argument follows, in the same word or the next. */
const LETTERS = "bcdehmoruwxyzACDEFHKPQTUXYt";

const NAMES: ReadonlySet<string> = new Set(
  `abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout connect-to continue-at cookie cookie-jar
  create-file-mode crlfile curves data data-ascii data-binary data-raw data-urlencode delegation dns-interface dns-ipv4-addr dns-ipv6-addr
  dns-servers doh-url dump-header ech egd-file engine etag-compare etag-save expect100-timeout form form-string ftp-account
  ftp-alternative-to-user ftp-method ftp-port ftp-ssl-ccc-mode happy-eyeballs-timeout-ms haproxy-clientip header help hostpubmd5 hostpubsha256
  hsts interface ip-tos ipfs-gateway json keepalive-cnt keepalive-time key key-type krb libcurl limit-rate local-port login-options mail-auth
  mail-from mail-rcpt max-filesize max-redirs max-time netrc-file noproxy oauth2-bearer output output-dir parallel-max pass pinnedpubkey
  preproxy proto proto-default proto-redir proxy proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile proxy-header
  proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword
  proxy-tlsuser proxy-user proxy1.0 pubkey quote random-file range rate referer request request-target resolve retry retry-delay
  retry-max-time sasl-authzid service-name sigalgs socks4 socks4a socks5 socks5-gssapi-service socks5-hostname speed-limit speed-time stderr
  telnet-option tftp-blksize time-cond tls-max tls13-ciphers tlsauthtype tlspassword tlsuser trace trace-ascii trace-config unix-socket
  upload-file url url-query user user-agent variable vlan-priority write-out`.split(
    /\s+/,
  ),
);

/** The letters that mean something for a request, by their long names. */
const LONG: Readonly<Record<string, string>> = {
  A: "user-agent",
  b: "cookie",
  d: "data",
  e: "referer",
  F: "form",
  G: "get",
  H: "header",
  I: "head",
  T: "upload-file",
  u: "user",
  X: "request",
};

export interface CurlOption {
  /** The long name, or the letter when nothing here needs the long one. */
  readonly name: string;
  readonly value: string;
}

/** Reads curl's arguments: options in order, `url` for whatever is none. What stands behind --next is another request. */
export function curlOptions(words: readonly string[]): readonly CurlOption[] {
  const options: CurlOption[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    if (word === "--next" || word === "-:") break;
    if (word.startsWith("--")) {
      const name = word.slice(2);
      options.push({ name, value: NAMES.has(name) ? (words[++i] ?? "") : "" });
    } else if (!word.startsWith("-") || word === "-")
      options.push({ name: "url", value: word });
    else {
      for (let at = 1; at < word.length; at++) {
        const letter = word[at] as string;
        const takes = LETTERS.includes(letter);
        const value = !takes
          ? ""
          : at + 1 < word.length
            ? word.slice(at + 1)
            : (words[++i] ?? "");
        options.push({ name: LONG[letter] ?? letter, value });
        if (takes) break;
      }
    }
  }
  return options;
}
