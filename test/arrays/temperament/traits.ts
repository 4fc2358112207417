/** The arrays that are simulated. */
export type ArrayMake = "PowerStore" | "ETERNUS";

/** One way in which an array is rougher than a calm one. */
export interface Trait {
  readonly arrays: readonly ArrayMake[];
  /** What the array does, in one sentence. */
  readonly does: string;
  /** Where that comes from. `C`: a vendor's document or client says so; `I`: inferred, no source excludes it. */
  readonly evidence: "C" | "I";
  readonly from: string;
  /** How often it strikes in the mix of a `rough` array, from 0 to 1; with 0 it is no part of the mix. By name it always strikes. */
  readonly chance: number;
  /** The least and the most it takes, in milliseconds of the array. */
  readonly ms?: readonly [least: number, most: number];
}

const second = 1000;
const minute = 60 * second;
const both = ["PowerStore", "ETERNUS"] as const;
const powerStore = ["PowerStore"] as const;
const eternus = ["ETERNUS"] as const;

/** Everything that a simulated array can be rough in. Nobody here has a real array: each row says what it rests on. */
export const traits = {
  "late-answers": {
    arrays: both,
    does: "An action takes effect at once and is answered up to a minute and a half later.",
    evidence: "C",
    from: "Dell's developers guide advises asynchronous requests because the outcome of a lost synchronous one is not knowable; its clients wait 120 s",
    chance: 0.2,
    ms: [5 * second, 90 * second],
  },
  "late-effects": {
    arrays: both,
    does: "An action is answered at once and shows only seconds later; meanwhile another one is refused. On an ETERNUS its job stays Queued.",
    evidence: "C",
    from: "Dell's REST text: an accepted action runs as a background job; Fujitsu's reference: a job waits as Queued",
    chance: 0.3,
    ms: [5 * second, 40 * second],
  },
  "slow-acts": {
    arrays: both,
    does: "An action takes minutes, and is answered only then; meanwhile another one is refused.",
    evidence: "I",
    from: "Dell's clients wait 120 s, and no source says that an array is done by then",
    chance: 0.15,
    ms: [90 * second, 4 * minute],
  },
  "passing-refusals": {
    arrays: both,
    does: "An action is refused for some seconds because another operation is in progress: 422 or 409, on an ETERNUS 503 or 409.",
    evidence: "C",
    from: "422 is documented as understood but not possible now; Fujitsu's numbers 0060 and 0070 ask to try again",
    chance: 0.25,
    ms: [3 * second, 40 * second],
  },
  "silent-failures": {
    arrays: powerStore,
    does: "An action is taken (204), the session stays in its state, and its `error` is set seconds later; the same action again works.",
    evidence: "I",
    from: "the session of a volume has no state for a failed cutover, and `error` is its only word on failures",
    chance: 0.15,
    ms: [2 * second, 20 * second],
  },
  "refusals-as-500": {
    arrays: powerStore,
    does: "An action that is refused with 400, 409 or 422 elsewhere is refused with 500 and the same error body.",
    evidence: "C",
    from: "dell/gopowerstore, pull request 19: the same refusal is 422 on one release and 500 on another",
    chance: 0.2,
  },
  "jobs-for-acts": {
    arrays: powerStore,
    does: "An action is answered with 202 and the id of a job, which carries it out seconds later.",
    evidence: "C",
    from: "Dell's developers guide: 202 and a job for asynchronous requests; dell/python-powerstore counts 202 as success",
    chance: 0.15,
    ms: [3 * second, 30 * second],
  },
  approvals: {
    arrays: powerStore,
    does: "An action is answered with 202 and a job in phase Waiting_Approval, until `operator.approve` or `operator.reject`; in the mix somebody approves it minutes later. Such an array shows what 4.4 adds to jobs.",
    evidence: "C",
    from: "PowerStore REST 4.3: Waiting_Approval and `mpa_decision` of jobs; which actions need approval is not published",
    chance: 0.05,
    ms: [2 * minute, 10 * minute],
  },
  "lagging-lists": {
    arrays: both,
    does: "Lists show what was true some seconds ago, while single objects show what is.",
    evidence: "I",
    from: "no source says that the two agree",
    chance: 0.3,
    ms: [5 * second, 30 * second],
  },
  "lagging-instances": {
    arrays: both,
    does: "Single objects show what was true some seconds ago, while lists show what is.",
    evidence: "I",
    from: "no source says that the two agree",
    chance: 0.3,
    ms: [5 * second, 30 * second],
  },
  "unlisted-creations": {
    arrays: powerStore,
    does: "A session that was just created is not shown for some seconds, neither in lists (empty) nor alone (404).",
    evidence: "I",
    from: "no source says when a created session shows",
    chance: 0.4,
    ms: [2 * second, 20 * second],
  },
  "left-out-rows": {
    arrays: both,
    does: "Every two minutes lists leave one object out for some seconds, which is shown alone all the same.",
    evidence: "I",
    from: "no source says that a list is complete while objects change",
    chance: 0.3,
    ms: [3 * second, 8 * second],
  },
  "stale-answers": {
    arrays: both,
    does: "Some seconds after a change has shown, the state before it shows once more.",
    evidence: "I",
    from: "two nodes of a cluster answer for one array",
    chance: 0.3,
    ms: [3 * second, 8 * second],
  },
  failovers: {
    arrays: both,
    does: "Every five minutes everything, logins included, is answered for some seconds with 401, 403 or 404.",
    evidence: "I",
    from: "public exporters report floods of invalid tokens, and clients treat 401, 403 and 302 alike; a failover is not documented",
    chance: 0.4,
    ms: [3 * second, 15 * second],
  },
  "strict-roles": {
    arrays: powerStore,
    does: "`/role` refuses `order`, `limit` and `offset`, as `/login_session` and `/cluster` always do here.",
    evidence: "C",
    from: "PowerStore REST 3.0 to 4.4: no filter, order or paging on roles; whether an array refuses or ignores them is not published",
    chance: 1,
  },
  "ok-in-another-case": {
    arrays: powerStore,
    does: "Remote systems are `Ok` instead of `OK`.",
    evidence: "C",
    from: "captured answers in dell/ansible-powerstore show both",
    chance: 1,
  },
  "absent-lists": {
    arrays: eternus,
    does: "An empty list is left out of its answer.",
    evidence: "I",
    from: "Fujitsu's reference leaves out what does not apply",
    chance: 0.5,
  },
  "no-content": {
    arrays: eternus,
    does: "An empty list is answered with 204 and nothing.",
    evidence: "I",
    from: "Fujitsu's reference does not show an empty list",
    chance: 0.25,
  },
  "numbers-as-text": {
    arrays: both,
    does: 'Numbers come as texts: `"45"` instead of `45`.',
    evidence: "I",
    from: "the form of some numbers is not documented; some of Dell's come as texts (`response_status`)",
    chance: 0.2,
  },
  "null-states": {
    arrays: both,
    does: "Every two minutes the state of an object (ETERNUS: the status) is null for some seconds.",
    evidence: "I",
    from: "the documents do not say which attributes are never null",
    chance: 0.3,
    ms: [3 * second, 8 * second],
  },
  "unknown-attributes": {
    arrays: both,
    does: "Objects carry attributes that nobody asked for and no document names.",
    evidence: "C",
    from: "each release adds attributes, as the marks in PowerStore REST 4.4 show",
    chance: 1,
  },
  "odd-ids": {
    arrays: powerStore,
    does: "There are more sources to import, with `:`, `/`, `@` and blanks in their ids.",
    evidence: "I",
    from: "the documents call an id a string, and no public sample shows one of a discovered volume",
    chance: 1,
  },
  "resting-cleanups": {
    arrays: powerStore,
    does: "A group rests in Cleanup_In_Progress after the failure of a member, until each other member is cancelled on its own.",
    evidence: "C",
    from: "the state's text in PowerStore REST 1.0 to 4.4; the import guide says that no manual operation is available",
    chance: 1,
  },
  "leaf-certificate": {
    arrays: both,
    does: "An authority of the array's own, which it does not show, has signed the certificate; all one can give a client is the certificate itself.",
    evidence: "I",
    from: "PowerStore is delivered with such an authority; what an export contains is not published",
    chance: 0,
  },
  "other-name": {
    arrays: both,
    does: "The certificate names `array.example` and not the address.",
    evidence: "I",
    from: "an ETERNUS makes its own certificate (Fujitsu's manual), for whatever name somebody types",
    chance: 0,
  },
  "common-name-only": {
    arrays: both,
    does: "The certificate has a common name and no list of names.",
    evidence: "I",
    from: "a certificate that somebody made for a browser of former times",
    chance: 0,
  },
  "tls-1.1": {
    arrays: both,
    does: "The array speaks TLS 1.1 and nothing newer.",
    evidence: "I",
    from: "the TLS versions of older firmware are not published",
    chance: 0,
  },
  "password-change-required": {
    arrays: powerStore,
    does: "A login succeeds and says `is_password_change_required`; everything else is answered with 403.",
    evidence: "C",
    from: "PowerStore REST 4.1, `login_session_instance`; that all else is 403 is inferred",
    chance: 0,
  },
} as const satisfies Readonly<Record<string, Trait>>;

export type TraitName = keyof typeof traits;

export const traitNames = Object.keys(traits).filter(isTraitName);

/** Whether a word names a trait. */
export function isTraitName(word: string): word is TraitName {
  return Object.hasOwn(traits, word);
}

/** The traits that an array of this make can have. */
export function traitsOf(make: ArrayMake): readonly TraitName[] {
  return traitNames.filter((name) => traitNamed(name).arrays.includes(make));
}

/** A row with the type of all rows. */
export function traitNamed(name: TraitName): Trait {
  return traits[name];
}
