import type { Mutant } from "./mutant.ts";

const resource = "provider/eternus/rec-session-group";

/** The rules of REC session groups on an ETERNUS. */
export const eternusMutants: readonly Mutant[] = [
  // The suspend
  {
    rule: "a session is suspended without force only when it is equivalent",
    file: `${resource}/standing.ts`,
    find: 'any,          any,        "copying",       "force"',
    replace: 'any,          any,        "suspend",       "force"',
    tests: ["test/eternus/standing.test.ts"],
  },
  {
    rule: "a group is suspended by one command",
    file: `${resource}/plan.ts`,
    find: "ids: ready.map(({ member }) => member.id),",
    replace: "ids: ready.slice(0, 1).map(({ member }) => member.id),",
    tests: ["test/eternus/plan.test.ts"],
  },
  {
    rule: "nobody is suspended while one member is on its way",
    file: `${resource}/plan.ts`,
    find: 'position.is !== "moving" && position.is !== "stuck"',
    replace: 'position.is !== "stuck"',
    tests: ["test/eternus/plan.test.ts"],
  },
  {
    rule: "nobody is suspended while one member never can be",
    file: `${resource}/plan.ts`,
    find: 'position.is !== "moving" && position.is !== "stuck"',
    replace: 'position.is !== "moving"',
    tests: ["test/eternus/plan.test.ts"],
  },
  {
    rule: "a suspend is by force only where the program says so",
    file: `${resource}/goal.ts`,
    find: 'return inputs.force === true ? "Suspend by force" : "Suspend";',
    replace: 'return inputs.force !== false ? "Suspend by force" : "Suspend";',
    tests: ["test/eternus/force.test.ts"],
  },
  {
    rule: "force goes with a suspend only where a member needs it",
    file: `${resource}/plan.ts`,
    find: "force: ready.some(({ force }) => force),",
    replace: 'force: ready.some(({ member }) => member.goal.target === "Suspend by force"),',
    tests: ["test/eternus/plan.test.ts"],
  },
  {
    rule: "an array that asks for force is given it only where the program says so",
    file: `${resource}/position.ts`,
    find: 'if (command.kind === "suspend" && !command.force && member.goal.target === "Suspend by force")',
    replace: 'if (command.kind === "suspend" && !command.force && member.goal.target !== "Copying")',
    tests: ["test/eternus/plan.test.ts", "test/eternus/force.test.ts"],
  },
  {
    rule: "force is announced with the members whose data is not transferred",
    file: `${resource}/stakes.ts`,
    find: 'if (session === undefined || standingOf(session, goal.target) !== "force") return [];',
    replace: 'if (session === undefined || standingOf(session, goal.target) !== "there") return [];',
    tests: ["test/eternus/force.test.ts"],
  },
  {
    rule: "the success of a job is not that of what it was for: the session has to show it",
    file: `${resource}/position.ts`,
    find: 'return sent.is === "done" || nowMs < sent.untilMs ? atWork[sent.kind] : undefined;',
    replace: 'return sent.is === "unclear" && nowMs < sent.untilMs ? atWork[sent.kind] : undefined;',
    tests: ["test/eternus/plan.test.ts"],
  },
  {
    rule: "the failure of a job is no success",
    file: `${resource}/job-outcome.ts`,
    find: "if (named !== undefined) return failed(named, kind, job);",
    replace: "",
    tests: ["test/eternus/ledger.test.ts"],
  },
  {
    rule: "a job in a status that this release does not know has not ended",
    file: "provider/eternus/job.ts",
    find: 'return ["Success", "Error", "Partial_Error", "Canceled"].includes(job.status);',
    replace: 'return !["Queued", "Running"].includes(job.status);',
    tests: ["test/eternus/ledger.test.ts"],
  },
  {
    rule: "W7: the number of a job is recorded at once, whatever happens before the next read",
    file: `${resource}/drive.ts`,
    find: "remember(withSent(ledger, members));",
    replace: "",
    tests: ["test/eternus/interruption.test.ts"],
  },
  {
    rule: "a suspend whose answer was lost is looked for among the jobs before it is sent again",
    file: `${resource}/ledger-jobs.ts`,
    find: 'if (ledger.lost.length > 0) return "all";',
    replace: "",
    tests: ["test/eternus/faults.test.ts"],
  },

  // The destinations
  {
    rule: "a group is consistent only where one job suspended all of it",
    file: `${resource}/record.ts`,
    find: "consistent: isWhole && suspendJobs.size === 1 && !suspendJobs.has(undefined),",
    replace: "consistent: isWhole,",
    tests: ["test/eternus/suspend.test.ts"],
  },
  {
    rule: "a destination that lacks data is not usable",
    file: `${resource}/record.ts`,
    find: "destinationUsable: isSuspended && !lacksData && isWhole(session.phase, suspendedBy)",
    replace: "destinationUsable: isSuspended && isWhole(session.phase, suspendedBy)",
    tests: ["test/eternus/force.test.ts"],
  },
  {
    rule: "a destination that somebody else suspended while it tracked is not usable",
    file: `${resource}/record.ts`,
    find: '(phase === "Tracking" && suspendedBy !== undefined)',
    replace: '(phase === "Tracking" && suspendedBy !== 0)',
    tests: ["test/eternus/suspend.test.ts"],
  },
  {
    rule: "a group with an id that names another pair is neither consistent nor usable",
    file: `${resource}/record.ts`,
    find: "isAtRest(session) && session.otherPair === undefined",
    replace: "isAtRest(session)",
    tests: ["test/eternus/identity.test.ts"],
  },

  // The resume, the direction, the modes
  {
    rule: "only what was not found suspended is resumed by a destroy",
    file: `${resource}/goal.ts`,
    find: 'target: session.foundStatus === "Suspend" ? "Left alone" : "Given back"',
    replace: 'target: session.foundStatus === "" ? "Left alone" : "Given back"',
    tests: ["test/eternus/membership.test.ts"],
  },
  {
    rule: "what a killed run has suspended is resumed by a destroy",
    file: `${resource}/ledger-look.ts`,
    find: "member.found !== undefined && ledger.orphans.has(member.id)",
    replace: "member.found !== undefined && ledger.orphans.has(-1)",
    tests: ["test/eternus/interruption.test.ts"],
  },
  {
    rule: "a resume is announced with what it discards",
    file: `${resource}/stakes.ts`,
    find: "if (discarded.length === 0) return [];",
    replace: "if (discarded.length < 99) return [];",
    tests: ["test/eternus/resume.test.ts"],
  },
  {
    rule: "a session is turned or changed only while it is suspended",
    file: `${resource}/position.ts`,
    find: 'if (session.status !== "Suspend") return isParting(goal) ? undefined : suspendFirst(session, isTurned);',
    replace: "void suspendFirst;",
    tests: ["test/eternus/reverse.test.ts"],
  },
  {
    rule: "nobody is turned or changed before the whole group is suspended",
    file: `${resource}/plan.ts`,
    find: "return !isSuspending(goal.target) || isSuspended;",
    replace: "return !isSuspending(goal.target) || isSuspended || goal.target !== undefined;",
    tests: ["test/eternus/plan.test.ts"],
  },
  {
    rule: "a direction that the array does not tell is not guessed",
    file: `${resource}/position.ts`,
    find: 'if (goal.direction !== undefined && directionOf(session, found) === undefined) return untold(session, "direction");',
    replace: "",
    tests: ["test/eternus/plan.test.ts"],
  },

  // Which session it is
  {
    rule: "an id that names another pair is not touched",
    file: `${resource}/position.ts`,
    find: "if (session === undefined || member.isOtherPair)",
    replace: "if (session === undefined)",
    tests: ["test/eternus/identity.test.ts"],
  },
  {
    rule: "an id that names another pair holds up the whole group",
    file: `${resource}/plan.ts`,
    find: "if (stray !== undefined) return failedStep([stray], false);",
    replace: "",
    tests: ["test/eternus/identity.test.ts"],
  },
  {
    rule: "a session that is no REC is refused",
    file: `${resource}/position.ts`,
    find: 'if (session.type !== undefined && session.type !== "REC")',
    replace: 'if (session.type !== undefined && session.type === "")',
    tests: ["test/eternus/refusals.test.ts"],
  },
  {
    rule: "a status that this release does not know is waited for",
    file: `${resource}/standing.ts`,
    find: '[any,             any,          any,        "unknown",       "unknown",     "unknown",       "unknown",     "unknown"]',
    replace:
      '[any,             any,          any,        "there",         "there",       "there",         "there",       "there"]',
    tests: ["test/eternus/standing.test.ts"],
  },
  {
    rule: "a session in Error is no success",
    file: `${resource}/standing.ts`,
    find: '["Error",         any,          any,        "failed",        "failed",',
    replace: '["Error",         any,          any,        "there",         "there", ',
    tests: ["test/eternus/standing.test.ts"],
  },
  {
    rule: "a session that a list leaves out is asked for before it counts as gone",
    file: `${resource}/observe.ts`,
    find: "listed?.get(id) ?? client.getSession(id, signal)",
    replace: "listed?.get(id)",
    tests: ["test/eternus/faults.test.ts"],
  },
  {
    rule: "an array that answers nothing but 404 has not lost its sessions",
    file: `${resource}/observe.ts`,
    find: "const isTold = listed !== undefined || !shown.includes(undefined);",
    replace: "const isTold = listed !== undefined || shown.length > 0;",
    tests: ["test/chaos/named.test.ts"],
  },
  {
    rule: "an input of a group that there is not is refused",
    file: `${resource}/inputs.ts`,
    find: ".strictObject(shape)",
    replace: ".object(shape)",
    tests: ["test/eternus/inputs.test.ts"],
  },
];
