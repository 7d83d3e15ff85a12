import {
  ApiGatewayManagementApiClient,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';

/** Who is in the room, by connection. @type {Map<string, string>} */
const members = new Map();

/**
 * A chat room as it is written for the service: nothing in it knows where it runs.
 *
 * @param {any} event
 */
export async function handler(event) {
  const { routeKey, connectionId, domainName, stage } = event.requestContext;
  const client = new ApiGatewayManagementApiClient({ endpoint: `https://${domainName}/${stage}` });
  switch (routeKey) {
    case '$connect': {
      const name = event.queryStringParameters?.name;
      if (name === undefined) return { statusCode: 401, body: JSON.stringify({ reason: 'who are you?' }) };
      members.set(connectionId, name);
      return { statusCode: 200, headers: { 'Sec-WebSocket-Protocol': 'chat' } };
    }
    case '$disconnect': {
      const name = members.get(connectionId);
      members.delete(connectionId);
      await tellAll(client, `${name} has left (${event.requestContext.disconnectReason})`);
      return { statusCode: 200 };
    }
    case 'fail':
      throw new TypeError('This was bound to happen.');
    default: {
      const { text } = JSON.parse(event.body);
      await tellAll(client, `${members.get(connectionId)}: ${text}`, connectionId);
      return { statusCode: 200, body: JSON.stringify({ heard: members.size - 1 }) };
    }
  }
}

/**
 * @param {ApiGatewayManagementApiClient} client
 * @param {string} text
 * @param {string} [speaker]
 */
async function tellAll(client, text, speaker) {
  for (const ConnectionId of members.keys()) {
    if (ConnectionId === speaker) continue;
    try {
      await client.send(new PostToConnectionCommand({ ConnectionId, Data: text }));
    } catch (error) {
      if (!(error instanceof GoneException)) throw error;
    }
  }
}
