import type { IncomingMessage } from "node:http";

/** Why a body could not be taken. */
export type BodyProblem = "too-large" | "not-json" | "wrong-media-type";

/** A request's JSON body, `undefined` if it has none, or what is wrong with it. Rejects when the connection breaks. */
export async function readBody(
  message: IncomingMessage,
  limitBytes: number,
): Promise<{ readonly body: unknown } | { readonly problem: BodyProblem }> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of message) {
    const bytes = Buffer.from(chunk);
    sizeBytes += bytes.length;
    // Read on, so that the refusal can be delivered on this connection, but keep nothing.
    if (sizeBytes <= limitBytes) chunks.push(bytes);
  }
  if (sizeBytes > limitBytes) return { problem: "too-large" };
  if (sizeBytes === 0) return { body: undefined };
  if (!/^application\/json\s*(;|$)/i.test(message.headers["content-type"] ?? ""))
    return { problem: "wrong-media-type" };
  try {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    return { body };
  } catch {
    return { problem: "not-json" };
  }
}
