/**
 * @assay/diagnosis/refresh: why a used refresh token came back, as one pure judgement for issuers, with the causes and events to write
 * down by. It loads none of the diagnosis.
 */
export { HISTORY_EVENTS, type HistoryEvent } from "./inquiry.ts";
export { REFRESH_CAUSES, UNKNOWN_RETURN } from "./oauth/refresh-causes.ts";
export {
  judgeRefresh,
  RACE_SECONDS,
  RETRY_SECONDS,
  type RefreshFamily,
  type RefreshGeneration,
  type RefreshJudgement,
  type RefreshPresentation,
  type RefreshSign,
  type RefreshStory,
  type RefreshUse,
} from "./oauth/refresh-judgement.ts";
export {
  networkOf,
  type RefreshSender,
  type SenderSign,
} from "./oauth/refresh-sender.ts";
