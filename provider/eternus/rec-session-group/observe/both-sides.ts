import { type CopySession, isSameFromOtherSide } from "../../copy-session.ts";

/** A member that another group of the deployment drives, too: on the other array, under the id that it has there. */
export interface Mirror {
  readonly id: number;
  readonly urn: string;
  readonly idThere: number;
}

/** Notes what each group of the deployment reads, and finds the sessions that two of them drive from both sides. */
export function watchBothSides() {
  const seen = new Map<string, { readonly origin: string; readonly sessions: readonly CopySession[] }>();
  return (urn: string, origin: string, sessions: readonly CopySession[]): Mirror[] => {
    seen.set(urn, { origin, sessions });
    const elsewhere = [...seen].filter(([, other]) => other.origin !== origin);
    return elsewhere.flatMap(([other, { sessions: theirs }]) =>
      sessions.flatMap((here) =>
        theirs.flatMap((there) =>
          isSameFromOtherSide(here, there) ? [{ id: here.id, urn: other, idThere: there.id }] : [],
        ),
      ),
    );
  };
}
