import { spawn } from "node:child_process";
import { once } from "node:events";
import { stripVTControlCharacters } from "node:util";

/** `pulumi-storage-migration simulate` as a process of its own. */
export interface SimulateProcess extends AsyncDisposable {
  /** What it prints when it has started, whole. */
  readonly briefing: string;
  /** What a stack is configured with, read from what it prints. */
  readonly config: Readonly<Record<string, string | { readonly secret: string }>>;
  /** Sends a signal; how the process ended. */
  end(signal: NodeJS.Signals): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/** Starts the command and waits until it has said all. */
export async function startSimulate(
  folder: string,
  command: string,
  ...words: readonly string[]
): Promise<SimulateProcess> {
  const child = spawn(command, words, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(child, "exit").then(([code, signal]) => ({ code, signal }));
  let said = "";
  await new Promise<void>((resolve, reject) => {
    const hear = (text: string) => {
      said += text;
      if (said.includes("copySessionIds") && said.endsWith("\n\n")) resolve();
    };
    child.stdout.setEncoding("utf8").on("data", hear);
    child.stderr.setEncoding("utf8").on("data", hear);
    void ended.then(({ code }) => reject(new Error(`it ended with ${code}: ${said}`)), reject);
  });
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal);
    return ended;
  };
  return {
    briefing: stripVTControlCharacters(said),
    config: configIn(said),
    end,
    [Symbol.asyncDispose]: async () => void (await end("SIGKILL")),
  };
}

function configIn(said: string): Record<string, string | { secret: string }> {
  const lines = said.matchAll(/^ {2}pulumi config set (--secret )?(\S+) (.+)$/gm);
  const entries = [...lines].map(([, secret, key = "", value = ""]) => {
    return [key, secret === undefined ? value : { secret: value }] as const;
  });
  return Object.fromEntries(entries);
}
