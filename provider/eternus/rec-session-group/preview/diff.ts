import { MigrationError } from "../../../core/errors.ts";
import type { DiffAnswer, DiffQuestion } from "../../../core/resource.ts";
import { absolute } from "../direction.ts";
import type { RecSessionGroupInputs } from "../inputs.ts";
import { briefly } from "../naming.ts";
import type { GroupAction } from "../plan/actions.ts";
import { isRestoring } from "../plan/goal.ts";
import type { Member } from "../plan/member.ts";
import { nextCommandOf } from "../plan/next-command.ts";
import type { ObservedGroup } from "../plan/observed.ts";
import type { RecordedGroup } from "../recorded.ts";
import { destroyTexts } from "./preflight.ts";

type Question = DiffQuestion<RecSessionGroupInputs, RecordedGroup, ObservedGroup, GroupAction>;

/** What only the group itself can judge of a diff. */
export function diffGroup(question: Question, means: { readonly attempted: string; readonly on: string }): DiffAnswer {
  const { target, changed, step } = question;
  const { leaving = [] } = question.observed;
  const { state } = target.recorded;
  if (changed.includes("array")) {
    const ids = question.observed.members.map(({ id }) => id);
    const text = `replaced because of array (${briefly(ids)})`;
    return { replaces: { properties: ["array"], text } };
  }
  // An id that names another pair is touched by nothing, so the update is certain to fail.
  const isOtherPair = step.kind === "stuck" && step.as === "identity";
  const refused: Refused | undefined = isOtherPair
    ? { kind: "identity", answered: step.reason, next: step.next }
    : unreachableGoal(question);
  return {
    refusal: refused && new MigrationError({ ...means, ...refused }),
    // A record that names what the group does not list is put right with a warning.
    isStale: state.failures.length > 0 || leaving.length > 0,
    warnings: mayLeaveTexts(question),
    remarks: [...letGoTexts(leaving), ...destroyTexts(question.observed)],
  };
}

/** Another word for the direction is no change where it means the one that every pair on record had to have. */
export function meantAlready({ target, before, changed }: Pick<Question, "target" | "before" | "changed">): string[] {
  const pairs = target.recorded.state.sessions.map(({ pair }) => pair);
  const isSame = pairs.every((pair) => absolute(before.direction, pair) === absolute(target.inputs.direction, pair));
  return changed.filter((name) => name === "direction" && isSame);
}

type Refused = Pick<ConstructorParameters<typeof MigrationError>[0], "kind" | "answered" | "next">;

/** What is newly declared and no command leads to: a direction, say, of sessions that are to continue copying. */
function unreachableGoal({ target, changed, observed }: Question): Refused | undefined {
  if (changed.length === 0 || target.unknown.length > 0) return undefined;
  const stuck = observed.members.flatMap((member) => {
    const next = nextCommandOf(member, observed.readMs);
    return next.kind === "stuck" && !isRestoring(member.goal) ? [next] : [];
  });
  const [first] = stuck;
  return first && { kind: "stuck", answered: stuck.map(({ why }) => why).join("; "), next: first.next };
}

function letGoTexts(leaving: readonly Member[]): string[] {
  return leaving.length === 0 ? [] : [`let go: ${briefly(leaving.map(({ id }) => id))}`];
}

/** Members that were suspended here may leave while nobody knows which are listed, or resumed. */
function mayLeaveTexts({ target, observed }: Question): string[] {
  const { inputs, unknown } = target;
  const [first] = ["copySessionIds", "resume"].filter((name) => unknown.includes(name));
  if (first === undefined) return [];
  const listed = unknown.includes("copySessionIds") ? [] : inputs.copySessionIds;
  const ids = [...observed.members, ...(observed.leaving ?? [])].flatMap(({ id, session, original }) => {
    const isSuspendedHere = session?.status === "Suspend" && original !== undefined && original.status !== "Suspend";
    return isSuspendedHere && !listed.includes(id) && !inputs.resume.includes(id) ? [id] : [];
  });
  if (ids.length === 0) return [];
  return [
    `${first} is not known yet: any of ${briefly(ids)} that it does not name leaves the group suspended, and nothing resumes it`,
  ];
}
