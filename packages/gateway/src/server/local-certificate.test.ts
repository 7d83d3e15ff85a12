import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeLocalCertificate } from './local-certificate.ts';

describe('the local certificate', async () => {
  const now = Date.parse('2030-01-02T03:04:05Z');
  const made = await makeLocalCertificate('eu-west-1', now);
  const certificate = new X509Certificate(made.certificate);

  it('belongs to its key, signs itself, and cannot sign others', () => {
    expect(certificate.checkPrivateKey(createPrivateKey(made.privateKey))).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.ca).toBe(false);
  });

  it.each(['localhost', 'a1b2c3d4e5.execute-api.eu-west-1.localhost'])('is for the host %s', (host) => {
    expect(certificate.checkHost(host)).toBeDefined();
  });

  it.each(['example.com', 'a1b2c3d4e5.execute-api.us-east-1.localhost'])('is not for the host %s', (host) => {
    expect(certificate.checkHost(host)).toBeUndefined();
  });

  it.each(['127.0.0.1', '::1'])('is for the address %s', (address) => {
    expect(certificate.checkIP(address)).toBeDefined();
  });

  it('is valid from the day before for 397 days, as browsers allow at most', () => {
    expect(Date.parse(certificate.validFrom)).toBe(Date.parse('2030-01-01T03:04:05Z'));
    expect(Date.parse(certificate.validTo)).toBe(Date.parse('2031-02-02T03:04:05Z'));
  });

  it('has another serial number each time', async () => {
    const other = await makeLocalCertificate('eu-west-1', now);
    expect(new X509Certificate(other.certificate).serialNumber).not.toBe(certificate.serialNumber);
  });
});
