import type { HttpAnswer, HttpRequest } from "./exchange.ts";

/** An answer whose error text quotes nothing secret of the request: some devices say what they were sent, and what they say ends up in messages and in state. */
export function withoutQuotedSecrets(answer: HttpAnswer, { headers = {}, body }: HttpRequest): HttpAnswer {
  if (answer.status < 400) return answer;
  const secrets = [...Object.values(headers).flatMap(secretsInHeader), ...secretsInBody(body)];
  const forms = secrets.flatMap((secret) => [secret, inJson(secret), inJson(inJson(secret))]);
  // The longest first: a shorter one may be a part of it.
  const text = forms
    .filter((form) => form.length >= shortestSecret)
    .sort((one, other) => other.length - one.length)
    .reduce((left, form) => left.replaceAll(form, "(secret)"), answer.text);
  return { ...answer, text };
}

// Whatever is shorter would be found in ordinary words.
const shortestSecret = 4;

// Beyond what every request has, headers carry nothing but logins: `Basic …`, `Bearer …`, `auth_cookie=…`, a bare token.
function secretsInHeader(value: string): readonly string[] {
  const [, secret = value] = /^(?:Basic |Bearer |[\w-]+=)(.+)$/s.exec(value) ?? [];
  const [, password] = /^Basic .*$/s.test(value)
    ? (/^[^:]*:(.*)$/s.exec(Buffer.from(secret, "base64").toString()) ?? [])
    : [];
  return password === undefined ? [secret] : [secret, password];
}

function secretsInBody(body: unknown): readonly string[] {
  const { password } = Object(body);
  return typeof password === "string" ? [password] : [];
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
