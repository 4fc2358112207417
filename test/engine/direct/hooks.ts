import type { dynamic } from "@pulumi/pulumi";
import type { Made, Provider, Recorded } from "../dynamic-provider/hooks.ts";
import { givenBack, toProperties, toStruct } from "../dynamic-provider/struct.ts";
import { isProperties, markSecrets, type Properties, UNKNOWN } from "../wire-value.ts";

/** The hooks of one resource, as the SDK's dynamic-provider server would find them. */
export type Hooks = dynamic.ResourceProvider;

/**
 * Calls hooks as the SDK's dynamic-provider server does (`cmd/dynamic-provider`), and has everything they are given and give back in the form in which it would
 * arrive there and here.
 *
 * @param find the hooks that properties name in `__provider`
 * @param onLine called with each line that the server would print
 */
export function provideThrough(
  find: (properties: Properties) => Hooks,
  onLine: (line: string) => void,
): Omit<Provider, "cancel"> {
  /** The server prints what these hooks throw, with its stack. */
  const printing = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      for (const line of printed(error).split("\n")) onLine(line);
      throw error;
    }
  };
  return {
    check: (_, olds, news) =>
      printing(async () => {
        const [was, wanted] = [arrived(olds), arrived(news)];
        const hooks = find(wanted.__provider === UNKNOWN ? was : wanted);
        const { inputs = wanted, failures = [] } = await called(hooks.check?.(was, wanted));
        return { inputs: markSecrets(withProvider(inputs, wanted), news), failures };
      }),
    diff: ({ id, outputs }, news) =>
      printing(async () => {
        const [was, wanted] = [arrived(outputs), arrived(news)];
        const hooks = find(wanted.__provider === UNKNOWN ? was : wanted);
        const {
          changes = false,
          replaces = [],
          deleteBeforeReplace = false,
        } = await called(hooks.diff?.(id, was, wanted));
        return { isChange: changes, replaces, deleteBeforeReplace };
      }),
    create: (_, inputs) => {
      const wanted = arrived(inputs);
      return made(inputs, async () => {
        const { id, outs = {} } = await find(wanted).create(wanted);
        return { id, outputs: withProvider(outs, wanted) };
      });
    },
    update: ({ id, outputs }, news) => {
      const wanted = arrived(news);
      return made(news, async () => {
        const { outs = {} } = await called(find(wanted).update?.(id, arrived(outputs), wanted));
        return { id, outputs: withProvider(outs, wanted) };
      });
    },
    read: ({ id, inputs, outputs }: Recorded) =>
      printing(async () => {
        const was = arrived(outputs);
        const { id: found = "", props = {} } = await called(find(was).read?.(id, was));
        return { id: found, inputs, outputs: markSecrets(withProvider(props, was), outputs) };
      }),
    delete: ({ id, outputs }: Recorded) =>
      printing(async () => {
        const was = arrived(outputs);
        await find(was).delete?.(id, was);
      }),
  };
}

function arrived(properties: Properties): Record<string, unknown> {
  return { ...toProperties(toStruct(properties)) };
}

function withProvider(given: Properties, { __provider }: Properties): Properties {
  return toProperties(givenBack({ ...given, __provider }));
}

function called<Result>(work: Promise<Result> | undefined): Promise<Result> {
  if (work === undefined) throw new Error("the provider has no such hook");
  return work;
}

async function made(inputs: Properties, act: () => Promise<Made>): Promise<Made> {
  const result = await act().catch(leftBehind);
  return { ...result, outputs: markSecrets(result.outputs, inputs) };
}

/** The resource that an error of create or update leaves behind; an error that leaves nothing is thrown on. */
function leftBehind(error: unknown): Made {
  if (!(error instanceof Error) || !("id" in error) || typeof error.id !== "string" || error.id === "") throw error;
  const properties = "properties" in error && isProperties(error.properties) ? error.properties : {};
  const reasons = "reasons" in error && Array.isArray(error.reasons) ? error.reasons.map(String) : [];
  return { id: error.id, outputs: toProperties(givenBack(properties)), initErrors: reasons };
}

function printed(error: unknown): string {
  return error instanceof Error ? `${error}: ${error.stack}` : `${error}: undefined`;
}
