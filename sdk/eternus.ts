export {
  type RecSession,
  type RecSessionFailure,
  RecSessionGroup,
  type RecSessionGroupArgs,
} from "./eternus/rec-session-group.ts";
