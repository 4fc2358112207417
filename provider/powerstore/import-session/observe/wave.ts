import type { Properties } from "../../../core/inputs.ts";
import { hasUnknown } from "../../../core/unknown-inputs.ts";
import type { PowerStoreClient } from "../../client.ts";
import { type ImportSessionInputs, inputShape } from "../inputs.ts";
import { isPastCopy } from "../states.ts";

type CutoverPart = Extract<ImportSessionInputs["wave"], { readonly part: "cutover" }>;

export type WaveMembers = ReturnType<typeof waveMembers>;

/** The members of waves, by the resources that cut them over: known to this process, and not recorded. */
export function waveMembers() {
  const byUrn = new Map<string, CutoverPart["members"]>();
  return {
    /** Inputs as they are recorded: each cutover of a wave is given the list of all, so together they would record its square. */
    without(given: Properties): Properties {
      const { wave } = given;
      if (typeof wave !== "object" || wave === null || !("members" in wave)) return given;
      const { members: _, ...kept } = wave;
      return { ...given, wave: kept };
    },
    remember(urn: string, { wave }: Properties) {
      if (hasUnknown(wave)) return;
      const { data } = inputShape.wave.safeParse(wave);
      if (data?.part === "cutover") byUrn.set(urn, data.members);
    },
    /** The wave with the members that were checked before in this process, unless it has them. */
    recalled: (urn: string, wave: CutoverPart): CutoverPart => ({ ...wave, members: wave.members ?? byUrn.get(urn) }),
  };
}

/**
 * Why a wave's cutover may not be sent now, as the arrays show its members at this moment: what the deployment knows of them may be hours old.
 *
 * @returns undefined when all are ready or past it
 */
export async function unreadyMember(
  { members }: CutoverPart,
  clientOf: (array: string | undefined) => PowerStoreClient,
  signal: AbortSignal,
): Promise<string | undefined> {
  // Rather held than cut over without a read of the others.
  if (members === undefined) return "held: this run does not know the other members of the wave; run `pulumi up` again";
  const shown = await Promise.all(
    members.map(async ({ sessionId, array }) => {
      const sessions = await clientOf(array).readSessions([sessionId], signal);
      return { sessionId, state: sessions.get(sessionId)?.state };
    }),
  );
  const unready = shown.filter(({ state }) => !isPastCopy(state));
  const [first] = unready;
  if (first === undefined) return undefined;
  const more = unready.length === 1 ? "" : `, and ${unready.length - 1} more`;
  const { sessionId, state } = first;
  return state === undefined
    ? `held: session ${sessionId} of the wave is not on the array any more${more}; if it was cut over, take its member out of the wave`
    : `held: session ${sessionId} of the wave is ${state}, not ready for the cutover${more}`;
}
