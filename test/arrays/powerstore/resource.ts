/** One instance with all its attributes, as on the wire; an attribute that is not set is null. */
export type Row = Readonly<Record<string, unknown>>;

/** What is known about one attribute: enough to select, filter and order by it. */
export interface Attribute {
  readonly type: "string" | "integer" | "boolean" | "date-time" | "strings" | "object";
  /** The words of an enumeration. */
  readonly values?: readonly string[];
  /** Compared without regard to case. */
  readonly ignoresCase?: true;
}

/** A collection of the REST API. */
export interface Resource {
  readonly name: string;
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** Other resources' instances that can be selected within an instance of this one. */
  readonly embeds: Readonly<Record<string, Embed>>;
  rows(): readonly Row[];
}

export interface Embed {
  /** A list of instances, or one or null. */
  readonly isList: boolean;
  readonly resource: () => Resource;
  of(row: Row, candidates: readonly Row[]): readonly Row[];
}

/** An attribute by a name that came from outside. */
export function attributeOf(resource: Resource, name: string): Attribute | undefined {
  return Object.hasOwn(resource.attributes, name) ? resource.attributes[name] : undefined;
}

export const text: Attribute = { type: "string" };
export const label: Attribute = { type: "string", ignoresCase: true };
export const integer: Attribute = { type: "integer" };
export const flag: Attribute = { type: "boolean" };
export const time: Attribute = { type: "date-time" };
export const texts: Attribute = { type: "strings" };
export const object: Attribute = { type: "object" };

export function words(values: readonly string[]): Attribute {
  return { type: "string", values };
}

/** The attributes and, for each enumeration, the attribute `…_l10n` with its display text. */
export function localized(attributes: Readonly<Record<string, Attribute>>): Readonly<Record<string, Attribute>> {
  const shown = enumerations(attributes).map(([name, { type }]): [string, Attribute] => [`${name}_l10n`, { type }]);
  return { ...attributes, ...Object.fromEntries(shown) };
}

/** The row with the display texts of its enumerations. */
export function withDisplayTexts(row: Row, attributes: Readonly<Record<string, Attribute>>): Row {
  const shown = enumerations(attributes).map(([name]) => [`${name}_l10n`, displayText(row[name])]);
  return { ...row, ...Object.fromEntries(shown) };
}

function enumerations(attributes: Readonly<Record<string, Attribute>>): readonly [string, Attribute][] {
  const known = enumerationsOf.get(attributes);
  if (known !== undefined) return known;
  const found = Object.entries(attributes).filter(([, { values }]) => values !== undefined);
  enumerationsOf.set(attributes, found);
  return found;
}

// Asked of every row of every list.
const enumerationsOf = new WeakMap<object, readonly [string, Attribute][]>();

function displayText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(displayText);
  return typeof value === "string" ? value.replaceAll("_", " ") : null;
}

/** A time as the array writes it: with an offset instead of a `Z`. */
export function timestamp(ms: number): string {
  return new Date(ms).toISOString().replace("Z", "+00:00");
}
