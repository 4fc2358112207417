import type { SimulatedEternus } from "../../arrays/index.ts";
import { type HandWord, handWords } from "./world.ts";

/** Does at the array what the words say; what cannot be is left. @returns the id of the session that it was about */
export function actByHand(array: SimulatedEternus, words: string): number {
  const word = handWords.find((one) => words.startsWith(`${one} `));
  const id = Number(words.split(" ").at(-1));
  if (word === undefined) throw new Error(`nothing done by hand is called ${words}`);
  try {
    if (array.session(id) !== undefined) act(array, id, word);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return id;
}

function act(array: SimulatedEternus, id: number, word: HandWord): unknown {
  const { operator } = array;
  switch (word) {
    case "suspend":
    case "resume":
    case "delete":
      return operator[word](id);
    case "halt":
      return array.halt(id);
    case "lose the path of":
      return array.halt(id, "path");
    case "recover":
      return array.recover(id);
    case "break":
      return array.breakSession(id);
    case "give up the suspend of":
      return array.session(id)?.suspending === undefined ? undefined : array.abandonSuspend(id);
    case "fail the next suspend of":
      return array.failNext(id, "suspend", "0070", "busy");
    case "refuse the next suspend of":
      return array.failNext(id, "suspend", "5323", "only by force");
    case "fail the next resume of":
      return array.failNext(id, "resume", "0020", "it did not work");
    case "cancel the job of":
      for (const job of array.jobs()) if (job.command.ids.includes(id)) operator.cancelJob(job.id);
      return;
    case "replace":
      return array.reidentify(id, { localVolume: { number: 4000, name: "vol#4000" } });
    case "disguise":
      return array.disguise(id, { status: "Meditating" });
    case "undisguise":
      return array.disguise(id, undefined);
    case "forget all jobs, not":
      return array.reapJobs();
  }
}
