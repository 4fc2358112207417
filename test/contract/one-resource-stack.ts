import type { dynamic } from "@pulumi/pulumi";
import type { RecordedResource } from "./recorded-resource.ts";

type Properties = Readonly<Record<string, unknown>>;

/** A stack of one resource: what the engine records of it, command by command. */
export interface OneResourceStack {
  /** The hooks of a provider process that was just started, as each command starts one. */
  readonly hooks: dynamic.ResourceProvider;
  readonly resource: RecordedResource | undefined;
  /** Creates or updates, whether it succeeds or not. */
  up(inputs: Properties): Promise<void>;
}

/** @param kind the resource's class and its type as Pulumi writes it @param provider the text under `__provider` */
export function oneResourceStack(
  kind: { readonly name: string; readonly type: string; readonly provider: string },
  startProcess: () => dynamic.ResourceProvider,
): OneResourceStack {
  const stack = "urn:pulumi:prod::erp";
  const urn = `${stack}::${kind.type}::${kind.name}`;
  let resource: RecordedResource | undefined;
  const record = (inputs: Properties, id: string, outputs: Properties, initErrors: readonly string[]) => {
    resource = {
      urn,
      custom: true,
      id,
      type: kind.type,
      inputs: { ...inputs },
      outputs: { ...outputs },
      parent: `${stack}::pulumi:pulumi:Stack::erp-prod`,
      provider: `${stack}::pulumi:providers:pulumi-nodejs::default::4b1a2f0e-6f1e-4f7e-9a51-3d8f6c0b7a11`,
      propertyDependencies: Object.fromEntries(Object.keys(inputs).map((name) => [name, []])),
      ...(initErrors.length === 0 ? {} : { initErrors: [...initErrors] }),
      created: "2030-01-01T00:00:00Z",
      modified: "2030-01-01T00:00:00Z",
    };
  };
  return {
    get hooks() {
      return startProcess();
    },
    get resource() {
      return resource;
    },
    async up(given) {
      const inputs = { ...given, __provider: kind.provider, resourceUrn: urn };
      const olds = resource;
      const hooks = startProcess();
      try {
        if (olds === undefined) {
          const { id, outs } = await hooks.create(inputs);
          record(inputs, id, outs ?? {}, []);
        } else {
          const { outs } = (await hooks.update?.(olds.id, olds.outputs, inputs)) ?? {};
          record(inputs, olds.id, outs ?? {}, []);
        }
      } catch (error) {
        if (!isPartial(error)) throw error;
        record(inputs, error.id, error.properties, error.reasons);
      }
    },
  };
}

function isPartial(error: unknown): error is { id: string; properties: Record<string, unknown>; reasons: string[] } {
  return error instanceof Error && "id" in error && "properties" in error && "reasons" in error;
}
