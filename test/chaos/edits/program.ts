/** One resource of a program. */
export interface Part {
  readonly name: string;
  /** What it is about, in the vendor's words: one source of an import, the ids of a group's copy sessions. */
  readonly objects: readonly string[];
  /** It stands in a component. @default false */
  readonly isInside?: boolean;
  /** The session by whose id it is named, not by what the session is about. @default none */
  readonly byId?: string;
  /** It is a second owner of what another resource has, so that the program is wrong. @default false */
  readonly isSharer?: boolean;
  /** `onward`: cut over, or resumed. @default "resting" */
  readonly target?: "resting" | "onward";
  /** What else is declared: a gate, a pause. @default nothing */
  readonly hold?: "shut" | "paused" | "running";
  /** The session whose copy may be made again. @default none */
  readonly copyAgain?: string;
  /** How the same is written down: 0 is the shortest. @default 0 */
  readonly spelling?: number;
}

/** What is declared on a stack. */
export interface Program {
  readonly parts: readonly Part[];
  /** Each resource depends on the one before it, by name. */
  readonly isChained: boolean;
  /** What was taken out and may be put back. */
  readonly removed: readonly Part[];
}

/** A change of the program. Places and names count modulo what there is, so that every edit can be made. */
export type Edit =
  | { readonly edit: "rename" | "pass" | "merge"; readonly at: number; readonly to: number }
  | { readonly edit: "move" | "split" | "remove" | "share" | "adopt"; readonly at: number }
  | { readonly edit: "put back" | "chain" | "turn" }
  | { readonly edit: "spell"; readonly at: number; readonly as: number }
  | {
      readonly edit: "change";
      readonly at: number;
      readonly what: "onward" | "resting" | "shut" | "paused" | "running";
    };

/** What differs between the vendors in what a program may say. */
export interface Rules {
  /** The names that a resource about these objects may have. */
  names(objects: readonly string[]): readonly string[];
  /** A resource may be about several objects, which can be passed on. */
  readonly hasMembers: boolean;
  /** Whether the target may be set back. */
  readonly canReturn: boolean;
  mayPutBack(part: Part): boolean;
  /** The id of the session that is there, where a program may name that. */
  idOf(part: Part): string | undefined;
}

/** Edits that change no meaning: after them nothing is sent. */
export function isHarmless({ edit }: Edit): boolean {
  return ["rename", "move", "chain", "turn", "spell", "adopt"].includes(edit);
}

export function edited(program: Program, edit: Edit, rules: Rules): Program {
  const { parts, removed } = program;
  if (!("at" in edit)) {
    if (edit.edit === "chain") return { ...program, isChained: !program.isChained };
    return edit.edit === "turn"
      ? { ...program, parts: [...parts.slice(1), ...parts.slice(0, 1)] }
      : putBack(program, rules);
  }
  const index = edit.at % Math.max(parts.length, 1);
  const part = parts[index];
  if (part === undefined) return program;
  const put = (...changed: readonly Part[]) => ({
    ...program,
    parts: [...parts.slice(0, index), ...changed, ...parts.slice(index + 1)],
  });
  switch (edit.edit) {
    case "rename": {
      const name = freeName(program, part.objects, rules, edit.to);
      return name === undefined ? program : put({ ...part, name });
    }
    case "move":
      return put({ ...part, isInside: part.isInside !== true });
    case "spell":
      return put({ ...part, spelling: edit.as });
    case "adopt": {
      const byId = rules.idOf(part);
      return byId === undefined ? program : put({ ...part, byId });
    }
    case "remove":
      return { ...put(), removed: part.isSharer === true ? removed : [...removed, part] };
    case "change":
      return put(changed(part, edit.what, rules));
    case "share": {
      // Open: what is left of a group is resumed together with the members that another group has taken (made elsewhere); then one member may be shared.
      const { objects } = part;
      const name = freeName(program, objects, rules, 1);
      return name === undefined ? program : put(part, { ...part, objects, name, isSharer: true });
    }
    case "split": {
      const [left, leaving] = halves(part.objects);
      const name = freeName(program, leaving, rules, 0);
      if (!rules.hasMembers || left.length === 0 || name === undefined) return program;
      return put({ ...part, objects: left }, { ...part, objects: leaving, name });
    }
    case "pass":
    case "merge":
      return between(program, index, edit);
  }
}

function changed(part: Part, what: Extract<Edit, { edit: "change" }>["what"], { canReturn }: Rules): Part {
  if (what === "onward") return { ...part, target: what };
  if (what !== "resting") return { ...part, hold: what };
  const { hold: _, ...open } = part;
  return canReturn ? { ...open, target: what } : open;
}

/** Passes one member on to another resource, or all of them. */
function between(
  program: Program,
  index: number,
  { edit, to }: { readonly edit: "pass" | "merge" | "rename"; readonly to: number },
): Program {
  const { parts } = program;
  const other = parts[to % parts.length];
  const part = parts[index];
  if (part === undefined || other === undefined || other === part) return program;
  if (part.isSharer === true || other.isSharer === true) return program;
  const given = edit === "merge" ? part.objects : part.objects.slice(-1);
  const kept = part.objects.filter((object) => !given.includes(object));
  const taken = parts.map((one) => (one === other ? { ...one, objects: [...one.objects, ...given] } : one));
  return {
    ...program,
    parts: taken.flatMap((one) => (one !== part ? [one] : kept.length === 0 ? [] : [{ ...one, objects: kept }])),
  };
}

function putBack(program: Program, rules: Rules): Program {
  const part = program.removed.findLast(rules.mayPutBack);
  if (part === undefined) return program;
  const isTaken = program.parts.some(({ objects }) => objects.some((object) => part.objects.includes(object)));
  const removed = program.removed.filter((one) => one !== part);
  const isUsed = program.parts.some(({ name }) => name === part.name);
  const name = isUsed ? freeName(program, part.objects, rules, 0) : part.name;
  if (isTaken || name === undefined) return { ...program, removed };
  return { ...program, parts: [...program.parts, { ...part, name }], removed };
}

function freeName(program: Program, objects: readonly string[], rules: Rules, from: number): string | undefined {
  const all = rules.names(objects);
  const turned = all.map((_, place) => all[(place + from) % all.length]);
  return turned.find((name) => !program.parts.some((part) => part.name === name));
}

function halves(objects: readonly string[]): readonly [readonly string[], readonly string[]] {
  const middle = Math.floor(objects.length / 2);
  return [objects.slice(0, middle), objects.slice(middle)];
}

/** Objects that more than one resource is about. */
export function sharedObjects({ parts }: Program): readonly string[] {
  const all = parts.flatMap(({ objects }) => objects);
  return all.filter((object, index) => all.indexOf(object) !== index);
}

/** The program as a person corrects it: without second owners, and without the names of sessions that have come to nothing. */
export function corrected(program: Program, rules: Rules): Program {
  const one = withoutSharers(program);
  const named = one.parts.map(({ byId, ...part }) =>
    byId === undefined || rules.idOf(part) !== byId ? part : { ...part, byId },
  );
  return { ...one, parts: named };
}

function withoutSharers(program: Program): Program {
  const shared = sharedObjects(program);
  const isSecond = ({ isSharer, objects }: Part) => isSharer === true && objects.some((one) => shared.includes(one));
  return { ...program, parts: program.parts.filter((part) => !isSecond(part)) };
}
