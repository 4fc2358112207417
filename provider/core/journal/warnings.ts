const keep = "Set `storage-migration:journal` to";

/** What somebody should know of a journal, each once. A run continues without one. */
export function journalWarnings(warn: (text: string) => void) {
  const shown = new Set<string>();
  const once = (topic: string, text: string) => {
    if (shown.has(topic)) return;
    shown.add(topic);
    warn(text);
  };
  return {
    onRunnerOnly: (root: string) =>
      once(
        "runner",
        `The journal is kept on this CI runner only (${root}), and may be lost with it. ${keep} a folder that the pipeline keeps as an artifact, or to \`off\`.`,
      ),
    notWritten: (error: unknown) =>
      once(
        "not written",
        `Could not write the journal (${reasonOf(error)}). The run continues, and actions may be missing from its record. Free or repair the disk. ${keep} another folder if needed, or to \`off\`.`,
      ),
    late: (root: string) =>
      once(
        "late",
        `The journal (${root}) took longer than a second to write. The run continues, and actions may be missing from its record if it is killed. ${keep} a folder on a faster disk if this happens again.`,
      ),
    unread: (path: string) =>
      once(
        "unread",
        `Could not read ${path}, which is part of the journal. It is left out, so older actions may be missing. Check its permissions and its size (64 MB at most).`,
      ),
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
