import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Answer, answer, type ProgramMessage } from "./protocol.ts";
import { failureOf, takeRegistrations } from "./registering.ts";

// Runs in the program's process, and hands over what the program registers.

const [, , entry = ""] = process.argv;
const { PULUMI_NODEJS_PROJECT: project = "", PULUMI_NODEJS_STACK: stack = "", PULUMI_NODEJS_DRY_RUN } = process.env;
const fromProgram = createRequire(join(process.cwd(), "package.json"));
const { runtime, ResourceError, RunError }: typeof import("@pulumi/pulumi") = fromProgram("@pulumi/pulumi");
const waiting = new Map<number, (answer: Answer) => void>();
let calls = 0;
const reported = new Set<unknown>();

process.on("uncaughtException", reportFailure).on("unhandledRejection", reportFailure);
process.on("disconnect", () => process.exit(1));
process.on("message", (message) => {
  const answered = answer.parse(message);
  waiting.get(answered.call)?.(answered);
  waiting.delete(answered.call);
  if (waiting.size === 0) process.channel?.unref();
});
// While nothing is waited for, this process may end by itself: that tells that the program is done.
process.channel?.unref();

await takeRegistrations(runtime, {
  project,
  stack,
  isPreview: PULUMI_NODEJS_DRY_RUN === "true",
  register(registration) {
    const call = ++calls;
    send({ ...registration, call });
    process.channel?.ref();
    return new Promise((resolve) => waiting.set(call, resolve));
  },
  tellOutputs: (outputs) => send({ kind: "outputs", outputs }),
});
await runtime.runInPulumiStack(runEntry);

async function runEntry(): Promise<object> {
  const { default: main, ...named } = await import(pathToFileURL(entry).href);
  if (main === undefined) return named;
  return typeof main === "function" ? await main() : main;
}

function reportFailure(error: unknown): void {
  process.exitCode = 1;
  // One error may reject many promises.
  if (reported.has(error)) return;
  reported.add(error);
  send({ kind: "failure", message: failureOf(error, entry, isPlain) });
}

/** As Pulumi does, without a stack. */
function isPlain(error: unknown): boolean {
  return RunError.isInstance(error) || (ResourceError.isInstance(error) && error.hideStack === true);
}

function send(message: ProgramMessage): void {
  process.send?.(message);
}
