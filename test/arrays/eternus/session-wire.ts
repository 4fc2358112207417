import { trackedMbAt, uncopiedMbAt } from "./copy-flow.ts";
import type { CopySession } from "./copy-session.ts";
import type { EternusSettings } from "./settings.ts";
import { href, isoTime, type WireObject, withoutAbsent } from "./wire-format.ts";

/** All attributes of a copy session (RESTful API reference, Viewing Copy Sessions), `error_ocurrence_time` spelt as there. */
export const sessionAttributes: readonly string[] = [
  "copysession_id",
  "copysession_href",
  "type",
  "status",
  "phase",
  "error_code",
  "source_volume_number",
  "source_volume_href",
  "source_volume_name",
  "destination_volume_number",
  "destination_volume_href",
  "destination_volume_name",
  "copy_range",
  "concurrent_suspend_result",
  "remain_time_to_finish_suspend",
  "elapsed_time",
  "backup_time",
  "error_ocurrence_time",
  "total_data_size",
  "uncopied_data_size",
  "tracking_data_size",
  "progress",
  "requestor",
  "resolution",
  "generation",
  "generation_count",
  "remote_copysession_id",
  "transfer_mode",
  "split_mode",
  "recovery_mode",
  "remote_boxid",
  "is_local_source_volume",
];

/** A session as it is answered at a time. Sizes are in MB and times in seconds, which the reference does not say. */
export function sessionWire(session: CopySession, settings: EternusSettings, nowMs: number): WireObject {
  return withoutAbsent({
    copysession_id: session.id,
    copysession_href: href("copysession", session.id),
    type: session.type,
    status: session.status,
    phase: session.phase,
    error_code: session.copyErrorCode,
    ...volumes(session),
    copy_range: "Totally",
    ...suspend(session, settings, nowMs),
    elapsed_time: Math.floor((nowMs - session.startedMs) / 1000),
    error_ocurrence_time: session.failedMs === undefined ? undefined : isoTime(session.failedMs),
    ...sizes(session, nowMs),
    requestor: session.requestor,
    ...ofType(session),
  });
}

function volumes(session: CopySession): WireObject {
  const local = volume(session.localVolume.number, session.localVolume.name);
  const isRec = session.type === "REC";
  // The other array's volume has a number here, but neither a link nor a name.
  const remoteNumber = session.remoteVolume.number;
  const remote = isRec ? { number: remoteNumber } : volume(remoteNumber, `vol#${remoteNumber}`);
  const [source, destination] = session.isLocalSource ? [local, remote] : [remote, local];
  return { ...prefixed("source_volume", source), ...prefixed("destination_volume", destination) };
}

function volume(number: number, name: string): WireObject {
  // In the manual's examples volume 1 has the id 100001 and volume 2 the id 200001.
  return { number, href: href("volume", number * 100_000 + 1), name };
}

function prefixed(prefix: string, attributes: WireObject): WireObject {
  return Object.fromEntries(Object.entries(attributes).map(([key, value]) => [`${prefix}_${key}`, value]));
}

function suspend(session: CopySession, settings: EternusSettings, nowMs: number): WireObject {
  if (session.suspending !== undefined) {
    const leftMs = Math.max(0, session.suspending.endsMs - nowMs);
    return { concurrent_suspend_result: "Running", remain_time_to_finish_suspend: Math.ceil(leftMs / 1000) };
  }
  if (session.suspendResult === undefined) return {};
  return { concurrent_suspend_result: settings.suspendResult[session.suspendResult] };
}

function sizes(session: CopySession, nowMs: number): WireObject {
  const uncopiedMb = uncopiedMbAt(session, nowMs);
  const isTracking = session.status === "Suspend";
  return {
    total_data_size: session.totalMb,
    // Rounded up: 0 means that nothing is left.
    uncopied_data_size: Math.ceil(uncopiedMb),
    tracking_data_size: isTracking ? Math.ceil(trackedMbAt(session, nowMs)) : undefined,
    progress: session.totalMb === 0 ? 100 : Math.floor((100 * (session.totalMb - uncopiedMb)) / session.totalMb),
  };
}

function ofType(session: CopySession): WireObject {
  switch (session.type) {
    case "REC":
      return {
        backup_time: session.suspendedMs === undefined ? undefined : isoTime(session.suspendedMs),
        remote_copysession_id: session.remoteSessionId,
        transfer_mode: session.transferMode,
        split_mode: session.splitMode,
        recovery_mode: session.recoveryMode,
        remote_boxid: session.remoteBoxId,
        is_local_source_volume: session.isLocalSource,
      };
    case "SnapOPC+":
      return { backup_time: isoTime(session.startedMs), resolution: 16, generation: 1, generation_count: 3 };
    case "OPC":
    case "QuickOPC":
    case "SnapOPC":
      return { backup_time: isoTime(session.startedMs), resolution: 16 };
    case "EC":
    case "Monitor":
    case "ODX":
    case "XCOPY":
      return {};
  }
}
