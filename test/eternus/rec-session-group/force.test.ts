import { expect, test } from "vitest";
import { oneGroup } from "../one-group.ts";

const copying = { phase: "Copying", totalMb: 100_000, uncopiedMb: 50_000, rateMbPerSecond: 1 } as const;
const inputs = { copySessionIds: [1, 2], force: true };

test("force is announced in preview although every member is equivalent now", async () => {
  const stack = await oneGroup({ sessions: [{ id: 1 }, { id: 2 }] });
  const { rows, warnings } = await stack.preview(inputs);
  expect(rows).toEqual([
    "suspend copy sessions 1, 2 in one call; destroy would resume copy sessions 1, 2, discarding writes on the destinations",
  ]);
  expect(warnings).toEqual([
    "force: copy sessions 1, 2 are suspended even if not equivalent; the destination of any that lacks data will not be usable",
  ]);
});

test("force suspends at once what is not equivalent, and its destination is not usable", async () => {
  const { array, ...stack } = await oneGroup({ sessions: [{ id: 1 }, { id: 2, ...copying }] });
  const { error, warnings } = await stack.up(inputs);
  expect(error).toBeUndefined();
  expect(array.acts()).toMatchObject([{ body: { copysession_id_list: [1, 2], force: true } }]);
  expect(warnings).toContain(
    "force: copy session 2 (Active, Copying, 50%) is suspended before its data is transferred: volume 2002 will not be usable",
  );
  expect(warnings).toContain(
    "copy session 2 is suspended, but its destination, volume 2002, lacks data and is not usable",
  );
  expect(stack.state()).toMatchObject({ consistent: true, destinationUsable: false });
  expect(stack.state()?.sessions.map(({ destinationUsable }) => destinationUsable)).toEqual([true, false]);
});

test("force is not sent when no member needs it", async () => {
  const { array, ...stack } = await oneGroup({ sessions: [{ id: 1 }, { id: 2 }] });
  await stack.up(inputs);
  expect(array.acts()).toMatchObject([{ body: { force: false } }]);
});

test("a destination spoilt by force stays unusable, whatever the phase says later, until a suspend from equivalence", async () => {
  const { array, ...stack } = await oneGroup({ sessions: [{ id: 1 }, { id: 2, ...copying }] });
  await stack.up(inputs);
  array.change(2, { phase: "Equivalent" });
  await stack.refresh();
  expect(stack.state()?.sessions[1]).toMatchObject({ phase: "Equivalent", destinationUsable: false });
  array.change(2, { phase: "Copying", rateMbPerSecond: 1000 });
  await stack.up({ copySessionIds: [1, 2], targetState: "Active" });
  await stack.up({ copySessionIds: [1, 2] });
  expect(stack.state()).toMatchObject({ destinationUsable: true, consistent: true });
});

test("the preview names the members whose data is not transferred", async () => {
  const { array, ...stack } = await oneGroup({ sessions: [{ id: 1 }, { id: 2, ...copying }] });
  await stack.up({ copySessionIds: [1, 2], timeouts: { create: "1m" } });
  expect(array.acts()).toEqual([]);
  const { rows, warnings } = await stack.preview(inputs);
  expect(rows).toEqual([
    "suspend copy sessions 1, 2 by force in one call; destroy would resume copy sessions 1, 2, discarding writes on the destinations",
  ]);
  expect(warnings).toContainEqual(expect.stringMatching(/^force: copy session 2 \(Active, Copying, \d+%\)/));
});

test("without force, an array that asks for it is not given it", async () => {
  const { array, ...stack } = await oneGroup({ sessions: [{ id: 1 }, { id: 2 }] });
  array.failNext(2, "suspend", "5323", "Only possible by force");
  const { error } = await stack.up({ copySessionIds: [1, 2] });
  expect(error).toContain("copy session 2 failed: 5323: Only possible by force: the array would do this by force only");
  expect(array.acts()).toMatchObject([{ body: { force: false } }]);
});

test("with force declared, an array that asks for it is given it", async () => {
  const { array, ...stack } = await oneGroup({ sessions: [{ id: 1 }, { id: 2 }] });
  array.failNext(2, "suspend", "5323", "Only possible by force");
  expect((await stack.up(inputs)).error).toBeUndefined();
  expect(array.acts()).toMatchObject([
    { body: { copysession_id_list: [1, 2], force: false } },
    { body: { copysession_id_list: [2], force: true } },
  ]);
});

test("a member that falls out of equivalence between look and call is waited for", async () => {
  const { array, ...stack } = await oneGroup({ sessions: [{ id: 1 }, { id: 2 }] });
  array.faults.add({
    when: { method: "POST", path: "/api/v1/copysession/suspend" },
    do: {
      kind: "custom",
      play(exchange) {
        array.change(2, { phase: "Copying", uncopiedMb: 6000, rateMbPerSecond: 100 });
        exchange.send(exchange.handle());
      },
    },
  });
  expect((await stack.up({ copySessionIds: [1, 2] })).error).toBeUndefined();
  expect(array.acts()).toMatchObject([
    { body: { copysession_id_list: [1, 2], force: false } },
    { body: { copysession_id_list: [2], force: false } },
  ]);
});
