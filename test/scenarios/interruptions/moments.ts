import type { ArrayAnswer, ArrayRequest } from "../../arrays/index.ts";

/** When in the course of a create, an update or a delete it is interrupted: by the answer that its array holds back then. */
export const moments = [
  "before the act is sent",
  "before the answer to the act",
  "in the next look",
  "in the last look",
  "while logging out",
] as const;
export type Moment = (typeof moments)[number];

/** What a run does, as its array sees it. */
export interface Course {
  readonly array: "powerstore" | "eternus";
  /** The name of the resource. */
  readonly of: string;
  /** Method and path of the act. */
  readonly act: RegExp;
  /** How many acts go out together; the last of them is the one that matters. @default 1 */
  readonly together?: number;
  /** Whether a look shows the end of it. */
  readonly isEnd: (answer: ArrayAnswer) => boolean;
}

/**
 * Finds the answer that a moment is about.
 *
 * @param isUnderWay whether the engine is at it, and no more looking what there is to do
 */
export function answerAt(moment: Moment, { act, isEnd, together = 1 }: Course, isUnderWay: () => Promise<boolean>) {
  let acts = 0;
  return async ({ method, path }: ArrayRequest, answer: ArrayAnswer): Promise<boolean> => {
    const isAct = method !== "GET" && `${method} ${path}`.search(act) >= 0;
    const isLook = method === "GET" && /\/(import_session|copysession)\b/.test(path);
    const wasSent = acts >= together;
    if (isAct) acts += 1;
    switch (moment) {
      case "before the act is sent":
        return isLook && (await isUnderWay());
      case "before the answer to the act":
        return isAct && acts === together;
      case "in the next look":
        return isLook && wasSent;
      case "in the last look":
        return isLook && wasSent && isEnd(answer);
      case "while logging out":
        return path.endsWith("/logout");
    }
  };
}
