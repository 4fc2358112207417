import { connectEternus } from "../../provider/eternus/connect.ts";
import { recSessionGroupResource } from "../../provider/eternus/rec-session-group/resource.ts";
import { startEternus, steppedClock } from "../arrays/index.ts";
import { settingsFor } from "../core/settings-for.ts";
import { virtualClock } from "../core/virtual-clock.ts";
import { machine } from "./machine.ts";
import type { Migration, Moment } from "./moments.ts";

const urn = "urn:pulumi:test::migration::pulumi-nodejs:dynamic/pulumi-storage-migration:RecSessionGroup::erp-dr";
const group = { copySessionIds: [1, 2], targetState: "Suspend" };
const active = { ...group, targetState: "Active" };

type Command = "suspend" | "resume";

/** The moments of a group: reads of the sessions and of the job, and each action. A destroy resumes as an update does. */
export const eternusMoments: readonly Moment[] = [
  moment("a read while sessions are suspended", "read", "suspend", {
    method: "GET",
    path: "/api/v1/copysession",
    nth: 3,
  }),
  moment("a read of the job", "read", "suspend", { method: "GET", path: /job.8192001/ }),
  {
    ...moment("the suspend", "act", "suspend", { method: "POST", path: /\/suspend$/ }),
    refusals: { refused: "stuck", notFound: "stuck", permission: "stuck" },
  },
  {
    ...moment("the resume of one of two", "act", "resume", { method: "POST", path: /\/1\/resume$/ }),
    refusals: { refused: "partial", notFound: "partial", permission: "partial" },
  },
];

function moment(name: string, kind: Moment["kind"], command: Command, when: Moment["when"]): Moment {
  return {
    name: `ETERNUS: ${name}`,
    vendor: "eternus",
    kind,
    when,
    carriedOut: command === "suspend" ? ["suspend 1,2"] : ["suspend 1,2", "resume 2", "resume 1"],
    isRecorded: !(command === "suspend" && kind === "act"),
    lastsMs: 60_000,
    begin: (aheadMs) => begin(command, aheadMs),
  };
}

async function begin(command: Command, aheadMs: number): Promise<Migration> {
  const arrayClock = steppedClock({ startMs: Date.UTC(2030, 0, 1) + aheadMs });
  const array = await startEternus({ clock: arrayClock, sessions: [{ id: 1 }, { id: 2 }] });
  const clock = virtualClock({ along: [arrayClock] });
  const person = machine(clock, urn, () => {
    const connection = connectEternus(settingsFor(array), { clock });
    return { resource: recSessionGroupResource(() => connection), logout: connection.logout };
  });
  if (command !== "suspend") await person.up(group);
  const declared = command === "suspend" ? "Suspend" : "Active";
  return {
    // This array keeps logins and jobs in one memory, and loses them together.
    array: { ...array, clock, endLogins: array.restart, forget: array.restart },
    run: () => person.up(command === "suspend" ? group : active),
    get recordedId() {
      return person.recordedId;
    },
    carriedOut: () =>
      array
        .acts()
        .filter(({ jobId }) => jobId !== undefined)
        .map(({ path, body }) => short(path, body))
        // Resumes go out together and may overtake each other.
        .sort()
        .reverse(),
    isAsDeclared: () => array.sessions().every(({ status }) => status === declared),
    close: array.close,
  };
}

/** `suspend 1,2`, `resume 1`. */
function short(path: string, body: unknown): string {
  const [, , , , first = "", second] = path.split("/");
  return second === undefined ? `${first} ${JSON.stringify(body).match(/\[([\d,]+)\]/)?.[1]}` : `${second} ${first}`;
}
