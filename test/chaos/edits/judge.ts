import type { ResourceState } from "../../engine/embedded/checkpoint.ts";
import type { Part } from "./program.ts";
import type { RunJournal, RunJournals } from "./run-journal.ts";
import type { Command } from "./schedule.ts";
import type { Act, ProgramTrial } from "./trial.ts";

/** What a command is judged by. */
export interface Case {
  readonly trial: ProgramTrial;
  readonly journals: RunJournals;
  readonly journal: RunJournal;
  readonly stackName: string;
  readonly run: Command["run"];
  readonly isTargeted: boolean;
  readonly hasNoJournal: boolean;
  /** Why nothing at all may be sent. Undefined: something may. */
  readonly mustBeQuiet: string | undefined;
  /** What the program declares, by URN. */
  readonly declared: ReadonlyMap<string, Part>;
  resources(): readonly ResourceState[];
}

/** What is wrong about an act that arrives. */
export function wrongWith(act: Act, judged: Case): readonly string[] {
  const { trial, journal, stackName, run, mustBeQuiet } = judged;
  const text = `${act.verb} ${act.objects.join(", ")}`;
  const senders = journal
    .underWay()
    .filter(({ object }) => object.split(", ").some((one) => act.objects.includes(one)))
    .map(({ urn }) => urn);
  const wrong: string[] = [];
  if (senders.length === 0) wrong.push(`${text}: nobody has written it down`);
  if (run === "preview" || run === "refresh") wrong.push(`${text} in a ${run}`);
  if (mustBeQuiet !== undefined) wrong.push(`${text} although ${mustBeQuiet}`);
  for (const object of act.objects) {
    const maker = trial.makerOf(object);
    if (maker !== undefined && maker !== stackName) wrong.push(`${text} by ${stackName}, made by the stack ${maker}`);
    // Open: with two owners and an interrupted destroy, a create removes what is left of the session of its name, which the other has taken over.
    if (act.verb === "remove" && hasTwoOwners(object, judged)) continue;
    for (const holder of holdersOf(object, judged))
      if (!senders.includes(holder))
        wrong.push(`${text} by ${senders.join(", ")}, which ${holder} declares and drives`);
  }
  return wrong;
}

function hasTwoOwners(object: string, { trial, declared }: Case): boolean {
  return [...declared.values()].filter((part) => trial.isAbout(part, object)).length > 1;
}

/** The resources that declare an object and drive it: it is on record, and nobody has taken it over since. */
function holdersOf(object: string, judged: Case): readonly string[] {
  const { trial, journals, journal, declared, run, isTargeted, hasNoJournal, resources } = judged;
  // A destroy gives up everything. Without its journal, a run knows of others only what it asks them.
  if ((run === "destroy" && !isTargeted) || (isTargeted && hasNoJournal)) return [];
  return [...declared].flatMap(([urn, part]) => {
    if (!trial.isAbout(part, object)) return [];
    const recorded = resources().find((one) => one.urn === urn && !one.isReplaced);
    const isOnRecord = recorded !== undefined && trial.recordedObjects(recorded).includes(object);
    const driver = journals.driver(urn, object);
    const drives = driver === urn ? isOnRecord || journal.hasTaken(urn, object) : driver === undefined && isOnRecord;
    return drives ? [urn] : [];
  });
}
