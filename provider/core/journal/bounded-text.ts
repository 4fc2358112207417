import { digest } from "../text/digest.ts";

/** How long a string of an entry may be, in characters. */
export const maxTextLength = 1000;

/** A text as the journal keeps it. A longer one is cut and ends in its digest, so that two long texts that begin alike stay different. */
export function boundedText(text: string): string {
  return text.length <= maxTextLength ? text : `${text.slice(0, maxTextLength - 13)}-${digest(text)}`;
}
