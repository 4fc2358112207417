import { channel } from "node:diagnostics_channel";
import { Readable } from "node:stream";
import { z } from "zod";

let urn: string | undefined;
let isWatching = false;

/**
 * The URN of the resource that the engine has deleted first in this deployment, for its project and its stack. The SDK's dynamic-provider server hands a hook only what
 * is recorded, and a copied state records the URNs of the stack that it was copied from.
 *
 * @returns undefined before the first delete
 */
export function urnOfDeletes(): string | undefined {
  return urn;
}

/** Watches the calls of the engine, of which each delete begins with the id and the URN. */
export function watchDeletes(): void {
  if (isWatching) return;
  isWatching = true;
  channel("http2.server.stream.start").subscribe((message) => {
    const call = deleteCall.safeParse(message);
    if (!call.success || urn !== undefined) return;
    call.data.stream.once("data", (chunk: unknown) => {
      if (chunk instanceof Uint8Array) urn ??= urnIn(chunk);
    });
  });
}

/** The first URN in a message: an id holds none. */
export function urnIn(chunk: Uint8Array): string | undefined {
  return /urn:pulumi:[^:]+::[^:]+::/.exec(Buffer.from(chunk).toString("utf8"))?.[0];
}

const deleteCall = z.object({
  headers: z.object({ ":path": z.literal("/pulumirpc.ResourceProvider/Delete") }),
  stream: z.instanceof(Readable),
});
