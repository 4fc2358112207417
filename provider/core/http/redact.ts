import type { HttpAnswer, HttpRequest } from "./exchange.ts";

/** Removes the request's secrets from an error answer. Some devices quote the request, and their texts end up in messages and in state. */
export function withoutQuotedSecrets(answer: HttpAnswer, { headers = {}, body }: HttpRequest): HttpAnswer {
  if (answer.status < 400) return answer;
  const secrets = [...Object.values(headers).flatMap(secretsInHeader), ...secretsInBody(body)];
  const forms = secrets.flatMap((secret) => [secret, inJson(secret), inJson(inJson(secret))]);
  // Longest first, because a shorter secret may be part of a longer one.
  const text = forms
    .filter((form) => form.length >= minSecretLength)
    .sort((one, other) => other.length - one.length)
    .reduce((left, form) => left.replaceAll(form, "(secret)"), answer.text);
  return { ...answer, text };
}

// A shorter secret would match parts of ordinary words.
const minSecretLength = 4;

// Requests add no headers except for the login: `Basic …`, `Bearer …`, `auth_cookie=…`, a bare token.
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
