import { describe, expect, test } from "vitest";
import { MigrationError } from "../../provider/core/errors.ts";
import { connected } from "./connected.ts";

const signal = new AbortController().signal;
const sending = { attempted: "cut over import session 7" };

describe("what the array answers", () => {
  const acting = { method: "POST", path: /cutover/ };
  const message = (code: string, text: string) => ({ code, severity: "Error", message_l10n: text });

  test.each([
    [
      "all its messages",
      { messages: [message("0xE1", "One."), message("0xE2", "Two.")] },
      "422 0xE1: One.; 0xE2: Two.",
    ],
    ["messages as JSON text", { messages: JSON.stringify([message("0xE1", "One.")]) }, "422 0xE1: One."],
    ["a message without a code", { messages: [{ message_l10n: "One." }] }, "422 One."],
    ["a code without a message", { messages: [{ code: "0xE1" }] }, "422 0xE1"],
    ["no messages", { messages: [] }, "422 without an error body"],
    ["messages of another form", { messages: "not JSON" }, "422 without an error body"],
    ["no body", undefined, "422 without an error body"],
  ])("is passed on when it has %s", async (_, answered, said) => {
    const { array, client } = await connected();
    array.faults.add({ when: acting, do: { kind: "status", status: 422, body: answered } });
    await expect(client.act("7", "cutover", sending)).rejects.toMatchObject({
      kind: "refused",
      message: expect.stringContaining(
        `PowerStore default (${array.endpoint}): could not cut over import session 7: the array answered ${said}`,
      ),
    });
  });

  test.each([
    [400, "refused"],
    [404, "notFound"],
    [409, "refused"],
    [422, "refused"],
    [429, "busy"],
    [500, "failing"],
    [502, "failing"],
    [503, "busy"],
  ])("with %i is of kind %s", async (status, kind) => {
    const { array, client } = await connected();
    array.faults.add({ when: acting, do: { kind: "status", status } });
    await expect(client.act("7", "cutover", sending)).rejects.toMatchObject({ kind });
  });

  test("that is no JSON, or too large, or of another form says what it was", async () => {
    const { array, client } = await connected();
    const reading = { method: "GET", path: /import_session\/7/ };
    array.faults.add({ when: reading, times: 2, do: { kind: "html" } });
    await expect(client.getSession("7", signal)).rejects.toMatchObject({
      kind: "contract",
      message: expect.stringContaining("a web page"),
    });
    array.faults.add({ when: reading, do: { kind: "status", status: 200, body: { id: 7 } } });
    await expect(client.getSession("7", signal)).rejects.toMatchObject({
      kind: "contract",
      message: expect.stringContaining("`id`"),
    });
    array.faults.add({ when: reading, do: { kind: "oversize", bytes: 5 * 1024 * 1024 } });
    await expect(client.getSession("7", signal)).rejects.toMatchObject({ kind: "contract" });
  });

  test("never shows a password, a cookie or a token", async () => {
    const { array, client } = await connected({ password: "hunter2-secret" });
    array.faults.add({ when: { path: /login_session/ }, do: { kind: "status", status: 401 } });
    const error = await client.getSession("7", signal).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(MigrationError);
    const shown =
      error instanceof MigrationError ? JSON.stringify([error.message, error.stack, error.cause, { ...error }]) : "";
    expect(shown).not.toMatch(/hunter2|auth_cookie|Basic |aHVudGVy/);
  });
});
