/** Turns an entry of release 0.1.0 into today's form. That release wrote the outcome in parentheses after the act, and the array's state at the head of the reason. */
export function legacyEntry(entry: unknown): unknown {
  if (typeof entry !== "object" || entry === null || "outcome" in entry || !("act" in entry)) return entry;
  const { act } = entry;
  if (typeof act !== "string") return entry;
  const [, plain = act, remark = ""] = /^(.*?)(?: \((answer lost|refused)\))?$/s.exec(act) ?? [];
  const outcome = outcomesByRemark[remark];
  const from = "from" in entry || plain !== "cutover" ? undefined : stateIn("reason" in entry ? entry.reason : "");
  return {
    ...entry,
    act: plain,
    ...(outcome === undefined ? {} : { outcome }),
    ...(from === undefined ? {} : { from }),
  };
}

const outcomesByRemark: Readonly<Record<string, "lost" | "rejected">> = {
  "answer lost": "lost",
  refused: "rejected",
};

/** The reason of a cutover in 0.1.0 was `Ready_For_Cutover, wanted Import_Completed`. */
function stateIn(reason: unknown): string | undefined {
  return typeof reason === "string" ? /^(\w+), wanted /.exec(reason)?.[1] : undefined;
}
