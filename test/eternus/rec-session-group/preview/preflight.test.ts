import { expect, test } from "vitest";
import { bench, stackOn } from "../group.ts";

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

test("a new group's force is announced with the members whose data is not transferred", async () => {
  const { array: _, ...product } = await bench({
    sessions: [{ id: 1 }, { id: 2, phase: "Copying", totalMb: 100, uncopiedMb: 50 }],
  });
  const { warnings } = await stackOn(product).preview({ copySessionIds: [1, 2], force: true });
  expect(warnings).toEqual([
    "force: copy session 2 (Active, Copying, 50%) is suspended before its data is transferred: volume 2002 will not be usable",
  ]);
});

test("a new group's resume is announced with the volumes it overwrites, and since when they are suspended", async () => {
  const suspendedMs = Date.UTC(2029, 11, 31);
  const { array: _, ...product } = await bench({
    sessions: [{ id: 1 }, { id: 2, status: "Suspend", suspendedMs }, { id: 3, status: "Suspend" }],
  });
  const { warnings } = await stackOn(product).preview({ copySessionIds: [1, 2, 3], targetState: "Active" });
  expect(warnings[0]).toBe(
    "resume: discards writes on 2 destinations since 2029-12-31T00:00:00Z (volume 2002), since its suspend (volume 2003)",
  );
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
