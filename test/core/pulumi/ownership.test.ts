import { describe, expect, test } from "vitest";
import type { JournalEntry } from "../../../provider/core/journal/journal.ts";
import { errorOf, given, recorded, volumeHooks } from "./volume-hooks.ts";

const other = "urn:pulumi:prod::erp::t::other";
const seven = { key: "volume 7", text: "volume 7", property: "label" };

/** What the journal has of a resource that has taken the volume over. */
function takenBy(urn: string): JournalEntry {
  const stamp = { at: new Date(0).toISOString(), sequence: 1, run: "r", who: "w" };
  return { kind: "takeover", urn, array: "https://default", object: seven.key, ...stamp };
}

/** The hooks of a volume, in a run in which another resource claims it too. */
function claimed(level: "declare" | "drive" | "keep") {
  const hooks = volumeHooks();
  const { deployment, play } = hooks;
  void deployment.claims[level](other, play.resource.open({ size: 10 }), [seven]);
  return hooks;
}

describe("a delete", () => {
  test.each(["drive", "keep"] as const)(
    "of what another resource has taken (%s) sends nothing, and says to whom it is left",
    async (level) => {
      const { remove, play, deployment } = claimed(level);
      await remove("7", recorded);
      expect([play.reads, play.sent]).toEqual([[], []]);
      expect(deployment.said).toContain(`warn urn:v left to "other" (${other}), nothing is sent: volume 7`);
    },
  );

  test("of what another resource only declares fails, so that the record stays", async () => {
    const { remove, play } = claimed("declare");
    expect(await errorOf(remove("7", recorded))).toMatchObject({
      kind: "identity",
      message: expect.stringMatching(/"other" .* declares volume 7, but has not taken it over. .*the record stays/),
    });
    expect(play.sent).toEqual([]);
  });

  test("ends the claims of its resource: another resource may declare the object then", async () => {
    const { remove, play, deployment } = volumeHooks();
    const array = play.resource.open({ size: 10 });
    await deployment.claims.declare("urn:v", array, [seven]);
    await remove("7", recorded);
    expect(await deployment.claims.declare(other, array, [seven])).toBeUndefined();
  });
});

test("a check or diff of what another resource declares is refused, with both names", async () => {
  const { check, diff } = claimed("declare");
  expect(await errorOf(diff("7", recorded, given))).toMatchObject({
    message: expect.stringMatching(/both "" \(urn:v\) and "other" .* declare volume 7/),
  });
  expect(await check(given, given)).toMatchObject({ failures: [] });
});

test("two resources that swap their names keep what each of them drives", async () => {
  const { check, diff, play, deployment } = volumeHooks();
  const [a, b] = [{ resourceUrn: "urn:a" }, { resourceUrn: "urn:b" }];
  await check({ ...given, ...a }, { ...given, ...b });
  await diff("7", { ...recorded, ...a }, { ...given, ...b });
  await check({ ...given, ...b }, { ...given, ...a });
  await diff("8", { ...recorded, ...b }, { ...given, ...a });
  const array = play.resource.open({ size: 10 });
  expect(await deployment.claims.taker(array, seven)).toBe("urn:b");
  expect(await deployment.claims.taker(array, { ...seven, key: "volume 8" })).toBe("urn:a");
});

test("what a resource has driven under its former name is its own, also in the delete that makes room for its replacement", async () => {
  const [before, now] = ["urn:pulumi:prod::erp::t::before", "urn:pulumi:prod::erp::t::now"] as const;
  const { check, diff, remove, play, deployment } = volumeHooks([takenBy(before)]);
  const old = { ...recorded, resourceUrn: before };
  await check({ ...given, resourceUrn: before }, { ...given, resourceUrn: now });
  await diff("7", old, { ...given, resourceUrn: now, label: "other" });
  await check({}, { ...given, resourceUrn: now, label: "other" });
  await remove("7", old);
  expect(deployment.said.filter((text) => text.includes("left to"))).toEqual([]);
  expect(play.sent).toHaveLength(1);
});

describe("what another resource has taken over since", () => {
  const own = { resourceUrn: "urn:pulumi:prod::erp::t::mine" };
  const [declared, onRecord, grown] = [
    { ...given, ...own },
    { ...recorded, ...own },
    { ...given, ...own, size: 20 },
  ];
  const taken = () => [takenBy(other)];

  test("is not acted on by a run that has not checked that resource, and is by the next one", async () => {
    const entries = taken();
    const first = volumeHooks(entries);
    const error = await errorOf(first.update("7", onRecord, grown));
    expect(error.message).toMatch(
      /"other" .* has taken over volume 7 since the last run of this resource.*Nothing was sent/,
    );
    expect(first.play.sent).toEqual([]);
    const second = volumeHooks(entries);
    await second.update("7", onRecord, grown);
    expect(second.play.sent).toHaveLength(1);
  });

  test("is acted on by a run in which that resource leaves it out", async () => {
    const { update, play, deployment } = volumeHooks(taken());
    await deployment.claims.declare(other, play.resource.open({ size: 10 }), []);
    await update("7", onRecord, grown);
    expect(play.sent).toHaveLength(1);
  });

  test("is announced", async () => {
    const { diff, deployment } = volumeHooks(taken());
    expect(await diff("7", onRecord, declared)).toMatchObject({ changes: true });
    expect(deployment.said).toContainEqual(expect.stringMatching(/^warn .*::mine takes volume 7 back from "other"/));
  });

  test("is nothing to an update that has nothing to send", async () => {
    const { update, play } = volumeHooks(taken());
    await update("7", onRecord, declared);
    expect(play.sent).toEqual([]);
  });
});
