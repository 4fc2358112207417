import { expect, test } from "vitest";
import { bench, stackOn } from "./group.ts";

test("a preview refuses what is certain to fail, session by session, and sends nothing", async () => {
  const { array, ...product } = await bench({
    sessions: [{ id: 1 }, { id: 2, type: "OPC" }, { id: 3, status: "Error" }, { id: 4, transferMode: "Through" }],
  });
  const { failures } = await stackOn(product).preview({ copySessionIds: [1, 2, 3, 4, 5] });
  expect(failures.map(({ property }) => property)).toEqual(Array(4).fill("copySessionIds"));
  expect(failures.map(({ reason }) => reason)).toEqual([
    expect.stringContaining("copy session 2 is of type OPC"),
    expect.stringContaining("copy session 3 is in Error"),
    expect.stringContaining("copy session 4 is in Through mode"),
    expect.stringContaining("there is no copy session 5"),
  ]);
  expect(array.acts()).toEqual([]);
});

test("a member that still copies is no reason to refuse", async () => {
  const { array: _, ...product } = await bench({ sessions: [{ id: 1, phase: "Copying", uncopiedMb: 100 }] });
  expect((await stackOn(product).preview({ copySessionIds: [1] })).failures).toEqual([]);
});

test("an array that cannot be reached is a warning in preview", async () => {
  const { array, ...product } = await bench({ sessions: [{ id: 1 }] });
  await array.refuseConnections();
  const { failures, warnings } = await stackOn(product).preview({ copySessionIds: [1] });
  expect(failures).toEqual([]);
  expect(warnings).toEqual([expect.stringMatching(/could not be checked before the run: .*no connection/)]);
});

test("a login that is refused is refused in preview", async () => {
  const { array: _, ...product } = await bench({ sessions: [{ id: 1 }] }, { password: "wrong" });
  const { failures } = await stackOn(product).preview({ copySessionIds: [1] });
  expect(failures).toEqual([{ property: "array", reason: expect.stringContaining("log in") }]);
});
