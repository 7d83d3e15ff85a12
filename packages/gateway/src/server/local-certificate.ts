import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { Certificate } from './certificate.ts';

/** Below the 398 days that browsers allow. */
const validDays = 397;
/** Clocks of clients may be behind. */
const backdatedDays = 1;
const dayMilliseconds = 86_400_000;

const dnsName = 2;
const ipAddress = 7;

/**
 * Makes a certificate that signs itself, for the names of this machine's loopback interface and for the APIs of a region
 * below `localhost`. Clients must be told to trust it; nothing else can be signed with it.
 *
 * @param now milliseconds since the Unix epoch.
 */
export async function makeLocalCertificate(region: string, now: number): Promise<Certificate> {
  const [{ default: forge }, keys] = await Promise.all([import('node-forge'), makeKeys()]);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(keys.publicKey);
  certificate.serialNumber = `00${randomBytes(16).toString('hex')}`;
  certificate.validity.notBefore = new Date(now - backdatedDays * dayMilliseconds);
  certificate.validity.notAfter = new Date(now + (validDays - backdatedDays) * dayMilliseconds);
  const subject = [{ name: 'commonName', value: 'Gatewright on this machine' }];
  certificate.setSubject(subject);
  certificate.setIssuer(subject);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames: namesOf(region) },
  ]);
  certificate.sign(forge.pki.privateKeyFromPem(keys.privateKey), forge.md.sha256.create());
  return { certificate: forge.pki.certificateToPem(certificate).replaceAll('\r\n', '\n'), privateKey: keys.privateKey };
}

function namesOf(region: string): readonly object[] {
  const names = ['localhost', `*.execute-api.${region}.localhost`];
  return [
    ...names.map((value) => ({ type: dnsName, value })),
    ...['127.0.0.1', '::1'].map((ip) => ({ type: ipAddress, ip })),
  ];
}

function makeKeys(): Promise<{ readonly publicKey: string; readonly privateKey: string }> {
  return promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
}
