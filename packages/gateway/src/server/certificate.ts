import { createSecureContext } from 'node:tls';
import { GatewayError } from '../gateway-error.ts';

/** What the gateway shows to clients that speak TLS, both as PEM text. */
export interface Certificate {
  /** The certificate, with those that lead to its authority after it. */
  readonly certificate: string;
  readonly privateKey: string;
}

/** @throws GatewayError `certificate-unusable` when one of the texts cannot be read, or they do not belong together. */
export function requireUsable({ certificate, privateKey }: Certificate): void {
  try {
    createSecureContext({ cert: certificate, key: privateKey });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `The certificate and its key cannot be used (${reason}); PEM texts that belong together are expected.`;
    throw new GatewayError('certificate-unusable', message, { cause });
  }
}
