import { PowerStoreRefusal, type SimulatedPowerStore } from "../../arrays/index.ts";
import { type HandWord, handWords } from "./world.ts";

/** Does at the array what a word says; what the array does not let be done is left. */
export function actByHand(array: SimulatedPowerStore, id: string, word: string): void {
  const known = handWords.find((one) => one === word);
  if (known === undefined) throw new Error(`nothing done by hand is called ${word}`);
  try {
    act(array, id, known);
  } catch (error) {
    if (!(error instanceof PowerStoreRefusal) && !(error instanceof RangeError)) throw error;
  }
}

function act(array: SimulatedPowerStore, id: string, word: HandWord): unknown {
  const { operator } = array;
  const member = array.sessions().find(({ parent_session_id }) => parent_session_id === id)?.id;
  switch (word) {
    case "pause":
    case "resume":
    case "cutover":
    case "cancel":
    case "remove":
    case "cleanup":
      return operator[word](id);
    case "force cancel":
      return operator.cancel(id, { force: true });
    case "enable":
      return operator.enableDestinationVolume(member ?? id);
    case "start":
      return operator.startCopy(member ?? id);
    case "stall":
      return array.setRate(member ?? id, 0);
    case "slow down":
      return array.setRate(member ?? id, 20 * 1024 ** 2);
    case "speed up":
      return array.setRate(member ?? id, 5000 * 1024 ** 2);
    case "fail":
      return array.fail(member ?? id, "0xE0F0F0039999", "something broke");
    case "hosts away":
      return array.setConditions(id, { hostsReachable: false });
    case "hosts back":
      return array.setConditions(id, { hostsReachable: true });
    case "cutover incomplete":
      return array.setConditions(id, { cutover: "incomplete" });
    case "cutover cancelled":
      return array.setConditions(id, { cutover: "cancelled" });
    case "unknown state":
      return array.disguise(id, { state: "Reticulating" });
    case "known again":
      return array.disguise(id, {});
  }
}
