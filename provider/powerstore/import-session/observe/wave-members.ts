import { hasUnknown, type Properties } from "../../../core/inputs.ts";
import type { PowerStoreArray } from "../../connect.ts";
import type { WireSession } from "../../wire.ts";
import { type ImportSessionInputs, recordedImportInputs } from "../inputs.ts";
import { isPastCopy } from "../states.ts";

/** The members of waves, by the resources that cut them over: known to this process, and not recorded. */
export interface RememberedMembers {
  /** Inputs as they are recorded: each cutover of a wave is given the list of all, so together they would record its square. */
  readonly without: (given: Properties) => Properties;
  readonly remember: (given: Properties) => void;
  /** Inputs with the members that were checked before in this process, unless they have them. */
  readonly recalled: (inputs: ImportSessionInputs) => ImportSessionInputs;
}

export function rememberedMembers(): RememberedMembers {
  const byUrn = new Map<string, CutoverPart["members"]>();
  return {
    without(given) {
      const { wave } = given;
      if (typeof wave !== "object" || wave === null || !("members" in wave)) return given;
      const { members: _, ...kept } = wave;
      return { ...given, wave: kept };
    },
    remember(given) {
      const { resourceUrn, wave } = given;
      if (hasUnknown({ resourceUrn, wave })) return;
      const { data } = recordedImportInputs.safeParse({ resourceUrn, wave });
      if (data?.wave?.part === "cutover") byUrn.set(data.resourceUrn, data.wave.members);
    },
    recalled(inputs) {
      const { wave, resourceUrn } = inputs;
      if (wave?.part !== "cutover") return inputs;
      return { ...inputs, wave: { ...wave, members: wave.members ?? byUrn.get(resourceUrn) } };
    },
  };
}

type CutoverPart = Extract<ImportSessionInputs["wave"], { readonly part: "cutover" }>;

/**
 * Why a wave's cutover may not be sent now, as the arrays show its members at this moment: what the deployment knows of them may be hours old.
 *
 * @returns undefined when all are ready or past it, and for what is no wave's cutover or not at that point
 */
export async function unreadyMember(
  arrays: (name: string | undefined) => PowerStoreArray,
  { wave }: ImportSessionInputs,
  session: WireSession | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (wave?.part !== "cutover" || session === undefined || !isPastCopy(session.state)) return undefined;
  // Rather held than cut over without a look at the others.
  if (wave.members === undefined)
    return "held: this run does not know the other members of the wave; run `pulumi up` again";
  const seen = await Promise.all(
    wave.members.map(async ({ sessionId, array }) => {
      const sessions = await arrays(array).client.readSessions([sessionId], signal);
      return { sessionId, state: sessions.get(sessionId)?.state };
    }),
  );
  const unready = seen.filter(({ state }) => !isPastCopy(state));
  const [first] = unready;
  if (first === undefined) return undefined;
  const more = unready.length === 1 ? "" : `, and ${unready.length - 1} more`;
  const { sessionId, state } = first;
  return state === undefined
    ? `held: session ${sessionId} of the wave is not on the array any more${more}; if it was cut over, take its member out of the wave`
    : `held: session ${sessionId} of the wave is ${state}, not ready for the cutover${more}`;
}
