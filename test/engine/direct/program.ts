import { ResourceError, RunError, runtime } from "@pulumi/pulumi";
import { requireFromSdk } from "../dynamic-provider/sdk.ts";
import type { HostOptions, ProgramRun, RunningProgram } from "../embedded/host.ts";
import { plainConfig, secretKeys } from "../plain-config.ts";
import type { Answer } from "../program/protocol.ts";
import { failureOf, takeRegistrations } from "../program/registering.ts";

/** Runs a program in this process, with a state of the SDK of its own: several may run at once. */
export function runHere(
  { project, stackName: stack, config, programHere }: HostOptions,
  { isPreview, onMessage }: ProgramRun,
): RunningProgram {
  if (programHere === undefined) throw new Error(`the program ${project.entry} cannot be run in this process`);
  const waiting = new Map<number, (answer: Answer) => void>();
  const killed = new AbortController();
  let calls = 0;
  const tell: typeof onMessage = (message) => {
    // As between processes.
    if (!killed.signal.aborted) onMessage(JSON.parse(JSON.stringify(message)));
  };
  const ended = Promise.withResolvers<boolean>();
  killed.signal.addEventListener("abort", () => ended.resolve(false));
  const run = async () => {
    runtime.setAllConfig({ ...plainConfig(config) }, [...secretKeys(config)]);
    await takeRegistrations(runtime, {
      project: project.name,
      stack,
      isPreview,
      register(registration) {
        const call = ++calls;
        const answered = new Promise<Answer>((resolve) => waiting.set(call, resolve));
        // The answer for a resource that the run leaves alone comes at once.
        tell({ ...registration, call });
        return answered;
      },
      tellOutputs: (outputs) => tell({ kind: "outputs", outputs }),
    });
    await runtime.runInPulumiStack(programOrFailure);
    await runtime.disconnect();
    ended.resolve(true);
  };
  // The SDK would reject whatever depends on a program that failed, which nobody waits for: for it, the program never comes to its end.
  const programOrFailure = async () => {
    try {
      return await programHere();
    } catch (error) {
      const isRunError = (one: unknown) =>
        RunError.isInstance(one) || (ResourceError.isInstance(one) && one.hideStack === true);
      tell({ kind: "failure", message: failureOf(error, project.entry, isRunError) });
      ended.resolve(false);
      return new Promise<never>(() => undefined);
    }
  };
  void sdkState.withLocalStorage(run);
  return {
    ended: ended.promise,
    answer(answer) {
      if (!killed.signal.aborted) waiting.get(answer.call)?.(JSON.parse(JSON.stringify(answer)));
    },
    kill: () => killed.abort(),
  };
}

/** What the SDK runs inline programs of its own Automation API with. */
const sdkState: { withLocalStorage<Result>(work: () => Result): Result } = requireFromSdk("./runtime/state.js");
