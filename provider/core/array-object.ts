/** An object of an array that a resource can drive. */
export interface ArrayObject {
  /** Names the object among those of its array: `session 7`, `copy session 12`. */
  readonly key: string;
  /** The object in words: `import session 7`, `source sv_42`. */
  readonly text: string;
  /** The input that names the object: `sourceResourceId`, `copySessionIds[1]`. */
  readonly property: string;
}
