import type { HttpTransportOptions } from '@gatewright/arazzo';
import { CommandError } from '../command-error.ts';
import { exitCode } from '../exit-code.ts';
import { readPemFile } from './pem-file.ts';
import { checkClientCertificate, checkTrustedCertificates } from './tls-files.ts';

export interface NetworkOptions {
  /** The proxy for every request but those to this machine. Wins over the environment. */
  readonly proxy?: string;
  /** A PEM file of certificates to trust besides Node's own. */
  readonly ca?: string;
  /** PEM files of a client certificate and its key. */
  readonly cert?: string;
  readonly key?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * How requests reach their servers, from flags and from the environment variables `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, in
 * either case.
 *
 * @throws CommandError when a file cannot be read or used, or a proxy is no URL.
 */
export async function readNetwork(options: NetworkOptions, environment: Environment): Promise<HttpTransportOptions> {
  const clientCertificate = await readClientCertificate(options);
  const ca = options.ca === undefined ? undefined : await readTrustedCertificates(options.ca);
  const proxyFor = chooseProxy(options.proxy, environment);
  return {
    ...(ca !== undefined && { ca }),
    ...(clientCertificate && { clientCertificate }),
    ...(proxyFor && { proxyFor }),
  };
}

async function readTrustedCertificates(path: string): Promise<string> {
  const text = await readPemFile('--ca', path);
  await checkTrustedCertificates(path, text);
  return text;
}

/** The files are read in turn, so that of two that are missing the same one is always told. */
async function readClientCertificate({
  cert,
  key,
}: NetworkOptions): Promise<HttpTransportOptions['clientCertificate'] | undefined> {
  if (cert === undefined && key === undefined) return undefined;
  if (cert === undefined || key === undefined) {
    throw new CommandError(exitCode.badInput, 'A client certificate needs both --cert and --key.');
  }
  const texts = { cert: await readPemFile('--cert', cert), key: await readPemFile('--key', key) };
  await checkClientCertificate({ cert, key }, texts);
  return texts;
}

function chooseProxy(flag: string | undefined, environment: Environment): HttpTransportOptions['proxyFor'] {
  const secure = readProxy('--proxy', flag) ?? readVariable(environment, 'HTTPS_PROXY');
  const plain = readProxy('--proxy', flag) ?? readVariable(environment, 'HTTP_PROXY');
  if (secure === undefined && plain === undefined) return undefined;
  const exceptions = (environment.NO_PROXY || environment.no_proxy || '').split(',').map((entry) => entry.trim());
  return (url) => {
    if (isLoopback(url.hostname) || exceptions.some((entry) => isException(entry, url))) return undefined;
    return url.protocol === 'https:' ? secure : plain;
  };
}

function readVariable(environment: Environment, name: string): URL | undefined {
  const text = environment[name] || environment[name.toLowerCase()];
  // Written without a scheme it is `http:`, as with curl.
  return readProxy(name, text && !text.includes('://') ? `http://${text}` : text);
}

function readProxy(where: string, text: string | undefined): URL | undefined {
  if (text === undefined || text === '') return undefined;
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    throw new CommandError(exitCode.badInput, `The proxy of ${where} is not an http: or https: URL.`);
  }
  const url = new URL(text);
  if (!isPercentEncoded(url.username) || !isPercentEncoded(url.password)) {
    const message = `The user and password in the proxy of ${where} are not percent-encoded: write a percent sign as %25.`;
    throw new CommandError(exitCode.badInput, message);
  }
  return url;
}

function isPercentEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** `*`, `example.com` and `.example.com` with all below them, each with `:port` where only that is meant; addresses exactly. */
function isException(entry: string, url: URL): boolean {
  if (entry === '' || entry === '*') return entry === '*';
  const [, host = '', port] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
  if (port !== undefined && port !== (url.port || (url.protocol === 'https:' ? '443' : '80'))) return false;
  const name = host.replace(/^\*?\./, '');
  return url.hostname === name || url.hostname.endsWith(`.${name}`);
}

/** No proxy leads back to this machine. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127\./.test(host);
}
