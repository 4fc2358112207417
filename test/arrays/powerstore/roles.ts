import { label, type Resource, text } from "./resource.ts";

// The first two as `dell/python-powerstore` has them in its test data; the ids of the others are made up.
const names = [
  "Administrator",
  "Storage Administrator",
  "Operator",
  "VM Administrator",
  "Security Administrator",
] as const;

export type RoleName = (typeof names)[number];

export const roles: Resource = {
  name: "role",
  attributes: { id: text, name: label },
  embeds: {},
  rows: () => names.map((name, index) => ({ id: `${index + 1}`, name })),
};

export function roleIdsOf(given: readonly RoleName[]): readonly string[] {
  return given.map((name) => `${names.indexOf(name) + 1}`);
}
