import { describe, expect, test } from "vitest";
import { normalise } from "./normalise.ts";
import { pictureOf, textsOf } from "./picture.ts";
import { pictures, readCheckout } from "./pictures.ts";
import { lineText, openScreen } from "./screen.ts";

describe.for(pictures)("$file", ({ file, screens }) => {
  test("stands in the README, and is small and needs nothing from elsewhere", async () => {
    expect(await readCheckout("README.md")).toContain(`](${file})`);
    const picture = await readCheckout(file);
    expect(Buffer.byteLength(picture)).toBeLessThan(40_000);
    expect(picture.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(
      /https?:\/\/(?!127\.)|@import|<script|<image/,
    );
  });

  test("shows what the snapshots show; `npm run pictures` renews both", async () => {
    const story = await readCheckout("test/snapshots/shown/terminal/quick-start.txt");
    const panes = textsOf(await readCheckout(file)).map(normalise);
    expect(panes).toHaveLength(screens.length);
    for (const [at, title] of screens.entries()) expect(story).toContain(`$ ${title}\n\n${panes[at]}`);
  });
});

test("a picture has every colour and every character of the screen, in lines as they were written", async () => {
  const screen = openScreen({ columns: 20, rows: 5 });
  const long = "a line <that> is longer & wider";
  screen.write(Buffer.from(`\u001b[1m\u001b[38;5;2m+\u001b[0m created\r\n${long}\r\ngone\r\u001b[Kdone`));
  const lines = await screen.lines();
  expect(lines.map(lineText)).toEqual(["+ created", long, "done"]);

  const picture = pictureOf("a test", [{ prompt: "pulumi up", lines }]);
  expect(textsOf(picture)).toEqual([
    [expect.stringMatching(/^\+ created +$/), expect.stringMatching(`^${long} *$`), expect.stringMatching(/^done +$/)],
  ]);
  expect(picture).toContain('fill="#8bd49c" font-weight="bold">+</tspan>');
});
