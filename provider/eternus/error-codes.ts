import type { CommandKind } from "./job.ts";

/**
 * What a failure means for the command:
 * - `passing`: the array is busy, and may take the same command a little later
 * - `phase`: the copy is not far enough, and the array may take the command once the copy is equivalent
 * - `force`: the array would take the command only with `force`, which only the program may declare
 * - `final`: repeating the command does not help
 */
type FailureClass = "passing" | "phase" | "force" | "final";

interface Meaning {
  readonly class: FailureClass;
  readonly text: string;
}

/**
 * The message numbers of the RESTful API, which are those of the ETERNUS CLI (RESTful API reference, error responses). The numbers and their meanings are public in the
 * tables of OpenStack Cinder's ETERNUS driver. The classes are this provider's interpretation.
 */
const table: readonly (readonly [FailureClass, string, string])[] = [
  ["final", "0001 0002 0003 0004 0005 0019", "the array rejects a value of the request"],
  ["final", "0006 5321", "the session is not in a state that allows this"],
  ["final", "0020 0021", "the array failed to carry it out"],
  ["passing", "0060 0061", "the session or its volume is locked by another operation"],
  ["passing", "0070 0072", "the array is busy or short of a resource, such as free places for jobs"],
  ["final", "0090 0099", "the array's present condition or configuration does not allow this"],
  ["final", "0110", "there is no such session on this array"],
  ["final", "0154 0157", "another advanced copy or remote copy session stands in the way"],
  [
    "final",
    "5001 5003 8004",
    "the user may not do this: it needs a role with Copy Session Management (Admin, StorageAdmin, Maintainer), and a tenant user may suspend, resume and change only sessions whose local volume is the tenant's, and never reverse",
  ],
  ["final", "5200 5332", "the array has no valid licence for advanced copy"],
  ["phase", "5201", "the copy is not equivalent yet"],
  ["final", "5300 5324 5378", "the copy path to the other array is broken; fix it, then run `pulumi up` again"],
  ["final", "5309", "a disk failed while the session was suspended, so the session goes to Error"],
  ["final", "5319", "the session is in Error Suspend and needs an operator"],
  ["final", "5320", "one of the arrays cannot handle several Consistency sessions"],
  ["passing", "5322", "another concurrent suspend is under way on the array"],
  ["force", "5323", "the array would do this by force only: the destination lacks data"],
  ["passing", "5327", "the REC buffer is late or recovering, so the array cannot suspend now"],
  ["passing", "5328", "the REC buffer's transfer is being watched, so the array cannot reverse yet"],
  ["final", "5329 5339", "another session of the same volumes stands in the way (cascade)"],
  ["final", "5330", "the session is reversed already"],
  ["final", "5342 5343 5381", "the session exists or is deleted already"],
  ["final", "5344 5382", "the session is suspended already, or about to be"],
  ["final", "5345 5383", "the session is active already"],
  ["final", "5348", "the REC buffer is not active"],
  ["passing", "5350", "the REC buffer is being changed"],
  ["final", "5349 5351", "the REC buffer is not prepared for this direction"],
  ["final", "5353", "the other array's Box ID is not known"],
  ["final", "5354 5386", "the copy path is not normal: sessions here and on the other array may differ"],
  ["passing", "5355", "the array's firmware is being updated"],
  ["passing", "5360 5389", "an error after which the array asks to try again"],
  ["passing", "5361 5390", "the other array is not ready"],
  ["final", "5391 5393", "the array does not vouch for the consistency of the destination's data"],
  ["final", "5400 5401", "the same request has been carried out already"],
  ["final", "5402", "no port of the copy path allows that transfer mode"],
  ["passing", "D206", "the array has all the logins it takes (64), and a login left behind ends after 30 minutes"],
  ["passing", "D216", "the array is busy"],
  ["final", "D51E", "some Consistency sessions were not suspended"],
];

const meanings: ReadonlyMap<string, Meaning> = new Map(
  table.flatMap(([kind, codes, text]) => codes.split(" ").map((code) => [code, { class: kind, text }] as const)),
);

/** The meaning of a code; undefined if the code is not public. */
export function meaningOf(code: string | undefined): Meaning | undefined {
  if (code === undefined) return undefined;
  return meanings.get(code) ?? (isCompetition(code) ? competition : undefined);
}

/** The class of a failure with this code. A code that is not public is final, and the next `up` tries again. */
export function classOf(code: string | undefined): FailureClass {
  return meaningOf(code)?.class ?? "final";
}

/** Whether the array rejects the command only because it has already carried it out, or is about to. */
export function saysAlreadySo(kind: CommandKind, code: string | undefined): boolean {
  return code !== undefined && alreadySo[kind].includes(code);
}

/** Whether the array does not guarantee the data on the destination. */
export function saysSuspect(code: string | undefined): boolean {
  return code === "5391" || code === "5393";
}

/** `5300: the array's words: what the code means`, without parts that are unknown or that the array's words already contain. */
export function failureText(code: string | undefined, message: string): string {
  const extra = [code, meaningOf(code)?.text].filter((part) => part !== undefined && !message.includes(part));
  const [before, after] = extra[0] === code ? extra : [undefined, ...extra];
  return [before, message, after].filter((part) => part !== undefined && part !== "").join(": ");
}

const alreadySo: Readonly<Record<CommandKind, readonly string[]>> = {
  suspend: ["5344", "5382"],
  resume: ["5345", "5383", "5400", "5401"],
  reverse: ["5330"],
  modify: [],
};

const competition: Meaning = {
  class: "passing",
  text: "it competes with something the array is doing in the background",
};

/** Most codes from 0160 to 0213 and from 9300 to 9339 name one background process each. */
function isCompetition(code: string): boolean {
  const number = /^\d{4}$/.test(code) ? Number(code) : Number.NaN;
  return (number >= 160 && number <= 213) || (number >= 9300 && number <= 9339);
}
