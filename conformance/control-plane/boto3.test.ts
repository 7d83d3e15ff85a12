import { describe } from 'vitest';
import { createBoto3Client, hasBoto3 } from './boto3-client.ts';
import { describeControlPlane } from './suite.ts';

const isThere = hasBoto3();

describe.skipIf(!isThere)(`boto3${isThere ? '' : ' (skipped: this machine has no Python with boto3)'}`, () =>
  describeControlPlane(createBoto3Client),
);
