import { parseArgs } from "node:util";
import { copyCheckout } from "./checkout-copy.ts";
import { mutants } from "./mutants.ts";
import type { Verdict } from "./verdict.ts";

// Tries every mutant: `npm run test:mutants`. Of some only, by a part of the rule or of the file: `npm run test:mutants -- --only cutover`.

const { values } = parseArgs({ options: { only: { type: "string", default: "" } } });
const chosen = mutants.filter(({ rule, file }) => rule.includes(values.only) || file.includes(values.only));
if (chosen.length === 0) {
  console.error(`no rule and no file has "${values.only}" in it`);
  process.exit(2);
}

const copy = await copyCheckout();
let isStopped = false;
process.once("SIGINT", () => {
  isStopped = true;
});

const verdicts: Verdict[] = [];
try {
  // A test that fails anyway kills nothing.
  const before = await copy.run([...new Set(chosen.flatMap(({ tests }) => tests))]);
  if (before.kind !== "survived") {
    console.log(`The tests fail without any mutant: ${before.kind === "killed" ? before.by : before.why}`);
    process.exitCode = 1;
  } else {
    for (const mutant of chosen) {
      if (isStopped) break;
      const verdict = await copy.try(mutant);
      verdicts.push(verdict);
      console.log(`${verdicts.length}/${chosen.length}  ${mutant.rule}: ${wordsOf(verdict)}`);
    }
    const count = (kind: Verdict["kind"]) => verdicts.filter((verdict) => verdict.kind === kind).length;
    const invalid = count("invalid");
    console.log(
      `${count("killed")} killed, ${count("survived")} survived${invalid === 0 ? "" : `, ${invalid} invalid`}`,
    );
    process.exitCode = isStopped ? 130 : count("killed") === chosen.length ? 0 : 1;
  }
} finally {
  await copy.remove();
}

function wordsOf(verdict: Verdict): string {
  switch (verdict.kind) {
    case "killed":
      return `killed by ${verdict.by}`;
    case "survived":
      return "SURVIVED";
    case "invalid":
      return `INVALID, ${verdict.why}`;
  }
}
