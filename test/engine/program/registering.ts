import type { runtime } from "@pulumi/pulumi";
import type { RegisterResourceOutputsRequest, RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import type { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";
import type { Answer, ProgramMessage, Registration } from "./protocol.ts";

/** Who hears of what a program registers. */
export interface Registrar {
  readonly project: string;
  readonly stack: string;
  readonly isPreview: boolean;
  /** Resolves when the resource is there. */
  register(registration: Omit<Registration, "call">): Promise<Pick<Answer, "id" | "outputs">>;
  tellOutputs(outputs: Extract<ProgramMessage, { kind: "outputs" }>["outputs"]): void;
}

/** Has everything that a program registers with this copy of the SDK from now on registered there: the SDK's mocks stand for the engine. */
export async function takeRegistrations(
  sdk: typeof runtime,
  { project, stack, isPreview, register, tellOutputs }: Registrar,
): Promise<void> {
  let requested: RegisterResourceRequest | undefined;
  const mocks = {
    call: ({ token }: { token: string }) => Promise.reject(new Error(`the embedded engine has no function ${token}`)),
    async newResource({ custom, id }: { custom?: boolean; id?: string }) {
      if (requested === undefined || (id ?? "") !== "")
        throw new Error("the embedded engine can neither get nor import");
      if (custom !== true) return { id: undefined, state: {} };
      const there = await register(registrationOf(requested));
      return { id: there.id, state: there.outputs };
    },
  };
  await sdk.setMocks(mocks, project, stack, isPreview, "organization");

  // The mocks get neither URN nor options nor outputs: the requests they are called for have them all.
  const monitor = sdk.getMonitor() ?? {};
  const registerResource: MockMonitor["registerResource"] = Reflect.get(monitor, "registerResource").bind(monitor);
  Object.assign(monitor, {
    registerResource(request: RegisterResourceRequest, done: Parameters<typeof registerResource>[1]): void {
      requested = request;
      void registerResource(request, (error, response) => {
        response?.setUrn(urnOf(request));
        done(error, response);
      });
    },
    registerResourceOutputs(
      request: RegisterResourceOutputsRequest,
      done: Parameters<typeof registerResource>[1],
    ): void {
      const outputs = request.getOutputs()?.toJavaScript() ?? {};
      if (request.getUrn().split("::")[2] === sdk.rootPulumiStackTypeName) tellOutputs(outputs);
      done(null, {});
    },
  });

  function registrationOf(request: RegisterResourceRequest): Omit<Registration, "call"> {
    return {
      kind: "register",
      urn: urnOf(request),
      type: request.getType(),
      inputs: request.getObject()?.toJavaScript() ?? {},
      dependencies: [...request.getDependenciesList(), request.getParent()],
      protect: request.getProtect() ?? false,
      retainOnDelete: request.getRetainondelete() ?? false,
      deleteBeforeReplace: request.getDeletebeforereplace(),
    };
  }

  /** As the real engine makes it: the stack does not count as a parent. */
  function urnOf(request: RegisterResourceRequest): string {
    const [, , parentType = sdk.rootPulumiStackTypeName] = request.getParent().split("::");
    const prefix = parentType === sdk.rootPulumiStackTypeName ? "" : `${parentType}$`;
    return `urn:pulumi:${stack}::${project}::${prefix}${request.getType()}::${request.getName()}`;
  }
}

/** What a program failed with. As the SDK has it: an error without a stack, or with an empty one, is told by its message. */
export function failureOf(error: unknown, entry: string, isRunError: (error: unknown) => boolean): string {
  if (error instanceof Error && isRunError(error)) return error.message;
  const text = !(error instanceof Error) ? String(error) : error.stack ? error.stack : error.message;
  return `Running program '${entry}' failed with an unhandled exception:\n${text}`;
}
