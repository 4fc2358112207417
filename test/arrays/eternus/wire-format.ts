/** What an answer's body is built of: attributes in their order, absent ones left out. */
export type WireObject = Readonly<Record<string, unknown>>;

/** The path all resources live under; hrefs carry it, but no host (RESTful API reference, URI). */
export const apiRoot = "/api/v1";

/** The link to a resource. */
export function href(resource: "copysession" | "job" | "volume", id: number): string {
  return `${apiRoot}/${resource}/${id}`;
}

/** UTC, whole seconds: `2030-01-01T00:00:00Z`. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
}

/** The array leaves out what does not apply to a resource. */
export function withoutAbsent(attributes: WireObject): WireObject {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}
