import { describe } from 'vitest';
import { createHttpClient } from './http-client.ts';
import { describeControlPlane } from './suite.ts';

describe.each(['wire-names', 'member-names'] as const)('bare HTTP in %s', (spelling) =>
  describeControlPlane((endpoint) => createHttpClient(endpoint, spelling)),
);
