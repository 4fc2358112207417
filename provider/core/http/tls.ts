import { createSecureContext, getCACertificates, type SecureContext } from "node:tls";

// Reading some hundred authorities takes longer than many a request, and Node would do it for each connection.
const contexts = new Map<string, SecureContext>();

/** Trusts the authorities that Node trusts, and those of this PEM besides. */
export function trusting(caCertificate: string): SecureContext {
  const known = contexts.get(caCertificate);
  if (known !== undefined) return known;
  const context = createSecureContext({ ca: [...getCACertificates("default"), caCertificate] });
  contexts.set(caCertificate, context);
  return context;
}
