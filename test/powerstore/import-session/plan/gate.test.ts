import { describe, expect, test } from "vitest";
import { closedGate } from "../../../../provider/powerstore/import-session/plan/gate.ts";

const openMs = Date.parse("2030-01-05T22:00:00Z");
const closeMs = Date.parse("2030-01-06T02:00:00Z");

describe("without a gate", () => {
  test.each([{}, { cutoverWindow: undefined, cutoverApproval: undefined }, { cutoverWindow: {} }])(
    "%j lets the cutover pass",
    (gate) => {
      expect(closedGate(gate, "7", openMs)).toBeUndefined();
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
    expect(closedGate({ cutoverWindow }, "7", nowMs)).toBe(expected);
  });

  test("may be open at one end", () => {
    expect(closedGate({ cutoverWindow: { notBefore: openMs } }, "7", closeMs)).toBeUndefined();
    expect(closedGate({ cutoverWindow: { notAfter: closeMs } }, "7", 0)).toBeUndefined();
  });

  test("takes the beginning of time for a moment like any other", () => {
    expect(closedGate({ cutoverWindow: { notAfter: 0 } }, "7", 0)).toBe(
      "held: the cutover window closed at 1970-01-01T00:00:00Z",
    );
  });

  test("says fractions of a second where there are any", () => {
    expect(closedGate({ cutoverWindow: { notBefore: openMs + 500 } }, "7", openMs)).toContain(
      "2030-01-05T22:00:00.500Z",
    );
  });
});

describe("an approval", () => {
  test("opens for the session's own id", () => {
    expect(closedGate({ cutoverApproval: "7" }, "7", openMs)).toBeUndefined();
  });

  test.each(["", "8", "07", "7 ", "yes", "true"])("holds with %j and says what to write", (cutoverApproval) => {
    expect(closedGate({ cutoverApproval }, "7", openMs)).toBe('held until approved: set cutoverApproval to "7"');
  });

  test("that is empty holds also while there is no session yet", () => {
    expect(closedGate({ cutoverApproval: "" }, "", openMs)).toBe(
      "held until approved: set cutoverApproval to the session's id",
    );
  });

  test("is needed besides an open window, and a window besides an approval", () => {
    const cutoverWindow = { notBefore: openMs };
    expect(closedGate({ cutoverWindow, cutoverApproval: "" }, "7", openMs)).toContain("approved");
    expect(closedGate({ cutoverWindow, cutoverApproval: "7" }, "7", openMs - 1)).toContain("opens");
    expect(closedGate({ cutoverWindow, cutoverApproval: "7" }, "7", openMs)).toBeUndefined();
  });
});
