import { createSecureContext, getCACertificates, type SecureContext } from "node:tls";

// Node would read some hundred authorities for each connection, which takes longer than many requests.
const contexts = new Map<string, SecureContext>();

/** A TLS context that trusts Node's authorities and those of this PEM. */
export function tlsContext(caCertificate: string): SecureContext {
  const known = contexts.get(caCertificate);
  if (known !== undefined) return known;
  const context = createSecureContext({ ca: [...getCACertificates("default"), caCertificate] });
  contexts.set(caCertificate, context);
  return context;
}
