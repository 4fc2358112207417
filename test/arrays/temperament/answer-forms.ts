import type { ArrayAnswer } from "../exchange.ts";
import type { Temper } from "./temperament.ts";

/** What the objects in an answer are, as far as their form depends on it. */
export interface AnsweredObjects {
  /** The attribute that says how an object fares. */
  readonly state: string;
  /** The attribute that says which one it is. */
  readonly id: string;
}

/** A successful answer to a look, in the form that an array of this temper gives it. */
export function formed(
  temper: Temper,
  answer: ArrayAnswer,
  nowMs: number,
  { state, id }: AnsweredObjects,
): ArrayAnswer {
  if (answer.status < 200 || answer.status > 299 || answer.body === undefined) return answer;
  const slot = temper.slot(nowMs);
  const asText = temper.strikes("numbers-as-text", slot);
  const hasMore = temper.strikes("unknown-attributes", slot);
  const isNull = (object: Record<string, unknown>) =>
    state in object && id in object && temper.turn("null-states", nullEveryMs, nowMs, String(object[id])) !== undefined;
  const form = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(form);
    if (typeof value === "number" && asText) return String(value);
    if (!isObject(value)) return value;
    const inner = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, form(one)]));
    return {
      ...inner,
      ...(isNull(value) ? { [state]: null } : {}),
      ...(hasMore && id in value ? unknownAttributes : {}),
    };
  };
  return { ...answer, body: form(answer.body) };
}

const nullEveryMs = 120_000;

const unknownAttributes = { data_mover_ids: ["A1"], qos: { tier: 3, is_shared: null } };

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
