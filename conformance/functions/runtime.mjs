import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

/**
 * The least of a Lambda: serves one handler as the function "chat" through the Invoke API, and prints its URL. The module is
 * the argument.
 */
const { handler } = await import(process.argv[2] ?? '');

const server = createServer(async (request, response) => {
  const payload = await text(request);
  if (request.url !== '/2015-03-31/functions/chat/invocations') {
    response.writeHead(404, { 'x-amzn-ErrorType': 'ResourceNotFoundException' }).end();
    return;
  }
  try {
    response.end(JSON.stringify((await handler(JSON.parse(payload))) ?? null));
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    response.setHeader('X-Amz-Function-Error', 'Unhandled');
    response.end(JSON.stringify({ errorType: name, errorMessage: message, trace: [] }));
  }
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') process.stdout.write(`http://127.0.0.1:${address.port}\n`);
});
