import { describe, expect, test } from "vitest";
import { type Leg, route } from "../../../../provider/core/preview/route.ts";
import type { ImportSessionInputs } from "../../../../provider/powerstore/import-session/inputs.ts";
import { newRun, type ObservedImport } from "../../../../provider/powerstore/import-session/observed.ts";
import type { ImportAction } from "../../../../provider/powerstore/import-session/plan/actions.ts";
import { planCancel } from "../../../../provider/powerstore/import-session/plan/cancel.ts";
import { nextObserved } from "../../../../provider/powerstore/import-session/plan/next.ts";
import { planImport } from "../../../../provider/powerstore/import-session/plan/plan.ts";
import {
  importSessionStates,
  importTypes,
  targetStates,
} from "../../../../provider/powerstore/import-session/states.ts";
import type { ImportTarget } from "../../../../provider/powerstore/import-session/target.ts";
import type { WireSession } from "../../../../provider/powerstore/wire.ts";
import { sampleObserved, sampleSession, sampleTarget } from "../samples.ts";

const nowMs = Date.UTC(2030, 0, 1);
const hourMs = 3_600_000;

type ImportLeg = Leg<ObservedImport, ImportAction>;

const routeOf = (target: ImportTarget, observed: ObservedImport): readonly ImportLeg[] =>
  route(
    {
      plan: (at, moment) => planImport(target, at, moment),
      next: (at, step) => nextObserved(at, step, target),
    },
    observed,
    nowMs,
  );

/** The route of a destroy. */
const cancelRouteOf = (session: WireSession, inputs: Partial<ImportSessionInputs>, adopted: boolean) => {
  const { forceCancel = false, forceCancelAfter } = inputs;
  const goal = { ownsRecord: !adopted, forceCancel, forceCancelAfter };
  return route(
    {
      plan: (at, moment) => planCancel({ ...goal, nowMs: moment.nowMs }, at),
      next: (at, step) => nextObserved(at, step, sampleTarget()),
    },
    sampleObserved(session),
    nowMs,
  );
};

/** Where a route is at a leg: all that a plan could tell apart. */
const situationOf = ({ at: { session, members, run } }: ImportLeg) =>
  JSON.stringify([session?.state, session?.scheduled_timestamp, members.map(({ state }) => state), run]);

/** The states by which it comes, and where it ends: `Queued > In_Progress > … = held`. */
const lifeOf = (legs: readonly ImportLeg[]) =>
  `${legs.map(({ at }) => at.session?.state ?? "none").join(" > ")} = ${legs.at(-1)?.step.kind}`;

const sentOn = (legs: readonly ImportLeg[]) =>
  legs.flatMap(({ step }) => (step.kind === "act" ? step.actions.map(({ kind }) => kind) : []));

const gates: Readonly<Record<string, Partial<ImportSessionInputs>>> = {
  none: {},
  "empty approval": { cutoverApproval: { code: "" } },
  "right approval": { cutoverApproval: { code: "7" } },
  "window ahead": { cutoverWindow: { notBefore: nowMs + hourMs, notAfter: nowMs + 2 * hourMs } },
  "window open": { cutoverWindow: { notBefore: nowMs - hourMs, notAfter: nowMs + hourMs } },
  "window closed": { cutoverWindow: { notAfter: nowMs } },
  wave: { wave: { part: "cutover", hold: "", isApprovalAsked: false } },
  "held wave": { wave: { part: "cutover", hold: "w-b is Paused", isApprovalAsked: false } },
  copy: { wave: { part: "copy" } },
};
const hostSteps = [
  undefined,
  { sourceStopped: true, destinationStarted: false },
  { sourceStopped: true, destinationStarted: true },
];

function* wanted(types: readonly ("Non_Disruptive" | "Agentless")[]): Generator<Partial<ImportSessionInputs>> {
  for (const type of types)
    for (const targetState of targetStates)
      for (const paused of [undefined, false, true])
        for (const steps of type === "Agentless" ? hostSteps : [undefined])
          for (const gate of Object.values(gates))
            for (const automaticCutover of [undefined, true])
              yield { type, targetState, paused, hostSteps: steps, automaticCutover, ...gate };
}

/** What is wrong with a route: it comes by a situation twice, or says nothing of its end. */
function problemWith(legs: readonly ImportLeg[]): string | undefined {
  const situations = legs.map(situationOf);
  if (new Set(situations).size < situations.length) return `passes a situation twice: ${lifeOf(legs)}`;
  const cutovers = sentOn(legs).filter((kind) => kind === "cutover").length;
  const froms = legs.flatMap(({ at, step }) =>
    step.kind === "act" && step.actions.some(({ kind }) => kind === "cutover") ? [at.session?.state] : [],
  );
  return new Set(froms).size < cutovers ? `cuts over twice from one state: ${lifeOf(legs)}` : undefined;
}

describe("a route", () => {
  test("comes to an end from every state, whatever is wanted, and passes no situation twice", () => {
    let count = 0;
    const problems = new Set<string>();
    for (const inputs of wanted(importTypes)) {
      const target = sampleTarget(inputs);
      for (const state of importSessionStates) {
        count += 1;
        const session = sampleSession(state, {
          type: inputs.type,
          automatic_cutover: inputs.automaticCutover,
          destination_resource_type: "volume",
        });
        const problem = problemWith(routeOf(target, sampleObserved(session)));
        if (problem !== undefined) problems.add(problem);
      }
    }
    expect([...problems]).toEqual([]);
    expect(count).toBe(21 * 4 * 3 * 4 * 9 * 2);
  });

  test("does so for groups by the sets of their members' states", () => {
    const problems = new Set<string>();
    const goals = [...wanted(["Agentless"])].filter(({ automaticCutover }) => automaticCutover === undefined);
    const sets = importSessionStates.flatMap((one, index) =>
      importSessionStates.slice(index).map((other) => [one, other] as const),
    );
    for (const inputs of goals.filter(({ cutoverWindow, wave }) => cutoverWindow === undefined && wave === undefined)) {
      const target = sampleTarget(inputs);
      for (const group of [
        "Scheduled",
        "Queued",
        "In_Progress",
        "Paused",
        "Ready_For_Cutover",
        "Cutover_In_Progress",
        "Import_Cutover_Incomplete",
        "Cancel_In_Progress",
        "Cleanup_In_Progress",
      ]) {
        for (const states of sets) {
          const members = states.map((state, index) => sampleSession(state, { id: `m${index}`, type: "Agentless" }));
          const session = sampleSession(group, { type: "Agentless", destination_resource_type: "volume_group" });
          const problem = problemWith(routeOf(target, sampleObserved(session, members)));
          if (problem !== undefined) problems.add(`${states.join(", ")}: ${problem}`);
        }
      }
    }
    expect([...problems]).toEqual([]);
  });

  test("does so whatever is not known yet, and from where there is no session", () => {
    const names = [
      "paused",
      "hostSteps",
      "targetState",
      "cutoverApproval",
      "cutoverWindow",
      "wave",
      "automaticCutover",
    ];
    const subsets = Array.from({ length: 2 ** names.length }, (_, bits) =>
      names.filter((_name, index) => bits & (1 << index)),
    );
    const problems = new Set<string>();
    for (const type of importTypes) {
      for (const unknown of subsets) {
        const target = sampleTarget({ type }, { unknown });
        for (const state of importSessionStates) {
          const problem = problemWith(routeOf(target, sampleObserved(sampleSession(state, { type }))));
          if (problem !== undefined) problems.add(problem);
        }
        const made = { ...target, operation: { kind: "create" }, recorded: undefined } as const;
        const nothing = sampleObserved(undefined, [], { run: newRun(undefined) });
        const legs = routeOf(made, nothing);
        const problem = problemWith(legs);
        if (problem !== undefined) problems.add(problem);
        expect(sentOn(legs)[0]).toBe("create");
      }
    }
    expect([...problems]).toEqual([]);
  });

  test("of a session that is cancelled ends, too, whatever may be forced", () => {
    const problems = new Set<string>();
    for (const inputs of [{}, { forceCancel: true }, { forceCancelAfter: 1 }]) {
      for (const adopted of [false, true]) {
        for (const state of importSessionStates) {
          for (const kind of [
            { type: "Agentless" },
            { type: "Non_Disruptive" },
            { destination_resource_type: "volume_group" },
          ]) {
            const legs = cancelRouteOf(sampleSession(state, kind), inputs, adopted);
            if (new Set(legs.map(situationOf)).size < legs.length) problems.add(lifeOf(legs));
          }
        }
      }
    }
    expect([...problems]).toEqual([]);
    expect(sentOn(cancelRouteOf(sampleSession("Paused"), {}, false))).toEqual(["cancel", "remove"]);
    expect(sentOn(cancelRouteOf(sampleSession("In_Progress"), { forceCancel: true }, true))).toEqual(["cancel"]);
    expect(sentOn(cancelRouteOf(sampleSession("Cleanup_Required"), {}, false))).toEqual(["cleanup", "remove"]);
  });

  const before = "Queued > In_Progress > Mirror_Enabled > Ready_To_Start_Copy > Copy_In_Progress > Ready_For_Cutover";
  const after = "Cutover_In_Progress > Import_Completed";
  const done = { sourceStopped: true, destinationStarted: true };
  const toCompletion = { targetState: "Import_Completed" } as const;
  const agentless = { type: "Agentless" } as const;

  test.each<[string, Partial<ImportSessionInputs>, string, readonly string[]]>([
    ["Queued", {}, `${before} = settled`, []],
    ["Queued", toCompletion, `${before} > ${after} = settled`, ["cutover"]],
    // The array does not let it rest in between.
    [
      "Queued",
      { ...toCompletion, automaticCutover: true },
      `${before.replace(" > Ready_For_Cutover", "")} > ${after} = settled`,
      [],
    ],
    ["Queued", { ...toCompletion, cutoverApproval: { code: "" } }, `${before} = held`, []],
    ["Queued", agentless, "Queued > In_Progress > Mirror_Enabled = held", []],
    ["Queued", { ...agentless, hostSteps: done }, `${before} = settled`, ["enable_destination_volume", "start_copy"]],
    [
      "Paused",
      { ...toCompletion, paused: false },
      `Paused > Copy_In_Progress > Ready_For_Cutover > ${after} = settled`,
      ["resume", "cutover"],
    ],
    ["Copy_In_Progress", { paused: true }, "Copy_In_Progress > Paused = held", ["pause"]],
    // A pause has no meaning for a target before the copy.
    [
      "Queued",
      { ...agentless, targetState: "Mirror_Enabled", paused: true },
      "Queued > In_Progress > Mirror_Enabled = settled",
      [],
    ],
    ["Cancel_In_Progress", {}, "Cancel_In_Progress > Cancelled = stuck", []],
    ["Cleanup_In_Progress", {}, "Cleanup_In_Progress > Failed = stuck", []],
    ["Cutover_In_Progress", {}, `${after} = settled`, []],
    ["Half_Way_There", {}, "Half_Way_There = wait", []],
  ])("from %s with %j goes %s and sends %j", (state, inputs, life, sent) => {
    const session = sampleSession(state, { type: inputs.type ?? "Non_Disruptive" });
    const legs = routeOf(sampleTarget(inputs), sampleObserved(session));
    expect(lifeOf(legs)).toBe(life);
    expect(sentOn(legs)).toEqual(sent);
  });

  test("of a group goes member by member, and pauses nobody who copies for work on the hosts that is done", () => {
    const members = ["Copy_In_Progress", "Copy_In_Progress"].map((state, index) =>
      sampleSession(state, { id: `m${index}`, type: "Agentless" }),
    );
    const group = sampleSession("In_Progress", { type: "Agentless", destination_resource_type: "volume_group" });
    const legs = routeOf(sampleTarget({ type: "Agentless" }), sampleObserved(group, members));
    expect(lifeOf(legs)).toBe("In_Progress > Ready_For_Cutover = settled");
    expect(sentOn(legs)).toEqual([]);
  });

  test("of a group passes the gates of all members, each in its turn, and cuts over once", () => {
    const members = ["Queued", "Mirror_Enabled", "Ready_To_Start_Copy"].map((state, index) =>
      sampleSession(state, { id: `m${index}`, type: "Agentless" }),
    );
    const group = sampleSession("In_Progress", { type: "Agentless", destination_resource_type: "volume_group" });
    const legs = routeOf(
      sampleTarget({ type: "Agentless", targetState: "Import_Completed", hostSteps: done }),
      sampleObserved(group, members),
    );
    const sent = sentOn(legs);
    expect(sent.filter((kind) => kind === "enable_destination_volume")).toHaveLength(2);
    expect(sent.filter((kind) => kind === "start_copy")).toHaveLength(3);
    expect(sent.at(-1)).toBe("cutover");
    expect(lifeOf(legs)).toMatch(/Ready_For_Cutover > Cutover_In_Progress > Import_Completed = settled$/);
  });

  test("of a group that was cut over in part cuts over the members that are left, once", () => {
    const members = ["Ready_For_Cutover", "Import_Completed"].map((state, index) =>
      sampleSession(state, { id: `m${index}` }),
    );
    const group = sampleSession("Import_Cutover_Incomplete", { destination_resource_type: "volume_group" });
    const legs = routeOf(sampleTarget({ targetState: "Import_Completed" }), sampleObserved(group, members));
    expect(lifeOf(legs)).toBe("Import_Cutover_Incomplete > Cutover_In_Progress > Import_Completed = settled");
  });

  test.each([
    ["Failed", "In_Progress > Cleanup_In_Progress > Failed = stuck"],
    ["Cancel_Required", "In_Progress > Cancel_Required = stuck"],
  ])("of a group whose member is %s ends in a failure, and sends nothing", (state, life) => {
    const members = [state, "Copy_In_Progress"].map((word, index) => sampleSession(word, { id: `m${index}` }));
    const group = sampleSession("In_Progress", { destination_resource_type: "volume_group" });
    const legs = routeOf(sampleTarget({ targetState: "Import_Completed" }), sampleObserved(group, members));
    expect(lifeOf(legs)).toBe(life);
    expect(sentOn(legs)).toEqual([]);
  });

  test.each([
    ["Non_Disruptive", "Mirror_Enabled", "Ready_To_Start_Copy", undefined],
    ["Agentless", "Mirror_Enabled", "Mirror_Enabled", "Mirror_Enabled"],
    ["Agentless", "Copy_In_Progress", "Mirror_Enabled", undefined],
    ["Non_Disruptive", "Copy_In_Progress", "Ready_For_Cutover", "Ready_For_Cutover"],
    ["Non_Disruptive", "Paused", "Mirror_Enabled", "Paused"],
    ["Non_Disruptive", "Import_Completed", "Import_Completed", undefined],
  ] as const)(
    "of a session (%s) from %s to %s rests at %s: only where the array lets it rest",
    (type, state, targetState, rests) => {
      const legs = routeOf(sampleTarget({ type, targetState }), sampleObserved(sampleSession(state, { type })));
      expect(legs.at(-1)?.step).toMatchObject({ kind: "settled" });
      expect(legs.at(-1)?.step).toHaveProperty("rests", rests);
    },
  );
});
