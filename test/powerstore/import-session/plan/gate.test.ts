import { describe, expect, test } from "vitest";
import type { Moment } from "../../../../provider/core/reconcile/step.ts";
import type { ImportSessionInputs } from "../../../../provider/powerstore/import-session/inputs.ts";
import { newRun } from "../../../../provider/powerstore/import-session/observed.ts";
import { gateOf } from "../../../../provider/powerstore/import-session/plan/gate.ts";
import { sampleNew, sampleObserved, sampleSession, sampleTarget } from "../samples.ts";

const openMs = Date.parse("2030-01-05T22:00:00Z");
const closeMs = Date.parse("2030-01-06T02:00:00Z");
const ready = sampleObserved(sampleSession("Ready_For_Cutover"));

/** Why a cutover is held that would be sent now. */
function closedGate(inputs: Partial<ImportSessionInputs>, nowMs: number, observed = ready): string | undefined {
  const { closed, doubts } = gateOf(sampleTarget(inputs), observed, { nowMs, isNow: true });
  // A run knows all it needs.
  expect(doubts).toEqual([]);
  return closed.length === 0 ? undefined : closed.join("; ");
}

describe("without a gate", () => {
  test.each([{}, { cutoverWindow: undefined, cutoverApproval: undefined }, { cutoverWindow: {} }])(
    "%j lets the cutover pass",
    (gate) => {
      expect(closedGate(gate, openMs)).toBeUndefined();
    },
  );
});

describe("a cutover window", () => {
  const cutoverWindow = { notBefore: openMs, notAfter: closeMs };

  test.each([
    ["a millisecond before it opens", openMs - 1, "held until 2030-01-05T22:00:00Z, when the cutover window opens"],
    ["at the moment it opens", openMs, undefined],
    ["a millisecond before it closes", closeMs - 1, undefined],
    ["at the moment it closes", closeMs, "held: the cutover window closed at 2030-01-06T02:00:00Z"],
  ])("%s", (_, nowMs, expected) => {
    expect(closedGate({ cutoverWindow }, nowMs)).toBe(expected);
  });

  test("may be open at one end", () => {
    expect(closedGate({ cutoverWindow: { notBefore: openMs } }, closeMs)).toBeUndefined();
    expect(closedGate({ cutoverWindow: { notAfter: closeMs } }, 0)).toBeUndefined();
  });

  test("takes the beginning of time for a moment like any other", () => {
    expect(closedGate({ cutoverWindow: { notAfter: 0 } }, 0)).toBe(
      "held: the cutover window closed at 1970-01-01T00:00:00Z",
    );
  });

  test("says fractions of a second where there are any", () => {
    expect(closedGate({ cutoverWindow: { notBefore: openMs + 500 } }, openMs)).toContain("2030-01-05T22:00:00.500Z");
  });
});

describe("a window is open only when both clocks say so", () => {
  const cutoverWindow = { notBefore: openMs, notAfter: closeMs };
  const hourMs = 3_600_000;
  const closed = (nowMs: number, aheadMs: number) => closedGate({ cutoverWindow }, nowMs, { ...ready, aheadMs });

  test.each([
    [openMs, -1, /^held until .* by the array's clock, which is 1m behind this machine's, when/],
    [openMs + hourMs, -6 * hourMs, /^held until .* by the array's clock, which is 6h00m behind this machine's, when/],
    [openMs - 1, hourMs, /^held until .* by this machine's clock, which is 1h00m behind the array's, when/],
    [
      closeMs - 1,
      1,
      /^held: the cutover window closed at .* by the array's clock, which is 1m ahead of this machine's$/,
    ],
    [
      closeMs,
      -hourMs,
      /^held: the cutover window closed at .* by this machine's clock, which is 1h00m ahead of the array's$/,
    ],
    [openMs - hourMs, -hourMs, /^held until 2030-01-05T22:00:00Z, when/],
  ])("held at %d with the array %d ms ahead", (nowMs, aheadMs, text) => {
    expect(closed(nowMs, aheadMs)).toMatch(text);
  });

  test.each([-hourMs, 0, hourMs])("open where both are within it: %d ms", (aheadMs) => {
    expect(closed(openMs + hourMs, aheadMs)).toBeUndefined();
  });

  test("an array that does not report its time opens no window, and holds nothing else", () => {
    const untold = { ...ready, aheadMs: undefined };
    const gate = (inputs: Partial<ImportSessionInputs>) =>
      gateOf(sampleTarget(inputs), untold, { nowMs: openMs, isNow: true });
    expect(gate({ cutoverWindow }).doubts).toMatchObject([
      { held: expect.stringContaining("does not report its time") },
    ]);
    expect(gate({}).doubts).toEqual([]);
  });
});

describe("an approval", () => {
  test("opens for the session's own id", () => {
    expect(closedGate({ cutoverApproval: { code: "7" } }, openMs)).toBeUndefined();
  });

  test.each(["", "8", "07", "7 ", "yes", "true"])("holds with %j and says what to write", (code) => {
    expect(closedGate({ cutoverApproval: { code } }, openMs)).toBe(
      'held until approved: set cutoverApproval to { code: "7" }',
    );
  });

  test("that is empty holds also while there is no session yet", () => {
    const { closed } = gateOf(
      sampleNew({ cutoverApproval: { code: "" } }),
      sampleObserved(undefined, [], { run: newRun(undefined) }),
      {
        nowMs: openMs,
        isNow: true,
      },
    );
    expect(closed).toEqual(["held until approved: set cutoverApproval to { code: the session's id }"]);
  });

  test("is needed besides an open window, and a window besides an approval", () => {
    const cutoverWindow = { notBefore: openMs };
    expect(closedGate({ cutoverWindow, cutoverApproval: { code: "" } }, openMs)).toContain("approved");
    expect(closedGate({ cutoverWindow, cutoverApproval: { code: "7" } }, openMs - 1)).toContain("opens");
    expect(closedGate({ cutoverWindow, cutoverApproval: { code: "7" } }, openMs)).toBeUndefined();
  });
});

describe("several gates", () => {
  test("are all named, each with what opens it", () => {
    const wave = { part: "cutover", hold: "w-b is Paused", isApprovalAsked: false } as const;
    expect(closedGate({ wave, cutoverApproval: { code: "" }, cutoverWindow: { notBefore: openMs } }, openMs - 1)).toBe(
      'held: w-b is Paused; held until approved: set cutoverApproval to { code: "7" }; held until 2030-01-05T22:00:00Z, when the cutover window opens',
    );
  });
});

describe("a wave", () => {
  const wave = { part: "cutover", hold: "", isApprovalAsked: false } as const;

  test("lets the cutover pass when it has no reason to hold it, and its members are ready", () => {
    expect(closedGate({ wave }, openMs)).toBeUndefined();
    expect(closedGate({ wave: { part: "copy" } }, openMs)).toBeUndefined();
  });

  test("holds it for its own reason, and for a member that an array shows not ready", () => {
    expect(closedGate({ wave: { ...wave, hold: "w-b is Paused" } }, openMs)).toBe("held: w-b is Paused");
    expect(closedGate({ wave }, openMs, { ...ready, unready: "held: 8 is Paused" })).toBe("held: 8 is Paused");
  });
});

describe("a gate that is not known, or not yet, is neither open nor closed", () => {
  const later = { nowMs: openMs, isNow: false } as const;
  const doubts = (inputs: Partial<ImportSessionInputs>, moment: Moment = later, unknown: readonly string[] = []) => {
    const gate = gateOf(sampleTarget(inputs, { unknown }), ready, moment);
    expect(gate.closed).toEqual([]);
    return gate.doubts.map(({ opensWhen, held }) => [opensWhen, held]);
  };
  const [opens, closes] = ["2030-01-05T22:00:00Z", "2030-01-06T02:00:00Z"];

  test("a window decides by the time at which the session is ready", () => {
    const cutoverWindow = { notBefore: openMs, notAfter: closeMs };
    expect(doubts({ cutoverWindow }, { nowMs: openMs - 1, isNow: false })).toEqual([
      [`ready between ${opens} and ${closes}`, `held: the cutover window is open from ${opens} to ${closes} only`],
    ]);
    expect(doubts({ cutoverWindow })).toEqual([
      [`ready before ${closes}`, `held: the cutover window closes at ${closes}`],
    ]);
    expect(doubts({ cutoverWindow: { notBefore: openMs } }, { nowMs: openMs - 1, isNow: false })).toEqual([
      [`ready after ${opens}`, `held until ${opens}, when the cutover window opens`],
    ]);
    expect(doubts({ cutoverWindow: { notBefore: openMs } })).toEqual([]);
  });

  test("a window that has closed stays closed, and a window decides nothing that is decided now", () => {
    const cutoverWindow = { notBefore: openMs, notAfter: closeMs };
    const closed = `held: the cutover window closed at ${closes}`;
    for (const isNow of [true, false])
      expect(gateOf(sampleTarget({ cutoverWindow }), ready, { nowMs: closeMs, isNow })).toEqual({
        closed: [closed],
        doubts: [],
        ahead: [`held outside the cutover window from ${opens} to ${closes}`],
      });
    expect(doubts({ cutoverWindow }, { nowMs: openMs, isNow: true })).toEqual([]);
  });

  test.each([
    ["cutoverWindow", "cutoverWindow does not hold it"],
    ["cutoverApproval", "cutoverApproval does not hold it"],
    ["wave", "the wave does not hold it"],
  ])("%s: open if %s, now and later", (name, opensWhen) => {
    for (const isNow of [true, false])
      expect(doubts({}, { nowMs: openMs, isNow }, [name])).toEqual([[opensWhen, expect.stringMatching(/^held/)]]);
  });

  test("an approval may be that of a session whose id is not known; an empty one is closed all the same", () => {
    const gate = (code: string) => {
      const inputs = { sessionId: undefined, cutoverApproval: { code } };
      const unread = sampleObserved(sampleSession("Not_Observed_Yet", { id: "" }), [], { run: newRun("") });
      return gateOf(sampleNew(inputs, { unknown: ["sessionId"] }), unread, { nowMs: openMs, isNow: true });
    };
    expect(gate("7").doubts).toMatchObject([{ opensWhen: "cutoverApproval does not hold it" }]);
    expect(gate("").closed).toEqual(["held until approved: set cutoverApproval to { code: the session's id }"]);
  });

  test("the members of a wave may be ready later, whatever they are now", () => {
    const wave = { part: "cutover", hold: "", isApprovalAsked: false } as const;
    expect(doubts({ wave })).toEqual([
      ["all members of the wave are ready", "held: a member of the wave is not ready"],
    ]);
  });
});
