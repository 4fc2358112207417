export {
  type CutoverApproval,
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
export {
  type GetImportableVolumeArgs,
  type GetImportSessionArgs,
  getImportableVolume,
  getImportableVolumeOutput,
  getImportSession,
  getImportSessionOutput,
  type ImportableVolume,
  type ImportSessionSummary,
  type ListImportSessionsArgs,
  listImportSessions,
  listImportSessionsOutput,
} from "./powerstore/lookups.ts";
export { MigrationWave } from "./powerstore/migration-wave.ts";
export type { MigrationWaveArgs, WaveMember } from "./powerstore/wave-args.ts";
