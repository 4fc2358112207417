import type { TlsOptions } from "node:tls";
import { type CertificateAuthority, newCertificateAuthority } from "./certificate.ts";
import type { Temper } from "./temperament/temperament.ts";

/** What an array presents itself with: a certificate that one can trust, or one of those that make trouble. */
export type CertificateKind = "trusted" | (typeof troublesome)[number];

const troublesome = ["leaf-certificate", "other-name", "common-name-only", "tls-1.1"] as const;

/** The certificate of an array of this temper. */
export function certificateOf(temper: Temper): CertificateKind {
  return troublesome.find((kind) => temper.strikes(kind)) ?? "trusted";
}

/** What the server is started with, and the PEM that an administrator can give to a client. */
export async function presented(
  kind: CertificateKind,
  authority: CertificateAuthority,
): Promise<{ readonly server: TlsOptions; readonly given: string }> {
  const given = authority.caCertificate;
  switch (kind) {
    case "trusted":
      return { server: await authority.issue(), given };
    case "leaf-certificate": {
      const server = await (await newCertificateAuthority()).issue();
      return { server, given: server.cert };
    }
    case "other-name":
      return { server: await authority.issue({ commonName: "array.example", names: ["array.example"] }), given };
    case "common-name-only":
      return { server: await authority.issue({ commonName: "localhost", names: undefined }), given };
    case "tls-1.1": {
      const server = await authority.issue();
      // OpenSSL has put this version below its lowest level of security but one.
      return {
        server: { ...server, minVersion: "TLSv1.1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" },
        given,
      };
    }
  }
}
