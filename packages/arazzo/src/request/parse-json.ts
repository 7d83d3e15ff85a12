import { quote } from '../document/json.ts';
import { Refusal } from './refusal.ts';

/**
 * Reads text that is sent as JSON; `shown` is how a message quotes it.
 *
 * @throws Refusal when it is none.
 */
export function parseJson(text: string, mediaType: string, shown: string = text): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const message = `The payload ${quote(shown)} is no JSON, which its content type "${mediaType}" says; a text by itself is written in double quotes.`;
    throw new Refusal('request-invalid', message);
  }
}
