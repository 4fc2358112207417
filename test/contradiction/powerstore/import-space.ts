import {
  type ImportState,
  type ImportType,
  importStates,
  isImportState,
} from "../../arrays/powerstore/import-states.ts";
import { onlyOfAgentless, onlyOfGroups } from "../arrange-powerstore.ts";
import { groupStatesOf } from "../group-states.ts";
import { allOf, mapped, type Space, together } from "../space.ts";
import { gates, hostSteps, type ImportCase, unheardOf } from "./import-case.ts";

/** Every combination of what a PowerStore can show and what can be asked for, as far as both go together. */
export function importSpace(): Space<ImportCase> {
  const parts = [ofOurs, ofOthers, ofNothing, cutOverByTheArray, scheduled, destroyed];
  return together(...parts.flatMap((spaceOf) => importTypes.map(spaceOf)));
}

const importTypes: readonly ImportType[] = ["Non_Disruptive", "Agentless"];

/** Which session there is. */
type Session = Pick<ImportCase, "type" | "state" | "after" | "members">;

/** Cases, with their session still apart. */
type Chosen = Omit<ImportCase, keyof Session> & { readonly session: Session };

function cases(choices: { readonly [Key in keyof Chosen]: readonly Chosen[Key][] }): Space<ImportCase> {
  return mapped(allOf<Chosen>(choices), ({ session, ...rest }) => ({ ...session, ...rest }));
}

const targets = ["Import_Completed", "Ready_For_Cutover", "Ready_To_Start_Copy", "Mirror_Enabled"] as const;

/** What may be declared of a session that this program creates. */
function declarable(type: ImportType) {
  return {
    paused: [undefined, true, false],
    hosts: type === "Agentless" ? hostSteps : [undefined],
    gate: gates,
    target: type === "Agentless" ? targets : targets.slice(0, 2),
  } as const;
}

function ofOurs(type: ImportType): Space<ImportCase> {
  return cases({ ...declarable(type), how: ["own", "found"], isEdited: [false, true], session: sessionsOf(type) });
}

function ofOthers(type: ImportType): Space<ImportCase> {
  const anything = declarable("Agentless");
  return cases({ ...anything, how: ["adopted", "taken over"], isAutomatic: [false, true], session: sessionsOf(type) });
}

function ofNothing(type: ImportType): Space<ImportCase> {
  const sources: readonly Session[] = [{ type }, { type, members: [] }];
  return cases({ ...declarable(type), how: ["new"], start: ["none", "the same", "past"], session: sources });
}

function cutOverByTheArray(type: ImportType): Space<ImportCase> {
  return cases({
    ...declarable(type),
    gate: ["none", "copy of a wave", "held by its wave", "wave is ready", "wave is not ready"],
    target: ["Import_Completed"],
    how: ["own", "found"],
    isAutomatic: [true],
    isEdited: [false, true],
    session: [...sessionsOf(type), { type }, { type, members: [] }],
  });
}

function scheduled(type: ImportType): Space<ImportCase> {
  const sessions = sessionsOf(type).filter(({ state }) => state === "Scheduled");
  return cases({
    ...declarable(type),
    how: ["own", "found"],
    isEdited: [false, true],
    start: ["the same", "moved", "past"],
    session: sessions,
  });
}

function destroyed(type: ImportType): Space<ImportCase> {
  return cases({
    how: ["destroy own", "destroy taken over"],
    target: ["Ready_For_Cutover"],
    force: ["never", "at once", "after a minute"],
    session: sessionsOf(type),
  });
}

function sessionsOf(type: ImportType): readonly Session[] {
  return [...volumesOf(type), ...groupsOf(type)];
}

function volumesOf(type: ImportType): readonly Session[] {
  const never = type === "Agentless" ? onlyOfGroups : [...onlyOfGroups, ...onlyOfAgentless];
  return [
    ...allStates.filter((state) => !never.includes(state)).map((state) => ({ type, state })),
    { type, state: "Cancel_In_Progress", after: "a failure" },
    { type, state: unheardOf },
  ];
}

/** By sets of two members' states: what three can show, two can. */
function groupsOf(type: ImportType): readonly Session[] {
  const possible = allStates.filter((state) => type === "Agentless" || !onlyOfAgentless.includes(state));
  return possible.flatMap((one, index) =>
    possible.slice(index).flatMap((other) => {
      const members = [one, other];
      return groupStatesOf(members).map((state) => ({ type, state, members }));
    }),
  );
}

const allStates: readonly ImportState[] = Object.keys(importStates).filter(isImportState);
