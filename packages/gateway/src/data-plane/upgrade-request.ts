import type { HandshakeRequest } from '../model/handshake-request.ts';
import { headerValues } from '../model/handshake-request.ts';
import { isToken } from '../model/header.ts';

export type ReadUpgrade =
  | { readonly kind: 'upgrade'; readonly offeredSubprotocols: readonly string[] }
  /** Not a WebSocket handshake: RFC 6455 §4.2.1. */
  | { readonly kind: 'invalid'; readonly status: 400 | 405 | 426 }
  /** The header `Authorization` came more than once: the service's front end was seen to turn that away itself. */
  | { readonly kind: 'ambiguous-authorization' };

const keyPattern = /^[+/0-9A-Za-z]{22}==$/;

/** Reads the opening handshake of a client, version 13 only. */
export function readUpgrade(method: string, request: HandshakeRequest): ReadUpgrade {
  const only = (name: string): string | undefined => {
    const values = headerValues(request, name);
    return values.length === 1 ? values[0] : undefined;
  };
  if (headerValues(request, 'authorization').length > 1) return { kind: 'ambiguous-authorization' };
  if (method !== 'GET') return { kind: 'invalid', status: 405 };
  if (only('upgrade')?.toLowerCase() !== 'websocket') return { kind: 'invalid', status: 400 };
  if (!keyPattern.test(only('sec-websocket-key') ?? '')) return { kind: 'invalid', status: 400 };
  if (only('sec-websocket-version') !== '13') return { kind: 'invalid', status: 426 };

  const offered = headerValues(request, 'sec-websocket-protocol').flatMap((value) => value.split(','));
  const offeredSubprotocols = offered.map((value) => value.trim());
  const areValid = offeredSubprotocols.every(isToken);
  const areUnique = new Set(offeredSubprotocols).size === offeredSubprotocols.length;
  return areValid && areUnique ? { kind: 'upgrade', offeredSubprotocols } : { kind: 'invalid', status: 400 };
}
