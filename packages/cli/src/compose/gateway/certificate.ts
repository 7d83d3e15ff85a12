import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Certificate } from '@gatewright/gateway';
import { CommandError } from '../../command-error.ts';
import { exitCode } from '../../exit-code.ts';
import { readPemFile } from '../pem-file.ts';
import { stateFolder } from '../state-folder.ts';

export interface CertificateOptions {
  /** PEM files; both or none. */
  readonly tlsCert?: string;
  readonly tlsKey?: string;
}

/** A certificate that ends sooner is replaced, so that nobody has to trust another one in the middle of the work. */
const renewalMilliseconds = 30 * 86_400_000;

/**
 * The certificate that a gateway shows: that of the files, read now; else this machine's own, when the first client asks.
 *
 * @throws CommandError when a file is missing or cannot be read.
 */
export async function chooseCertificate(
  { tlsCert, tlsKey }: CertificateOptions,
  region: string,
): Promise<Certificate | (() => Promise<Certificate>)> {
  if (tlsCert === undefined && tlsKey === undefined) return () => keepLocalCertificate(region);
  if (tlsCert === undefined || tlsKey === undefined) {
    throw new CommandError(exitCode.badInput, 'A certificate needs both --tls-cert and --tls-key.');
  }
  // In turn, so that of two files that are missing the same one is always told.
  const certificate = await readPemFile('--tls-cert', tlsCert);
  const privateKey = await readPemFile('--tls-key', tlsKey);
  return { certificate, privateKey };
}

/** Where this machine's own certificate for a region is, for clients to trust. */
export function localCertificateFile(region: string): string {
  return join(stateFolder(), 'tls', `${region}.pem`);
}

/**
 * This machine's own certificate: the same at every start, until it is about to end. Its key can be read by its owner alone.
 *
 * @throws CommandError when there is no place to keep it.
 */
export async function keepLocalCertificate(region: string): Promise<Certificate> {
  const files = { certificate: localCertificateFile(region), privateKey: localCertificateFile(`${region}.key`) };
  const kept = await readKept(files);
  if (kept && isUsable(kept)) return kept;

  const { makeLocalCertificate } = await import('@gatewright/gateway');
  const made = await makeLocalCertificate(region, Date.now());
  const folder = join(stateFolder(), 'tls');
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await replace(files.privateKey, made.privateKey);
    await replace(files.certificate, made.certificate);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `The certificate of this machine cannot be kept in "${folder}": ${reason}.`;
    throw new CommandError(exitCode.environment, message, { cause });
  }
  return made;
}

async function readKept(files: Certificate): Promise<Certificate | undefined> {
  try {
    const [certificate, privateKey] = await Promise.all([
      readFile(files.certificate, 'utf8'),
      readFile(files.privateKey, 'utf8'),
    ]);
    return { certificate, privateKey };
  } catch {
    return undefined;
  }
}

function isUsable({ certificate, privateKey }: Certificate): boolean {
  try {
    const parsed = new X509Certificate(certificate);
    const endsSoon = Date.parse(parsed.validTo) - Date.now() < renewalMilliseconds;
    return !endsSoon && parsed.checkPrivateKey(createPrivateKey(privateKey));
  } catch {
    return false;
  }
}

/** Whoever reads the file finds the old content or the new, never a part. */
async function replace(path: string, content: string): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  await writeFile(temporary, content, { mode: 0o600, flag: 'wx' });
  await rename(temporary, path);
}
