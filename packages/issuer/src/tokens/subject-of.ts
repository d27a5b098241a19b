/**
 * Whom a token is about: a person, or the client itself where nobody signed in (RFC 9068 section 2.2). A client's name as a subject has an
 * ending that no person's has. Threat: a client that is registered under the id “anna” has a token of its own, and an API that looks at sub
 * alone takes it for Anna's (RFC 9068 section 5).
 */
const CLIENTS = "@clients";

/** sub of a token. `subject` null: the client acts for itself. */
export const subjectOf = ({
  subject,
  clientId,
}: {
  readonly subject: string | null;
  readonly clientId: string;
}): string => subject ?? `${clientId}${CLIENTS}`;

/** What a person's subject must be, whoever names it: the operator, or another issuer. In words, for whoever is refused. */
export const PERSONS_SUBJECT = `a name that does not end in ${CLIENTS}, as clients' do`;

export const isPersonsSubject = (subject: string): boolean =>
  !subject.endsWith(CLIENTS);
