import type { TargetState } from "../states.ts";

/** The places at which a session may be held, in the order in which it passes them. */
const places = ["sourceStopped", "destinationStarted", "paused", "cutover"] as const;
export type GatePlace = (typeof places)[number];

/** What is certain to hold a session that has not come to this place yet. */
export interface GateAhead {
  readonly place: GatePlace;
  readonly reason: string;
}

/** The last place that a session passes on the way to its target. */
const lastPlaces: Readonly<Record<TargetState, GatePlace | undefined>> = {
  Mirror_Enabled: undefined,
  Ready_To_Start_Copy: "sourceStopped",
  Ready_For_Cutover: "paused",
  Import_Completed: "cutover",
};

/** What is certain to hold a session on the way to its target. A target that is not known yet is no way. */
export function gatesAhead(targetState: TargetState | undefined, shut: Readonly<Record<GatePlace, readonly string[]>>) {
  const last = targetState && lastPlaces[targetState];
  const onTheWay = last === undefined ? [] : places.slice(0, places.indexOf(last) + 1);
  return onTheWay.flatMap((place): GateAhead[] => shut[place].map((reason) => ({ place, reason })));
}

/** Held at a place. Whoever opens a gate should know of all, so those that are shut further on are named as well. */
export function heldAt(place: GatePlace, closed: readonly string[], ahead: readonly GateAhead[]) {
  const later = ahead.filter((gate) => places.indexOf(gate.place) > places.indexOf(place));
  return { kind: "held", reason: [...closed, ...later.map(({ reason }) => `later ${reason}`)].join("; ") } as const;
}

/** What a person has to do at the hosts before an agentless import may continue (PowerStore import guide, agentless import). */
export const hostWork = {
  sourceStopped: "held: stop the application on the source, then set hostSteps.sourceStopped to true",
  destinationStarted:
    "held: start the application on the destination volume, then set hostSteps.destinationStarted to true",
} as const;

export const pausedAsDeclared = "held: paused as declared; set paused to false to continue";
export const pausedByOthers = "held: paused on the array; set paused to false to resume the copy";
