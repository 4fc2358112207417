import { traitNamed, traitNames } from "./traits.ts";

/** The table of all traits for `docs/testing.md`. */
export function traitTable(): string {
  const rows = traitNames.map((name) => {
    const { arrays, does, evidence, from, chance } = traitNamed(name);
    const mix = chance === 0 ? "by name only" : `${chance * 100}%`;
    return `| \`${name}\` | ${arrays.join(", ")} | ${does} | ${mix} | ${evidence}: ${from} |`;
  });
  return ["| trait | array | what it does | in the mix | source |", "|---|---|---|---|---|", ...rows].join("\n");
}
