import { expect, onTestFinished, test } from "vitest";
import { connectEternus } from "../../../../provider/eternus/connect.ts";
import { isSameFromOtherSide } from "../../../../provider/eternus/copy-session.ts";
import { watchBothSides } from "../../../../provider/eternus/rec-session-group/observe/both-sides.ts";
import { recSessionGroupResource } from "../../../../provider/eternus/rec-session-group/resource.ts";
import { boxId, type CopySessionSeed, startEternus } from "../../../arrays/index.ts";
import { settingsFor } from "../../../core/settings-for.ts";
import { virtualClock } from "../../../core/virtual-clock.ts";
import { group, legsFrom, read, target, urn } from "../sample-group.ts";
import { samplePair, sampleSession } from "../sample-session.ts";

const here = sampleSession({ id: 12, remoteId: 7 });
const there = sampleSession({
  id: 7,
  remoteId: 12,
  pair: { ...samplePair, isLocalSource: false, remoteBoxid: "00ETERNUSDXHS3ET00000A##################" },
});

test.each([
  ["one session, seen from both arrays", {}, true],
  ["another id there", { remoteId: 13 }, false],
  ["no id told", { remoteId: undefined }, false],
  ["other volumes", { pair: { ...there.pair, sourceVolume: 9 } }, false],
  ["the same side", { pair: samplePair }, false],
] as const)("%s", (_, changes, isSame) => {
  expect(isSameFromOtherSide(here, { ...there, ...changes })).toBe(isSame);
});

test("the group that is read second is told of the one on the other array, and not of one on its own", () => {
  const mirrorsOf = watchBothSides();
  expect(mirrorsOf("urn:east", "https://a", [here])).toEqual([]);
  expect(mirrorsOf("urn:west", "https://b", [there])).toEqual([{ id: 7, urn: "urn:east", idThere: 12 }]);
  expect(mirrorsOf("urn:other", "https://a", [here])).toEqual([{ id: 12, urn: "urn:west", idThere: 7 }]);
});

test("a preview and a run warn of it", () => {
  const about = target({ copySessionIds: [7] });
  const mirrors = [{ id: 7, urn: "urn:pulumi:prod::erp::t::east", idThere: 12 }];
  const observed = { ...read(about, [there]), mirrors };
  const [leg] = legsFrom(about, observed);
  expect(leg && group.progress(observed, leg.step, about).warnings).toContain(
    'copy session 7 is copy session 12 of "east", seen from the other array: let one group drive it',
  );
});

test("two arrays that report one session from their sides are read so", async () => {
  const clock = virtualClock();
  const arrayWith = async (seed: CopySessionSeed) => {
    const array = await startEternus({ sessions: [seed] });
    const connection = connectEternus(settingsFor(array), { clock });
    onTestFinished(async () => {
      await connection.logout();
      await array.close();
    });
    return connection;
  };
  const north = await arrayWith({ id: 12, remoteSessionId: 7, remoteBoxId: boxId("SOUTH") });
  const [localVolume, remoteVolume] = [{ number: 2012, name: "vol" }, { number: 1012 }];
  const mirrored = { localVolume, remoteVolume, remoteBoxId: boxId("NORTH"), isLocalSource: false };
  const south = await arrayWith({ id: 7, remoteSessionId: 12, ...mirrored });
  const resource = recSessionGroupResource((name) => (name === "south" ? south : north));
  const reading = { signal: new AbortController().signal, nowMs: clock.nowMs() };
  await resource.observe(target({ copySessionIds: [12] }), undefined, reading);
  const about = target({ copySessionIds: [7], array: "south" }, { urn: `${urn}-south` });
  expect((await resource.observe(about, undefined, reading)).mirrors).toEqual([{ id: 7, urn, idThere: 12 }]);
});
