import * as sdk from '@aws-sdk/client-apigatewayv2';
import type { ControlPlaneClient, Members } from './client.ts';

/** `@aws-sdk/client-apigatewayv2`, without retries. */
export async function createSdkClient(endpoint: string): Promise<ControlPlaneClient> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new sdk.ApiGatewayV2Client({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
  const commands = sdk as unknown as Readonly<Record<string, new (input: Members) => sdk.GetApiCommand>>;
  return {
    async call(operation, input) {
      const Command = commands[`${operation}Command`];
      if (!Command) throw new Error(`The SDK has no operation "${operation}".`);
      try {
        const { $metadata, ...output } = await client.send(new Command(input));
        return { kind: 'answered', status: $metadata.httpStatusCode ?? 0, output: toPlain(output) };
      } catch (error) {
        if (!(error instanceof sdk.ApiGatewayV2ServiceException)) throw error;
        const { name: code, $metadata, message, ...members } = error;
        const { ResourceType, LimitType } = members as Members;
        const details = toPlain({ Message: message, ResourceType, LimitType });
        return { kind: 'refused', status: $metadata.httpStatusCode ?? 0, code, details };
      }
    },
    close: async () => client.destroy(),
  };
}

/** Without members that are `undefined`, and with timestamps as they are on the wire. */
function toPlain(members: Members): Members {
  return JSON.parse(JSON.stringify(members), (_key, value) =>
    typeof value === 'string' ? value.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.000Z$/, '$1Z') : value,
  ) as Members;
}
