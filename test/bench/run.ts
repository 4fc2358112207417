// npm run bench: measures, prints a table of each part, and writes docs/benchmarks.md and its picture. Parts can be named: `npm run bench watching`.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { measureCrowdApart, sparingly } from "./crowd/measure.ts";
import { measureColdPreview } from "./overhead/cold.ts";
import { measureOverhead, type Overhead } from "./overhead/overhead.ts";
import { pictureOf } from "./picture.ts";
import { markdownTable } from "./table.ts";
import type { Measured } from "./watching/strategy.ts";
import { measureWatching } from "./watching/watching.ts";

const page = new URL("../../docs/benchmarks.md", import.meta.url);
const picture = new URL("../../docs/benchmarks-watching.svg", import.meta.url);

const parts: Readonly<Record<string, () => Promise<string>>> = {
  async watching() {
    const { all, oursByTelling } = await measureWatching();
    await writeFile(picture, pictureOf(all));
    const rows = (measured: readonly Measured[]) =>
      measured.map(({ name, requestsEach, lateS: { p50, p95, p99 } }) => [
        name,
        requestsEach.toFixed(requestsEach < 100 ? 1 : 0),
        ...[p50, p95, p99].map((seconds) => `${seconds.toFixed(1)} s`),
      ]);
    const columns = ["requests a session", "p50", "p95", "p99"];
    return `${markdownTable(["way of waiting", ...columns], rows(all))}\n\n${markdownTable(["ours, when", ...columns], rows(oursByTelling))}`;
  },
  async overhead() {
    const measured = await measureOverhead([500, 1000]);
    const ratio = (one: Overhead, figure: "upS" | "previewS") => {
      const bare = measured.find(
        ({ engine, count, kind }) => engine === one.engine && count === one.count && kind === "bare",
      );
      return bare === undefined ? "" : `${(one[figure] / bare[figure]).toFixed(2)}x`;
    };
    const many = markdownTable(
      ["resources", "engine", "up", "", "preview, no change", "", "state of each"],
      measured.map((one) => [
        `${one.count} ${one.kind}`,
        one.engine,
        `${one.upS.toFixed(0)} s`,
        ratio(one, "upS"),
        `${one.previewS.toFixed(0)} s`,
        ratio(one, "previewS"),
        `${one.bytesEach.toFixed(0)} B`,
      ]),
    );
    const cold = markdownTable(
      ["first preview of one resource", "bare", "import session", ""],
      (await measureColdPreview()).map(({ engine, bareS, ownS }) => [
        engine,
        `${bareS.toFixed(2)} s`,
        `${ownS.toFixed(2)} s`,
        `${(ownS / bareS).toFixed(2)}x`,
      ]),
    );
    return `${many}\n\n${cold}`;
  },
  async crowd() {
    const measured = [
      { conditions: "no faults", ...(await measureCrowdApart(10_000, false)) },
      { conditions: "1% of the reads fail", ...(await measureCrowdApart(10_000, true)) },
      { conditions: "the same, V8 told to be sparing", ...(await measureCrowdApart(10_000, true, sparingly)) },
    ];
    return markdownTable(
      [
        "10,000 sessions on 4 arrays",
        "memory in use",
        "of the process",
        "CPU, of one core",
        "requests a minute",
        "event loop p99",
      ],
      measured.map((crowd) => [
        crowd.conditions,
        `+${crowd.usedMegabytes.toFixed(0)} MB`,
        `+${crowd.residentMegabytes.toFixed(0)} MB`,
        `${crowd.cpuPercent.toFixed(1)}%`,
        crowd.requestsPerMinute.toFixed(0),
        `${crowd.loopDelayP99Ms.toFixed(1)} ms`,
      ]),
    );
  },
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !Object.hasOwn(parts, name));
if (unknown !== undefined) throw new Error(`there is no part ${unknown}: ${Object.keys(parts).join(", ")}`);
for (const [name, measure] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const table = await measure();
  console.log(`${name}\n\n${table}\n`);
  await replacePart(name, `${table}\n\n${measuredOn()}`);
}

/** Puts the measured table between its marks; the words around it are written by hand. */
async function replacePart(name: string, text: string): Promise<void> {
  await mkdir(new URL(".", page), { recursive: true });
  const before = await readFile(page, "utf8");
  const [open, close] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [head, rest] = before.split(open);
  const tail = rest?.split(close)[1];
  if (head === undefined || tail === undefined) throw new Error(`docs/benchmarks.md has no place for ${name}`);
  await writeFile(page, `${head}${open}\n\n${text}\n\n${close}${tail}`);
}

function measuredOn(): string {
  const date = new Date().toISOString().slice(0, 10);
  return `Measured ${date}, Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model.trim() ?? "unknown"}).`;
}
