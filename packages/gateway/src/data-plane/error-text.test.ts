import { expect, it } from 'vitest';
import { errorText } from './error-text.ts';

it('writes an error to the byte as it was recorded', () => {
  expect(errorText('Internal server error', 'gbzQ0AbCdEfGhIjKLw==', 'EErrAbCdEfGhIjk=')).toBe(
    '{"message": "Internal server error", "connectionId":"gbzQ0AbCdEfGhIjKLw==", "requestId":"EErrAbCdEfGhIjk="}',
  );
});
