import { attributeOf, type Resource, type Row } from "../resource.ts";
import { invalidQuery, splitList } from "./decode.ts";

/** Which attributes of an instance are answered. */
export interface Selection {
  readonly names: readonly string[];
  readonly embedded: readonly { readonly name: string; readonly selection: Selection }[];
}

/** Without `select`, only the id is answered (REST Developers Guide). @throws Refusal 400 for an unknown attribute */
export function parseSelect(select: string | undefined, resource: Resource): Selection {
  const names: string[] = [];
  const embedded: Selection["embedded"][number][] = [];
  for (const item of splitList(select ?? "id")) {
    const nested = /^(\w+)\((.*)\)$/s.exec(item);
    if (nested?.[1] !== undefined && nested[2] !== undefined) {
      const embed = Object.hasOwn(resource.embeds, nested[1]) ? resource.embeds[nested[1]] : undefined;
      if (embed === undefined) throw unknownAttribute(resource, nested[1]);
      embedded.push({ name: nested[1], selection: parseSelect(nested[2], embed.resource()) });
    } else if (item === "*") {
      names.push(...Object.keys(resource.attributes));
    } else if (attributeOf(resource, item) !== undefined) {
      names.push(item);
    } else {
      throw unknownAttribute(resource, item);
    }
  }
  return { names, embedded };
}

/** The selected part of a row. */
export function project(row: Row, selection: Selection, resource: Resource): Row {
  const own = selection.names.map((name): [string, unknown] => [name, row[name] ?? null]);
  const embedded = selection.embedded.map(({ name, selection: inner }): [string, unknown] => {
    const embed = resource.embeds[name];
    if (embed === undefined) return [name, null];
    const target = embed.resource();
    const rows = embed.of(row, target.rows()).map((one) => project(one, inner, target));
    return [name, embed.isList ? rows : (rows[0] ?? null)];
  });
  // Attributes nobody can select, for disguised sessions: answered along with the rest.
  const extra = Object.entries(row).filter(([name]) => attributeOf(resource, name) === undefined);
  return Object.fromEntries([...own, ...embedded, ...extra]);
}

function unknownAttribute(resource: Resource, name: string) {
  return invalidQuery(`The attribute ${name} does not exist on ${resource.name}.`);
}
