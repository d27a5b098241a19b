import type { Asked, Judgement } from "../judges.ts";
import { cognitoRequest } from "./cognito.ts";

/** An operation of Amazon Cognito that carries an access token in its body, such as GetUser: the token is judged as for any API. */
export async function judgeCognitoToken({
  inquiry,
  diagnoseToken,
}: Asked): Promise<Judgement | null> {
  const token = cognitoRequest(inquiry.request)?.accessToken ?? null;
  if (token === null || inquiry.token !== undefined) return null;
  const { request: _, ...others } = inquiry;
  const { outcome, reason, steps, causes, needs, ...diagnosis } =
    await diagnoseToken({ ...others, token });
  return {
    outcome,
    reason,
    steps,
    needs,
    token: diagnosis.token,
    suspicions: causes.map(
      ({ cause, confidence, facts }, i) =>
        ({
          cause,
          confidence,
          facts,
          explains: reason === null ? [] : [reason],
          weight: 50 - i,
        }) as Judgement["suspicions"][number],
    ),
  };
}
