import { describe, expect, test } from "vitest";
import { oneImport } from "../one-import.ts";
import { left } from "./left.ts";
import { simulatedSources } from "./samples.ts";

const { volume } = simulatedSources;

describe("a paused copy", () => {
  test("is paused as declared, which is a success that holds, and resumed when declared otherwise", async () => {
    const { up, sent } = await oneImport();
    const held = { state: "Paused", held: "held: paused as declared; set paused to false to continue" };
    expect(left(await up({ ...volume, paused: true }))).toEqual(held);
    expect(sent()).toEqual(["create", "pause"]);
    expect(left(await up({ ...volume, paused: false }))).toEqual({ state: "Ready_For_Cutover" });
    expect(sent()).toEqual(["create", "pause", "resume"]);
  });

  test("is left alone when somebody paused it on the console, until the program sets paused to false", async () => {
    const { array, up, later, sent } = await oneImport();
    later(60_000, () => array.operator.pause(array.sessions()[0]?.id ?? ""));
    const held = "held: paused on the array; set paused to false to resume the copy";
    const paused = { error: undefined, state: { state: "Paused", held }, warnings: [held] };
    expect(await up(volume)).toMatchObject({ did: "create", ...paused });
    expect(await up(volume)).toMatchObject({ did: "nothing", ...paused });
    expect(sent()).toEqual(["create"]);
    expect(left(await up({ ...volume, paused: false }))).toEqual({ state: "Ready_For_Cutover" });
    expect(sent()).toEqual(["create", "resume"]);
  });

  test("is resumed when somebody pauses it on the console although the program sets paused to false", async () => {
    const { array, up, later, sent } = await oneImport();
    later(60_000, () => array.operator.pause(array.sessions()[0]?.id ?? ""));
    expect(left(await up({ ...volume, paused: false }))).toEqual({ state: "Ready_For_Cutover" });
    expect(sent()).toEqual(["create", "resume"]);
  });

  test("that ends before it can be paused is a success", async () => {
    const { array, up } = await oneImport();
    array.faults.add({
      when: { method: "POST", path: /\/pause$/ },
      do: {
        kind: "custom",
        play({ request, handle, send }) {
          array.setState(request.path.split("/")[4] ?? "", "Ready_For_Cutover");
          send(handle());
        },
      },
    });
    expect(left(await up({ ...volume, paused: true }))).toEqual({ state: "Ready_For_Cutover" });
  });

  test("holds back the cutover as well", async () => {
    const { up, sent } = await oneImport();
    await up(volume);
    const told = await up({ ...volume, paused: true, targetState: "Import_Completed" });
    expect(left(told)).toEqual({ state: "Ready_For_Cutover", held: expect.stringContaining("paused") });
    expect(sent()).toEqual(["create"]);
  });
});
