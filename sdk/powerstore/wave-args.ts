import type { Input } from "@pulumi/pulumi";
import type { AnyImportSessionArgs, CutoverWindow } from "./import-session.ts";

export interface MigrationWaveArgs {
  /** The imports to move, each under a name that is unique in the wave. If `copiesAtOnce` limits the copies, they start in this order, so put the longest first. A changed name means another member, unless `formerNames` lists it. @example { db: { sourceResourceId: "sv_42" }, log: { sourceResourceId: "sv_43" } } */
  members: Readonly<Record<string, WaveMember>>;
  /** Renamed members: by the new name, the name in the last update. Their sessions stay. Without this, the wave treats the new name as a new member and cancels the session of the old name. @default no member was renamed @example { database: "db" } */
  formerNames?: Readonly<Record<string, string>>;
  /** Inputs for all members. A member's own input takes precedence. @default nothing @example { remoteSystemId: "name:old-unity", type: "Non_Disruptive" } */
  defaults?: WaveMember;
  /** How many members copy at a time, 1 or more. As soon as one is ready, the next starts. A copy that fails keeps its turn, because the array may still be copying. @default all; the array queues what exceeds its own limit @example 4 */
  copiesAtOnce?: number;
  /** The member that the wave cuts over first. It cuts over the others only after this import is complete. @default the wave cuts all over together @example "log" */
  canary?: string;
  /**
   * Declares the cutover, which cannot be undone: `true` for all members, `"canary"` for the canary alone. Either waits until all members are ready, and is held if one is not.
   * @default false
   */
  cutover?: boolean | "canary";
  /** The provider sends cutovers only within this window. Outside it, they are held, and the update succeeds. @default always open @example { notBefore: "2026-12-05T22:00:00Z" } */
  cutoverWindow?: Input<CutoverWindow>;
  /** If named, the provider sends cutovers only if this equals the wave's name. Without a value it holds them, also as `undefined` or an empty string. @default no approval is needed @example "erp" */
  cutoverApproval?: Input<string | undefined>;
}

/** One member: the inputs of an {@link ImportSession}, except those that the wave decides. */
export type WaveMember = Omit<
  AnyImportSessionArgs,
  "sessionId" | "targetState" | "automaticCutover" | "cutoverWindow" | "cutoverApproval"
>;
