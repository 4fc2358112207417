import { all, isUnknown, type Output, runtime } from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { MigrationWave } from "../../sdk/powerstore/migration-wave.ts";
import type { MigrationWaveArgs } from "../../sdk/powerstore/wave-args.ts";

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

  test("leaves it to its copies to cancel what they made: a destroy of its cutovers sends nothing", async () => {
    const retained: string[] = [];
    await runtime.setMocks({ call: () => ({}), newResource: ({ name, inputs }) => ({ id: name, state: inputs }) });
    const wave = new MigrationWave(
      "w",
      { ...three, cutover: true },
      {
        transformations: [
          ({ name, opts }) => {
            if ("retainOnDelete" in opts && opts.retainOnDelete === true) retained.push(name);
            return undefined;
          },
        ],
      },
    );
    await known(all(Object.values(wave.cutovers).map(({ urn }) => urn)));
    expect(retained.sort()).toEqual(["w-a-cutover", "w-b-cutover", "w-c-cutover"]);
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
    [{ members: {} }, "members must name at least one member"],
    [{ copiesAtOnce: 0 }, "copiesAtOnce must be a whole number"],
    [{ copiesAtOnce: 1.5 }, "copiesAtOnce must be a whole number"],
    [{ canary: "z" }, 'canary "z" is not a member'],
    [{ cutover: "canary" }, 'cutover "canary" requires a canary'],
    [{ formerNames: { z: "y" } }, '"z" is not a member'],
    [{ formerNames: { a: "b" } }, '"b" is also the name of another member'],
    [{ formerNames: { a: "y", b: "y" } }, '"y" is also the name of another member'],
  ])("refuses %j", async (args, says) => {
    await expect(declared(args)).rejects.toThrow(says);
  });
});

describe("the members of a wave", () => {
  const four = { ...three.members, d: from("sv_4") };

  test("that are added are ready before any of the others is cut over", async () => {
    const { begun, ends, wave } = await underWay({ members: four, cutover: true });
    for (const name of ["w-a", "w-b", "w-c"]) ends.get(name)?.();
    await settle();
    expect(begun).toEqual(["w-a", "w-b", "w-c", "w-d"]);
    ends.get("w-d")?.();
    await settle();
    expect([...begun].sort()).toEqual(Object.keys(four).flatMap((member) => [`w-${member}`, `w-${member}-cutover`]));
    for (const end of ends.values()) end();
    expect(await known(wave.ready)).toBe(true);
  });

  test("that are added after the cutover are cut over as soon as they are ready themselves", async () => {
    const over = Object.fromEntries(["a", "b", "c"].map((member) => [`w-${member}`, "Import_Completed"]));
    const { registered } = await declared({ members: four, cutover: true }, over);
    expect(holds(registered).d).toBe("");
    const copying = await declared({ members: four, cutover: true }, { ...over, "w-d": "Paused" });
    expect(holds(copying.registered).d).toBe("w-d is Paused, not ready for the cutover");
  });

  test("that are held for the work at their hosts hold all, and give their turn to the next", async () => {
    const agentless = { ...from("sv_1"), type: "Agentless", hostSteps: { sourceStopped: false } } as const;
    const { registered } = await declared(
      { members: { ...three.members, a: agentless }, copiesAtOnce: 1, cutover: true },
      { "w-a": "Mirror_Enabled" },
    );
    expect(registered.map(({ name }) => name).slice(0, 3)).toEqual(["w-a", "w-b", "w-c"]);
    const hold = "w-a is Mirror_Enabled, not ready for the cutover";
    expect(holds(registered)).toEqual({ a: hold, b: hold, c: hold });
    expect(registered.find(({ name }) => name === "w-a-cutover")?.inputs).not.toHaveProperty("hostSteps");
  });

  test("that are taken out are not looked at any more", async () => {
    const { registered } = await declared({ members: { a: from("sv_1"), b: from("sv_2") }, cutover: true });
    const looked = { members: [{ sessionId: "id of w-a" }, { sessionId: "id of w-b" }] };
    expect(registered.filter(({ name }) => name.endsWith("-cutover"))).toMatchObject([
      { inputs: { wave: looked } },
      { inputs: { wave: looked } },
    ]);
  });
});

describe("the first preview of a wave that is to be cut over", () => {
  test("has its cutovers, whose holds are not known yet", async () => {
    const { registered } = await firstPreview({ cutover: true });
    expect(Object.entries(holds(registered)).map(([member, hold]) => [member, isUnknown(hold)])).toEqual([
      ["a", true],
      ["b", true],
      ["c", true],
    ]);
  });

  test.each([undefined, ""])("an approval that is named and has no value holds them: %j", async (cutoverApproval) => {
    const { registered } = await declared({ cutover: true, cutoverApproval });
    const hold = `until approved: set the wave's cutoverApproval to "w"`;
    expect(holds(registered)).toEqual({ a: hold, b: hold, c: hold });
  });

  test("knows that they wait for an approval", async () => {
    const { registered } = await firstPreview({ cutover: true, cutoverApproval: "" });
    const hold = `until approved: set the wave's cutoverApproval to "w"`;
    expect(holds(registered)).toEqual({ a: hold, b: hold, c: hold });
  });
});

test("as many members begin as may copy at once, and the next when one of them, whichever, is ready", async () => {
  const members = { ...three.members, d: from("sv_4") };
  const { begun, ends, wave } = await underWay({ members, copiesAtOnce: 2 });
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

/** Declares a wave whose resources are done when they are told to be. */
async function underWay(args: MigrationWaveArgs) {
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
  const wave = new MigrationWave("w", args);
  await settle();
  return { begun, ends, wave };
}

/** Declares a wave in a preview that knows nothing of what would be made. */
async function firstPreview(args: Partial<MigrationWaveArgs>) {
  const registered: Registered[] = [];
  await runtime.setMocks(
    {
      call: () => ({}),
      newResource({ name, inputs }) {
        registered.push({ name, inputs });
        const { sessionId: _, ...state } = inputs;
        return { id: undefined, state };
      },
    },
    "project",
    "dev",
    true,
  );
  const wave = new MigrationWave("w", { ...three, ...args });
  await Promise.all(Object.values(wave.cutovers).map(({ urn }) => known(urn)));
  return { registered };
}

function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}

function holds(registered: readonly Registered[]): Record<string, unknown> {
  const cutovers = registered.filter(({ name }) => name.endsWith("-cutover"));
  return Object.fromEntries(
    cutovers.map(({ name, inputs }) => [name.replace(/^w-|-cutover$/g, ""), holdOf(inputs.wave)]),
  );
}

function holdOf(wave: unknown): unknown {
  return typeof wave === "object" && wave !== null && "hold" in wave ? wave.hold : undefined;
}

test("a member's consent to another copy is also its cutover's, which leaves the session that was cut over", async () => {
  const members = { a: { ...from("sv_1"), copyAgain: "id of w-a" }, b: from("sv_2") };
  const { registered } = await declared({ members, cutover: true });
  const consents = registered.map(({ name, inputs }) => [name, inputs.copyAgain]);
  expect(Object.fromEntries(consents)).toEqual({
    "w-a": "id of w-a",
    "w-b": undefined,
    "w-a-cutover": "id of w-a",
    "w-b-cutover": undefined,
  });
});
