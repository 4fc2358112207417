import { arch, cpus, platform, totalmem } from "node:os";
import { wayNames } from "../scenarios/interruptions/ways.ts";
import { migrations } from "./migrations.ts";
import type { Round } from "./round.ts";

/** What was run, to be able to run it again. */
export interface Occasion {
  readonly command: string;
  readonly engine: string;
  readonly seed: number;
  readonly concurrency: number;
  readonly tookS: number;
}

/** One line about a round. */
export function lineOf({ seed, title, story, runs, acts, tookS, violation }: Round): string {
  const verdict = violation === "" ? "ok" : "VIOLATION";
  const killed = story === "" ? "not killed in time" : story;
  return `${verdict}  seed ${seed}  ${title}: ${killed}; ${runs} runs, ${acts} acts, ${tookS.toFixed(0)} s`;
}

/** The counts of all rounds, as Markdown. */
export function summaryOf(rounds: readonly Round[], occasion: Occasion): string {
  const [processor] = cpus();
  const sum = (count: (round: Round) => number) => rounds.reduce((total, round) => total + count(round), 0);
  const violations = rounds.filter(({ violation }) => violation !== "");
  const rows = migrations.map(({ title }) => {
    const own = rounds.filter((round) => round.title === title);
    const total = (count: (round: Round) => number) => own.reduce((all, round) => all + count(round), 0);
    const bad = own.filter(({ violation }) => violation !== "").length;
    return `| ${title} | ${own.length} | ${total(({ kills }) => kills.length)} | ${total(({ runs }) => runs)} | ${total(({ acts }) => acts)} | ${bad} |`;
  });
  const kills = wayNames.map(
    (way) => `| ${way} | ${sum((round) => round.kills.filter((kill) => kill === way).length)} |`,
  );
  return `# Kill loop

Migrations on the real engine, against the simulated arrays, interrupted at random moments in random ways, and then run again until they were done. After each one: every act
was carried out exactly once, there is one import session and it is the recorded one, the arrays are where the program wants them, no secret stands in the state or was
printed, and no login is left where somebody was alive to log out.

| | |
|---|---|
| date | ${new Date().toISOString().slice(0, 10)} |
| command | \`${occasion.command}\` |
| engine | ${occasion.engine}, Node.js ${process.version} |
| machine | ${cpus().length} x ${processor?.model.trim() ?? "unknown processor"}, ${Math.round(totalmem() / 1024 ** 3)} GiB, ${platform()} ${arch()} |
| seed | ${occasion.seed} |
| time | ${(occasion.tookS / 60).toFixed(0)} min, ${occasion.concurrency} rounds at once |
| **rounds** | **${rounds.length}** |
| **violations** | **${violations.length}** |

| migration | rounds | kills | commands | acts | violations |
|---|---|---|---|---|---|
${rows.join("\n")}
| all | ${rounds.length} | ${sum(({ kills: all }) => all.length)} | ${sum(({ runs }) => runs)} | ${sum(({ acts }) => acts)} | ${violations.length} |

| killed by | times |
|---|---|
${kills.join("\n")}
`;
}
