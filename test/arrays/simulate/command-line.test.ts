import { expect, test } from "vitest";
import { readCommandLine } from "./command-line.ts";

const read = (line: string) => readCommandLine(line.split(" ").filter((word) => word !== ""));

test("simulate takes free ports and lives sixty times as fast, unless told otherwise", () => {
  expect(read("simulate")).toEqual({
    kind: "simulate",
    speed: 60,
    powerstorePort: 0,
    eternusPort: 0,
    temperament: "calm",
  });
  expect(read("simulate --speed 0.5 --powerstore-port=9443 --eternus-port 5665")).toEqual({
    kind: "simulate",
    speed: 0.5,
    powerstorePort: 9443,
    eternusPort: 5665,
    temperament: "calm",
  });
});

test("the arrays are as rough as they are told to be", () => {
  expect(read("simulate --temperament rough")).toMatchObject({ temperament: { kind: "rough", seed: 1 } });
  expect(read("simulate --temperament rough --seed 7")).toMatchObject({ temperament: { kind: "rough", seed: 7 } });
  expect(read("simulate --temperament slow-acts,failovers")).toMatchObject({
    temperament: { kind: "traits", traits: ["slow-acts", "failovers"] },
  });
  expect(read("simulate --temperament slow-acts,fast-acts")).toMatchObject({
    kind: "wrong",
    reason: expect.stringMatching(/not "fast-acts"; the traits are late-answers, /),
  });
});

test("help is given whatever else is asked for", () => {
  expect(read("--help")).toEqual({ kind: "help" });
  expect(read("simulate --speed fast --help")).toEqual({ kind: "help" });
});

test.each([
  ["", "no command given"],
  ["simulat", 'unknown command "simulat"'],
  ["simulate east", 'unexpected argument "east"'],
  ["simulate --sped 3", "Unknown option '--sped'"],
  ["simulate --port 443", "Unknown option '--port'"],
  ["simulate --speed", "Option '--speed <value>' argument missing"],
  ["simulate --speed fast", '--speed must be a number above 0, not "fast"'],
  ["simulate --speed 0", '--speed must be a number above 0, not "0"'],
  ["simulate --speed Infinity", '--speed must be a number above 0, not "Infinity"'],
  ["simulate --speed=", '--speed must be a number above 0, not ""'],
  ["simulate --eternus-port 70000", '--eternus-port must be a port from 0 to 65535, not "70000"'],
  ["simulate --seed seven", '--seed must be a whole number, not "seven"'],
  ["simulate --powerstore-port 1e3", '--powerstore-port must be a port from 0 to 65535, not "1e3"'],
])("what cannot be understood is named: %s", (line, reason) => {
  expect(read(line)).toEqual({ kind: "wrong", reason });
});
