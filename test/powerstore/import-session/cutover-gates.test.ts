import { expect, test } from "vitest";
import { oneImport } from "../one-import.ts";
import { left } from "./left.ts";
import { simulatedSources } from "./samples.ts";

const { volume } = simulatedSources;
const toCompletion = { ...volume, targetState: "Import_Completed" } as const;
const dayMs = 24 * 3_600_000;
const cutover = { method: "POST", path: /\/cutover$/ };
const closed = { error: undefined, state: "Ready_For_Cutover", held: expect.stringContaining("closed at") };
const complete = { error: undefined, state: "Import_Completed", held: undefined };

test("a gate that is closed holds the cutover, which is a success that says why, and lets it pass once it is open", async () => {
  const { up, state, sent } = await oneImport();
  const { error, warnings } = await up({ ...toCompletion, cutoverApproval: "" });
  const held = `held until approved: set cutoverApproval to { code: "${state()?.sessionId}" }`;
  expect(error).toBeUndefined();
  expect(state()).toMatchObject({ state: "Ready_For_Cutover", held });
  expect(warnings.at(-1)).toBe(held);
  expect(sent()).toEqual(["create"]);
  expect(left(await up({ ...toCompletion, cutoverApproval: state()?.sessionId }))).toEqual(complete);
  expect(sent()).toEqual(["create", "cutover"]);
});

test("a window holds the cutover until it opens, which is a change although nothing was edited", async () => {
  const { clock, preview, up, sent } = await oneImport();
  const gated = { ...toCompletion, cutoverWindow: { notBefore: "2030-01-02T00:00:00Z" } };
  expect(left(await up(gated)).held).toMatch(/^held until 2030-01-02T00:00:00Z, when the cutover window opens/);
  expect((await preview(gated)).did).toBe("nothing");
  await clock.advance(dayMs);
  expect(await preview(gated)).toMatchObject({
    did: "update",
    rows: [expect.stringContaining("irreversible")],
    warnings: [expect.stringContaining("irreversible")],
  });
  expect(left(await up(gated))).toEqual(complete);
  expect(sent()).toEqual(["create", "cutover"]);
});

test("a window that is closed is previewed as such, and no cutover with it", async () => {
  const { preview, up } = await oneImport();
  await up(volume);
  const { said } = await preview({ ...toCompletion, cutoverWindow: { notAfter: "2029-12-31T00:00:00Z" } });
  expect(said.join()).toContain("held: the cutover window closed at");
  expect(said.join()).not.toContain("irreversible");
});

/** A window that closes a minute from now. */
function closing(nowMs: number) {
  return { ...toCompletion, cutoverWindow: { notAfter: new Date(nowMs + 60_000).toISOString() } };
}

test("a window that closes while the copy runs holds the cutover", async () => {
  const { clock, up, sent } = await oneImport();
  expect(left(await up(closing(clock.nowMs())))).toEqual(closed);
  expect(sent()).toEqual(["create"]);
});

test("a window that closes while a busy array has the cutover wait holds it", async () => {
  const { array, clock, up, sent } = await oneImport();
  await up(volume);
  array.faults.add({ when: cutover, do: { kind: "status", status: 503, headers: { "retry-after": "61" } } });
  expect(left(await up(closing(clock.nowMs())))).toEqual(closed);
  expect(sent()).toEqual(["create", "cutover"]);
  expect(array.sessions()).toMatchObject([{ state: "Ready_For_Cutover" }]);
});

test("a window that closes while the login before the cutover is renewed holds it", async () => {
  const { array, clock, up } = await oneImport();
  await up(volume);
  // The login ends after the read, and getting another takes longer than the window is open.
  array.faults.add({
    when: cutover,
    do: {
      kind: "custom",
      play({ send, handle }) {
        array.endLogins();
        array.faults.add({
          when: { path: /login_session$/ },
          do: {
            kind: "custom",
            async play({ send, handle }) {
              await clock.advance(61_000);
              send(handle());
            },
          },
        });
        send(handle());
      },
    },
  });
  expect(left(await up(closing(clock.nowMs())))).toEqual(closed);
  expect(array.sessions()).toMatchObject([{ state: "Ready_For_Cutover" }]);
});

test("a refresh records what holds the cutover as well, and that nothing does once the target is reached", async () => {
  const { up, refresh, state } = await oneImport();
  await up({ ...toCompletion, cutoverApproval: "" });
  await refresh();
  expect(state()?.held).toContain("approved");
  await up(volume);
  await refresh();
  expect(state()).not.toHaveProperty("held");
});
