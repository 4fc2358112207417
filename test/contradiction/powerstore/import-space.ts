import {
  type ImportState,
  type ImportType,
  importStates,
  isImportState,
} from "../../arrays/powerstore/import-states.ts";
import { onlyOfAgentless, onlyOfGroups } from "../arrange-powerstore.ts";
import { groupStatesOf } from "../group-states.ts";
import { allOf, mapped, type Space } from "../space.ts";
import type { Part } from "../tally.ts";
import { gates, hostSteps, type ImportCase, unheardOf } from "./import-case.ts";

/** Every combination of what a PowerStore can show and what can be asked for, as far as both go together. */
export function importParts(): readonly Part<ImportCase>[] {
  return importTypes.flatMap((type) => {
    const sessions = sessionsOf(type);
    const moving = sessions.filter(({ state }) => !hasEnded(state));
    const ended = sessions.filter(({ state }) => hasEnded(state));
    return [
      { space: ofOurs(type, moving), usual: type === "Agentless" ? 480 : 240 },
      { space: ofOurs(type, ended), usual: 90 },
      { space: ofOthers(moving), usual: 180 },
      { space: ofOthers(ended), usual: 60 },
      { space: ofNothing(type), usual: 180 },
      { space: cutOverByTheArray(type, sessions), usual: 90 },
      { space: scheduled(type, sessions), usual: 60 },
      { space: destroyed(sessions), usual: 120 },
    ];
  });
}

/** Whether nothing that is declared matters any more. */
function hasEnded(state: ImportCase["state"]): boolean {
  return state !== undefined && /Cancel|Cleanup|Failed|Invalid|Completed/.test(state);
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

function ofOurs(type: ImportType, session: readonly Session[]): Space<ImportCase> {
  return cases({ ...declarable(type), how: ["own", "found"], isEdited: [false, true], session });
}

function ofOthers(session: readonly Session[]): Space<ImportCase> {
  const anything = { ...declarable("Agentless"), hosts: ["none", "both"] } as const;
  return cases({ ...anything, how: ["adopted", "taken over"], isAutomatic: [false, true], session });
}

function ofNothing(type: ImportType): Space<ImportCase> {
  const sources: readonly Session[] = [{ type }, { type, members: [] }];
  return cases({ ...declarable(type), how: ["new"], start: ["none", "the same", "past"], session: sources });
}

function cutOverByTheArray(type: ImportType, sessions: readonly Session[]): Space<ImportCase> {
  return cases({
    ...declarable(type),
    gate: ["none", "copy of a wave", "held by its wave", "wave is ready", "wave is not ready"],
    target: ["Import_Completed"],
    how: ["own", "found"],
    isAutomatic: [true],
    isEdited: [false, true],
    session: [...sessions, { type }, { type, members: [] }],
  });
}

function scheduled(type: ImportType, sessions: readonly Session[]): Space<ImportCase> {
  return cases({
    ...declarable(type),
    how: ["own", "found"],
    isEdited: [false, true],
    start: ["the same", "moved", "past"],
    session: sessions.filter(({ state }) => state === "Scheduled"),
  });
}

function destroyed(session: readonly Session[]): Space<ImportCase> {
  return cases({
    how: ["destroy own", "destroy taken over"],
    target: ["Ready_For_Cutover"],
    force: ["never", "at once", "after a minute"],
    session,
  });
}

/** Another session takes the place of the recorded one, which is cancelled first. */
export function replacedParts(): readonly Part<ImportCase>[] {
  return importTypes.map((type) => ({
    space: cases({
      ...declarable(type),
      // A wave's cutover adopts the session of its copy, and is replaced with that.
      gate: gates.filter((gate) => !gate.includes("wave")),
      how: ["own"],
      isAnother: [true],
      consents: [true, false],
      force: ["never", "at once", "after a minute"],
      session: sessionsOf(type),
    }),
    usual: 60,
  }));
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
