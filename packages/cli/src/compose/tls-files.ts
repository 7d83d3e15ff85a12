import { CommandError } from '../command-error.ts';
import { exitCode } from '../exit-code.ts';

const certificates = /-----BEGIN (X509 |TRUSTED |)CERTIFICATE-----[^-]*-----END \1CERTIFICATE-----/g;

/**
 * OpenSSL passes over what is none, and each connection would then say that the certificate of its server is not trusted.
 *
 * @throws CommandError when the text of `--ca FILE` holds no certificates, or one that cannot be read.
 */
export async function checkTrustedCertificates(path: string, text: string): Promise<void> {
  const found = text.match(certificates) ?? [];
  if (found.length === 0) {
    throw new CommandError(
      exitCode.badInput,
      `The file of --ca "${path}" holds no certificate; PEM text with "-----BEGIN CERTIFICATE-----" was expected.`,
    );
  }
  const { X509Certificate } = await import('node:crypto');
  found.forEach((certificate, index) => {
    try {
      new X509Certificate(certificate);
    } catch (cause) {
      const place = `certificate ${index + 1} of the file of --ca "${path}"`;
      throw new CommandError(exitCode.badInput, `The ${place} cannot be read: ${reasonOf(cause)}.`, { cause });
    }
  });
}

/** @throws CommandError when the texts of `--cert` and `--key` are no certificate and the key of it. */
export async function checkClientCertificate(
  paths: { readonly cert: string; readonly key: string },
  { cert, key }: { readonly cert: string; readonly key: string },
): Promise<void> {
  const { createSecureContext } = await import('node:tls');
  try {
    createSecureContext({ cert, key });
  } catch (cause) {
    throw new CommandError(
      exitCode.badInput,
      `The files of --cert "${paths.cert}" and --key "${paths.key}" cannot be used (${reasonOf(cause)}); a PEM certificate and ` +
        'its key, without a passphrase, were expected.',
      { cause },
    );
  }
}

/** What OpenSSL says, without the number before it. */
function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/^error:[0-9A-F]+:/, '');
}
