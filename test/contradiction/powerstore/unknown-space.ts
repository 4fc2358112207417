import type { ImportState, ImportType } from "../../arrays/powerstore/import-states.ts";
import { allOf, mapped, type Space } from "../space.ts";
import type { Part } from "../tally.ts";
import { type Gate, type HostSteps, hostSteps, type ImportCase } from "./import-case.ts";

/** Inputs that are not known yet, and what they may turn out to be. */
interface Unknown {
  readonly names: readonly string[];
  readonly values: readonly Partial<ImportCase>[];
}

const gatesOf = (...gates: readonly Gate[]) => gates.map((gate) => ({ gate }));

const ofAll: readonly Unknown[] = [
  {
    names: ["cutoverApproval"],
    values: gatesOf("none", "approval of nobody", "approved", "approval of another"),
  },
  {
    names: ["cutoverWindow"],
    values: gatesOf(
      "none",
      "opens before it is ready",
      "opens after it is ready",
      "closes before it is ready",
      "closes after it is ready",
      "closed",
    ),
  },
  {
    names: ["wave"],
    values: gatesOf("none", "held by its wave", "wave is ready", "wave is not ready", "wave is not known"),
  },
  { names: ["paused"], values: [{}, { paused: true }, { paused: false }] },
  {
    names: ["cutoverApproval", "paused"],
    values: gatesOf("none", "approval of nobody", "approved").flatMap((gate) => [gate, { ...gate, paused: true }]),
  },
];

const ofOthers: readonly Unknown[] = [
  { names: ["targetState"], values: [{ target: "Import_Completed" }, { target: "Ready_For_Cutover" }] },
];

const ofAgentless: readonly Unknown[] = [
  { names: ["hostSteps"], values: hostSteps.map((hosts) => ({ hosts })) },
  {
    names: ["targetState"],
    values: (["Import_Completed", "Ready_For_Cutover", "Ready_To_Start_Copy", "Mirror_Enabled"] as const).map(
      (target) => ({ target }),
    ),
  },
];

export interface UnknownCase {
  readonly one: ImportCase;
  readonly unknown: Unknown;
  /** How much of the preview is held to the runs. Of something new that is there already the array is not read: only what is at stake is announced. */
  readonly compare: "everything" | "what is sent" | "warnings";
}

interface Session {
  readonly state?: ImportState;
  readonly members?: readonly ImportState[];
}

const volumes: readonly ImportState[] = [
  "Scheduled",
  "Queued",
  "In_Progress",
  "Mirror_Enabled",
  "Ready_To_Start_Copy",
  "Copy_In_Progress",
  "Paused",
  "Ready_For_Cutover",
  "Cutover_In_Progress",
  "Import_Completed",
];

const groups: readonly Session[] = [
  { state: "In_Progress", members: ["Mirror_Enabled", "Copy_In_Progress"] },
  { state: "In_Progress", members: ["Ready_To_Start_Copy", "Ready_For_Cutover"] },
  { state: "Paused", members: ["Paused", "Ready_For_Cutover"] },
  { state: "Ready_For_Cutover", members: ["Ready_For_Cutover", "Ready_For_Cutover"] },
  { state: "Import_Cutover_Incomplete", members: ["Import_Completed", "Ready_For_Cutover"] },
];

/** Sessions that are recorded, and new ones, while a few inputs are not known. */
export function unknownParts(): readonly Part<UnknownCase>[] {
  const sessions: readonly Session[] = [...volumes.map((state) => ({ state })), ...groups];
  const nothing: readonly Session[] = [{}, { members: [] }];
  return (["Non_Disruptive", "Agentless"] as const).flatMap((type) => [
    { space: cases(type, "own", sessions, "everything"), usual: 120 },
    { space: cases(type, "new", nothing, "everything"), usual: 30 },
    { space: cases(type, "found", sessions, "warnings"), usual: 30 },
    { space: cases(type, "adopted", sessions, "warnings"), usual: 30 },
  ]);
}

function cases(
  type: ImportType,
  how: ImportCase["how"],
  sessions: readonly Session[],
  compare: UnknownCase["compare"],
): Space<UnknownCase> {
  interface Chosen extends Pick<ImportCase, "target"> {
    readonly unknown: Unknown;
    readonly session: Session;
    readonly hosts: HostSteps;
    readonly gate: Gate;
  }
  const chosen = allOf<Chosen>({
    unknown: type === "Agentless" ? [...ofAll, ...ofAgentless] : [...ofAll, ...ofOthers],
    session: sessions,
    target: ["Import_Completed", "Ready_For_Cutover"],
    hosts: type === "Agentless" ? ["none", "both"] : ["none"],
    gate: ["none", "approved", "closes after it is ready"],
  });
  return mapped(chosen, ({ unknown, session, ...rest }) => ({
    one: { type, how, ...session, ...rest },
    unknown,
    compare,
  }));
}
