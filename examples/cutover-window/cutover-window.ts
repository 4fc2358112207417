import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type Deployment, LocalWorkspace, type PreviewResult, type Stack } from "@pulumi/pulumi/automation/index.js";

// Drives a cutover window of the program in --work-dir, such as examples/weekend-cutover, with the installed Pulumi CLI:
//   node cutover-window.ts --work-dir ../weekend-cutover --stack prod --stage cutover --opens 2026-12-05T22:00:00Z --closes 2026-12-06T04:00:00Z
// Sends nothing unless every session is ready and the preview replaces and deletes nothing. Exits with 0 if every session is cut over, otherwise with 1.

const { values } = parseArgs({
  options: {
    "work-dir": { type: "string", default: "." },
    stack: { type: "string", default: "prod" },
    stage: { type: "string", default: "cutover" },
    opens: { type: "string", default: new Date().toISOString() },
    closes: { type: "string" },
  },
});
const opensMs = Date.parse(values.opens);
const closesMs = Date.parse(values.closes ?? "");
// Without an end of the window, an update that fails early would run again at noon.
if (Number.isNaN(opensMs) || !(closesMs > opensMs))
  throw new Error("--opens and --closes must be ISO 8601 times, and --closes must be the later one");

// After an interrupted window, some sessions are already cut over.
const readyStates = ["Ready_For_Cutover", "Cutover_In_Progress", "Import_Cutover_Incomplete", "Import_Completed"];
const harmless = ["create", "update", "same", "read", "refresh"];

const log = (text: string) => console.log(`${new Date().toISOString()} ${text}`);

// After a Ctrl-C, Pulumi ends the update in order. The array continues what is under way, and the next run finds it.
const ended = new AbortController();
process.once("SIGINT", () => ended.abort()).once("SIGTERM", () => ended.abort());

const stack = await LocalWorkspace.selectStack({ stackName: values.stack, workDir: values["work-dir"] });
process.exitCode = (await cutOver(stack)) ? 0 : 1;

async function cutOver(stack: Stack): Promise<boolean> {
  log("checking every session");
  await stack.refresh({ signal: ended.signal });
  const unready = sessionsIn(await stack.exportStack()).filter(({ state }) => !readyStates.includes(state));
  for (const { name, state } of unready) log(`not ready: ${name} is ${state}`);
  if (unready.length > 0) return stop("not every session is ready; wait for the copies, then run this again");

  // The stack's configuration holds the stage, so whoever runs `pulumi up` next declares the same.
  await stack.setConfig("stage", { value: values.stage });
  const plan = await stack.preview({ signal: ended.signal });
  console.log(plan.stdout);
  if (!isHarmless(plan)) return stop("the preview would replace or delete a resource");

  if (Date.now() < opensMs) log(`waiting until ${values.opens}, when the window opens`);
  // Waits in steps, because a timer lasts 24 days at most and somebody may set the clock.
  while (Date.now() < opensMs) await setTimeout(Math.min(opensMs - Date.now(), 60_000), undefined, ended);
  if (Date.now() >= closesMs) return stop(`the window closed at ${values.closes}`);

  log("cutting over");
  // When the window closes, Pulumi starts nothing more and waits for what it has started.
  const closing = AbortSignal.timeout(Math.min(closesMs - Date.now(), 2 ** 31 - 1));
  const signal = AbortSignal.any([ended.signal, closing]);
  const update = await stack.up({ onOutput: (text) => process.stdout.write(text), signal }).catch((error: unknown) => {
    log(`the update failed: ${error instanceof Error ? error.name : error}`);
  });
  return report(await stack.exportStack(), update !== undefined);
}

function report(deployment: Deployment, isUpdated: boolean): boolean {
  const cutovers = sessionsIn(deployment).filter(({ isToCutOver }) => isToCutOver);
  for (const { name, state, held, sent } of cutovers) log([name, state, sent, held].filter(Boolean).join("; "));
  const left = cutovers.filter(({ state }) => state !== "Import_Completed").length;
  log(
    left === 0 && isUpdated ? "all sessions are cut over" : `${left} of ${cutovers.length} sessions are not cut over`,
  );
  return isUpdated && left === 0;
}

function stop(reason: string): false {
  log(`nothing was sent: ${reason}`);
  return false;
}

function isHarmless({ changeSummary }: PreviewResult): boolean {
  return Object.entries(changeSummary).every(([kind, count]) => harmless.includes(kind) || count === 0);
}

interface Session {
  readonly name: string;
  readonly state: string;
  readonly held: string;
  /** A text with the time at which the provider sent the cutover; empty if it did not. */
  readonly sent: string;
  readonly isToCutOver: boolean;
}

/** The import sessions in the stack's state. */
function sessionsIn({ deployment }: Deployment): readonly Session[] {
  const resources: readonly RecordedResource[] = deployment.resources ?? [];
  return resources
    .filter(({ type }) => type.endsWith("powerstore:ImportSession"))
    .map(({ urn, inputs, outputs }) => {
      const cutover = outputs?.actions?.findLast(({ act }) => act === "cutover");
      return {
        name: urn.slice(urn.lastIndexOf("::") + 2),
        state: outputs?.state ?? "not recorded",
        held: outputs?.held ?? "",
        sent: cutover === undefined ? "" : `cutover sent at ${cutover.at}`,
        isToCutOver: inputs?.targetState === "Import_Completed",
      };
    });
}

/** The parts of a recorded resource that this script reads. */
interface RecordedResource {
  readonly urn: string;
  readonly type: string;
  readonly inputs?: { readonly targetState?: string };
  readonly outputs?: {
    readonly state?: string;
    readonly held?: string;
    readonly actions?: readonly { readonly act: string; readonly at: string }[];
  };
}
