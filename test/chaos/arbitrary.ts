import fc from "fast-check";
import { type Command, faultNames, type Mishap, type Moment, requestKinds, type Schedule } from "./schedule.ts";

/** What one vendor's schedules are made of. */
export interface Ingredients<World, Declared> {
  readonly world: fc.Arbitrary<World>;
  readonly declared: fc.Arbitrary<Declared>;
  readonly changes: fc.Arbitrary<Partial<Declared>>;
  readonly byHand: fc.Arbitrary<string>;
}

/** Schedules of a few commands, most of them disturbed; what is rare in life is common here. */
export function schedules<World, Declared>(
  given: Ingredients<World, Declared>,
): fc.Arbitrary<Schedule<World, Declared>> {
  return fc.record({
    world: given.world,
    declared: given.declared,
    commands: fc.array(command(given), { minLength: 1, maxLength: 3 }),
  });
}

/**
 * A property that is mostly left out. (What is merely not required in `fc.record` is there five times out of six, and the plain cases drown.)
 *
 * @param chance out of ten
 */
export function sometimes<Value>(arbitrary: fc.Arbitrary<Value>, chance = 2): fc.Arbitrary<Value | undefined> {
  const left = { arbitrary: fc.constant(undefined), weight: 10 - chance };
  return fc.oneof({ withCrossShrink: true }, left, { arbitrary, weight: chance });
}

/** What may be undefined is left out then. */
type Present<Item> = {
  readonly [Key in keyof Item as undefined extends Item[Key] ? never : Key]: Item[Key];
} & {
  readonly [Key in keyof Item as undefined extends Item[Key] ? Key : never]?: Exclude<Item[Key], undefined>;
};

/** Leaves out what is undefined. */
export function present<Item extends object>(arbitrary: fc.Arbitrary<Item>): fc.Arbitrary<Present<Item>>;
export function present(arbitrary: fc.Arbitrary<object>): fc.Arbitrary<object> {
  return arbitrary.map((item) => Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined)));
}

function command<World, Declared>(given: Ingredients<World, Declared>): fc.Arbitrary<Command<Declared>> {
  return present(
    fc.record({
      run: fc.oneof(
        { arbitrary: fc.constant("up" as const), weight: 7 },
        { arbitrary: fc.constantFrom("refresh" as const, "preview" as const), weight: 1 },
        { arbitrary: fc.constant("destroy" as const), weight: 2 },
      ),
      declare: sometimes(given.changes, 4),
      timeoutS: sometimes(fc.constantFrom(20, 90, 400, 3600), 4),
      waitS: sometimes(fc.constantFrom(5, 45, 600, 2400), 5),
      mishaps: fc.array(mishap(given), { minLength: 1, maxLength: 4 }),
    }),
  );
}

function mishap<World, Declared>(given: Ingredients<World, Declared>): fc.Arbitrary<Mishap> {
  const times = fc.constantFrom(2, 4, 9);
  const fault = fc.record({ fault: fc.constantFrom(...faultNames), times }, { requiredKeys: ["fault"] });
  const end = fc.record({ end: fc.constantFrom("ctrl-c" as const, "kill" as const, "kill after" as const) });
  const byHand = fc.record({ byHand: given.byHand });
  const lost = fc.record({ fault: fc.constantFrom(...lostActs) });
  return fc.oneof(
    { arbitrary: fc.record({ at: request, what: fault }), weight: 5 },
    { arbitrary: fc.record({ at: earlyAct, what: lost }), weight: 3 },
    { arbitrary: fc.record({ at: request, what: end }), weight: 2 },
    { arbitrary: fc.record({ at: earlyAct, what: end }), weight: 2 },
    { arbitrary: fc.record({ at: later, what: end }), weight: 1 },
    { arbitrary: fc.record({ at: request, what: byHand }), weight: 1 },
    { arbitrary: fc.record({ at: later, what: byHand }), weight: 2 },
  );
}

/** The faults after which nobody but the array knows whether it has acted. */
const lostActs = ["lose answer", "reset after", "502 after", "422 after", "html after", "slow"] as const;

const earlyAct: fc.Arbitrary<Moment> = fc.record({
  on: fc.constant("act" as const),
  nth: fc.integer({ min: 1, max: 3 }),
});
const request: fc.Arbitrary<Moment> = fc.oneof(
  fc.record({ on: fc.constantFrom(...requestKinds.slice(1)), nth: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ on: fc.constantFrom(...requestKinds), nth: fc.integer({ min: 1, max: 25 }) }),
);
const later: fc.Arbitrary<Moment> = fc.record({ afterS: fc.integer({ min: 0, max: 900 }) });
