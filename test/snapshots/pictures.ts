import { readFile, writeFile } from "node:fs/promises";
import { pictureOf } from "./picture.ts";
import type { Shown } from "./tell.ts";

/** The pictures of the README, and which screens of the quick start they show. */
export const pictures = [
  {
    file: "docs/preview.svg",
    title: "pulumi preview of a cutover",
    screens: ["pulumi preview, when the program asks for the cutover"],
  },
  {
    file: "docs/up.svg",
    title: "pulumi up, while the volume is copied and at its end",
    screens: ["pulumi up: on the way", "pulumi up"],
  },
] as const;

export async function writePictures(shown: readonly Shown[]): Promise<void> {
  for (const { file, title, screens } of pictures) {
    const panes = screens.map((wanted) => {
      const lines = shown.find(({ title }) => title === wanted)?.lines;
      if (lines === undefined) throw new RangeError(`no terminal has shown "${wanted}"`);
      return { prompt: wanted.replace(/[,:].*/, ""), lines };
    });
    await writeFile(inCheckout(file), pictureOf(title, panes));
  }
}

/** A file of the checkout. */
export async function readCheckout(path: string): Promise<string> {
  return await readFile(inCheckout(path), "utf8");
}

function inCheckout(path: string): URL {
  return new URL(`../../${path}`, import.meta.url);
}
