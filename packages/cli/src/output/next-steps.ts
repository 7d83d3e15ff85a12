import type { Output } from './output.ts';

export interface Serving {
  readonly gateway: string;
  readonly store: string;
  readonly draft: boolean;
}

export function showServing(output: Output, serving: Serving): void {
  const draft = serving.draft ? ', drafts served' : '';
  output.line(`${output.style('bold', 'Gatewright')} ${serving.gateway} (store: ${serving.store}${draft})`);
}

export interface NextSteps {
  readonly gateway: string;
  /** Of the account that the gateway stands for. */
  readonly region: string;
  readonly apiEndpoint?: string;
}

/** The lines to try next, ready to be pasted. */
export function showNextSteps(output: Output, next: NextSteps): void {
  const credentials = `AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local AWS_DEFAULT_REGION=${next.region}`;
  output.line();
  output.line('Serving. Ctrl-C stops it. To try next:');
  if (next.apiEndpoint !== undefined) {
    output.line(`  npx gatewright connect ${next.apiEndpoint}`);
    output.line(`  curl -X POST -d 'hello' ${pushUrl(next.apiEndpoint)}`);
  }
  output.line(`  curl ${next.gateway}/v2/apis`);
  output.line(`  ${credentials} aws apigatewayv2 get-apis --endpoint-url ${next.gateway}`);
  output.line();
}

/** Where a back end pushes to a connection of the endpoint; the connection's id is for the reader to fill in. */
function pushUrl(apiEndpoint: string): string {
  return `${apiEndpoint.replace(/^ws/, 'http')}/@connections/CONNECTION_ID`;
}
