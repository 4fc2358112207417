import type { MigrationErrorKind } from "../../provider/core/errors.ts";

/** One section of docs/errors.md. */
export interface KindText {
  readonly when: string;
  readonly recorded: string;
  readonly next: string;
}

const unchanged = "As before: nothing was sent.";
const lastSeen = "What was seen last; of a new resource nothing, if nothing was sent yet.";

/** What each kind of error means to the person who reads it. */
export const kindTexts: Readonly<Record<MigrationErrorKind, KindText>> = {
  settings: {
    when: "The stack's configuration or the environment lacks something, or has something that cannot be used.",
    recorded: unchanged,
    next: "Set what is named with `pulumi config set`.",
  },
  input: {
    when: "A property of the resource asks for what cannot be.",
    recorded: unchanged,
    next: "Change the program.",
  },
  unreachable: {
    when: "No connection came about, so the array has not seen the request. In a wait it is tried again until the deadline; before the first look, for five minutes.",
    recorded: lastSeen,
    next: "Check address, network and array; the next `up` goes on.",
  },
  untrusted: {
    when: "The array's certificate did not verify.",
    recorded: lastSeen,
    next: "Set `caCertificate`, or find out who answers at that address.",
  },
  lost: {
    when: "The connection broke after the request had left. In a wait the array is looked at again before anything is repeated.",
    recorded: lastSeen,
    next: "Run `up` again: it looks first at what the array did.",
  },
  busy: {
    when: "The array could not take the request now, and did not. In a wait it is left alone for as long as it asks.",
    recorded: lastSeen,
    next: "Run `up` again later.",
  },
  failing: {
    when: "The array failed inside (5xx). In a wait it is looked at again before anything is repeated.",
    recorded: lastSeen,
    next: "Look at the array's alerts, then run `up` again.",
  },
  contract: {
    when: "The answer is not what the array's interface promises: a login page, a proxy's page, a body that does not fit.",
    recorded: lastSeen,
    next: "Check that the address is the array's own management address.",
  },
  authentication: {
    when: "The array refused the login. It is tried once for each array and deployment, so that no account is locked.",
    recorded: lastSeen,
    next: "Correct `username` and `password`.",
  },
  permission: {
    when: "The user may not do this.",
    recorded: lastSeen,
    next: "Give the user the role that is named in [permissions.md](permissions.md).",
  },
  notFound: {
    when: "The array has no such object.",
    recorded: unchanged,
    next: "Check the id, and that the resource names the right array.",
  },
  refused: {
    when: "The array understood, and said no. A refused act is repeated only if a fresh look still allows it.",
    recorded: lastSeen,
    next: "Correct what the array names, then run `up` again.",
  },
  identity: {
    when: "An object is not the one that was recorded, or it is somebody else's. It is not touched.",
    recorded: "As before.",
    next: "Declare what is really meant.",
  },
  stuck: {
    when: "The array has reached a state from which no command leads to what is declared. Imports are brought forward by `up`, and taken back by `destroy` or a replacement.",
    recorded: "The state that was seen.",
    next: "The message says what leads out of that state; where it is a replacement, the next preview shows it.",
  },
  stalled: {
    when: "Nothing has moved for `stallFailureMinutes`. Only where that is set.",
    recorded: "What was seen last.",
    next: "Mend what stops the array, then run `up` again: it goes on from there.",
  },
  partial: {
    when: "Some members of a group have reached what is declared, others failed.",
    recorded: "Every member as it was seen, and in `failures` the code and words of those that failed.",
    next: "Mend what is named, then run `up` again: only what is left is sent.",
  },
  timeout: {
    when: "The deadline (`customTimeouts`) passed first. The array goes on by itself.",
    recorded: "What was seen last.",
    next: "Run `up` again to go on waiting.",
  },
  cancelled: {
    when: "The run was interrupted: Ctrl-C, a cancelled job. A request under way is seen to its answer.",
    recorded: "What was seen last, and every act that was sent.",
    next: "Run `up` again to go on.",
  },
};
