import { type Output, output } from "@pulumi/pulumi";
import type { CopySessionSummary } from "../../provider/eternus/lookup-types.ts";
import { type InputsOf, stackSettings } from "../stack-settings.ts";

export type { CopySessionSummary };

interface OnArray {
  /** The array's name under `eternus:arrays`. @default the array configured under `eternus:` itself @example "north" */
  readonly array?: string | undefined;
}

export interface GetCopySessionArgs extends OnArray {
  /** Its id on the array that the provider connects to. 0 is a valid id. @example 12 */
  readonly copySessionId: number;
}

export interface ListCopySessionsArgs extends OnArray {
  /** Lists only these sessions, and leaves out ids that the array does not have. @default all sessions @example [12, 13, 14] */
  readonly copySessionIds?: readonly number[] | undefined;
}

/** Looks up one copy session by its id. @throws if there is none */
export async function getCopySession(args: GetCopySessionArgs): Promise<CopySessionSummary> {
  return (await lookups(args)).getCopySession(args.copySessionId);
}

/** {@link getCopySession} for arguments that are outputs. */
export function getCopySessionOutput(args: InputsOf<GetCopySessionArgs>): Output<CopySessionSummary> {
  return output(args).apply((known) => getCopySession(known));
}

/** Lists copy sessions, all or by id, of every type. */
export async function listCopySessions(args: ListCopySessionsArgs = {}): Promise<CopySessionSummary[]> {
  return (await lookups(args)).listCopySessions(args.copySessionIds);
}

/** {@link listCopySessions} for arguments that are outputs. */
export function listCopySessionsOutput(args: InputsOf<ListCopySessionsArgs> = {}): Output<CopySessionSummary[]> {
  return output(args).apply((known) => listCopySessions(known));
}

// Loaded on the first lookup, so a program that only declares resources loads neither HTTP nor schemas.
async function lookups({ array }: OnArray) {
  const { eternusLookups } = await import("../../provider/eternus/lookups.ts");
  return eternusLookups(stackSettings, array);
}
