import { isIP } from 'node:net';
import type { HttpRequest, HttpResponse } from '../http-message.ts';
import { hostName } from './address.ts';
import { respondWithError } from './error-response.ts';

/**
 * Refuses what a web page could make a browser send to the control plane, which on loopback takes unsigned requests. Loopback
 * alone is no protection: a page can send requests to it, and a host name of an attacker's can be made to resolve to
 * it. So the `Host` must be this machine's (or the address listened on), and an `Origin` must be the gateway's own. That a
 * body must be declared as JSON, which a page cannot do without being asked first, is the control plane's own rule.
 */
export function guardControlPlane(
  request: HttpRequest,
  dialect: 'wire-names' | 'member-names',
  boundHost: string,
): HttpResponse | undefined {
  const host = single(request, 'host') ?? '';
  const deny = (message: string): HttpResponse => respondWithError(403, 'AccessDeniedException', message, dialect);

  if (!isOwnHost(hostName(host), boundHost)) {
    return deny(`Host "${host}" is not this gateway; an address of the loopback interface is expected.`);
  }
  const origin = single(request, 'origin');
  if (origin !== undefined && !isOwnOrigin(origin.toLowerCase(), host.toLowerCase())) {
    return deny(`Origin "${origin}" must not use the control plane; only "http://${host}" may.`);
  }
  if (single(request, 'sec-fetch-site') === 'cross-site') {
    return deny('A page of another site must not use the control plane.');
  }
  return undefined;
}

function isOwnOrigin(origin: string, host: string): boolean {
  return origin === `http://${host}` || origin === `https://${host}`;
}

/** Whether a host name or address stands for the loopback interface. */
export function isLoopback(name: string): boolean {
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '[::1]' ||
    name === '::1' ||
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name)
  );
}

function isOwnHost(name: string, boundHost: string): boolean {
  if (isLoopback(name) || name === boundHost.toLowerCase() || name === `[${boundHost.toLowerCase()}]`) return true;
  // Who listens on every address is reached by any of them; a name could be an attacker's, a bare address cannot.
  return isWildcard(boundHost) && isIP(name.replace(/^\[|\]$/g, '')) !== 0;
}

function isWildcard(boundHost: string): boolean {
  return boundHost === '0.0.0.0' || boundHost === '::';
}

function single(request: HttpRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : value?.[0];
}
