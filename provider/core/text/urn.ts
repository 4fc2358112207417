/** The parts of a Pulumi URN that name a resource: `urn:pulumi:<stack>::<project>::<types>::<name>`. */
export function resourceNameOf(urn: string) {
  const [stack = "", project = "", , ...name] = urn.replace(/^urn:pulumi:/, "").split("::");
  return { stack, project, name: name.join("::") };
}
