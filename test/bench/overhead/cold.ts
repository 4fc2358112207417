import type { Engine } from "../../engine/engine.ts";
import { findEngines } from "../../engine/find.ts";
import { type Kind, onNewStack, timed } from "./overhead.ts";

/** What the first preview of a stack with one resource takes. */
export interface ColdPreview {
  readonly engine: string;
  readonly bareS: number;
  readonly ownS: number;
}

const repetitions = 9;

/** Previews one resource on a new stack, bare and of an import session in turns, on every engine; the medians. */
export async function measureColdPreview(): Promise<ColdPreview[]> {
  const measured: ColdPreview[] = [];
  for (const engine of await findEngines()) {
    const tookS: Record<Kind, number[]> = { bare: [], "bare, as wide": [], "import sessions": [] };
    // In turns, so that what else the machine does meets both alike. The first of each warms the caches of the disk.
    for (let repetition = 0; repetition <= repetitions; repetition++)
      for (const kind of ["bare", "import sessions"] as const) {
        const coldS = await coldPreviewS(engine, kind);
        if (repetition > 0) tookS[kind].push(coldS);
      }
    measured.push({ engine: engine.name, bareS: median(tookS.bare), ownS: median(tookS["import sessions"]) });
  }
  return measured;
}

function coldPreviewS(engine: Engine, kind: Kind): Promise<number> {
  return onNewStack(engine, kind, 1, async (stack) => (await timed(() => stack.preview())).tookS);
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
