import type { SimulatedEternus } from "../../arrays/index.ts";
import type { Resource } from "../stack.ts";
import type { Declared } from "./world.ts";

/** What a simulated array has to say against the claim that these sessions are as they were declared. */
export function saidAgainst(
  array: SimulatedEternus,
  ids: readonly number[],
  declared: Declared,
  outputs: Resource["outputs"],
): string | undefined {
  const wrong = ids.flatMap((id) => {
    const session = array.session(id);
    if (session === undefined) return [`session ${id} does not exist`];
    const { status, phase, suspending } = session;
    const isUnderWay = suspending !== undefined;
    const is = `session ${id} is ${status}, ${phase}${isUnderWay ? ", being suspended" : ""}`;
    if (declared.target === "Suspend") return status === "Suspend" && !isUnderWay ? [] : [is];
    const isThere = status === "Active" && (declared.waitForEquivalent === false || phase === "Equivalent");
    return isThere ? [] : [is];
  });
  const lacking = ids.filter((id) => (array.session(id)?.uncopiedMb ?? 0) > 0);
  if (outputs.destinationUsable === true && lacking.length > 0)
    wrong.push(`the destination of ${lacking.join()} lacks data and is called usable`);
  return wrong.length === 0 ? undefined : wrong.join(", ");
}
