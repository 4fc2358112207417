import { expect } from "vitest";
import { expectDone } from "../expectations.ts";
import { processEngines, processScenario } from "../scenario.ts";
import { threeVolumes, wave } from "../wave.ts";

processScenario(
  "a member that has another name now keeps its session, copied and waiting for its cutover, and so does a wave",
  threeVolumes(),
  async (world) => {
    const { declare, preview, up, recorded, sent } = world;
    const members = { a: { sourceResourceId: "sv_1" }, c: { sourceResourceId: "sv_3" } };
    const waiting = { cutover: true, cutoverApproval: "" } as const;
    await declare(wave(waiting));
    await expectDone(up(), { create: 6 });
    const { id } = await recorded("w-b");

    const renamed = { members: { ...members, beta: { sourceResourceId: "sv_2" } }, formerNames: { beta: "b" } };
    await declare(wave({ ...waiting, ...renamed }));
    // The record of what was renamed learns its new name.
    await expectDone(preview(), { update: 2, same: 4 });
    await expectDone(up(), { update: 2, same: 4 });
    expect((await recorded("w-beta")).id).toBe(id);
    const options = { aliases: [{ name: "w" }] };
    await declare({ ...wave({ ...waiting, ...renamed }), name: "weekend", options });
    await expectDone(preview(), { update: 6 });
    await declare(wave({ cutover: true, ...renamed }));
    await expectDone(up(), { update: 3, same: 3 });
    expect(sent().slice(3)).toEqual(["cutover", "cutover", "cutover"]);
  },
  // The embedded engine knows no aliases.
  processEngines.filter(({ name }) => name !== "embedded"),
);
