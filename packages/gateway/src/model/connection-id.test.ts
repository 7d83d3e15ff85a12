import { describe, expect, it } from 'vitest';
import { apiTagOf, type ConnectionIds, createConnectionIds } from './connection-id.ts';

function createIds(secret = 'secret', now = () => 1790294473687): ConnectionIds {
  return createConnectionIds({ secret, node: 7, now });
}

describe('connection ids', () => {
  it('look like the service’s: 20 characters of base64url that end in two padding characters', () => {
    expect(createIds().issueConnectionId('a1b2c3d4e5')).toMatch(/^[A-Za-z0-9_-]{18}==$/);
  });

  it('name their node and the tag of their API', () => {
    const ids = createIds();
    expect(ids.decode(ids.issueConnectionId('a1b2c3d4e5'))).toEqual({
      kind: 'issued',
      node: 7,
      apiTag: apiTagOf('a1b2c3d4e5'),
    });
  });

  it('stay valid for another node with the same secret', () => {
    const other = createConnectionIds({ secret: 'secret', node: 8, now: () => 0 });
    expect(other.decode(createIds().issueConnectionId('a1b2c3d4e5')).kind).toBe('issued');
  });

  it('are all different and grow, also when the clock stands still or is set back', () => {
    let time = 1790294473687;
    const ids = createIds('secret', () => time);
    const issued = Array.from({ length: 40_000 }, (_, index) => {
      if (index === 20_000) time -= 5000;
      return Buffer.from(ids.issueConnectionId('a1b2c3d4e5'), 'base64url').subarray(0, 7).toString('hex');
    });
    expect(new Set(issued).size).toBe(issued.length);
    expect([...issued].sort()).toEqual(issued);
  });

  it('are not recognised when one character is changed', () => {
    const ids = createIds();
    const id = ids.issueConnectionId('a1b2c3d4e5');
    for (let index = 0; index < 17; index++) {
      const changed = id.slice(0, index) + (id[index] === 'A' ? 'B' : 'A') + id.slice(index + 1);
      expect(ids.decode(changed)).toEqual({ kind: 'never-issued' });
    }
  });

  it.each([['AAAAAAAAAAAAAAA='], [''], ['nonsense'], ['gbgA_A9XiQAYKEiI6A=='], ['='.repeat(20)], ['x'.repeat(5000)]])(
    'does not recognise "%s"',
    (text) => {
      expect(createIds().decode(text)).toEqual({ kind: 'never-issued' });
    },
  );

  it('are not recognised by a gateway with another secret', () => {
    expect(createIds('other').decode(createIds().issueConnectionId('a1b2c3d4e5'))).toEqual({ kind: 'never-issued' });
  });
});

describe('message ids', () => {
  it('share the tail of their connection id and are no connection ids themselves', () => {
    const ids = createIds();
    const connectionId = ids.issueConnectionId('a1b2c3d4e5');
    const messageId = ids.issueMessageId(connectionId);
    expect(messageId).toMatch(/^[A-Za-z0-9_-]{18}==$/);
    expect(messageId).not.toBe(connectionId);
    expect(Buffer.from(messageId, 'base64url').subarray(7)).toEqual(Buffer.from(connectionId, 'base64url').subarray(7));
    expect(ids.decode(messageId)).toEqual({ kind: 'never-issued' });
  });
});
