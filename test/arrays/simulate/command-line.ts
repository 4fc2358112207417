import { parseArgs } from "node:util";
import type { Temperament } from "../temperament/temperament.ts";
import { isTraitName, traitNames } from "../temperament/traits.ts";

/** What a command line asks for. */
export type Request =
  | ({ readonly kind: "simulate" } & SimulateOptions)
  | { readonly kind: "help" }
  | { readonly kind: "wrong"; readonly reason: string };

/** How the arrays are to be started. */
export interface SimulateOptions {
  /** How many times as fast as real time the arrays live. */
  readonly speed: number;
  /** 0 is a free port. */
  readonly powerstorePort: number;
  readonly eternusPort: number;
  readonly temperament: Temperament;
}

export const usage = `Usage: pulumi-storage-migration simulate [options]

Starts a simulated PowerStore and a simulated ETERNUS on this machine, prints the configuration that leads a Pulumi
stack to them, and runs until Ctrl-C.

Options:
  --speed <factor>           how many times as fast as real time the arrays live (default: 60)
  --powerstore-port <port>   port of the PowerStore on 127.0.0.1 (default: a free one)
  --eternus-port <port>      port of the ETERNUS on 127.0.0.1 (default: a free one)
  --temperament <how>        calm, rough (a mix of the traits in docs/testing.md), or traits by name, with commas
                             between them (default: calm)
  --seed <number>            another mix of a rough array (default: 1)
  --help                     print this text`;

/** Reads the words after `pulumi-storage-migration`. */
export function readCommandLine(words: readonly string[]): Request {
  const known = parsed(words);
  if (typeof known === "string") return { kind: "wrong", reason: known };
  const { values, positionals } = known;
  if (values.help === true) return { kind: "help" };
  const [command, extra] = positionals;
  if (command === undefined) return { kind: "wrong", reason: "no command given" };
  if (command !== "simulate") return { kind: "wrong", reason: `unknown command "${command}"` };
  if (extra !== undefined) return { kind: "wrong", reason: `unexpected argument "${extra}"` };

  const { speed = "60", "powerstore-port": powerstorePort = "0", "eternus-port": eternusPort = "0" } = values;
  if (!isSpeed(speed)) return { kind: "wrong", reason: `--speed must be a number above 0, not "${speed}"` };
  for (const [name, port] of Object.entries({ "powerstore-port": powerstorePort, "eternus-port": eternusPort })) {
    if (!isPort(port)) return { kind: "wrong", reason: `--${name} must be a port from 0 to 65535, not "${port}"` };
  }
  const { temperament: how = "calm", seed = "1" } = values;
  if (!/^\d{1,9}$/.test(seed)) return { kind: "wrong", reason: `--seed must be a whole number, not "${seed}"` };
  const temperament = temperamentIn(how, Number(seed));
  if (typeof temperament === "string") return { kind: "wrong", reason: temperament };
  return {
    kind: "simulate",
    temperament: temperament.value,
    speed: Number(speed),
    powerstorePort: Number(powerstorePort),
    eternusPort: Number(eternusPort),
  };
}

const text = { type: "string" } as const;
const options = {
  speed: text,
  "powerstore-port": text,
  "eternus-port": text,
  temperament: text,
  seed: text,
  help: { type: "boolean" },
} as const;

/** The options by name, or what is wrong with them. */
function parsed(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true });
  } catch (error) {
    // What Node says after the first sentence is about words that look like options.
    return error instanceof Error ? (error.message.split(/\.\s/)[0] ?? "") : String(error);
  }
}

/** A temperament as it is typed, or what is wrong with it. */
function temperamentIn(how: string, seed: number): { readonly value: Temperament } | string {
  if (how === "calm") return { value: "calm" };
  if (how === "rough") return { value: { kind: "rough", seed } };
  const words = how.split(",");
  const traits = words.filter(isTraitName);
  const unknown = words.find((word) => !isTraitName(word));
  if (unknown === undefined) return { value: { kind: "traits", traits } };
  return `--temperament must be calm, rough or names of traits, not "${unknown}"; the traits are ${traitNames.join(", ")}`;
}

function isSpeed(word: string): boolean {
  return word.trim() !== "" && Number.isFinite(Number(word)) && Number(word) > 0;
}

function isPort(word: string): boolean {
  return /^\d{1,5}$/.test(word) && Number(word) <= 65_535;
}
