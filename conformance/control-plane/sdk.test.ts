import { describe } from 'vitest';
import { createSdkClient } from './sdk-client.ts';
import { describeControlPlane, describeTables } from './suite.ts';

describe('the tables of this suite', describeTables);

describe('@aws-sdk/client-apigatewayv2', () => describeControlPlane(createSdkClient));
