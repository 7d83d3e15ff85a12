import { randomByte } from './random-bytes.ts';

/**
 * The kinds of identifiers that the control plane issues, with their lengths in characters of `[a-z0-9]`. As observed
 * of the service, which documents no format.
 */
export const identifierLengths = {
  api: 10,
  route: 7,
  integration: 7,
  deployment: 6,
  routeResponse: 6,
  integrationResponse: 6,
  model: 6,
  authorizer: 6,
  domainName: 10,
  apiMapping: 6,
  vpcLink: 10,
  incarnation: 12,
} as const;

const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
/** Bytes from here on would favour the first letters of the alphabet, and are drawn again. */
const unbiasedLimit = 256 - (256 % alphabet.length);

/** Draws random identifiers until one is not taken. */
export function createIdentifier(kind: keyof typeof identifierLengths, isTaken: (id: string) => boolean): string {
  let id: string;
  do {
    id = drawLetters(identifierLengths[kind]);
  } while (isTaken(id));
  return id;
}

function drawLetters(length: number): string {
  let letters = '';
  while (letters.length < length) {
    const byte = randomByte();
    if (byte < unbiasedLimit) letters += alphabet.charAt(byte % alphabet.length);
  }
  return letters;
}
