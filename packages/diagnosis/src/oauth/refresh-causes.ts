import type { Facts } from "../facts.ts";
import type { RefreshStory } from "./refresh-judgement.ts";

/** The cause that each story of a returned refresh token is. */
export const REFRESH_CAUSES: {
  readonly [S in RefreshStory]: `oauth.refresh_${S}`;
} = {
  race: "oauth.refresh_race",
  lost_response: "oauth.refresh_lost_response",
  not_stored: "oauth.refresh_not_stored",
  theft: "oauth.refresh_theft",
};

/** What is told of a return of which nothing else is known. */
export const UNKNOWN_RETURN: Omit<Facts["oauth.refresh_race"], "by"> = {
  secondsAfterFirstUse: null,
  generationsBehind: null,
  successorUsed: null,
  sameSender: null,
  answerArrived: null,
};
