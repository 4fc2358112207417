import { resourceNameOf } from "../../../provider/core/text/urn.ts";
import type { ResourceState } from "../../engine/embedded/checkpoint.ts";
import type { Interruption, RunResult } from "../../engine/engine.ts";
import { Violation } from "../violation.ts";
import { openGate } from "./gate.ts";
import { wrongWith } from "./judge.ts";
import { corrected, type Edit, edited, isHarmless, type Part, type Program, sharedObjects } from "./program.ts";
import { runJournals } from "./run-journal.ts";
import type { Command, Schedule } from "./schedule.ts";
import { type Declared, openProgramStack, type ProgramStack, projectName } from "./stack.ts";
import type { ProgramTrial } from "./trial.ts";

/** Plays a schedule, then leaves the program in peace, brings it to where it says, and gives everything up. @throws Violation */
export async function playEdits<World>(schedule: Schedule<World>, trial: ProgramTrial): Promise<void> {
  const player = openPlayer(schedule, trial);
  try {
    for (const command of schedule.commands) await player.play(command);
    await player.bringHome();
    await player.giveUp(schedule.ending);
  } finally {
    await trial.array.close();
  }
}

interface Ran extends RunResult {
  /** How many acts reached the array. */
  readonly acts: number;
}

function openPlayer<World>(schedule: Schedule<World>, trial: ProgramTrial) {
  const { time, rules } = trial;
  const { clock } = time;
  const startMs = clock.nowMs();
  const journals = runJournals(clock);
  const enter = openGate(trial);
  const on = { time: { arrays: trial.arrayClock, clock, whileBusy: clock.whileBusy }, config: trial.config };
  const main = openProgramStack("main", on);
  let copy: { readonly stack: ProgramStack; readonly program: Program } | undefined;
  let program = schedule.program;
  /** A run has gone well, and only what means the same was edited since. */
  let isQuiet = false;
  /** A person at the array has done what a run may fail of for good. */
  let isSpoilt = false;
  const told: string[] = [];
  /** What acts of killed runs were about. */
  const lostActs = new Set<string>();
  const trace: string[] = [];
  const violations: string[] = [];
  const note = (line: string) => void trace.push(`${((clock.nowMs() - startMs) / 1000).toFixed(0)}s ${line}`);
  const violate = (line: string) => {
    note(`VIOLATION ${line}`);
    violations.push(line);
  };
  const confirm = () => {
    if (violations.length > 0) throw new Violation(violations, trace);
  };

  const edit = (edits: readonly Edit[]) => {
    for (const one of edits) {
      const before = program;
      program = edited(program, one, rules);
      const isMade = JSON.stringify(before) !== JSON.stringify(program);
      note(`edit: ${JSON.stringify(one)}${isMade ? ` ${programText(program)}` : " (no effect)"}`);
      if (isMade && !isHarmless(one)) isQuiet = false;
    }
  };

  const run = async (command: Command, stack: ProgramStack, parts: Program): Promise<Ran> => {
    await clock.advance((command.waitS ?? 0) * 1000);
    const declared = declaredOf(parts, stack.name, trial);
    const byUrn = new Map(declared.map(({ urn }, index) => [urn, parts.parts[index]] as const).filter(isKnown));
    const urns = [...new Set([...declared, ...stack.resources()].map(({ urn }) => urn))];
    const named = (places: readonly number[] = []) => [
      ...new Set(places.flatMap((place) => urns[place % Math.max(urns.length, 1)] ?? [])),
    ];
    const [target, replace] = [named(command.target), command.run === "up" ? named(command.replace) : []];
    const { strike, byHand } = command;
    // What is given up by name is given up, unless somebody has taken it over: the judge knows.
    if (stack === main && (replace.length > 0 || command.run === "destroy")) isQuiet = false;
    if (stack === main && target.some((urn) => !byUrn.has(urn))) isQuiet = false;
    const journal = journals.open(!schedule.hasNoJournal);
    const strikes = strike === undefined ? undefined : new AbortController();
    let isLost = false;
    const sent: string[] = [];
    const befall = () => {
      if (strikes === undefined || strikes.signal.aborted) return;
      note(strike?.how ?? "");
      isLost = strike?.how !== "Ctrl-C";
      if (isLost) {
        journal.die();
        for (const object of sent) lostActs.add(object);
      }
      strikes.abort();
    };
    if (strike !== undefined && "afterS" in strike.at) time.after(strike.at.afterS * 1000, befall);
    let isDisturbed = false;
    if (byHand !== undefined)
      time.after(byHand.afterS * 1000, () => {
        isDisturbed = true;
        isQuiet = false;
        isSpoilt ||= trial.isGrave(byHand.word);
        const before = trial.snapshot();
        trial.byHand(byHand.word, byHand.at);
        note(`by hand: ${byHand.word} ${before === trial.snapshot() ? "(no effect)" : trial.snapshot()}`);
      });
    const judged = {
      trial,
      journals,
      journal,
      stackName: stack.name,
      run: command.run,
      isTargeted: target.length > 0,
      hasNoJournal: schedule.hasNoJournal,
      declared: byUrn,
      resources: () => stack.resources(),
    };
    let acts = 0;
    enter({
      strike,
      befall,
      isLost: () => isLost,
      arrives(act) {
        acts += 1;
        const mustBeQuiet = isQuiet && stack === main ? "nothing but words was edited" : undefined;
        for (const wrong of wrongWith(act, { ...judged, mustBeQuiet })) violate(wrong);
      },
      took(act, answer) {
        // A copy of the state whose session is gone imports the source for itself, which is then taken.
        if (stack !== main && act.verb === "create") isSpoilt = true;
        sent.push(...act.objects);
        note(`${act.verb} ${act.objects.join(", ")} -> ${answer.status} ${trial.snapshot()}`);
        for (const wrong of trial.took(act, answer)) violate(wrong);
      },
    });
    note(
      `$ pulumi ${command.run} on ${stack.name}${target.length > 0 ? ` --target ${target.map(short).join()}` : ""}${replace.length > 0 ? ` --replace ${replace.map(short).join()}` : ""}`,
    );
    const interruptions: Interruption[] =
      strike === undefined || strikes === undefined ? [] : [{ how: strike.how, when: strikes.signal }];
    const result = await stack.run(command.run, declared, journal, {
      interruptions,
      target,
      replace,
      parallel: command.parallel ?? 8,
    });
    const isStruck = strikes?.signal.aborted === true;
    // What a lost machine had on the way comes to nothing, and is not the next one's.
    if (isLost) await clock.sleep(0, new AbortController().signal);
    enter(undefined);
    time.clear();
    told.push(...result.diagnostics);
    note(`${result.ok ? "well" : "failed"}: ${JSON.stringify(result.changes)} ${result.diagnostics.join(" | ")}`);
    note(`recorded: ${stack.resources().map(recordText).join(", ")}; ${trial.snapshot()}`);
    if (clock.sleeping > 0) violate(`${clock.sleeping} sleepers left behind`);
    for (const text of result.diagnostics)
      if (/has a defect|TypeError|ZodError|RangeError/.test(text)) violate(`a defect: ${text}`);
    if (stack === main && !isStruck && target.length === 0 && !isDisturbed) judgeEnd(command, result, parts);
    return { ...result, acts };
  };

  const judgeEnd = ({ run: operation }: Command, { ok }: RunResult, { parts }: Program) => {
    const shared = sharedObjects(program);
    if (ok && shared.length > 0 && (operation === "up" || operation === "preview"))
      violate(`${operation} went well although ${shared.join()} has two owners`);
    if (!ok || operation !== "up") return;
    isQuiet = true;
    const recorded = main.resources();
    const owners = recorded.flatMap((one) => trial.recordedObjects(one).map((object) => ({ object, urn: one.urn })));
    for (const [object, those] of Map.groupBy(owners, (one) => one.object))
      if (those.length > 1) violate(`${object} is on record for ${those.map(({ urn }) => urn).join(" and ")}`);
    for (const part of parts) {
      const urn = urnOf(part, main.name, trial);
      const one = recorded.find((resource) => resource.urn === urn);
      const said = one === undefined ? "it is not on record" : trial.contradiction(part, one);
      if (said !== undefined) violate(`after a success of ${part.name}: ${said}`);
    }
    if (recorded.length > parts.length) violate(`${recorded.map(({ urn }) => urn).join()} are on record`);
  };

  const onCopy = async (command: Command) => {
    copy ??= { stack: main.copied("other"), program };
    const { stack } = copy;
    // Only what is on record: what else the program says is no copy. And no session by its id: that is how a stranger's is accepted.
    const has = (part: Part) => {
      const one = stack.resources().find(({ urn }) => urn === urnOf(part, stack.name, trial));
      return one !== undefined && part.byId === undefined;
    };
    const isNamed = stack.resources().some(({ inputs }) => inputs.sessionId !== undefined);
    if (!isNamed) await run(command, stack, { ...copy.program, parts: copy.program.parts.filter(has) });
  };

  const repeated = async (operation: Command["run"], isDone: () => boolean) => {
    let last = await run({ run: operation }, main, program);
    for (let runs = 1; runs < mostRuns && !(last.ok && isDone()); runs++) {
      // A person does what the error asks for.
      if (operation === "up") program = trial.consent?.(program, last.diagnostics) ?? program;
      last = await run({ run: operation, waitS: 90 }, main, program);
      confirm();
    }
    return last;
  };

  return {
    async play(command: Command) {
      edit(command.edits ?? []);
      if (command.isOnCopy === true) await onCopy(command);
      else await run(command, main, program);
      confirm();
    },

    async bringHome() {
      note("--- in peace from here on ---");
      const right = corrected(program, rules);
      if (JSON.stringify(right) !== JSON.stringify(program)) isQuiet = false;
      program = right;
      const { ok, diagnostics } = await repeated("up", () => true);
      confirm();
      if (!ok) {
        if (!isSpoilt) violate(`up fails for ever: ${diagnostics.join(" | ")}`);
        return confirm();
      }
      for (const between of ["refresh", "up"] as const) {
        const again = await run({ run: between }, main, program);
        if (!again.ok) violate(`${between} after a success fails: ${again.diagnostics.join(" | ")}`);
        const { same, ...changes } = again.changes;
        const isSame = Object.values(changes).every((count) => count === 0);
        if (!isSame) violate(`${between} after a success changes ${JSON.stringify(changes)}`);
      }
      confirm();
    },

    async giveUp(ending: Schedule<World>["ending"]) {
      if (ending === "empty program") {
        program = { ...program, parts: [] };
        isQuiet = false;
      }
      const isEmpty = () => main.resources().length === 0;
      const gone = await repeated(ending === "destroy" ? "destroy" : "up", isEmpty);
      confirm();
      if (!gone.ok || !isEmpty()) {
        if (!isSpoilt) violate(`${ending} fails for ever: ${gone.diagnostics.join(" | ")}`);
        return confirm();
      }
      const pending = main.pending().map(({ resource }) => resource.urn);
      for (const { text, named, objects } of trial.leftAtWork()) {
        const maker = trial.makerOf(objects[0]);
        // Whoever killed the run was told that it failed. Of a create that no record speaks of, and no program any more, nobody is asked.
        if (objects.some((object) => lostActs.has(object))) continue;
        const isOthers = maker !== undefined && maker !== main.name;
        const isPending = pending.some((urn) => told.some((warning) => warning.includes(urn)));
        if (!isOthers && !isPending && !told.some((warning) => named.test(warning)))
          violate(`left after everything was given up, and nobody was told: ${text}`);
      }
      confirm();
    },
  };
}

const mostRuns = 5;

function declaredOf({ parts, isChained }: Program, stack: string, trial: ProgramTrial): readonly Declared[] {
  // By name, so that no two programs of a stack order the same resources the other way round.
  const inOrder = parts.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  return parts.map((part) => {
    const urn = urnOf(part, stack, trial);
    const earlier = inOrder[inOrder.indexOf(part) - 1];
    const before = isChained && earlier !== undefined ? [urnOf(earlier, stack, trial)] : [];
    const __provider = `exports.handler=()=>require("pulumi-storage-migration/provider").${trial.hooks}`;
    const inputs = { ...trial.inputs(part), resourceUrn: urn, __provider };
    return { urn, type: trial.type, inputs, dependencies: before };
  });
}

/** As the engine makes it: a component stands in it by its type. */
function urnOf({ name, isInside }: Part, stack: string, { type }: ProgramTrial): string {
  return `urn:pulumi:${stack}::${projectName}::${isInside === true ? "chaos:Wave$" : ""}${type}::${name}`;
}

function isKnown(entry: readonly [string, Part | undefined]): entry is readonly [string, Part] {
  return entry[1] !== undefined;
}

function short(urn: string): string {
  return `${urn.includes("$") ? "inside " : ""}${resourceNameOf(urn).name}`;
}

function recordText({ urn, id, outputs, initErrors }: ResourceState): string {
  return `${short(urn)} ${id.slice(0, 4)} ${outputs.state ?? ""}${initErrors.length > 0 ? " (failed)" : ""}`;
}

function programText({ parts, isChained }: Program): string {
  return `${isChained ? "in order " : ""}${JSON.stringify(parts)}`;
}
