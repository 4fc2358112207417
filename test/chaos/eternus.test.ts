import { test } from "vitest";
import { schedules } from "./arbitrary.ts";
import { groupTrial } from "./eternus/trial.ts";
import { byHand, changes, declarations, worlds } from "./eternus/world.ts";
import { playSchedule } from "./play.ts";
import { search } from "./search.ts";

test(
  "whatever happens to a group of copy sessions, nothing is lost, nothing is sent twice, nothing false is said",
  async () => {
    const all = schedules({ world: worlds, declared: declarations, changes, byHand });
    await search("eternus", all, async (schedule) => playSchedule(schedule, await groupTrial(schedule.world)));
  },
  24 * 3_600_000,
);
