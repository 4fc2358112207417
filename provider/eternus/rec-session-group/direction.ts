import type { CopyPair } from "../copy-session.ts";

/** In which direction a pair copies, seen from the array that the provider asks: `is_local_source_volume` (RESTful API reference, Viewing Copy Sessions). */
export const directions = ["LocalToRemote", "RemoteToLocal"] as const;
export type Direction = (typeof directions)[number];

/** The words of 0.1.0, relative to the direction in which the group found the pair. They stand in its records. */
export const relativeDirections = ["Forward", "Reversed"] as const;
export type RecordedDirection = Direction | (typeof relativeDirections)[number];

/** Undefined where the array does not report it. */
export function directionOf({ isLocalSource }: CopyPair): Direction | undefined {
  return isLocalSource === undefined ? undefined : isLocalSource ? "LocalToRemote" : "RemoteToLocal";
}

/** What a recorded word means for a pair that was found like this. Undefined where that is not known. */
export function absolute(word: RecordedDirection | undefined, found: CopyPair): Direction | undefined {
  if (word === "Forward") return directionOf(found);
  if (word !== "Reversed") return word;
  return found.isLocalSource === undefined ? undefined : directionOf({ isLocalSource: !found.isLocalSource });
}
