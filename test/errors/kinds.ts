import type { MigrationErrorKind } from "../../provider/core/errors.ts";

/** One section of docs/errors.md. */
export interface KindText {
  readonly when: string;
  readonly recorded: string;
  readonly next: string;
}

const unchanged = "As before: nothing was sent.";
const lastObserved = "The last observed state; nothing for a new resource if nothing was sent yet.";

/** What each kind of error means to the person who reads it. */
export const kindTexts: Readonly<Record<MigrationErrorKind, KindText>> = {
  settings: {
    when: "A setting in the stack's configuration or in the environment is missing, or cannot be used.",
    recorded: unchanged,
    next: "Set what the message names with `pulumi config set`.",
  },
  input: {
    when: "A property of the resource asks for something impossible.",
    recorded: unchanged,
    next: "Change the program.",
  },
  unreachable: {
    when: "The connection failed, so the array has not seen the request. A run that waits retries until its deadline. Before its first successful read it retries for five minutes.",
    recorded: lastObserved,
    next: "Check the address, the network and the array. The next `up` resumes from there.",
  },
  untrusted: {
    when: "The array's certificate failed verification.",
    recorded: lastObserved,
    next: "Set `caCertificate`, or find out who answers at that address.",
  },
  lost: {
    when: "The connection broke after the request had left. A run that waits reads the array again before it repeats anything.",
    recorded: lastObserved,
    next: "Run `up` again. It first reads what the array did.",
  },
  busy: {
    when: "The array could not take the request now, and did not take it. A run that waits leaves the array alone for as long as it asks.",
    recorded: lastObserved,
    next: "Run `up` again later.",
  },
  failing: {
    when: "The array failed internally (5xx). A run that waits reads the array again before it repeats anything.",
    recorded: lastObserved,
    next: "Check the array's alerts, then run `up` again.",
  },
  contract: {
    when: "The answer does not match the array's interface: a login page, a proxy's page, a body of another form.",
    recorded: lastObserved,
    next: "Check that the address is the array's own management address.",
  },
  authentication: {
    when: "The array rejected the login. The provider tries it once for each array and deployment, so that no account is locked.",
    recorded: lastObserved,
    next: "Correct `username` and `password`.",
  },
  permission: {
    when: "The user may not do this.",
    recorded: lastObserved,
    next: "Give the user the role that [permissions.md](permissions.md) names.",
  },
  notFound: {
    when: "The array has no such object.",
    recorded: unchanged,
    next: "Check the id, and that the resource names the right array.",
  },
  refused: {
    when: "The array understood the request and rejected it. A run repeats a rejected action only if a fresh read still allows it.",
    recorded: lastObserved,
    next: "Fix what the array names, then run `up` again.",
  },
  identity: {
    when: "An object is not the recorded one, or belongs to somebody else. The provider does not touch it.",
    recorded: "As before.",
    next: "Declare the object that you mean.",
  },
  stuck: {
    when: "The array is in a state from which no command leads to the declared one. `up` brings imports forward; `destroy` or a replacement cancels them.",
    recorded: "The observed state.",
    next: "The message names the way out of that state. If the way out is a replacement, the message contains the line with `copyAgain`, and the next preview shows it.",
  },
  stalled: {
    when: "The array made no progress for `stallFailureMinutes`. Only if that is set.",
    recorded: "The last observed state.",
    next: "Fix the cause on the array, then run `up` again. It resumes from there.",
  },
  partial: {
    when: "Some members of a group have reached the declared state, others failed.",
    recorded: "Every member as it was observed; `failures` has the code and the words of those that failed.",
    next: "Fix what the message names, then run `up` again. It sends only what is left.",
  },
  timeout: {
    when: "The deadline (`customTimeouts`) passed first. The array continues on its own.",
    recorded: "The last observed state.",
    next: "Run `up` again to resume waiting.",
  },
  cancelled: {
    when: "The run was interrupted: Ctrl-C, or a cancelled job. The provider waits for the answer to a request that is under way.",
    recorded: "The last observed state, and every action that was sent.",
    next: "Run `up` again to resume.",
  },
};
