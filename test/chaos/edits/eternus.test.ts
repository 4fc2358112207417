import { test } from "vitest";
import { search } from "../search.ts";
import { groupProgram, groupSchedules } from "./eternus.ts";
import { playEdits } from "./play.ts";

test(
  "however a program of copy session groups is edited, nobody touches what another drives, and nothing false is recorded",
  () => search("edits/eternus", groupSchedules, async (one) => playEdits(one, await groupProgram(one.world)), 60),
  24 * 3_600_000,
);
