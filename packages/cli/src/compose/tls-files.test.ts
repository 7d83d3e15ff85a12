import { makeLocalCertificate } from '@gatewright/gateway';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkClientCertificate, checkTrustedCertificates } from './tls-files.ts';

let certificate: string;
let privateKey: string;
let otherKey: string;

beforeAll(async () => {
  ({ certificate, privateKey } = await makeLocalCertificate('us-east-1', Date.now()));
  ({ privateKey: otherKey } = await makeLocalCertificate('us-east-1', Date.now()));
});

const paths = { cert: 'c.pem', key: 'k.pem' };
const none = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';

describe('the certificates of --ca', () => {
  it('may be several, with text between them', async () => {
    await checkTrustedCertificates('ca.pem', `# One\r\n${certificate.replaceAll('\n', '\r\n')}Two\n${certificate}`);
  });

  it('must be there', async () => {
    const refusal =
      'The file of --ca "ca.pem" holds no certificate; PEM text with "-----BEGIN CERTIFICATE-----" was expected.';
    for (const text of ['', 'no PEM', privateKey]) {
      await expect(checkTrustedCertificates('ca.pem', text)).rejects.toThrow(refusal);
    }
  });

  it('are told by their number when they cannot be read', async () => {
    await expect(checkTrustedCertificates('ca.pem', certificate + none)).rejects.toThrow(
      'The certificate 2 of the file of --ca "ca.pem" cannot be read: ',
    );
  });
});

describe('a client certificate', () => {
  it('is a certificate and its key', async () => {
    await checkClientCertificate(paths, { cert: certificate, key: privateKey });
  });

  it.each([
    ['another key', () => ({ cert: certificate, key: otherKey }), 'key values mismatch'],
    ['no certificate', () => ({ cert: 'none', key: privateKey }), 'no start line'],
    ['no key', () => ({ cert: certificate, key: 'none' }), ''],
  ])('is refused with %s', async (_case, texts, reason) => {
    const refusal = checkClientCertificate(paths, texts());
    await expect(refusal).rejects.toThrow('The files of --cert "c.pem" and --key "k.pem" cannot be used (');
    await expect(refusal).rejects.toThrow(
      `${reason}); a PEM certificate and its key, without a passphrase, were expected.`,
    );
  });
});
