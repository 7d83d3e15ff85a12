import type { Histogram } from './histogram.ts';
import type { Dimensions, Metrics, RequestCounts } from './metrics.ts';

/** The media type of {@link renderMetrics}. */
export const prometheusContentType = 'text/plain; version=0.0.4; charset=utf-8';

type CountName = Exclude<keyof RequestCounts, 'integrationLatency'>;

/** CloudWatch's names and what they count: developer guide, "Monitoring WebSocket API execution with CloudWatch metrics". */
const counters: readonly (readonly [name: string, member: CountName, help: string])[] = [
  ['ConnectCount', 'connectCount', 'Messages sent to the $connect route.'],
  ['MessageCount', 'messageCount', 'Messages from and to clients.'],
  ['IntegrationError', 'integrationError', 'Answers of integrations with a status of 400 or more.'],
  ['ClientError', 'clientError', 'Requests that the gateway refused before an integration was called.'],
  ['ExecutionError', 'executionError', 'Calls of integrations that failed.'],
];

/**
 * The counts in the text format of Prometheus, version 0.0.4. What is counted under a route is not counted again under its
 * stage, so that sums over any label are right.
 */
export function renderMetrics(metrics: Metrics, openConnections: number): string {
  const all = [...metrics.all()];
  const lines: string[] = [];
  for (const [name, member, help] of counters) {
    lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} counter`);
    for (const [dimensions, counts] of all) lines.push(`${name}{${labels(dimensions)}} ${counts[member]}`);
  }
  lines.push('# HELP IntegrationLatency Milliseconds between calling an integration and its answer.');
  lines.push('# TYPE IntegrationLatency histogram');
  for (const [dimensions, { integrationLatency }] of all) {
    lines.push(...renderHistogram('IntegrationLatency', labels(dimensions), integrationLatency));
  }
  lines.push('# HELP gatewright_open_connections Connections that are open on this node.');
  lines.push('# TYPE gatewright_open_connections gauge', `gatewright_open_connections ${openConnections}`, '');
  return lines.join('\n');
}

function renderHistogram(name: string, labelText: string, { bounds, counts, sum }: Histogram): readonly string[] {
  let total = 0;
  const buckets = counts.map((count, index) => {
    total += count;
    return `${name}_bucket{${labelText},le="${bounds[index] ?? '+Inf'}"} ${total}`;
  });
  return [...buckets, `${name}_sum{${labelText}} ${sum}`, `${name}_count{${labelText}} ${total}`];
}

function labels({ apiId, stage, route }: Dimensions): string {
  const stageLabels = `ApiId="${escapeLabel(apiId)}",Stage="${escapeLabel(stage)}"`;
  return route === undefined ? stageLabels : `${stageLabels},Route="${escapeLabel(route)}"`;
}

function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
