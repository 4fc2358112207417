import type { ArrayRequest, Exchange } from "../arrays/exchange.ts";
import { playFault } from "../arrays/play-fault.ts";
import { faultNamed, isIntact, type Surroundings, secretsIn } from "./faults.ts";
import type { ProviderProcess } from "./provider-process.ts";
import type { FaultName, Mishap } from "./schedule.ts";
import type { Judge, Trial } from "./trial.ts";

/** What one command met. */
export interface Scene {
  readonly process: ProviderProcess;
  /** Virtual time that slow answers have taken so far, in all commands. */
  readonly slowMs: number;
  /** How many faults struck. */
  readonly struck: number;
  /** Requests that were to change something. */
  readonly sent: readonly ArrayRequest[];
  close(): void;
}

export interface Stage {
  open(process: ProviderProcess, mishaps: readonly Mishap[], judge: Judge): Scene;
  readonly violations: readonly string[];
  readonly secrets: ReadonlySet<string>;
  readonly trace: readonly string[];
  note(line: string): void;
  violate(line: string): void;
  /** The array is on the network, whatever was done to it. */
  backOnline(): Promise<void>;
}

/** Stands between the network and the array: lets the mishaps of a schedule happen, and writes down what is wrong. */
export function openStage<Declared>(trial: Trial<Declared>): Stage {
  const { time, array } = trial;
  const { clock } = time;
  const startMs = clock.nowMs();
  const violations: string[] = [];
  const trace: string[] = [];
  const secrets = new Set(trial.secrets);
  let isOnline = true;
  let current: OpenScene | undefined;

  let last = "";
  const note = (line: string) => {
    const timed = `${((clock.nowMs() - startMs) / 1000).toFixed(0)}s ${line}`;
    // Reads that show the same are one line, with the time of the last.
    if (line === last) trace.pop();
    last = line;
    trace.push(timed);
  };
  let slowMs = 0;
  const violate = (line: string) => {
    note(`VIOLATION ${line}`);
    violations.push(line);
  };
  const byHand = (word: string) => {
    const before = trial.snapshot();
    trial.byHand(word);
    const after = trial.snapshot();
    note(`by hand: ${word} ${before === after ? "(no effect)" : after}`);
  };
  const backOnline = async () => {
    if (isOnline) return;
    isOnline = true;
    await clock.whileBusy(array.acceptConnections());
  };
  const surroundings: Surroundings = {
    nowMs: () => clock.nowMs(),
    async pass(ms) {
      // By the second: whoever has abandoned the answer continues meanwhile, maybe into the next command.
      for (let left = ms; left > 0; left -= secondMs) {
        slowMs += Math.min(left, secondMs);
        await clock.advance(Math.min(left, secondMs));
      }
    },
    async outage(ms) {
      isOnline = false;
      time.after(ms, () => void backOnline());
      await clock.whileBusy(array.refuseConnections());
    },
    restart: () => clock.whileBusy(trial.restart()),
    endLogins: () => trial.endLogins(),
  };

  const direct = async (exchange: Exchange): Promise<void> => {
    const scene = current;
    if (scene === undefined || scene.process.isKilled) return exchange.destroy("reset");
    const { request } = exchange;
    const kind = trial.kindOf(request);
    const path = `${request.method} ${request.path.replace(/^\/api\/(rest|v1)/, "").replace(uuidTail, "")}`;
    let fault: FaultName | undefined;
    let end: "kill" | "kill after" | undefined;
    for (const script of scene.scripts) {
      const { at, what } = script.mishap;
      if (!("on" in at) || (at.on !== "any" && at.on !== kind)) continue;
      script.seen += 1;
      if ("fault" in what) {
        if (script.seen >= at.nth && script.seen < at.nth + (what.times ?? 1)) fault ??= what.fault;
      } else if (script.seen === at.nth) {
        if ("byHand" in what) byHand(what.byHand);
        else if (what.end === "ctrl-c") scene.interrupt();
        else end = what.end;
      }
    }
    if (kind === "act") scene.sent.push(request);
    for (const wrong of scene.judge.arrives(request)) violate(`${path}: ${wrong}`);
    let answered = "not handled";
    const watched: Exchange = {
      ...exchange,
      handle() {
        const isFirst = answered === "not handled";
        const answer = exchange.handle();
        if (!isFirst) return answer;
        answered = `${answer.status}`;
        for (const secret of secretsIn(answer)) secrets.add(secret);
        // A login that is not taken any more: the request was not even considered, and may come again.
        if (![302, 401, 403].includes(answer.status))
          scene.judge.handled(request, answer, isIntact(fault) && end === undefined);
        return answer;
      },
    };
    if (end !== undefined) {
      if (end === "kill after") watched.handle();
      note(`${path} -> ${answered}, and ${end}`);
      scene.process.kill();
      return watched.destroy("reset");
    }
    if (fault === undefined) watched.send(watched.handle());
    else {
      scene.struck += 1;
      await playFault(faultNamed(fault, surroundings), watched);
    }
    const body = request.body === undefined || kind !== "act" ? "" : ` ${JSON.stringify(request.body)}`;
    note(`${path}${body} -> ${answered}${fault === undefined ? "" : ` (${fault})`} ${trial.snapshot()}`);
  };
  array.faults.add({ when: {}, times: Number.POSITIVE_INFINITY, do: { kind: "custom", play: direct } });

  return {
    violations,
    secrets,
    trace,
    note,
    violate,
    backOnline,
    open(process, mishaps, judge) {
      const scene: OpenScene = {
        process,
        judge,
        get slowMs() {
          return slowMs;
        },
        struck: 0,
        sent: [],
        scripts: mishaps.map((mishap) => ({ mishap, seen: 0 })),
        interrupt() {
          note("ctrl-c");
          process.interrupt();
        },
        close() {
          if (current === scene) current = undefined;
        },
      };
      for (const { at, what } of mishaps) {
        if ("on" in at || "fault" in what) continue;
        time.after(at.afterS * 1000, () => {
          if ("byHand" in what) return byHand(what.byHand);
          if (current !== scene) return;
          if (what.end === "ctrl-c") return scene.interrupt();
          note("kill");
          process.kill();
        });
      }
      current = scene;
      return scene;
    },
  };
}

const secondMs = 1000;

// The first characters of an id are enough to tell two of them apart.
const uuidTail = /(?<=\/[0-9a-f]{4})[0-9a-f-]{32}/;

interface OpenScene extends Scene {
  struck: number;
  readonly sent: ArrayRequest[];
  readonly judge: Judge;
  readonly scripts: { readonly mishap: Mishap; seen: number }[];
  interrupt(): void;
}
