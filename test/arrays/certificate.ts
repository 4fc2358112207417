import { isIP } from "node:net";
import { generate } from "selfsigned";

/** A certificate authority made for this process: nothing outside it trusts it unless told to. */
export interface CertificateAuthority {
  /** The authority's own certificate, PEM: what a client has to trust. */
  readonly caCertificate: string;
  /** A new server certificate and key, PEM. @default for `127.0.0.1`, `::1` and `localhost` */
  issue(names?: CertifiedNames): Promise<ServerCertificate>;
}

/** Whom a server certificate is for. */
export interface CertifiedNames {
  readonly commonName: string;
  /** The list of names, and addresses, of the certificate; `undefined` for a certificate without. */
  readonly names: readonly string[] | undefined;
}

/** What a TLS server needs to present itself, both PEM. */
export interface ServerCertificate {
  readonly key: string;
  readonly cert: string;
}

let shared: Promise<CertificateAuthority> | undefined;

/** The one authority of this process, made at the first call: all simulated arrays are trusted with one certificate. */
export function makeCertificateAuthority(): Promise<CertificateAuthority> {
  shared ??= newCertificateAuthority();
  return shared;
}

/** Another authority, unknown to those who trust the shared one: for arrays whose certificate was replaced. */
export async function newCertificateAuthority(): Promise<CertificateAuthority> {
  const authority = await generate([{ name: "commonName", value: "simulated arrays: test CA" }], {
    ...algorithm,
    ...validity(),
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return {
    caCertificate: authority.cert,
    async issue({ commonName, names } = loopback) {
      const server = await generate([{ name: "commonName", value: commonName }], {
        ...algorithm,
        ...validity(),
        ca: { key: authority.private, cert: authority.cert },
        extensions: [
          { name: "basicConstraints", cA: false, critical: true },
          { name: "keyUsage", digitalSignature: true, critical: true },
          { name: "extKeyUsage", serverAuth: true },
          ...(names === undefined ? [] : [{ name: "subjectAltName" as const, altNames: names.map(toAltName) }]),
        ],
      });
      return { key: server.private, cert: server.cert };
    },
  };
}

const loopback: CertifiedNames = { commonName: "localhost", names: ["localhost", "127.0.0.1", "::1"] };

function toAltName(name: string) {
  return isIP(name) === 0 ? { type: 2 as const, value: name } : { type: 7 as const, ip: name };
}

/** Elliptic curve: an RSA key takes up to a second to make on a slow machine. */
const algorithm = { keyType: "ec", curve: "P-256", algorithm: "sha256" } as const;

/** From a day ago, in real time (TLS knows no other), so that a client whose clock is slightly behind still accepts it. */
function validity() {
  const dayMs = 24 * 60 * 60 * 1000;
  return { notBeforeDate: new Date(Date.now() - dayMs), notAfterDate: new Date(Date.now() + 30 * dayMs) };
}
