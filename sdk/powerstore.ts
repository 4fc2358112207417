export {
  type CutoverWindow,
  type HostSteps,
  ImportSession,
  type ImportSessionAction,
  type ImportSessionArgs,
  type ImportSessionError,
  type ImportSessionMember,
  type ImportTargetState,
  type ImportType,
  type MemberMapping,
} from "./powerstore/import-session.ts";
