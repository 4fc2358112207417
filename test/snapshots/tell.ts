import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { steppedClock } from "../arrays/index.ts";
import type { Engine, RunResult } from "../engine/engine.ts";
import { expectNothingAmiss } from "../scenarios/aftermath.ts";
import { openWorld } from "../scenarios/world.ts";
import { normalise } from "./normalise.ts";
import { lineText, openScreen, type Screen, type ScreenLine } from "./screen.ts";
import type { Moment, Story } from "./stories.ts";

/** What one run has shown. */
export interface Shown {
  readonly title: string;
  /** Without what differs from run to run. */
  readonly text: string;
  /** In a terminal only. */
  readonly lines?: readonly ScreenLine[];
}

/** The size of the terminals: wide enough for a whole row of progress. */
export const terminalSize = { columns: 128, rows: 50 };

/** Tells a story on an engine, in a terminal or without one. */
export async function tell(
  engine: Engine,
  { setting, tell }: Story,
  display: "lines" | "terminal",
): Promise<readonly Shown[]> {
  const stateFolder = await mkdtemp(join(tmpdir(), "storage-migration-snapshots-"));
  const clock = steppedClock();
  const world = await openWorld(engine, stateFolder, {
    ...setting,
    powerstore: { ...setting.powerstore, clock },
    eternus: { ...setting.eternus, clock },
  });
  const shown: Shown[] = [];
  let screen: Screen | undefined;
  const run = {
    // A new one for each run.
    get terminal() {
      screen = openScreen(terminalSize);
      return screen;
    },
  };
  const look = async (title: string) => {
    const lines = await screen?.lines();
    if (lines !== undefined) shown.push({ title, lines, text: normalise(lines.map(lineText)) });
  };
  const show = async (title: string, running: Promise<RunResult>, moments: readonly Moment[] = []) => {
    const before = world.transcript().length;
    for (const { says, sent, passS, isShown } of moments) {
      const isSent = () => sent === undefined || world.sent().includes(sent);
      await world.during(running, () => isSent() && world.transcript().slice(before).includes(says));
      if (isShown) await look(`${title}: on the way`);
      clock.advance(passS * 1000);
    }
    const result = await running;
    if (display === "terminal") await look(title);
    else shown.push({ title, text: normalise(result.output.split("\n")) });
    return result;
  };
  try {
    await tell({ world, run: display === "terminal" ? run : {}, show });
    expectNothingAmiss(world);
    return shown;
  } catch (error) {
    console.log(world.transcript());
    throw error;
  } finally {
    await world.close();
    await rm(stateFolder, { recursive: true, force: true });
  }
}

/** The runs of a story, one under the other. */
export function storyText(shown: readonly Shown[]): string {
  return shown.map(({ title, text }) => `$ ${title}\n\n${text}`).join("\n\n");
}
