import { useTexts } from "./language/language-context.tsx";

/**
 * Without a secure context there is no WebCrypto (W3C Secure Contexts). Judged all the same, good tokens would seem to fail for want of an
 * algorithm, and an API would be blamed for it.
 */
export function InsecureNotice() {
  const { paste } = useTexts();
  return (
    <main className="notice">
      <p role="alert">{paste.insecure}</p>
      <p>
        <a href="/inspector.html" download="assay-inspector.html">
          {paste.download}
        </a>
      </p>
    </main>
  );
}
