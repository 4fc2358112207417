import { expect, test } from "vitest";
import { isTraitName, type TraitName } from "../temperament/traits.ts";
import { calling, entries } from "./calling.ts";

/** An array that has these traits, each for as long as it says. */
function having(ms: Partial<Record<TraitName, number>>, ...more: readonly TraitName[]) {
  const named = Object.keys(ms).filter(isTraitName);
  return {
    sessions: [{ id: 12 }, { id: 13 }],
    temperament: { kind: "traits", traits: [...named, ...more], ms },
  } as const;
}

const suspend = ["POST", "/copysession/12/suspend", {}] as const;

test("an action is refused in passing, then taken; the next one is refused in another way", async () => {
  const { clock, call } = await calling(having({ "passing-refusals": 10_000 }));
  expect(await call(...suspend)).toMatchObject({ status: 503, body: { error_code: "0070" } });
  clock.advance(10_000);
  expect((await call(...suspend)).status).toBe(202);
  expect(await call(...suspend)).toMatchObject({ status: 409, body: { error_code: "0060" } });
});

test("a late effect is a job that stays queued", async () => {
  const { clock, call } = await calling(having({ "late-effects": 30_000 }));
  const { body } = await call(...suspend);
  clock.advance(30_000);
  expect((await call("GET", `/job/${body.job_id}`)).body.status).toBe("Queued");
  clock.advance(3_000);
  expect((await call("GET", `/job/${body.job_id}`)).body.status).toBe("Success");
});

test.each(["late-answers", "slow-acts"] as const)(
  "with %s an action is answered in the array's time",
  async (trait) => {
    const { array, clock, call } = await calling(having({ [trait]: 120_000 }));
    let isAnswered = false;
    const answered = call(...suspend).finally(() => {
      isAnswered = true;
    });
    while (array.jobs().length === 0) await turn();
    clock.advance(119_000);
    await turn();
    expect(isAnswered).toBe(false);
    expect(array.jobs()[0]?.status).toBe(trait === "slow-acts" ? "Queued" : "Success");
    clock.advance(1_000);
    expect((await answered).status).toBe(202);
  },
);

test("an empty list is left out, or its answer has nothing in it; a full one is there", async () => {
  const absent = await calling(having({}, "absent-lists"));
  expect(await absent.call("GET", "/job")).toMatchObject({ status: 200, body: { total_count: 0, list_count: 0 } });
  expect((await absent.call("GET", "/job")).body).not.toHaveProperty("job_list");
  expect(entries((await absent.call("GET", "/copysession")).body, "copysession_list")).toHaveLength(2);

  const none = await calling(having({}, "no-content"));
  expect(await none.call("GET", "/job")).toMatchObject({ status: 204, text: "" });
  expect(await none.call("GET", "/copysession?copysession_id=99")).toMatchObject({ status: 204 });
  expect((await none.call("GET", "/copysession")).status).toBe(200);
});

test("numbers come as texts, sessions with more than was asked for, and a status is null at times", async () => {
  const { clock, call } = await calling(having({ "null-states": 5_000 }, "numbers-as-text", "unknown-attributes"));
  const statuses: unknown[] = [];
  for (let second = 0; second < 120; second++) {
    const { body } = await call("GET", "/copysession/12?fields=status,progress");
    expect(body).toMatchObject({ copysession_id: "12", progress: "100", data_mover_ids: ["A1"] });
    statuses.push(body.status);
    clock.advance(1_000);
  }
  expect(statuses.filter((status) => status === null)).toHaveLength(5);
  expect((await call(...suspend)).body.job_id).toBe("8192001");
});

test.each([
  ["lagging-lists", "/copysession?copysession_id=12", "/copysession/12"],
  ["lagging-instances", "/copysession/12", "/copysession?copysession_id=12"],
] as const)("with %s one of the two shows what was", async (trait, late, current) => {
  const { array, clock, call } = await calling(having({ [trait]: 15_000 }));
  const statusOf = async (path: string) => {
    const { body } = await call("GET", path);
    return body.status ?? entries(body, "copysession_list")[0]?.status;
  };
  clock.advance(60_000);
  await statusOf(late);
  array.operator.suspend(12);
  await statusOf(late);
  clock.advance(10_000);
  expect([await statusOf(late), await statusOf(current)]).toEqual(["Active", "Suspend"]);
  clock.advance(5_000);
  expect(await statusOf(late)).toBe("Suspend");
});

test("a list leaves out a session for some seconds, the state before a change shows once more", async () => {
  const { array, clock, call } = await calling(having({ "left-out-rows": 5_000, "stale-answers": 3_000 }));
  array.operator.suspend(12);
  const lengths: unknown[] = [];
  const statuses: unknown[] = [];
  for (let second = 0; second < 120; second++) {
    lengths.push(entries((await call("GET", "/copysession?copysession_id=12")).body, "copysession_list").length);
    statuses.push((await call("GET", "/copysession/12")).body.status);
    clock.advance(1_000);
  }
  expect(lengths.filter((length) => length === 0)).toHaveLength(5);
  expect(statuses.filter((status) => status === "Active")).toHaveLength(3);
});

test("in a failover everything is refused for seconds", async () => {
  const { clock, call } = await calling(having({ failovers: 10_000 }));
  const seen: number[] = [];
  for (let second = 0; second < 900; second++) {
    seen.push((await call("GET", "/copysession/12")).status);
    clock.advance(1_000);
  }
  for (const status of [401, 403, 404]) expect(seen.filter((one) => one === status)).toHaveLength(10);
});

function turn(): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, 10));
}
