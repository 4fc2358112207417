import type { JournalAct } from "../../core/journal/acts.ts";
import type { Resource } from "../../core/resource.ts";
import type { PowerStoreArray } from "../connect.ts";
import { importProgress } from "./act/progress.ts";
import { recordImport } from "./act/record.ts";
import { sendAction } from "./act/send.ts";
import { importSessionInputs, lateForce } from "./input-rules.ts";
import { type ImportSessionInputs, importSessionInputNames, recordedImportInputs } from "./inputs.ts";
import { sessionIn, sessionText, sourceText } from "./journaled.ts";
import { meaningOf } from "./meaning.ts";
import { meantAlready } from "./observe/meant-already.ts";
import { importObjects } from "./observe/objects.ts";
import { assumeImport, observeImport } from "./observe/observe.ts";
import { waveMembers } from "./observe/wave.ts";
import type { ObservedImport } from "./observed.ts";
import { type ImportAction, planText, rowOf, stakesOf } from "./plan/actions.ts";
import { planDelete } from "./plan/cancel.ts";
import { entryOf } from "./plan/entry.ts";
import { nextObserved } from "./plan/next.ts";
import { ownOnly } from "./plan/own.ts";
import { planImport } from "./plan/plan.ts";
import { recentCutovers } from "./plan/recent-cutovers.ts";
import { diffImport, refuseImport, refuseReplacement } from "./preview/diff.ts";
import { preflightImport } from "./preview/preflight.ts";
import { importSessionState, type RecordedImport, visibleOf } from "./recorded.ts";
import { notObservedYet } from "./states.ts";
import type { ImportTarget } from "./target.ts";

type ImportResource = Resource<ImportSessionInputs, RecordedImport, ObservedImport, ImportAction>;

/** An import session: created or adopted, brought forward, cancelled. */
export function importSessionResource(arrays: (name: string | undefined) => PowerStoreArray): ImportResource {
  const waves = waveMembers();
  const observing = { arrays, waves };
  return {
    schemas: {
      inputs: importSessionInputs,
      inputNames: importSessionInputNames,
      deadlineFailures: lateForce,
      recordedInputs: recordedImportInputs,
      recorded: importSessionState,
      meaning: meaningOf,
      visible: visibleOf,
      // Of an adopted session the id is an input, of a created one an output.
      shadowedInputs: ({ adopted }) => (adopted ? [] : ["sessionId"]),
      recordable: waves.without,
      remember: waves.remember,
      recordedText: ({ id, state }) =>
        `import session ${id} ${state.state === notObservedYet ? "as just created" : `in ${state.state}`}`,
      attempted: attemptedText,
    },
    open: ({ array }) => arrays(array),
    objects: (...asked) => importObjects(arrays, ...asked),
    observe: (...read) => observeImport(observing, ...read),
    assume: (target) =>
      assumeImport(target, target.unknown.includes("array") ? undefined : arrays(target.inputs.array)),
    plan: (target, observed, moment) => ownOnly(planImport(target, observed, moment), observed, target),
    planDelete: (target, observed, { nowMs }) => ownOnly(planDelete(target, observed, nowMs), observed, target),
    next: nextObserved,
    actions: importActions(arrays),
    progress: importProgress,
    record: recordImport,
    preview: {
      refuse: refuseImport,
      preflight: (target, reading) => preflightImport(observing, target, reading),
      meantAlready: (question, reading) => meantAlready(arrays(question.target.inputs.array), question, reading),
      diff: diffImport,
      refuseReplacement,
    },
  };
}

function importActions(arrays: (name: string | undefined) => PowerStoreArray): ImportResource["actions"] {
  return {
    dedupeKey: (action) => rowOf(action).dedupeKey(action),
    planText: (actions, observed, target) => planText(actions, { observed, target }),
    warnings: (actions, observed, target) => stakesOf(actions, { observed, target }),
    entries: (actions, observed, target) => actions.map((action) => entryOf(action, { observed, target })),
    about: aboutTexts,
    send: (action, observed, target, sending) =>
      sendAction(arrays(target.inputs.array), action, observed, target, sending),
    recent: cutoversBefore,
  };
}

/** The cutovers that earlier runs have sent, as the record and the journal have them. */
function cutoversBefore({ recorded }: ImportTarget, missed: readonly JournalAct[]) {
  const sent = missed.filter(({ outcome }) => outcome !== "not sent");
  return [
    ...(recorded === undefined ? [] : recentCutovers(recorded.id, recorded.state.actions)),
    ...sent.flatMap((act) => recentCutovers(sessionIn(act.object) ?? "", [act])),
  ];
}

/** A cutover is about its source, too, which must not be imported again. */
function aboutTexts(action: ImportAction, { inputs }: ImportTarget, { session }: ObservedImport): readonly string[] {
  // What adopts a session by its id declares no source.
  const sourceResourceId = inputs.sourceResourceId ?? session?.source_resource_id;
  const source = sourceResourceId === undefined ? [] : [sourceText(sourceResourceId)];
  if (!("sessionId" in action)) return source;
  return [sessionText(action.sessionId), ...(action.kind === "cutover" ? source : [])];
}

function attemptedText({ operation, recorded, inputs }: ImportTarget): string {
  const id = recorded?.id ?? inputs.sessionId;
  const session = `import session ${id ?? `of ${inputs.sourceResourceId}`}`;
  if (operation.kind === "delete") return `cancel ${session}`;
  return operation.kind === "read" ? `read ${session}` : `bring ${session} to ${inputs.targetState}`;
}
