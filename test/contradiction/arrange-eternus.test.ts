import { expect, test } from "vitest";
import type { EternusSimulation } from "../arrays/eternus/simulation.ts";
import { type VirtualClock, virtualClock } from "../core/virtual-clock.ts";
import { type ArrangedCopySession, arrangeCopySessions, arrangeSuspend } from "./arrange-eternus.ts";
import { inProcessEternus } from "./in-process-arrays.ts";

const never = new AbortController().signal;

function arranging(...sessions: readonly ArrangedCopySession[]) {
  const clock = virtualClock();
  const { array, connection } = inProcessEternus({ clock });
  arrangeCopySessions(array, sessions);
  return { clock, array, client: connection.client };
}

/** Status and phase of a session, as it comes by them when nobody does anything for five minutes. */
async function byTimeAlone(array: EternusSimulation, clock: VirtualClock, id = 7): Promise<string> {
  const states: string[] = [];
  for (let seconds = 0; seconds < 300; seconds++) {
    const { status, phase } = array.session(id) ?? { status: "gone", phase: "gone" };
    if (states.at(-1) !== `${status} ${phase}`) states.push(`${status} ${phase}`);
    await clock.advance(1000);
  }
  return states.join(" > ");
}

const copies = "Active Copying > Active Equivalent";

// biome-ignore format: a table
const lives: readonly [shown: Omit<ArrangedCopySession, "id">, life: string][] = [
  [{ status: "Idle", phase: "No_Pair" }, "Idle No_Pair"],
  [{ status: "Reserved", phase: "No_Pair" }, "Reserved No_Pair"],
  [{ status: "Reserved", phase: "No_Pair", startsAfterMs: 5000 }, `Reserved No_Pair > ${copies}`],
  [{ status: "Active", phase: "No_Pair" }, `Active No_Pair > ${copies}`],
  [{ status: "Active", phase: "Readying", transferMode: "Stack" }, `Active Readying > ${copies}`],
  [{ status: "Active", phase: "Copying" }, copies],
  [{ status: "Active", phase: "Copying", transferMode: "Consistency" }, copies],
  [{ status: "Active", phase: "Copying", transferMode: "Stack", becomesEquivalent: false }, "Active Copying"],
  [{ status: "Active", phase: "Copying", transferMode: "Through" }, "Active Copying"],
  [{ status: "Active", phase: "Equivalent" }, "Active Equivalent"],
  [{ status: "Active", phase: "Equivalent", transferMode: "Through", isTurned: true }, "Active Equivalent"],
  [{ status: "Active", phase: "Equivalent", isSuspending: true }, "Active Equivalent > Suspend Equivalent"],
  [{ status: "Active", phase: "Copying", isSuspending: true }, "Active Copying > Suspend Copying"],
  [{ status: "Active", phase: "Readying", isSuspending: true }, "Active Readying > Active Copying > Suspend Copying"],
  [{ status: "Suspend", phase: "Equivalent" }, "Suspend Equivalent"],
  [{ status: "Suspend", phase: "Copying", isTurned: true }, "Suspend Copying"],
  [{ status: "Suspend", phase: "Equivalent", isSuspending: true }, "Suspend Equivalent"],
  [{ status: "Halt", phase: "Equivalent" }, `Halt Equivalent > ${copies}`],
  [{ status: "Halt", phase: "Copying", transferMode: "Stack" }, `Halt Copying > ${copies}`],
  [{ status: "Halt", phase: "Copying", recoveryMode: "Manual" }, "Halt Copying"],
  [{ status: "Halt", phase: "Equivalent", trouble: "path", troubleEndsAfterMs: Number.POSITIVE_INFINITY }, "Halt Equivalent"],
  [{ status: "Halt", phase: "Copying", isSuspending: true }, "Halt Copying > Suspend Copying"],
  [{ status: "Error", phase: "Copying" }, "Error Copying"],
  [{ status: "Error", phase: "Equivalent", isSuspending: true }, "Error Equivalent"],
  [{ status: "Error_Suspend", phase: "Equivalent" }, "Error_Suspend Equivalent"],
];

test.each(lives)(
  "a session put where it shows %j shows just that, and time alone takes it through %s",
  async (shown, life) => {
    const { clock, array, client } = arranging({ id: 7, ...shown });
    const { transferMode = "Synchronous", recoveryMode = "Automatic", isTurned = false, isSuspending = false } = shown;
    expect((await client.readSessions([7], never)).get(7)).toMatchObject({
      status: shown.status,
      phase: shown.phase,
      transferMode,
      recoveryMode,
      isSuspending,
      pair: { isLocalSource: !isTurned },
    });
    expect(await byTimeAlone(array, clock)).toBe(life);
    expect((await client.readSessions([7], never)).get(7)?.isSuspending).toBe(false);
  },
);

test("a session in a status that nobody knows goes on showing it, and takes no command", async () => {
  const { clock, client, array } = arranging({ id: 7, status: "Teleporting", phase: "Copying" });
  const job = await client.resume(7);
  await clock.advance(300_000);
  expect((await client.readSessions([7], never)).get(7)).toMatchObject({ status: "Teleporting", phase: "Copying" });
  expect(array.jobs()).toMatchObject([{ id: job, status: "Error" }]);
});

test.each(["Queued", "Running", "Success"] as const)(
  "this user's suspend is under way while its job is %s, and ends",
  async (job) => {
    const { clock, array, client } = arranging({ id: 7, status: "Active", phase: "Equivalent" });
    const id = arrangeSuspend(array, [7], job);
    expect(await client.listJobs({}, never)).toMatchObject([{ id, status: job }]);
    expect((await client.readSessions([7], never)).get(7)?.isSuspending).toBe(job !== "Queued");
    expect(array.acts()).toEqual([]);
    expect(await byTimeAlone(array, clock)).toBe("Active Equivalent > Suspend Equivalent");
  },
);

test("of somebody else's suspend this user sees no job", async () => {
  const { client } = arranging({ id: 7, status: "Active", phase: "Equivalent", isSuspending: true });
  expect(await client.listJobs({}, never)).toEqual([]);
});

test("a suspend that the array would have refused, or that would have ended with its job, cannot be under way", () => {
  const { array } = arranging(
    { id: 1, status: "Error", phase: "Copying" },
    { id: 2, status: "Active", phase: "Copying" },
    { id: 3, status: "Active", phase: "Equivalent", transferMode: "Stack" },
  );
  expect(() => arrangeSuspend(array, [1], "Running", true)).toThrow(RangeError);
  expect(() => arrangeSuspend(array, [2], "Running")).toThrow(RangeError);
  expect(() => arrangeSuspend(array, [3], "Success")).toThrow(RangeError);
});

test("a halted session is recovered by hand: a forced suspend, then a resume", async () => {
  const { clock, array, client } = arranging({ id: 7, status: "Halt", phase: "Copying", recoveryMode: "Manual" });
  await client.suspend([7], true);
  expect(await byTimeAlone(array, clock)).toBe("Halt Copying > Suspend Copying");
  await client.resume(7);
  expect(await byTimeAlone(array, clock)).toBe(`Suspend Copying > ${copies}`);
});

test("a suspended session is turned and then copies the other way", async () => {
  const { clock, array, client } = arranging({ id: 7, status: "Suspend", phase: "Equivalent" });
  await client.reverse(7);
  await clock.advance(10_000);
  await client.resume(7);
  expect(await byTimeAlone(array, clock)).toBe(`Suspend Equivalent > ${copies}`);
  expect(array.session(7)?.isLocalSource).toBe(false);
});
