import type { ArrayAnswer } from "../exchange.ts";
import { ArrayRefusal, type RefusalStatus } from "./array-refusal.ts";
import { groupSuspendBody, modeBody, readBody, suspendBody } from "./body.ts";
import type { CopySession } from "./copy-session.ts";
import type { EternusArray } from "./eternus-array.ts";
import type { JobCommand, ModeChange } from "./job.ts";
import { refusalNow } from "./job-run.ts";
import { registerJob } from "./job-table.ts";
import { listAnswer, listParameters, oneAnswer } from "./listing.ts";
import { idsIn } from "./query.ts";
import type { Route, UserCall } from "./route.ts";
import { sessionAttributes } from "./session-wire.ts";
import { shownSession, shownSessions } from "./shown-sessions.ts";

/** Copy sessions: reading them, and the REC commands. Creating and deleting sessions is not simulated. */
export const copySessionRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/copysession",
    needs: "display",
    query: [...listParameters, "copysession_id"],
    handle({ array, query }) {
      const ids = idsIn(query, "copysession_id");
      const rows = shownSessions(array).filter(({ id }) => ids?.has(id) ?? true);
      const { pageSize } = array.settings;
      return {
        status: 200,
        body: listAnswer({ resource: "copysession", attributes: sessionAttributes, rows, pageSize }, query),
      };
    },
  },
  {
    method: "GET",
    path: "/copysession/{id}",
    needs: "display",
    query: ["fields"],
    handle({ array, id, query }) {
      const wire = shownSession(array, "instance", id);
      if (wire === undefined) throw new ArrayRefusal(404, "0110", `copysession ${id}`);
      return { status: 200, body: oneAnswer("copysession", sessionAttributes, wire(), query) };
    },
  },
  {
    method: "POST",
    path: "/copysession/suspend",
    needs: "manage",
    takesBody: true,
    handle(call) {
      const schema = groupSuspendBody(call.array.settings.groupSize);
      const { copysession_id_list: ids, force = false } = readBody(schema, call.request.body);
      // 404 speaks of the path's resource; an id in a body that nobody knows is a bad body.
      return accept(call, { kind: "suspend", ids, force, concurrent: true }, 400);
    },
  },
  {
    method: "POST",
    path: "/copysession/{id}/suspend",
    needs: "manage",
    takesBody: true,
    handle(call) {
      const force = readBody(suspendBody, call.request.body)?.force ?? false;
      return accept(call, { kind: "suspend", ids: [call.id], force, concurrent: false }, 404);
    },
  },
  {
    method: "POST",
    path: "/copysession/{id}/resume",
    needs: "manage",
    handle: (call) => accept(call, { kind: "resume", ids: [call.id] }, 404),
  },
  {
    method: "POST",
    path: "/copysession/{id}/reverse",
    needs: "manage",
    handle: (call) => accept(call, { kind: "reverse", ids: [call.id] }, 404),
  },
  {
    method: "PATCH",
    path: "/copysession/{id}",
    needs: "manage",
    takesBody: true,
    handle(call) {
      const wire = readBody(modeBody, call.request.body);
      const modes = { transferMode: wire.transfer_mode, splitMode: wire.split_mode, recoveryMode: wire.recovery_mode };
      requireSplitModeFits(known(call.array, call.id, 404), modes);
      return accept(call, { kind: "modify", ids: [call.id], modes }, 404);
    },
  },
];

/** Registers the job, unless the request as a whole is at fault; `unknownStatus` answers an id that nobody knows. */
function accept(call: UserCall, command: JobCommand, unknownStatus: RefusalStatus): ArrayAnswer {
  const { array, login } = call;
  for (const id of command.ids) requireTenant(call, command, known(array, id, unknownStatus));
  if (array.settings.stateJudgedBy === "request") requireState(array, command);
  return registerJob(array, login, command, call.request);
}

function known(array: EternusArray, id: number, unknownStatus: RefusalStatus): CopySession {
  const session = array.sessions.get(id);
  if (session === undefined) throw new ArrayRefusal(unknownStatus, "0110", `copysession ${id}`);
  return session;
}

/** Tenant users: never reverse, and the rest only where the local volume is the tenant's (reference, each command's page). */
function requireTenant({ login }: UserCall, command: JobCommand, session: CopySession): void {
  const { tenant } = login.account;
  if (tenant === undefined || (command.kind !== "reverse" && session.tenant === tenant)) return;
  throw new ArrayRefusal(403, "5001", `copysession ${session.id}`);
}

function requireState(array: EternusArray, command: JobCommand): void {
  for (const id of command.ids) {
    const code = refusalNow(array, command, id);
    if (code !== undefined) throw new ArrayRefusal(409, code, `copysession ${id}`);
  }
}

/** Split mode exists in Synchronous mode only, else it must be absent (reference, Modifying REC Session). */
function requireSplitModeFits(session: CopySession, modes: ModeChange): void {
  if (modes.splitMode !== undefined && (modes.transferMode ?? session.transferMode) !== "Synchronous") {
    throw new ArrayRefusal(400, "0005", "split_mode");
  }
}
