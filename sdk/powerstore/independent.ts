import { runtime } from "@pulumi/pulumi";

/**
 * Waits for its value, as an output does, but carries no dependencies. Otherwise each cutover would record twice that it depends on all copies, which takes 3 MB
 * in a wave of a hundred. A value that a preview does not know stays unknown.
 */
export function independent(value: unknown): Promise<unknown> {
  const known = runtime.serializeProperties("wave", { known: value }).then((properties) => properties.known);
  // If a copy fails, the resources that use this value also fail and report it, perhaps later. Until then, the rejection must not end the process.
  known.catch(() => {});
  return known;
}
