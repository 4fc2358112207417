/** A password in which every encoding differs from the text: quotes, per cent, ampersand, backslash, newline, and letters beyond ASCII. */
export const awkwardPassword = `hunter2 "quoted" 'single' 100% a&b=c <tag> back\\slash\nnew line é ✓`;

/** Every form in which a secret may come out of a program that encodes what it writes. */
export function formsOf(secret: string, username = "admin"): readonly string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const pair = `${username}:${secret}`;
  const forms = [
    secret,
    json,
    // JSON within JSON, as a text in a checkpoint is.
    JSON.stringify(json).slice(1, -1),
    encodeURIComponent(secret),
    encodeURI(secret),
    new URLSearchParams({ secret }).toString().slice("secret=".length),
    secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;"),
    ...[secret, pair].flatMap((text) => {
      const base64 = Buffer.from(text).toString("base64");
      return [
        base64,
        base64.replace(/=+$/, ""),
        Buffer.from(text).toString("base64url"),
        Buffer.from(text).toString("hex"),
      ];
    }),
  ];
  return [...new Set(forms)];
}

/** The forms of these secrets that a text holds. */
export function foundIn(text: string, secrets: readonly string[]): readonly string[] {
  return secrets.flatMap((secret) => formsOf(secret)).filter((form) => text.includes(form));
}
