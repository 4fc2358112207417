import fc from "fast-check";
import { test } from "vitest";
import { schedules } from "./arbitrary.ts";
import { playSchedule } from "./play.ts";
import { importTrial } from "./powerstore/trial.ts";
import { changes, declarations, handWords, worlds } from "./powerstore/world.ts";
import { search } from "./search.ts";

test(
  "whatever happens to an import session, nothing is lost, nothing is sent twice, nothing false is said",
  async () => {
    const all = schedules({ world: worlds, declared: declarations, changes, byHand: fc.constantFrom(...handWords) });
    await search("powerstore", all, async (schedule) => playSchedule(schedule, await importTrial(schedule.world)));
  },
  24 * 3_600_000,
);
