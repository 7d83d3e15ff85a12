import { keepLocalCertificate, localCertificateFile } from '../compose/gateway/certificate.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import type { Output } from '../output/output.ts';

export interface CertificateCommandOptions {
  readonly region: string;
}

/** `gatewright certificate`: the file for clients to trust, made if there is none. */
export async function certificate(output: Output, { region }: CertificateCommandOptions): Promise<ExitCode> {
  await keepLocalCertificate(region);
  const file = localCertificateFile(region);
  output.record({ kind: 'certificate', file });
  output.line(file);
  return exitCode.done;
}
