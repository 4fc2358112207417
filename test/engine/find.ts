import { embeddedEngine } from "./embedded/engine.ts";
import type { Engine } from "./engine.ts";
import { findRealEngine } from "./real.ts";

/**
 * The engines to run things on: the real one first when it is installed, the embedded one always. The environment
 * variable `STORAGE_MIGRATION_ENGINES` narrows them to `pulumi` or `embedded`.
 */
export async function findEngines(): Promise<readonly Engine[]> {
  const only = process.env.STORAGE_MIGRATION_ENGINES;
  const real = only === "embedded" ? undefined : await findRealEngine();
  const engines = real === undefined ? [embeddedEngine] : [real, embeddedEngine];
  const chosen = only === "pulumi" ? engines.filter((engine) => engine !== embeddedEngine) : engines;
  if (chosen.length === 0) throw new Error("STORAGE_MIGRATION_ENGINES asks for pulumi, which is not installed here");
  return chosen;
}

/** Whether everything is to run on every engine, also what one of them usually shows well enough. */
export const isForAll = process.env.STORAGE_MIGRATION_ENGINES === "all";

/** The engine to show things on. */
export async function preferredEngine(): Promise<Engine> {
  const [first = embeddedEngine] = await findEngines();
  return first;
}
