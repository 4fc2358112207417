import type { LoggedRequest } from "../arrays/request-log.ts";

/** What a person sees of all that was said: `progress urn text` is on the row, `warn urn text` a warning. */
export function shownIn(said: readonly string[]): readonly string[] {
  return said.flatMap((line) => {
    const [, kind, text = ""] = /^(progress|warn) \S+ ([\s\S]*)$/.exec(line) ?? [];
    if (kind === undefined) return [];
    return [kind === "warn" ? `warning: ${text}` : text];
  });
}

/** The requests that are no reads, and no part of a login. */
export function writtenIn(requests: readonly LoggedRequest[], login: RegExp): readonly string[] {
  const written = requests.filter(({ method, path }) => method !== "GET" && !login.test(path));
  return written.map(({ method, path }) => `${method} ${path}`);
}
