import { expect, test } from "vitest";
import { momentInput } from "../../../provider/core/inputs.ts";
import { declaredMomentText, momentText } from "../../../provider/core/text/moment.ts";

test.each(["2026-12-05T22:00:00Z", "2026-12-05T22:00:30Z", "2026-12-05T22:00:00.500Z"])(
  "the declared moment %s is said as it can be declared again",
  (text) => {
    expect(declaredMomentText(momentInput.parse(text))).toBe(text);
  },
);

test("a moment that was seen is said to the second, in the same form", () => {
  const text = momentText(Date.parse("2026-12-05T22:00:00.999Z"));
  expect(text).toBe("2026-12-05T22:00:00Z");
  expect(momentInput.safeParse(text).success).toBe(true);
});
