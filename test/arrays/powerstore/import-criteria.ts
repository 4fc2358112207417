import { importStates } from "./import-states.ts";
import type { ImportWorld } from "./import-world.ts";
import type { CriteriaOf } from "./source-resources.ts";

/** A source is In_Progress while it is imported and Imported afterwards; after a failure or cancel it is as it was. */
export function criteriaIn(world: ImportWorld): CriteriaOf {
  return (sourceId, seeded) => {
    const own = [...world.sessions.values()].filter(({ sourceResourceId }) => sourceResourceId === sourceId);
    if (own.some(({ state }) => !importStates[state].isFinal)) return "In_Progress";
    return own.some(({ state }) => /^Import_Completed/.test(state)) ? "Imported" : seeded;
  };
}
