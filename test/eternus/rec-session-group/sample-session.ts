import type { CopySession } from "../../../provider/eternus/copy-session.ts";

export const samplePair = {
  remoteBoxid: "00ETERNUSDXHS3ET00000B##################",
  sourceVolume: 1000,
  destinationVolume: 2000,
  isLocalSource: true,
};

/** A REC session as the client reads it: equivalent and at work, but for what is said. */
export function sampleSession(changes: Partial<CopySession> = {}): CopySession {
  return {
    id: 1,
    type: "REC",
    status: "Active",
    phase: "Equivalent",
    transferMode: "Synchronous",
    splitMode: "Manual",
    recoveryMode: "Automatic",
    pair: samplePair,
    isSuspending: false,
    suspendResult: undefined,
    suspendSecondsLeft: undefined,
    suspendedAt: undefined,
    progress: undefined,
    errorCode: undefined,
    ...changes,
  };
}
