type Members = Readonly<Record<string, string>>;

/**
 * Calls an operation of a gateway's control plane, in wire names.
 *
 * @throws Error with the answer when the operation was refused.
 */
export async function call(gateway: string, method: string, path: string, body?: object): Promise<Members> {
  const response = await fetch(gateway + path, {
    method,
    // A connection that was kept would be among those that the test of leaks counts.
    headers: { 'content-type': 'application/json', connection: 'close' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}: ${answer}`);
  return JSON.parse(answer) as Members;
}

/** Makes a WebSocket API that has nothing yet and selects its routes by `action`. */
export async function createApi(
  gateway: string,
  name = 'conformance',
): Promise<{ readonly apiId: string; readonly apiEndpoint: string }> {
  const { apiId = '', apiEndpoint = '' } = await call(gateway, 'POST', '/v2/apis', {
    name,
    protocolType: 'WEBSOCKET',
    routeSelectionExpression: '$request.body.action',
  });
  return { apiId, apiEndpoint };
}
