import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { RegisterResourceOutputsRequest, RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import type { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";
import { type Answer, answer, type ProgramMessage } from "./protocol.ts";

// Runs in the program's process: the SDK's mocks stand for the engine, and hand over what the program registers.

const [, , entry = ""] = process.argv;
const { PULUMI_NODEJS_PROJECT: project = "", PULUMI_NODEJS_STACK: stack = "", PULUMI_NODEJS_DRY_RUN } = process.env;
const fromProgram = createRequire(join(process.cwd(), "package.json"));
const { runtime, RunError }: typeof import("@pulumi/pulumi") = fromProgram("@pulumi/pulumi");
const waiting = new Map<number, (answer: Answer) => void>();
let requested: RegisterResourceRequest | undefined;
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

const mocks = {
  call: ({ token }: { token: string }) => Promise.reject(new Error(`the embedded engine has no function ${token}`)),
  async newResource({ custom, id }: { custom?: boolean; id?: string }) {
    if (requested === undefined || (id ?? "") !== "") throw new Error("the embedded engine can neither get nor import");
    if (custom !== true) return { id: undefined, state: {} };
    const there = await register(requested);
    return { id: there.id, state: there.outputs };
  },
};
await runtime.setMocks(mocks, project, stack, PULUMI_NODEJS_DRY_RUN === "true", "organization");

// The mocks get neither URN nor options nor outputs: the requests they are called for have them all.
const monitor = runtime.getMonitor() ?? {};
const registerResource: MockMonitor["registerResource"] = Reflect.get(monitor, "registerResource").bind(monitor);
Object.assign(monitor, {
  registerResource(request: RegisterResourceRequest, done: Parameters<typeof registerResource>[1]): void {
    requested = request;
    void registerResource(request, (error, response) => {
      response?.setUrn(urnOf(request));
      done(error, response);
    });
  },
  registerResourceOutputs(request: RegisterResourceOutputsRequest, done: Parameters<typeof registerResource>[1]): void {
    const outputs = request.getOutputs()?.toJavaScript() ?? {};
    if (request.getUrn().split("::")[2] === runtime.rootPulumiStackTypeName) send({ kind: "outputs", outputs });
    done(null, {});
  },
});
await runtime.runInPulumiStack(runEntry);

function register(request: RegisterResourceRequest): Promise<Answer> {
  const call = ++calls;
  send({
    kind: "register",
    call,
    urn: urnOf(request),
    type: request.getType(),
    inputs: request.getObject()?.toJavaScript() ?? {},
    dependencies: [...request.getDependenciesList(), request.getParent()],
    protect: request.getProtect() ?? false,
    retainOnDelete: request.getRetainondelete() ?? false,
    deleteBeforeReplace: request.getDeletebeforereplace(),
  });
  process.channel?.ref();
  return new Promise((resolve) => waiting.set(call, resolve));
}

/** As the real engine makes it: the stack does not count as a parent. */
function urnOf(request: RegisterResourceRequest): string {
  const [, , parentType = runtime.rootPulumiStackTypeName] = request.getParent().split("::");
  const prefix = parentType === runtime.rootPulumiStackTypeName ? "" : `${parentType}$`;
  return `urn:pulumi:${stack}::${project}::${prefix}${request.getType()}::${request.getName()}`;
}

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
  // As the SDK has it: an error without a stack, or with an empty one, is told by its message.
  const text = !(error instanceof Error) ? String(error) : error.stack ? error.stack : error.message;
  const message = `Running program '${entry}' failed with an unhandled exception:\n${text}`;
  send({ kind: "failure", message: RunError.isInstance(error) ? error.message : message });
}

function send(message: ProgramMessage): void {
  process.send?.(message);
}
