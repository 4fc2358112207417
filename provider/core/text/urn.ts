/** The parts of a Pulumi URN that name a resource: `urn:pulumi:<stack>::<project>::<types>::<name>`. */
export interface ResourceName {
  readonly stack: string;
  readonly project: string;
  readonly name: string;
}

export function resourceNameOf(urn: string): ResourceName {
  const [stack = "", project = "", , ...name] = urn.replace(/^urn:pulumi:/, "").split("::");
  return { stack, project, name: name.join("::") };
}
