import { groupSituations } from "./group-situations.ts";
import { importSituations } from "./import-situations.ts";
import type { HowTo } from "./situation.ts";

/** Every situation of which there is a record, by the name of its file in `state`. */
export const situations: Readonly<Record<string, HowTo>> = { ...importSituations, ...groupSituations };
