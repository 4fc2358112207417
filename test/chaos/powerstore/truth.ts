import type { SimulatedPowerStore } from "../../arrays/index.ts";
import type { Declared } from "./world.ts";

const way = ["Mirror_Enabled", "Ready_To_Start_Copy", "Copy_In_Progress", "Paused", "Ready_For_Cutover"];
const reached: Readonly<Record<Declared["target"], readonly string[]>> = {
  Mirror_Enabled: [...way, "Import_Completed"],
  Ready_To_Start_Copy: [...way.slice(1), "Import_Completed"],
  Ready_For_Cutover: ["Ready_For_Cutover", "Import_Completed"],
  Import_Completed: ["Import_Completed"],
};

/** What a simulated array has to say against the claim that a migration rests where it was declared to. */
export function saidAgainst(
  array: SimulatedPowerStore,
  id: string,
  { declared, isGateShut, saysHeld }: { declared: Declared; isGateShut: boolean; saysHeld: boolean },
): string | undefined {
  const session = array.sessions().find((one) => one.id === id);
  if (session === undefined) return `session ${id} does not exist`;
  const members = array.sessions().filter((one) => one.parent_session_id === id);
  const isSettled = (state: string) => reached[declared.target].includes(state);
  const isHeld = (state: string) => {
    switch (state) {
      case "Mirror_Enabled":
        return declared.sourceStopped !== true;
      case "Ready_To_Start_Copy":
        return declared.destinationStarted !== true;
      case "Paused":
        return declared.paused !== false;
      case "Ready_For_Cutover":
      case "Import_Cutover_Incomplete":
        return declared.target === "Import_Completed" && (isGateShut || declared.paused === true);
      default:
        return false;
    }
  };
  const accepts = (state: string) => (saysHeld ? isHeld(state) : isSettled(state));
  if (accepts(session.state)) return undefined;
  // While a group is at work it is as far as its members.
  const isAtMembers =
    session.state === "In_Progress" &&
    members.length > 0 &&
    members.every(({ state }) => isSettled(state) || isHeld(state) || state === "Ready_For_Cutover") &&
    (!saysHeld || members.some(({ state }) => isHeld(state)));
  if (isAtMembers) return undefined;
  const states = [session, ...members].map(({ state }) => state).join(", ");
  return `it is ${states}, but ${saysHeld ? "held" : "settled"} at ${JSON.stringify(declared)} is claimed`;
}
