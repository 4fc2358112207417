import { toReason } from "../dynamic-provider/hooks.ts";
import type { ProgramMessage, Registration } from "../program/protocol.ts";
import type { Properties } from "../wire-value.ts";
import { deployResource, leftAlone, removeAll } from "./deployment.ts";
import type { Host } from "./host.ts";
import { type Deployment, fail } from "./step.ts";

/** Runs the program, deploys what it registers, then deletes what it no longer does; its outputs, or none after a failure. */
export async function deployProgram(deployment: Deployment, host: Pick<Host, "startProgram">): Promise<Properties> {
  const { checkpoint, halt, isPreview, isTarget } = deployment;
  const registrations = new Map<string, Promise<unknown>>();
  let outputs: Properties = {};
  let failure = "the program ended before its time";
  const onMessage = (message: ProgramMessage) => {
    if (message.kind === "outputs") outputs = message.outputs;
    else if (message.kind === "failure") failure = message.message;
    else registrations.set(message.urn, Promise.all([registrations.get(message.urn), register(message)]));
  };
  const register = async (registration: Registration) => {
    try {
      if (registrations.has(registration.urn)) throw new Error(`duplicate resource URN "${registration.urn}"`);
      const { id, outputs } = isTarget(registration)
        ? await deployResource(deployment, registration)
        : leftAlone(deployment, registration);
      program.answer({ call: registration.call, id, outputs });
    } catch (error) {
      // After a halt the first failure has been told already, and the rest follow from it.
      if (!halt.signal.aborted) fail(deployment, registration.urn, toReason(error));
    }
  };
  const program = host.startProgram({ isPreview, onMessage });
  halt.signal.addEventListener("abort", program.kill);
  if (halt.signal.aborted) program.kill();
  const isComplete = await program.ended;
  await Promise.all(registrations.values());
  if (!isComplete && !halt.signal.aborted) fail(deployment, "", failure);
  const unwanted = checkpoint
    .resources()
    .filter((resource) => isTarget(resource) && (resource.isReplaced || !registrations.has(resource.urn)));
  if (!halt.signal.aborted) await removeAll(deployment, unwanted);
  if (halt.signal.aborted) return {};
  if (!isPreview) checkpoint.apply({ outputs });
  return outputs;
}
