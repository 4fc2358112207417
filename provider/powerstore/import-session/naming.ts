import { createHash } from "node:crypto";
import { resourceNameOf } from "../../core/text/urn.ts";

/** The longest name and description PowerStore takes, in characters (PowerStore REST 4.1 Swagger, `import_session_create`). */
export const longestName = 128;

/** The name a session is made with. */
export function sessionNameOf({ sessionName, resourceUrn }: NamingInputs): string {
  return sessionName ?? defaultSessionName(resourceUrn);
}

interface NamingInputs {
  readonly sessionName?: string | undefined;
  readonly resourceUrn: string;
}

/**
 * The session's name when the program gives none: always the same for the same resource of the same stack, so that a run that lost its answer finds
 * what it made.
 */
export function defaultSessionName(resourceUrn: string): string {
  const { project, stack, name } = resourceNameOf(resourceUrn);
  const readable = `${project}-${stack}-${name}`.replace(/[^\w.-]+/g, "-");
  return readable.length <= longestName ? readable : `${readable.slice(0, longestName - 13)}-${digest(resourceUrn)}`;
}

/** Says in the session's description whose it is: somebody else's session of the same name is refused. */
export function ownershipMark(resourceUrn: string): string {
  return `[pulumi:${digest(resourceUrn)}]`;
}

/** The mark of whichever resource. */
export const anyMark = /\[pulumi:[0-9a-f]{12}\]/;

/** How long a description may be beside the mark, in characters. */
export const longestDescription = longestName - ownershipMark("").length - 1;

export function markedDescription(description: string | undefined, resourceUrn: string): string {
  return [description, ownershipMark(resourceUrn)].filter(Boolean).join(" ");
}

function digest(resourceUrn: string): string {
  const { project, stack, name } = resourceNameOf(resourceUrn);
  return createHash("sha256")
    .update(JSON.stringify([project, stack, name]))
    .digest("hex")
    .slice(0, 12);
}
