import type { SimulatedEternus, SimulatedPowerStore } from "../arrays/index.ts";

/** What has been sent to the arrays to change something, since there were so many acts. */
export function newActs(
  powerstore: Pick<SimulatedPowerStore, "acts">,
  eternus: Pick<SimulatedEternus, "acts">,
  before: { readonly powerstore: number; readonly eternus: number },
): readonly string[] {
  const all = [
    ...powerstore
      .acts()
      .slice(before.powerstore)
      .map((act) => ({ array: "PowerStore", ...act })),
    ...eternus
      .acts()
      .slice(before.eternus)
      .map((act) => ({ array: "ETERNUS", ...act })),
  ].sort((a, b) => a.atMs - b.atMs);
  return all.map(({ array, method, path, body }) => {
    const text = body === undefined ? "" : ` ${JSON.stringify(body)}`;
    return `${array}: ${method} ${path}${text}`;
  });
}
