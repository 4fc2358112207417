import { test } from "vitest";
import { search } from "../search.ts";
import { playEdits } from "./play.ts";
import { importProgram, importSchedules } from "./powerstore.ts";

test(
  "however a program of import sessions is edited, nobody touches what another drives, and nothing false is recorded",
  () => search("edits/powerstore", importSchedules, async (one) => playEdits(one, await importProgram(one.world)), 60),
  24 * 3_600_000,
);
