import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
// Loaded before the tests, since it takes a while.
import '@gatewright/gateway';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useTemporaryState } from '../../testing/temporary-state.ts';
import { chooseCertificate, keepLocalCertificate, localCertificateFile } from './certificate.ts';

const state = useTemporaryState();

afterEach(() => {
  vi.useRealTimers();
});

describe("this machine's own certificate", () => {
  it('is the same at every start, in files that only their owner can read', async () => {
    const made = await keepLocalCertificate('us-east-1');
    expect(await keepLocalCertificate('us-east-1')).toEqual(made);
    for (const name of ['us-east-1', 'us-east-1.key']) {
      expect(statSync(localCertificateFile(name)).mode & 0o777).toBe(0o600);
    }
  });

  it('is one for each region', async () => {
    const [first, second] = await Promise.all([keepLocalCertificate('us-east-1'), keepLocalCertificate('eu-west-1')]);
    expect(first).not.toEqual(second);
  });

  it.each([
    ['its key is another', () => writeFileSync(localCertificateFile('us-east-1.key'), 'no key')],
    ['it is damaged', () => writeFileSync(localCertificateFile('us-east-1'), 'no certificate')],
    ['it is gone', () => rmSync(localCertificateFile('us-east-1'))],
    ['it ends within 30 days', () => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 367 * 86_400_000 })],
  ])('is made again when %s', async (_reason, spoil) => {
    const made = await keepLocalCertificate('us-east-1');
    spoil();
    const again = await keepLocalCertificate('us-east-1');
    expect(again).not.toEqual(made);
    expect(await keepLocalCertificate('us-east-1')).toEqual(again);
  });
});

it('is refused where the state folder cannot be written', async () => {
  writeFileSync(join(state(), 'gatewright'), 'a file in the way');
  await expect(keepLocalCertificate('us-east-1')).rejects.toThrow(
    `The certificate of this machine cannot be kept in "${join(state(), 'gatewright', 'tls')}": ENOTDIR`,
  );
});

describe('the certificate of --tls-cert and --tls-key', () => {
  it('is read at once, both files', async () => {
    const [tlsCert, tlsKey] = [join(state(), 'cert.pem'), join(state(), 'key.pem')];
    writeFileSync(tlsCert, 'the certificate');
    writeFileSync(tlsKey, 'the key');
    expect(await chooseCertificate({ tlsCert, tlsKey }, 'us-east-1')).toEqual({
      certificate: 'the certificate',
      privateKey: 'the key',
    });
  });

  it.each([{ tlsCert: 'cert.pem' }, { tlsKey: 'key.pem' }])('is refused when it is half: %o', async (options) => {
    await expect(chooseCertificate(options, 'us-east-1')).rejects.toThrow(
      'A certificate needs both --tls-cert and --tls-key.',
    );
  });

  it('is refused when a file is missing', async () => {
    await expect(chooseCertificate({ tlsCert: '/none/a', tlsKey: '/none/b' }, 'us-east-1')).rejects.toThrow(
      'The file of --tls-cert "/none/a" cannot be read: there is no such file.',
    );
  });
});
