import fc from "fast-check";
import { present, sometimes } from "../arbitrary.ts";
import type { Edit, Program } from "./program.ts";
import type { Command, Schedule, Strike } from "./schedule.ts";

/** What one vendor's schedules are made of. */
export interface Ingredients<World> {
  readonly world: fc.Arbitrary<World>;
  readonly program: fc.Arbitrary<Program>;
  /** The edits that this vendor's programs know. */
  readonly edits: readonly Edit["edit"][];
  readonly handWords: readonly string[];
  /** Whether another stack may get a copy of the state. */
  readonly hasCopies: boolean;
}

/** Schedules of a few commands with edits before most of them. The first brings up what is edited later. */
export function editSchedules<World>(given: Ingredients<World>): fc.Arbitrary<Schedule<World>> {
  const first: Command = { run: "up" };
  const commands = fc.array(command(given), { minLength: 1, maxLength: 4 });
  return fc.record({
    world: given.world,
    program: given.program,
    commands: fc.oneof(
      { arbitrary: commands.map((later) => [first, ...later]), weight: 4 },
      { arbitrary: commands, weight: 1 },
    ),
    ending: fc.constantFrom("destroy" as const, "empty program" as const),
    hasNoJournal: fc.oneof({ arbitrary: fc.constant(false), weight: 9 }, { arbitrary: fc.constant(true), weight: 1 }),
  });
}

function command<World>(given: Ingredients<World>): fc.Arbitrary<Command> {
  const place = fc.nat(5);
  const byHand = fc.record({
    word: fc.constantFrom(...given.handWords),
    at: place,
    afterS: fc.constantFrom(0, 20, 90, 400),
  });
  return present(
    fc.record({
      run: fc.oneof(
        { arbitrary: fc.constant("up" as const), weight: 8 },
        { arbitrary: fc.constantFrom("refresh" as const, "preview" as const), weight: 2 },
        { arbitrary: fc.constant("destroy" as const), weight: 1 },
      ),
      edits: fc.array(edit(given), { minLength: 0, maxLength: 3 }),
      isOnCopy: given.hasCopies ? sometimes(fc.constant(true), 1) : fc.constant(undefined),
      target: sometimes(fc.array(place, { minLength: 1, maxLength: 2 }), 2),
      replace: sometimes(fc.array(place, { minLength: 1, maxLength: 1 }), 1),
      strike: sometimes(strike, 3),
      byHand: sometimes(byHand, 1),
      waitS: sometimes(fc.constantFrom(5, 600), 2),
      parallel: sometimes(fc.constant(1), 2),
    }),
  );
}

function edit<World>({ edits }: Ingredients<World>): fc.Arbitrary<Edit> {
  const at = fc.nat(5);
  const to = fc.nat(5);
  const what = fc.constantFrom("onward" as const, "resting", "shut", "paused", "running");
  return fc.constantFrom(...edits).chain((word): fc.Arbitrary<Edit> => {
    switch (word) {
      case "rename":
      case "pass":
      case "merge":
        return fc.record({ edit: fc.constant(word), at, to });
      case "move":
      case "split":
      case "remove":
      case "share":
      case "adopt":
        return fc.record({ edit: fc.constant(word), at });
      case "put back":
      case "chain":
      case "turn":
        return fc.constant({ edit: word });
      case "spell":
        return fc.record({ edit: fc.constant(word), at, as: fc.nat(6) });
      case "change":
        return fc.record({ edit: fc.constant(word), at, what });
    }
  });
}

const strike: fc.Arbitrary<Strike> = fc.record({
  how: fc.constantFrom("Ctrl-C", "kill provider", "lose machine"),
  at: fc.oneof(
    fc.record({ afterS: fc.constantFrom(0, 1, 5, 30, 100, 300) }),
    fc.record({ act: fc.integer({ min: 1, max: 3 }), isHandled: fc.boolean() }),
  ),
});
