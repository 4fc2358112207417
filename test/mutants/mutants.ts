import { coreMutants } from "./core.ts";
import { eternusMutants } from "./eternus.ts";
import type { Mutant } from "./mutant.ts";
import { powerstoreMutants } from "./powerstore.ts";

/** One mutant for each safety rule of the product. A new rule brings its own. */
export const mutants: readonly Mutant[] = [...coreMutants, ...powerstoreMutants, ...eternusMutants];
