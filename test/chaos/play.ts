import type { Properties } from "../../provider/core/inputs.ts";
import { defaultTimeoutsMs } from "../../provider/core/pulumi/service.ts";
import { durationMs } from "../../provider/core/text/duration.ts";
import type { ArrayRequest } from "../arrays/exchange.ts";
import { openStage, type Scene, type Stage } from "./director.ts";
import { startProcess } from "./provider-process.ts";
import type { Command, Schedule } from "./schedule.ts";
import { type Outcome, openStack, type Stack, type Watch } from "./stack.ts";
import type { Trial } from "./trial.ts";
import { Violation } from "./violation.ts";

/** Plays a schedule, then leaves the migration in peace and brings it to its end. @throws Violation */
export async function playSchedule<World, Declared extends object>(
  schedule: Schedule<World, Declared>,
  trial: Trial<Declared>,
): Promise<void> {
  const stage = openStage(trial);
  const stack = openStack();
  let declared = schedule.declared;
  const run = async (command: Command<Declared>, preview?: Ran) => {
    await trial.time.clock.advance((command.waitS ?? 0) * 1000);
    declared = { ...declared, ...command.declare };
    const ran = await runCommand({ trial, stage, stack, declared }, command);
    if (preview !== undefined) for (const act of unannounced(trial, preview, ran)) stage.violate(act);
    return ran;
  };
  const confirm = () => {
    if (stage.violations.length > 0) throw new Violation(stage.violations, stage.trace);
  };
  try {
    for (const command of schedule.commands) {
      await run(command);
      confirm();
    }
    stage.note("--- in peace from here on ---");
    trial.time.clear();
    await stage.backOnline();
    trial.calm();
    await trial.time.clock.advance(trial.untilLoginS() * 1000);
    // A refresh forgets what failed: then the diff alone must know that there is something to do.
    if (schedule.commands.length % 2 === 0) await run({ run: "refresh" });
    await bringHome({ trial, stage, stack, declared }, run);
    confirm();
  } finally {
    await trial.array.close();
  }
}

interface Play<Declared> {
  readonly trial: Trial<Declared>;
  readonly stage: Stage;
  readonly stack: Stack;
  readonly declared: Declared;
}

interface Ran extends Outcome {
  /** The requests that were to change something. */
  readonly sent: readonly ArrayRequest[];
  readonly warned: readonly string[];
}

/** What an `up` sent of which its preview had not warned, nothing having happened between them. What takes the place of something else is checked once more, and warned of then. */
function unannounced<Declared>({ atStake }: Trial<Declared>, preview: Ran, { did, sent }: Ran): readonly string[] {
  if (preview.error !== undefined || did.includes("delete")) return [];
  return sent.flatMap((request) => {
    const stake = atStake(request);
    if (stake === undefined || preview.warned.some((text) => stake.warning.test(text))) return [];
    return [`${stake.what} without a warning in the preview: ${preview.warned.join("; ") || "none at all"}`];
  });
}

async function runCommand<Declared>(play: Play<Declared>, command: Command<Declared>): Promise<Ran> {
  const { trial, stage, stack, declared } = play;
  const { clock } = trial.time;
  const loginsBefore = trial.array.logins;
  const process = startProcess(clock, trial.serve);
  const judge = trial.judge(() => declared, stack.resource, process, command.run);
  const scene = stage.open(process, command.mishaps ?? [], judge);
  const watch = deadlineWatch(play, scene);
  const program = withTimeouts(trial.program(declared, stack.resource), command.timeoutS);
  stage.note(`$ pulumi ${command.run} ${JSON.stringify(declared)}`);
  const outcome = await runOf(command.run, { stack, process, program, watch });
  const { resource } = stack;
  const recorded = resource === undefined ? "nothing on record" : `${resource.id} on record`;
  stage.note(`${outcome.did.join(", ") || "no step"}: ${outcome.error ?? "well"} (${outcome.end}), ${recorded}`);

  const missing = judge.mustBeRecorded();
  if (outcome.end !== "killed" && missing !== undefined && resource === undefined && !outcome.did.includes("delete"))
    stage.violate(`${missing}, and nothing is on record`);
  if (outcome.end === "by itself" && outcome.error === undefined && command.run === "up" && resource !== undefined) {
    const contradiction = trial.contradiction(declared, resource, outcome);
    const isToldOld = process.warned.some((text) => text.includes("decided on the last recorded state"));
    if (contradiction !== undefined && !(isToldOld && outcome.did.length === 0))
      stage.violate(`a success that the array contradicts: ${contradiction}`);
  }
  if (/has a defect|TypeError|ZodError/.test(outcome.error ?? "")) stage.violate(`a defect: ${outcome.error}`);
  await process.end();
  // What a killed process had on the way comes to nothing, and is not the next one's.
  if (process.isKilled) await clock.sleep(0, new AbortController().signal);
  scene.close();
  if (clock.sleeping > 0) stage.violate(`${clock.sleeping} sleepers left behind`);
  if (!process.isKilled && scene.struck === 0 && trial.array.logins > loginsBefore)
    stage.violate(`${trial.array.logins - loginsBefore} logins left on the array`);
  const told = [...process.said, outcome.error ?? "", JSON.stringify(stack.resource ?? {})].join("\n");
  for (const secret of stage.secrets) if (told.includes(secret)) stage.violate(`a secret was told: ${secret}`);
  return { ...outcome, sent: scene.sent, warned: process.warned };
}

function runOf(
  what: Command<unknown>["run"],
  on: {
    readonly stack: Stack;
    readonly process: ReturnType<typeof startProcess>;
    readonly program: Properties;
    readonly watch: Watch;
  },
): Promise<Outcome> {
  switch (what) {
    case "up":
      return on.stack.up(on.process, on.program, on.watch);
    case "preview":
      return on.stack.preview(on.process, on.program, on.watch);
    case "refresh":
      return on.stack.refresh(on.process, on.watch);
    case "destroy":
      return on.stack.destroy(on.process, on.watch);
  }
}

/** No hook may take longer than its deadline, but for the answers that it has to wait for. */
function deadlineWatch<Declared>({ trial, stage }: Play<Declared>, scene: Scene): Watch {
  const { clock } = trial.time;
  return async (step, inputs, work) => {
    const startMs = clock.nowMs();
    const slowBeforeMs = scene.slowMs;
    try {
      return await work;
    } finally {
      const tookMs = clock.nowMs() - startMs - (scene.slowMs - slowBeforeMs);
      const limitMs = step === "check" || step === "diff" ? 0 : (timeoutOf(inputs, step) ?? defaultTimeoutsMs[step]);
      if (!scene.process.isKilled && tookMs > limitMs + slowInexactMs)
        stage.violate(`${step} took ${tookMs} ms of ${limitMs}`);
    }
  };
}

// Slow answers pass by the second, and a step may begin or end within one.
const slowInexactMs = 1000;

function withTimeouts(program: Properties, timeoutS = 3 * 3600): Properties {
  const text = `${timeoutS}s`;
  return { ...program, timeouts: { create: text, update: text, delete: text } };
}

function timeoutOf({ timeouts }: Properties, step: string): number | undefined {
  if (typeof timeouts !== "object" || timeouts === null) return undefined;
  const given: unknown = Reflect.get(timeouts, step);
  return typeof given === "string" ? durationMs(given) : undefined;
}

const mostRuns = 6;

/** In peace, `up` sends what its preview announced, and comes to the declared state or to a failure that the array bears out; what is settled stays so; and `destroy` leaves nothing behind. */
async function bringHome<Declared>(
  play: Play<Declared>,
  run: (command: Command<Declared>, preview?: Ran) => Promise<Ran>,
): Promise<void> {
  const { trial, stage, stack, declared } = play;
  const programNow = () => JSON.stringify(trial.program(declared, stack.resource));
  const program = programNow();
  const up = async (waitS: number) => run({ run: "up" }, await run({ run: "preview", waitS }));
  let arrived = await repeated(up);
  // What only the first run can tell, as the id that an approval names, is in the program of the second.
  if (arrived.error === undefined && program !== programNow()) {
    arrived = await repeated(up);
  }
  if (stage.violations.length > 0) return;
  if (arrived.error !== undefined) {
    if (!trial.mayFail(declared, stack.resource, arrived.error)) stage.violate(`up fails for ever: ${arrived.error}`);
  } else {
    for (const between of ["refresh", "up"] as const) {
      const again = await run({ run: between });
      if (again.error !== undefined) stage.violate(`${between} after a success fails: ${again.error}`);
      const isQuiet = again.sent.length === 0 && (between === "refresh" || again.did.length === 0);
      if (!isQuiet)
        stage.violate(`${between} after a success did ${again.did.join()} and sent ${again.sent.length} acts`);
      if (stage.violations.length > 0) return;
    }
  }
  const gone = await repeated((waitS) => run({ run: "destroy", waitS }));
  if (stage.violations.length > 0) return;
  if (gone.error !== undefined) {
    if (stack.resource === undefined || !trial.mayStay(stack.resource, gone.error))
      stage.violate(`destroy fails for ever: ${gone.error}`);
    return;
  }
  const left = trial.leftAfterDestroy();
  if (left !== undefined) stage.violate(`left after destroy: ${left}`);
}

/** Runs it until it goes well or, with time to think in between, fails alike. */
async function repeated(run: (waitS: number) => Promise<Ran>): Promise<Ran> {
  let last = await run(0);
  for (let runs = 1; runs < mostRuns && last.error !== undefined; runs++) {
    const next = await run(90);
    const isSame = runs >= 2 && next.error === last.error;
    last = next;
    if (isSame) break;
  }
  return last;
}
