// A process of its own, so that what the arrays need is not counted as the product's: four PowerStores with sessions that copy for hours.
import { type SimulatedPowerStore, startPowerStore } from "../../arrays/index.ts";

const sessionsEach = Number(process.argv[2]);
const remoteSystemId = "9ae2f1c0-6a3b-4c8e-8d10-2f4f6f1b7a01";
const volumes = Array.from({ length: sessionsEach }, (_, index) => ({
  id: `sv_${index}`,
  name: `volume-${index}`,
  remoteSystemId,
  wwn: `naa.60060160${`${index}`.padStart(24, "0")}`,
  // Two hours and more at 400 MiB/s: nothing ends while it is measured.
  sizeBytes: (2 * 3600 + index) * 400 * 1024 ** 2,
}));
const arrays = await Promise.all(
  [1, 2, 3, 4].map(() => startPowerStore({ sources: { volumes }, maxActiveImports: sessionsEach })),
);

process.on("message", (word) => {
  if (word === "faults") for (const array of arrays) everyHundredthFails(array);
  if (word === "count") process.send?.({ requests: arrays.map(({ requests }) => requests.length) });
});
process.send?.({
  arrays: arrays.map(({ endpoint, username, password, caCertificate }) => ({
    endpoint,
    username,
    password,
    caCertificate,
  })),
});

function everyHundredthFails({ faults }: SimulatedPowerStore): void {
  let count = 0;
  faults.add({
    when: { method: "GET" },
    times: Number.POSITIVE_INFINITY,
    do: {
      kind: "custom",
      play(exchange) {
        count += 1;
        if (count % 100 === 0) exchange.destroy("reset");
        else exchange.send(exchange.handle());
      },
    },
  });
}
