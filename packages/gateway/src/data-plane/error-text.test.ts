import { expect, it } from 'vitest';
import { errorText, messageErrorText } from './error-text.ts';

it('writes an error to the byte as it was recorded', () => {
  expect(errorText('Internal server error', 'gbzQ0AbCdEfGhIjKLw==', 'EErrAbCdEfGhIjk=')).toBe(
    '{"message": "Internal server error", "connectionId":"gbzQ0AbCdEfGhIjKLw==", "requestId":"EErrAbCdEfGhIjk="}',
  );
});

it('writes what is said of a message that does not fit its model as it is documented', () => {
  expect(messageErrorText('Bad request body', 'gbzQ0AbCdEfGhIjKLw==', 'r', 'gbzQ1ZyXwVuTsRqKLw==')).toBe(
    '{"message" : "Bad request body", "connectionId": "gbzQ0AbCdEfGhIjKLw==", "messageId": "gbzQ1ZyXwVuTsRqKLw=="}',
  );
  expect(messageErrorText('Forbidden', 'c', 'r', 'm')).toBe(errorText('Forbidden', 'c', 'r'));
});
