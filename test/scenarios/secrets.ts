import type { Exchange, SimulatedEternus, SimulatedPowerStore } from "../arrays/index.ts";
import { formsOf } from "../security/secret-forms.ts";

/** Notes what must never be seen outside an array: the passwords, and everything that logins were answered with. */
export function watchSecrets(arrays: readonly (SimulatedPowerStore | SimulatedEternus)[]): () => readonly string[] {
  const known = new Set<string>();
  for (const { username, password, faults } of arrays) {
    for (const form of formsOf(password, username)) known.add(form);
    const play = (exchange: Exchange) => {
      const answer = exchange.handle();
      for (const secret of longWords([answer.headers, answer.body])) known.add(secret);
      exchange.send(answer);
    };
    faults.add({ when: { path: /\/(login_session|session)(\/|\?|$)/ }, times: Infinity, do: { kind: "custom", play } });
  }
  return () => [...known];
}

/** All words in all texts of a value that are too long to be anything but a key. */
function longWords(value: unknown): string[] {
  if (typeof value === "string") return value.match(/[\w+/-]{32,}=*/g) ?? [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(longWords) : [];
}
