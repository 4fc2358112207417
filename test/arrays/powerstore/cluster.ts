import { label, type Resource, text } from "./resource.ts";

/** PowerStore REST 4.4, `cluster_instance`, as far as it names the array. */
export const cluster: Resource = {
  name: "cluster",
  attributes: { id: text, global_id: text, name: label },
  embeds: {},
  rows: () => [],
};
