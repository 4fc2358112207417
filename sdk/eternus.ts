export {
  type CopySessionSummary,
  type GetCopySessionArgs,
  getCopySession,
  getCopySessionOutput,
  type ListCopySessionsArgs,
  listCopySessions,
  listCopySessionsOutput,
} from "./eternus/lookups.ts";
export {
  type RecSession,
  type RecSessionFailure,
  RecSessionGroup,
  type RecSessionGroupAction,
  type RecSessionGroupArgs,
} from "./eternus/rec-session-group.ts";
