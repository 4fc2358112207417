import { join } from "node:path";
import { digest } from "../text/digest.ts";
import { resourceNameOf } from "../text/urn.ts";

/** Where the journal of a resource's stack is, below the folder of its backend: `erp/weekend`. */
export function stackFolder(urn: string): string {
  const { project, stack } = resourceNameOf(urn);
  return join(safeName(project), safeName(stack));
}

// Lower case only, because some disks do not tell `Prod` from `prod`.
const safe = /^[a-z0-9_][a-z0-9_.-]{0,99}$/;
const looksReplaced = /-[0-9a-f]{12}$/;

/** A name that every disk takes. Different texts get different names: where anything was replaced, the name ends in the digest of the text. */
export function safeName(text: string): string {
  if (safe.test(text) && !looksReplaced.test(text) && !text.endsWith(".")) return text;
  return `${text.slice(0, 80).replace(/[^\w-]/g, "_")}-${digest(text)}`;
}
