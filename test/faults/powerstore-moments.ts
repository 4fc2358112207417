import { connectPowerStore } from "../../provider/powerstore/connect.ts";
import { importSessionResource } from "../../provider/powerstore/import-session/resource.ts";
import { steppedClock } from "../arrays/clock.ts";
import { startPowerStore } from "../arrays/powerstore/power-store.ts";
import { settingsFor } from "../core/settings-for.ts";
import { virtualClock } from "../core/virtual-clock.ts";
import { machine } from "./machine.ts";
import type { Migration, Moment } from "./moments.ts";

const urn = "urn:pulumi:prod::erp::pulumi-nodejs:dynamic/pulumi-storage-migration:ImportSession::orders";
const volume = { remoteSystemId: "name:old-unity", sourceResourceId: "sv_42", type: "Non_Disruptive" };
const toCompletion = { ...volume, targetState: "Import_Completed" };

type Command = "create" | "cutover" | "destroy";

const creating = "/api/rest/import_session";

/** The moments of an import session: one read of each command, and each action. */
export const powerStoreMoments: readonly Moment[] = [
  moment("a read while a session is copied", "read", "create", { method: "GET", path: /import_session\/./, nth: 3 }),
  moment("the creation of a session", "act", "create", { method: "POST", path: creating }),
  moment("the first read before the cutover", "first read", "cutover", { method: "GET", path: /import_session\/./ }),
  moment("the cutover", "act", "cutover", { method: "POST", path: /\/cutover$/ }),
  { ...moment("the cancel", "act", "destroy", { method: "POST", path: /\/cancel$/ }), refusals: { refused: "stuck" } },
];

function moment(name: string, kind: Moment["kind"], command: Command, when: Moment["when"]): Moment {
  return {
    name: `PowerStore: ${name}`,
    vendor: "powerstore",
    kind,
    when,
    carriedOut: { create: ["create"], cutover: ["create", "cutover"], destroy: ["create", "cancel", "remove"] }[
      command
    ],
    isRecorded: command !== "create" || kind === "read",
    lastsMs: 20 * 60_000,
    begin: (aheadMs) => begin(command, aheadMs),
  };
}

async function begin(command: Command, aheadMs: number): Promise<Migration> {
  const arrayClock = steppedClock({ startMs: Date.UTC(2030, 0, 1) + aheadMs });
  const array = await startPowerStore({ clock: arrayClock });
  const clock = virtualClock({ along: [arrayClock] });
  const person = machine(clock, urn, () => {
    const connection = connectPowerStore(settingsFor(array), { clock });
    return { resource: importSessionResource(() => connection), logout: connection.logout };
  });
  if (command !== "create") await person.up(volume);
  const declared = { create: "Ready_For_Cutover", cutover: "Import_Completed", destroy: undefined }[command];
  return {
    array: { ...array, clock, forget: array.endLogins },
    run: () =>
      command === "destroy" ? person.destroy(volume) : person.up(command === "create" ? volume : toCompletion),
    get recordedId() {
      return person.recordedId;
    },
    carriedOut: () =>
      array
        .acts()
        .filter(({ carriedOut }) => carriedOut)
        .map(({ method, path }) => (method === "DELETE" ? "remove" : (path.split("/")[5] ?? "create"))),
    isAsDeclared: () => array.sessions()[0]?.state === declared,
    close: array.close,
  };
}
