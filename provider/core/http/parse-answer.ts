import type { z } from "zod";
import { MigrationError } from "../errors.ts";
import type { HttpAnswer } from "./exchange.ts";

/** Parses an answer's JSON with its schema. Only here do an array's words become trusted values. */
export function parseAnswer<Value>(
  schema: z.ZodType<Value>,
  answer: HttpAnswer,
  context: { readonly attempted: string; readonly on: string },
): Value {
  const parsed = schema.safeParse(jsonOf(answer));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? "the answer" : `\`${issue.path.join(".")}\``;
  throw new MigrationError({
    kind: "contract",
    ...context,
    answered: `${answer.status} with ${describe(answer)} that does not fit its interface: ${where}: ${issue?.message ?? "unreadable"}`,
    next: "Check that the address is the array's own management address and not a proxy or a login page.",
  });
}

/** The answer's JSON; undefined if the answer is empty or not JSON. */
export function jsonOf(answer: HttpAnswer): unknown {
  try {
    return answer.text === "" ? undefined : JSON.parse(answer.text);
  } catch {
    return undefined;
  }
}

/** Whether the answer is a web page. A proxy answers with one, and so does an array whose login has expired. */
export function isPage(answer: HttpAnswer): boolean {
  return /text\/html/i.test(answer.headers["content-type"] ?? "");
}

function describe(answer: HttpAnswer): string {
  if (answer.text === "") return "an empty body";
  if (isPage(answer)) return "a web page";
  return jsonOf(answer) === undefined ? "a body that is not JSON" : "JSON";
}
