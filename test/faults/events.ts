import { newCertificateAuthority } from "../arrays/certificate.ts";
import type { Exchange } from "../arrays/exchange.ts";
import type { Fault } from "../arrays/faults.ts";
import { minuteMs } from "./fault-row.ts";
import type { Struck } from "./moments.ts";

/** The array does what it was asked, then this happens instead of its answer; or it happens before. */
export const event =
  (when: "before" | "after", happen: (array: Struck) => Promise<void> | void) =>
  (array: Struck): Fault => ({
    kind: "custom",
    async play(exchange: Exchange) {
      if (when === "after") exchange.handle();
      await happen(array);
      exchange.destroy("reset");
    },
  });
/** This happens, and the array answers on its own. */
export const answered =
  (happen: (array: Struck) => void) =>
  (array: Struck): Fault => ({
    kind: "custom",
    play({ handle, send }) {
      happen(array);
      send(handle());
    },
  });

/** The array goes off the network for so long. */
export function away(ms: number): (array: Struck) => Promise<void> {
  return async (array) => {
    await array.refuseConnections();
    comeBack(array, ms);
  };
}

function comeBack({ clock, acceptConnections }: Struck, inMs: number): void {
  void clock.sleep(inMs, new AbortController().signal).then(() => clock.whileBusy(acceptConnections()));
}

/** The management restarts: logins and jobs are gone. */
export async function restart(array: Struck): Promise<void> {
  await array.refuseConnections();
  // A job that had not begun would be lost, and rightly sent again: let it begin.
  await array.clock.advance(5000);
  array.forget();
  comeBack(array, 2 * minuteMs);
}

/** The other controller has a certificate of its own, and knows nobody's login. */
export async function failOver(array: Struck): Promise<void> {
  await array.replaceCertificate();
  await restart(array);
}

/** Somebody else answers at the array's address, from the next connection on; and all have to be made again. */
export async function imposture(array: Struck): Promise<void> {
  await array.replaceCertificate(await newCertificateAuthority());
  await array.refuseConnections();
  await array.acceptConnections();
}
