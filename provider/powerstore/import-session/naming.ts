import { digest } from "../../core/text/digest.ts";
import { resourceNameOf } from "../../core/text/urn.ts";

/** How long a name and a description may be, in characters (PowerStore REST 4.1 Swagger, `import_session_create`). */
export const maxNameLength = 128;

/**
 * The name a session is created with. When the program gives none, it is always the same for the same resource of the same stack, so that a run that lost its answer
 * finds what it created. Two resources never come to one name: where a character was replaced, or the name was cut, a digest keeps it apart.
 */
export function sessionNameOf({ sessionName }: Named, urn: string): string {
  if (sessionName !== undefined) return sessionName;
  const { project, stack, name } = resourceNameOf(urn);
  const words = [project, stack, name];
  const readable = readableNameOf(urn);
  if (readable === words.join("-") && readable.length <= maxNameLength) return readable;
  return `${readable.slice(0, maxNameLength - 13)}-${digestOf(words)}`;
}

/** The names under which the session of a resource may be: the one that it gets now, and the one that release 0.1.0 gave it. */
export function sessionNamesOf(inputs: Named, urn: string): readonly string[] {
  const readable = readableNameOf(urn);
  const names = [sessionNameOf(inputs, urn)];
  return inputs.sessionName === undefined && readable.length <= maxNameLength
    ? [...new Set([...names, readable])]
    : names;
}

function readableNameOf(urn: string): string {
  const { project, stack, name } = resourceNameOf(urn);
  return inName(`${project}-${stack}-${name}`);
}

interface Named {
  readonly sessionName?: string | undefined;
}

/** Says in the session's description whose it is: somebody else's session of the same name is rejected. */
export function ownershipMark(urn: string): string {
  const { project, stack, name } = resourceNameOf(urn);
  return markFor(project, stack, name);
}

/** The mark of whichever resource. */
const anyMark = /\[pulumi:[0-9a-f]{12}\]/;

/** The mark that a session carries. */
export function markOf({ description }: { readonly description?: string | undefined }): string | undefined {
  return anyMark.exec(description ?? "")?.[0];
}

/**
 * The name of the resource of this stack that has created a session, as far as the session's own name tells: a session that the program has named does not tell.
 *
 * @param urn a resource of the stack
 */
export function creatorOf(
  session: { readonly name?: string | undefined; readonly description?: string | undefined },
  urn: string,
): string | undefined {
  const { project, stack } = resourceNameOf(urn);
  const head = inName(`${project}-${stack}-`);
  const name = session.name?.startsWith(head) === true ? session.name.slice(head.length) : undefined;
  return name !== undefined && markOf(session) === markFor(project, stack, name) ? name : undefined;
}

/** How long a description may be beside the mark, in characters. */
export const maxDescriptionLength = maxNameLength - ownershipMark("").length - 1;

export function markedDescription(description: string | undefined, urn: string): string {
  return [description, ownershipMark(urn)].filter(Boolean).join(" ");
}

function markFor(project: string, stack: string, name: string): string {
  return `[pulumi:${digestOf([project, stack, name])}]`;
}

/** As a session's name takes it. */
function inName(text: string): string {
  return text.replace(/[^\w.-]+/g, "-");
}

export function digestOf(words: readonly string[]): string {
  return digest(JSON.stringify(words));
}
