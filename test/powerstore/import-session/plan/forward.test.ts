import { describe, expect, test } from "vitest";
import type { Step } from "../../../../provider/core/reconcile/step.ts";
import type { ImportAction } from "../../../../provider/powerstore/import-session/plan/actions.ts";
import { hostWork } from "../../../../provider/powerstore/import-session/plan/held.ts";
import { planStep } from "../../../../provider/powerstore/import-session/plan/plan.ts";
import { sampleGoal, sampleObserved, sampleSession } from "../samples.ts";
import { decisionTable, rowFor } from "./decision-table.ts";

// What a storage engineer does next, from each of PowerStore's states and for each place where a session may be asked to rest.
//   rest          it is where it was wanted, or beyond
//   wait          the array is at work
//   dead end      it can't get there any more
//   send X        X is the action to send
//   hold X        a person has to do something first
// "as declared" is the input `paused`; the source is stopped and the destination started by people (hostSteps).
const table = decisionTable(`
state                        | type           | given                         || Mirror_Enabled | Ready_To_Start_Copy | Ready_For_Cutover | Import_Completed
Scheduled                    | *              | *                             || wait           | wait                | wait              | wait
Queued                       | *              | *                             || wait           | wait                | wait              | wait
In_Progress                  | *              | *                             || wait           | wait                | wait              | wait
Mirror_Enabled               | Non_Disruptive | *                             || rest           | wait                | wait              | wait
Mirror_Enabled               | Agentless      | source still running          || rest           | hold source         | hold source       | hold source
Mirror_Enabled               | Agentless      | source stopped                || rest           | send enable_destination_volume | send enable_destination_volume | send enable_destination_volume
Ready_To_Start_Copy          | Non_Disruptive | *                             || rest           | rest                | wait              | wait
Ready_To_Start_Copy          | Agentless      | destination not started       || rest           | rest                | hold destination  | hold destination
Ready_To_Start_Copy          | Agentless      | destination started           || rest           | rest                | send start_copy   | send start_copy
Copy_In_Progress             | *              | not paused                    || rest           | rest                | wait              | wait
Copy_In_Progress             | *              | paused                        || rest           | rest                | send pause        | send pause
Paused                       | *              | going on declared             || rest           | rest                | send resume       | send resume
Paused                       | *              | nothing declared              || rest           | rest                | hold by hand      | hold by hand
Paused                       | *              | paused                        || rest           | rest                | hold paused       | hold paused
Ready_For_Cutover            | *              | array cuts over by itself     || rest           | rest                | rest              | wait
Ready_For_Cutover            | *              | cutover by us + paused + gate open || rest      | rest                | rest              | hold paused
Ready_For_Cutover            | *              | cutover by us + paused + gate shut || rest      | rest                | rest              | hold paused and gate
Ready_For_Cutover            | *              | cutover by us + not paused + gate shut || rest  | rest                | rest              | hold gate
Ready_For_Cutover            | *              | cutover by us + not paused + gate open || rest  | rest                | rest              | send cutover
Cutover_In_Progress          | *              | *                             || wait           | wait                | wait              | wait
Import_Completed             | *              | *                             || rest           | rest                | rest              | rest
Import_Completed_With_Errors | *              | *                             || dead end       | dead end            | dead end          | dead end
Import_Cutover_Incomplete    | *              | paused + gate open            || dead end       | dead end            | dead end          | hold paused
Import_Cutover_Incomplete    | *              | paused + gate shut            || dead end       | dead end            | dead end          | hold paused and gate
Import_Cutover_Incomplete    | *              | not paused + gate shut        || dead end       | dead end            | dead end          | hold gate
Import_Cutover_Incomplete    | *              | not paused + gate open        || dead end       | dead end            | dead end          | send cutover
Cancel_In_Progress           | *              | *                             || wait           | wait                | wait              | wait
Cancel_Required              | *              | *                             || dead end       | dead end            | dead end          | dead end
Cancel_Failed                | *              | *                             || dead end       | dead end            | dead end          | dead end
Cancelled                    | *              | *                             || dead end       | dead end            | dead end          | dead end
Cleanup_In_Progress          | *              | *                             || wait           | wait                | wait              | wait
Cleanup_Required             | *              | *                             || dead end       | dead end            | dead end          | dead end
Cleanup_Failed               | *              | *                             || dead end       | dead end            | dead end          | dead end
Failed                       | *              | *                             || dead end       | dead end            | dead end          | dead end
Invalid                      | *              | *                             || dead end       | dead end            | dead end          | dead end
`);

const states = [...new Set(table.map(({ when }) => when.state ?? ""))];
const targets = ["Mirror_Enabled", "Ready_To_Start_Copy", "Ready_For_Cutover", "Import_Completed"] as const;
const types = ["Non_Disruptive", "Agentless"] as const;
const either = [false, true] as const;
const gate = "held until 2030-01-05T22:00:00Z, when the cutover window opens";

/** Every combination of what is given besides state, target and type. */
const circumstances = ([undefined, false, true] as const).flatMap((paused) =>
  either.flatMap((sourceStopped) =>
    either.flatMap((destinationStarted) =>
      either.flatMap((isShut) =>
        either.map((isAutomatic) => ({ paused, sourceStopped, destinationStarted, isShut, isAutomatic })),
      ),
    ),
  ),
);

test("the table knows the array's 21 states", () => {
  expect(states).toHaveLength(21);
});

describe.each(states)("from %s", (state) => {
  describe.each(targets)("to %s", (target) => {
    test.each(types)("a volume and a group of type %s take the next step of the table", (type) => {
      const cells = circumstances.flatMap((given) => {
        const row = rowFor(table, { state: [state], type: [type], given: words(given) });
        const goal = sampleGoal({ ...given, targetState: target, closed: given.isShut ? [gate] : [] });
        // A group whose own state says where it is goes by it, whatever its members show; only In_Progress says nothing (below).
        const members = state === "In_Progress" ? [] : [sampleSession("Queued", { id: "8" })];
        const session = sampleSession(state, { type, automatic_cutover: given.isAutomatic });
        return [[], members].map((group) => ({
          given: words(given).join(", "),
          expected: row.decides[target],
          found: brief(planStep(goal, sampleObserved(session, group))),
        }));
      });
      expect(cells.filter(({ expected, found }) => expected !== found)).toEqual([]);
      expect(cells).toHaveLength(96);
    });
  });
});

function words(given: (typeof circumstances)[number]): string[] {
  return [
    given.paused === true ? "paused" : "not paused",
    given.paused === undefined ? "nothing declared" : given.paused ? "pause declared" : "going on declared",
    given.sourceStopped ? "source stopped" : "source still running",
    given.destinationStarted ? "destination started" : "destination not started",
    given.isShut ? "gate shut" : "gate open",
    given.isAutomatic ? "array cuts over by itself" : "cutover by us",
  ];
}

function brief(step: Step<ImportAction>): string {
  switch (step.kind) {
    case "settled":
      return "rest";
    case "wait":
      return "wait";
    case "stuck":
      return "dead end";
    case "act":
      return `send ${step.actions.map(({ kind }) => kind).join(", ")}`;
    case "held":
      return `hold ${holds.get(step.reason) ?? step.reason}`;
  }
}

const holds = new Map([
  [hostWork.sourceStopped, "source"],
  [hostWork.destinationStarted, "destination"],
  ["held: paused as declared; set paused to false to continue", "paused"],
  ["held: paused on the array; set paused to false to resume the copy", "by hand"],
  [gate, "gate"],
  [`held: paused as declared; set paused to false to continue; ${gate}`, "paused and gate"],
]);
