import { expect, test } from "vitest";
import type { ArraySettings } from "../../../provider/core/array/settings.ts";
import { sharedArrays } from "../../../provider/core/pulumi/deployment.ts";
import { virtualClock } from "../virtual-clock.ts";
import { toldDeployment } from "./volume-resource.ts";

const vendor = { namespace: "powerstore", title: "PowerStore" };
const east = { endpoint: "https://east", username: "u", password: "p" };
const config: Record<string, unknown> = {
  "powerstore:endpoint": "https://direct",
  "powerstore:username": "u",
  "powerstore:password": "p",
  "powerstore:arrays": JSON.stringify({ east, twin: east, default: { ...east, endpoint: "https://named-default" } }),
};

function start() {
  const logouts: (() => Promise<void>)[] = [];
  const connected: ArraySettings[] = [];
  const deployment = {
    ...toldDeployment(virtualClock()),
    atEnd: (logout: () => Promise<void>) => logouts.push(logout),
  };
  let values: Record<string, unknown> = {};
  const arrays = sharedArrays({ ...deployment, config: (key) => values[key] }, vendor, (settings) => {
    connected.push(settings);
    return { origin: settings.origin, logout: async () => {} };
  });
  const configure = () => {
    values = config;
  };
  return { arrays, connected, logouts, configure };
}

test("all resources of an array share one connection, which is logged out once", () => {
  const { arrays, connected, logouts, configure } = start();
  configure();
  expect(arrays("east")).toBe(arrays("east"));
  expect(arrays(undefined)).toBe(arrays(undefined));
  expect([connected.length, logouts.length]).toEqual([2, 2]);
});

test("settings are read at first use, when the configuration is there", () => {
  const { arrays, configure } = start();
  expect(() => arrays("east")).toThrow(expect.objectContaining({ kind: "settings" }));
  configure();
  expect(arrays("east").origin).toBe("https://east");
});

test("two names are two connections, although they may lead to one array", () => {
  const { arrays, configure } = start();
  configure();
  expect(arrays("twin")).not.toBe(arrays("east"));
});

test("an array that is named `default` is not the one configured directly", () => {
  const { arrays, configure } = start();
  configure();
  expect(arrays(undefined).origin).toBe("https://direct");
  expect(arrays("default").origin).toBe("https://named-default");
});
