import { describe, expect, test } from "vitest";
import { embeddedEngine } from "../engine/embedded/engine.ts";
import type { Engine } from "../engine/engine.ts";
import { hasTerminals } from "../engine/real/in-terminal.ts";
import { findRealEngine } from "../engine/real.ts";
import { writePictures } from "./pictures.ts";
import { quickStartStory, type Story, stakesStory } from "./stories.ts";
import { storyText, tell } from "./tell.ts";

const stories = [quickStartStory, stakesStory];
const timeout = 600_000;

// What Pulumi itself says around our words differs from release to release.
const release = "pulumi 3.260.0";
const real = await findRealEngine();
const { STORAGE_MIGRATION_ENGINES: asked } = process.env;
const isReal = real?.name === release && asked !== "embedded";
const isAll = isReal && asked === "all";

async function expectShown(engine: Engine | undefined, story: Story, display: "lines" | "terminal"): Promise<void> {
  if (engine === undefined) throw new Error("no such engine");
  const folder = display === "terminal" ? "terminal" : engine === embeddedEngine ? "embedded" : "pulumi";
  const shown = await tell(engine, story, display);
  if (isDrawing && display === "terminal" && story === quickStartStory) await writePictures(shown);
  await expect(storyText(shown)).toMatchFileSnapshot(`shown/${folder}/${story.name}.txt`);
}

const isTerminal = isReal && (await hasTerminals());

// `npm run pictures`
const isDrawing = process.env.PICTURES === "write";
if (isDrawing && !isTerminal) throw new Error(`the pictures need ${release} and the command "script" of util-linux`);

describe("what the runs show reads as it did", { timeout }, () => {
  test.for(stories)("$name, on the embedded engine", (story) => expectShown(embeddedEngine, story, "lines"));

  test.runIf(isAll).for(stories)(`$name, on ${release} without a terminal`, (story) =>
    expectShown(real, story, "lines"),
  );

  const inTerminal = isAll ? stories : [quickStartStory];
  test.runIf(isTerminal).for(inTerminal)(`$name, on ${release} in a terminal`, (story) =>
    expectShown(real, story, "terminal"),
  );
});
