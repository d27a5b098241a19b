/** The empty page teaches the next step. */
export function NothingYet({ onExample }: { readonly onExample: () => void }) {
  return (
    <div className="nothing-yet">
      <h2>Paste what you have. The answer comes as you type.</h2>
      <ul>
        <li>a token, as you got it: damage, quotation marks and all</li>
        <li>the Authorization line of a request</li>
        <li>a curl command, as a terminal or a browser has it</li>
        <li>an HTTP request, its response, or both</li>
        <li>an inquiry as JSON, as the command “assay why” takes it</li>
      </ul>
      <p>
        Then say what the API expects, as far as you know it. What you leave
        empty is not asked.
      </p>
      <p>
        <button type="button" className="word-button" onClick={onExample}>
          Show me an example
        </button>
      </p>
    </div>
  );
}
