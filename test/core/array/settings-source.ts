import { expect } from "vitest";
import { readSettings } from "../../../provider/core/array/settings.ts";
import type { SettingsSource } from "../../../provider/core/array/settings-source.ts";

export const powerstore = { namespace: "powerstore", title: "PowerStore" };
/** Must not turn up in any message. */
export const secret = "hunter2-geheim";
export const login = { "powerstore:username": "admin", "powerstore:password": secret };
export const complete = { ...login, "powerstore:endpoint": "https://east.example.com" };

export function source(config: Record<string, unknown>, environment: Record<string, string> = {}): SettingsSource {
  return { config: (key) => config[key], environment };
}

export function read(config: Record<string, unknown>, environment: Record<string, string> = {}, array?: string) {
  return readSettings(powerstore, array, source(config, environment));
}

/** The message of a call that must fail: of kind `settings`, and without the secret anywhere. */
export function refusalOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    expect(error).toMatchObject({ name: "MigrationError", kind: "settings" });
    expect(JSON.stringify(error) + String(error)).not.toContain(secret);
    return error instanceof Error ? error.message : "";
  }
  throw new Error("the settings were taken");
}
