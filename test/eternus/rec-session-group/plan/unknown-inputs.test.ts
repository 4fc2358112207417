import { describe, expect, test } from "vitest";
import { group, read, recordedAfter, shown, target, update } from "../sample-group.ts";
import { sampleSession } from "../sample-session.ts";

const one = sampleSession();
const two = sampleSession({ id: 2 });
const suspended = [one, two].map((session) => ({ ...session, status: "Suspend" }));
const ids = { copySessionIds: [1, 2] };

describe("a new group, of which a preview reads nothing while an input is not known", () => {
  const preview = (inputs: Parameters<typeof target>[0], ...unknown: readonly string[]) => {
    const about = target(inputs, { unknown });
    return shown(about, group.assume(about));
  };

  test("whose sessions are not known is warned of with what becomes of any", () => {
    expect(preview({ force: true }, "copySessionIds")).toEqual({
      row: "if copySessionIds names any that are not suspended yet: suspend the copy sessions; otherwise nothing to send",
      warnings: [
        "if copySessionIds names any that are not suspended yet: force: the copy sessions are suspended even if not equivalent; the destination of any that lacks data will not be usable",
      ],
    });
    expect(preview({ targetState: "Active" }, "copySessionIds").warnings).toEqual([
      "if copySessionIds names any that are suspended: resume: discards writes on the destinations of the copy sessions",
    ]);
    expect(preview({ direction: "RemoteToLocal" }, "copySessionIds").warnings).toEqual([
      "if copySessionIds names any that are not suspended yet: reverse: once resumed, the copy sessions will copy from destination to source",
    ]);
    expect(preview({}, "copySessionIds").warnings).toEqual([]);
  });

  test("whose target state is not known shows both ends", () => {
    expect(preview(ids, "targetState")).toEqual({
      row: 'if targetState is "Active" and copy sessions 1, 2 are suspended: resume copy sessions 1, 2; otherwise suspend copy sessions 1, 2 in one call',
      warnings: [
        'if targetState is "Active" and copy sessions 1, 2 are suspended: resume: discards writes on the destinations of copy sessions 1, 2',
      ],
    });
  });

  test("of which little is known is warned of with everything that may be lost, each with its condition", () => {
    expect(preview(ids, "targetState", "force", "direction").warnings).toEqual([
      'if targetState is "Active" and copy sessions 1, 2 are suspended: resume: discards writes on the destinations of copy sessions 1, 2',
      "if force is true: force: copy sessions 1, 2 are suspended even if not equivalent; the destination of any that lacks data will not be usable",
      'if direction is "RemoteToLocal": reverse: once resumed, copy sessions 1, 2 will copy from destination to source',
    ]);
  });
});

describe("a group that is recorded", () => {
  const before = target(ids);
  const state = recordedAfter(before, read(before, [one, two]));
  const preview = (inputs: Parameters<typeof target>[0], unknown: readonly string[], sessions = suspended) => {
    const about = update(inputs, state, { unknown, before: ids });
    return shown(about, read(about, [...sessions]));
  };

  test("is shown as it is where what is not known makes no difference", () => {
    expect(preview(ids, ["waitForEquivalent", "recoveryMode"])).toEqual({
      row: "2/2 suspended: nothing to send",
      warnings: [],
    });
    expect(preview(ids, ["force"]).row).toBe("2/2 suspended: nothing to send");
  });

  test("is not taken for settled while its target state is not known", () => {
    expect(preview(ids, ["targetState"])).toEqual({
      row: 'if targetState is "Active": resume copy sessions 1, 2; otherwise 2/2 suspended',
      warnings: [
        'if targetState is "Active": resume: discards writes on 2 destinations since their suspend (volumes 2000, 2000)',
      ],
    });
  });

  test("of which sessions copy is warned of the force that may be declared", () => {
    const copying = [one, { ...two, phase: "Copying" }];
    expect(preview(ids, ["force"], copying)).toEqual({
      row: "if force is true: suspend copy sessions 1, 2 by force in one call; otherwise suspend copy sessions 1, 2 in one call",
      warnings: [
        "if force is true: force: copy session 2 (Active, Copying) is suspended before its data is transferred: volume 2000 will not be usable",
      ],
    });
  });

  test("is warned of a reverse that follows in the mildest case only", () => {
    const about = update({ ...ids, direction: "RemoteToLocal" }, state, { unknown: ["targetState"], before: ids });
    const { warnings } = shown(about, read(about, [one, two]));
    expect(warnings).toContain("reverse: copy session 1 will copy from volume 2000 to volume 1000 once it is resumed");
  });

  test("whose sessions are not known any more keeps those that were, and others may come", () => {
    const about = update({ targetState: "Active" }, state, { unknown: ["copySessionIds"], before: ids });
    expect(shown(about, read(about, [...suspended])).row).toBe(
      "if copySessionIds names others that are suspended: resume copy sessions 1, 2 and others; otherwise resume copy sessions 1, 2",
    );
  });

  test("whose list loses a member while resume is not known shows both ends", () => {
    expect(preview({ copySessionIds: [1] }, ["resume"])).toEqual({
      row: "if resume names copy session 2: resume copy session 2; otherwise 1/1 suspended",
      warnings: [
        "if resume names copy session 2: resume: discards writes on 1 destination since its suspend (volume 2000)",
      ],
    });
    expect(preview(ids, ["resume"])).toEqual({ row: "2/2 suspended: nothing to send", warnings: [] });
    const other = { ...two, pair: { ...two.pair, destinationVolume: 2002 } };
    const known = recordedAfter(before, read(before, [one, other]));
    const about = update({ copySessionIds: [1] }, known, { unknown: ["resume", "targetState"], before: ids });
    const seen = [one, other].map((session) => ({ ...session, status: "Suspend" }));
    expect(shown(about, read(about, seen)).warnings).toContain(
      "if resume names copy session 2: resume: discards writes on 1 destination since its suspend (volume 2002)",
    );
  });

  test("of which neither the sessions nor those to be resumed are known is warned of a resume of each", () => {
    expect(preview({}, ["copySessionIds", "resume"]).warnings).toEqual([
      "if resume names copy sessions 1, 2 and copySessionIds names others that are not suspended yet: resume: discards writes on 2 destinations since their suspend (volumes 2000, 2000)",
      expect.stringMatching(/^suspend: the copy sessions without the others of the group/),
    ]);
  });

  test("of which a session is to be resumed leaves it out, whichever others it lists", () => {
    expect(preview({ resume: [2] }, ["copySessionIds"]).row).toBe(
      "if copySessionIds names others that are not suspended yet: suspend the copy sessions; resume copy session 2; otherwise resume copy session 2",
    );
  });

  test("is not refused for what may turn out to be allowed", () => {
    const about = update({ ...ids, splitMode: "Manual" }, state, { unknown: ["transferMode"], before: ids });
    expect(
      shown(
        about,
        read(
          about,
          suspended.map((session) => ({ ...session, transferMode: "Stack" })),
        ),
      ).row,
    ).toBe("2/2 suspended: nothing to send");
  });
});
