import { expect, test } from "vitest";
import type { Act } from "./act.ts";
import type { Foretold } from "./contradiction.ts";
import { unwarned, type WarningOf } from "./unwarned.ts";

const cutover: Act = { kind: "cutover", subjects: ["7"] };
const pause: Act = { kind: "pause", subjects: ["7"] };
const warningOf: WarningOf = ({ kind }) => (kind === "cutover" ? /cutover \(irreversible\)/ : undefined);

function announcing(condition: string | undefined): Foretold {
  return { legs: [{ acts: [cutover], condition, otherwise: undefined }], end: undefined };
}

const plain = "cutover (irreversible): the source goes stale";

// biome-ignore format: a table
test.each<[what: string, condition: string | undefined, sent: Act, warnings: readonly string[], isMissed: boolean]>([
  ["that is certain and warned of", undefined, cutover, [plain], false],
  ["that is not warned of", undefined, cutover, ["another matter"], true],
  ["that is certain, and warned of with an if", undefined, cutover, [`if it is night: ${plain}`], true],
  ["that is warned of with its condition", "it is night", cutover, [`if it is night: ${plain}`], false],
  ["that is warned of with another condition", "it is night", cutover, [`if it rains: ${plain}`], true],
  ["that is warned of without its condition", "it is night", cutover, [plain], true],
  ["that only something else is said about", undefined, cutover, [`held: no ${plain}`], true],
  ["that puts nothing at stake", undefined, pause, [], false],
])("an act %s", (_, condition, sent, warnings, isMissed) => {
  expect(unwarned(announcing(condition), [sent], warnings, warningOf)).toHaveLength(isMissed ? 1 : 0);
});

test("an act that was not announced at all has to be warned of too", () => {
  const nothing: Foretold = { legs: [], end: undefined };
  expect(unwarned(nothing, [cutover], [], warningOf)).toEqual([
    "sent without a warning before: cutover 7 (cutover \\(irreversible\\))",
  ]);
  expect(unwarned(nothing, [cutover], [`if it is night: ${plain}`], warningOf)).toEqual([]);
});
