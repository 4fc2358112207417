#!/usr/bin/env node
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scaledClock } from "../clock.ts";
import { startEternus } from "../eternus/simulated-eternus.ts";
import { startPowerStore } from "../powerstore/power-store.ts";
import { briefing } from "./briefing.ts";
import { readCommandLine, type SimulateOptions, usage } from "./command-line.ts";

const request = readCommandLine(process.argv.slice(2));
switch (request.kind) {
  case "simulate":
    await simulate(request).catch((error: unknown) => fail(1, error instanceof Error ? error.message : String(error)));
    break;
  case "help":
    console.log(usage);
    break;
  case "wrong":
    fail(2, `${request.reason}\n\n${usage}`);
}

async function simulate({ speed, powerstorePort, eternusPort, temperament }: SimulateOptions): Promise<void> {
  // Only the certificate is on disk; it goes however the process ends, short of being killed.
  const folder = mkdtempSync(join(tmpdir(), "simulated-arrays-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(0));

  const clock = scaledClock({ factor: speed });
  const powerstore = await startPowerStore({ clock, port: powerstorePort, temperament });
  const sessions = [12, 13, 14].map((id) => ({ id, transferMode: "Consistency" as const }));
  const eternus = await startEternus({ clock, port: eternusPort, sessions, temperament });
  const caFile = join(folder, "ca.pem");
  writeFileSync(caFile, [...new Set([powerstore.caCertificate, eternus.caCertificate])].join("\n"));
  console.log(briefing({ powerstore, eternus, inventory: powerstore.inventory, speed, caFile }));
}

function fail(code: 1 | 2, message: string): void {
  console.error(`pulumi-storage-migration: ${message}`);
  process.exit(code);
}
