import { all, type Output, runtime } from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { MigrationWave, type MigrationWaveArgs } from "../../sdk/powerstore/migration-wave.ts";

/** What was registered, by name, in the order it came. */
interface Registered {
  readonly name: string;
  readonly inputs: Record<string, unknown>;
}

const from = (sourceResourceId: string) => ({ sourceResourceId });
const three = { members: { a: from("sv_1"), b: from("sv_2"), c: from("sv_3") } };

/** Declares a wave where every resource is there at once, and each session in the state that is said of it. */
async function declared(args: Partial<MigrationWaveArgs>, states: Record<string, string> = {}, isPreview = false) {
  const registered: Registered[] = [];
  await runtime.setMocks(
    {
      call: () => ({}),
      newResource({ name, inputs }) {
        registered.push({ name, inputs });
        return {
          id: name,
          state: { ...inputs, state: states[name] ?? "Ready_For_Cutover", sessionId: `id of ${name}` },
        };
      },
    },
    "project",
    "dev",
    isPreview,
  );
  const wave = new MigrationWave("w", { ...three, ...args });
  const value = await known(all([wave.ready, wave.complete, wave.states]));
  await known(all(Object.values(wave.cutovers).map(({ urn }) => urn)));
  return { wave, value, registered: registered.filter(({ name }) => name !== "w") };
}

function known<Value>(value: Output<Value>): Promise<Value> {
  return new Promise((resolve) => {
    value.apply(resolve);
  });
}

describe("a wave", () => {
  test("copies each member, with what all have in common, and cuts nothing over unless that is declared", async () => {
    const defaults = { remoteSystemId: "name:unity", type: "Non_Disruptive", forceCancelAfter: "30m" } as const;
    const { registered, value } = await declared({
      defaults,
      members: { a: { ...from("sv_1"), forceCancelAfter: "5m" } },
    });
    expect(registered).toEqual([
      {
        name: "w-a",
        inputs: expect.objectContaining({
          ...defaults,
          sourceResourceId: "sv_1",
          forceCancelAfter: "5m",
          targetState: "Ready_For_Cutover",
          wave: { part: "copy" },
          resourceUrn: expect.stringMatching(/MigrationWave\$pulumi-nodejs:dynamic\/powerstore:ImportSession::w-a$/),
        }),
      },
    ]);
    expect(value).toEqual([true, false, { a: "Ready_For_Cutover" }]);
  });

  test("cuts over the sessions of its copies, on their arrays, within the window", async () => {
    const cutoverWindow = { notBefore: "2030-01-01T22:00:00Z" };
    const { registered } = await declared({ cutover: true, cutoverWindow, defaults: { array: "east" } });
    expect(registered.map(({ name }) => name).sort()).toEqual(
      ["a", "b", "c"].flatMap((m) => [`w-${m}`, `w-${m}-cutover`]),
    );
    expect(registered.find(({ name }) => name === "w-b-cutover")?.inputs).toMatchObject({
      array: "east",
      sessionId: "id of w-b",
      targetState: "Import_Completed",
      cutoverWindow,
      wave: { part: "cutover", hold: "" },
    });
  });

  test("holds every cutover while one member is not ready, and says which", async () => {
    const { registered, value } = await declared(
      { cutover: true, canary: "a" },
      { "w-c": "Mirror_Enabled", "w-c-cutover": "Mirror_Enabled" },
    );
    expect(holds(registered)).toEqual({
      a: "w-c is Mirror_Enabled, not ready for the cutover",
      b: "w-c is Mirror_Enabled, not ready for the cutover",
      c: "w-c is Mirror_Enabled, not ready for the cutover",
    });
    expect(value[0]).toBe(false);
  });

  test("is not held by a member that is past its cutover", async () => {
    const states = {
      "w-a": "Import_Completed",
      "w-b": "Import_Cutover_Incomplete",
      "w-c": "Import_Completed_With_Errors",
    };
    expect(holds((await declared({ cutover: true }, states)).registered)).toEqual({ a: "", b: "", c: "" });
  });

  test("cuts its canary over first, and holds the others until that is complete", async () => {
    const { registered } = await declared({ cutover: true, canary: "b" }, { "w-b-cutover": "Ready_For_Cutover" });
    expect(registered.findIndex(({ name }) => name === "w-b-cutover")).toBe(3);
    const others = "the canary w-b is Ready_For_Cutover, not cut over yet";
    expect(holds(registered)).toEqual({ b: "", a: others, c: others });
    const done = await declared({ cutover: true, canary: "b" }, { "w-b-cutover": "Import_Completed" });
    expect(holds(done.registered)).toEqual({ a: "", b: "", c: "" });
  });

  test("shows in a preview what comes after the canary", async () => {
    const { registered } = await declared({ cutover: true, canary: "b" }, {}, true);
    expect(holds(registered)).toEqual({ a: "", b: "", c: "" });
  });

  test("cuts over the canary alone where only that is declared", async () => {
    const { registered, wave, value } = await declared(
      { cutover: "canary", canary: "b" },
      { "w-b-cutover": "Import_Completed" },
    );
    expect(Object.keys(holds(registered))).toEqual(["b"]);
    expect(Object.keys(wave.cutovers)).toEqual(["b"]);
    expect(value).toEqual([true, false, { a: "Ready_For_Cutover", b: "Import_Completed", c: "Ready_For_Cutover" }]);
  });

  test.each([
    ["", "until approved"],
    ["another", "until approved"],
    ["w", ""],
  ])("that is approved with %j is held with %j", async (cutoverApproval, hold) => {
    const { registered } = await declared({ cutover: true, cutoverApproval });
    expect(holds(registered).a).toContain(hold);
    if (hold === "") expect(holds(registered).a).toBe("");
  });

  test("is complete when every cutover is", async () => {
    const states = Object.fromEntries(["a", "b", "c"].map((member) => [`w-${member}-cutover`, "Import_Completed"]));
    expect((await declared({ cutover: true }, states)).value[1]).toBe(true);
  });

  test.each<[Partial<MigrationWaveArgs>, string]>([
    [{ members: {} }, "members must name at least one"],
    [{ copiesAtOnce: 0 }, "copiesAtOnce must be a whole number"],
    [{ copiesAtOnce: 1.5 }, "copiesAtOnce must be a whole number"],
    [{ canary: "z" }, 'canary "z" is none of the members'],
    [{ cutover: "canary" }, 'cutover "canary" needs a canary'],
  ])("refuses %j", async (args, says) => {
    await expect(declared(args)).rejects.toThrow(says);
  });
});

test("as many members begin as may copy at once, and the next when one of them, whichever, is ready", async () => {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  await runtime.setMocks({
    call: () => ({}),
    async newResource({ name, inputs }) {
      if (name === "w") return { id: undefined, state: {} };
      begun.push(name);
      await new Promise<void>((resolve) => ends.set(name, resolve));
      return { id: name, state: { ...inputs, state: "Ready_For_Cutover", sessionId: name } };
    },
  });
  const members = { ...three.members, d: from("sv_4") };
  const wave = new MigrationWave("w", { members, copiesAtOnce: 2 });
  const settle = () => new Promise((resolve) => setTimeout(resolve, 50));
  await settle();
  expect(begun).toEqual(["w-a", "w-b"]);
  ends.get("w-b")?.();
  await settle();
  expect(begun).toEqual(["w-a", "w-b", "w-c"]);
  ends.get("w-c")?.();
  await settle();
  expect(begun).toEqual(["w-a", "w-b", "w-c", "w-d"]);
  for (const end of ends.values()) end();
  expect(await known(wave.ready)).toBe(true);
});

function holds(registered: readonly Registered[]): Record<string, unknown> {
  const cutovers = registered.filter(({ name }) => name.endsWith("-cutover"));
  return Object.fromEntries(
    cutovers.map(({ name, inputs }) => [name.replace(/^w-|-cutover$/g, ""), holdOf(inputs.wave)]),
  );
}

function holdOf(wave: unknown): unknown {
  return typeof wave === "object" && wave !== null && "hold" in wave ? wave.hold : undefined;
}
