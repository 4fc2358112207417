import { type Output, output } from "@pulumi/pulumi";
import type {
  ImportableVolume,
  ImportSessionFilter,
  ImportSessionKey,
  ImportSessionSummary,
  SourceVolumeKey,
} from "../../provider/powerstore/lookup-types.ts";
import { type InputsOf, stackSettings } from "../stack-settings.ts";

export type { ImportableVolume, ImportSessionSummary };

interface OnArray {
  /** The array's name under `powerstore:arrays`. @default the array configured under `powerstore:` itself @example "east" */
  readonly array?: string | undefined;
}

export type GetImportSessionArgs = OnArray & ImportSessionKey;
export type ListImportSessionsArgs = OnArray & ImportSessionFilter;
export type GetImportableVolumeArgs = OnArray & SourceVolumeKey;

/** Looks up one import session by its id or its name. @throws if there is none */
export async function getImportSession(args: GetImportSessionArgs): Promise<ImportSessionSummary> {
  return (await lookups(args)).getImportSession(args);
}

/** {@link getImportSession} for arguments that are outputs. */
export function getImportSessionOutput(args: InputsOf<GetImportSessionArgs>): Output<ImportSessionSummary> {
  return output(args).apply((known) => getImportSession(known));
}

/** Lists import sessions, all or by state, source or group. */
export async function listImportSessions(args: ListImportSessionsArgs = {}): Promise<ImportSessionSummary[]> {
  return (await lookups(args)).listImportSessions(args);
}

/** {@link listImportSessions} for arguments that are outputs. */
export function listImportSessionsOutput(args: InputsOf<ListImportSessionsArgs> = {}): Output<ImportSessionSummary[]> {
  return output(args).apply((known) => listImportSessions(known));
}

/**
 * Finds a volume on a remote system by its name or WWN, for `sourceResourceId`.
 *
 * @throws if there is none, if several match, or, with PowerStore's own `importable_criteria`, if it cannot be imported. A volume that is being imported or
 * was imported is no error; `importableCriteria` reports it
 */
export async function getImportableVolume(args: GetImportableVolumeArgs): Promise<ImportableVolume> {
  return (await lookups(args)).getImportableVolume(args);
}

/** {@link getImportableVolume} for arguments that are outputs. */
export function getImportableVolumeOutput(args: InputsOf<GetImportableVolumeArgs>): Output<ImportableVolume> {
  return output(args).apply((known) => getImportableVolume(known));
}

// Loaded on the first lookup, so a program that only declares resources loads neither HTTP nor schemas.
async function lookups({ array }: OnArray) {
  const { powerStoreLookups } = await import("../../provider/powerstore/lookups.ts");
  return powerStoreLookups(stackSettings, array);
}
