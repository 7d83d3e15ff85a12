import { describe, expect, it } from 'vitest';
import { createMetrics } from './metrics.ts';
import { renderMetrics } from './prometheus-text.ts';

describe('renderMetrics', () => {
  it('writes every count under CloudWatch’s names and dimensions, and latencies as a histogram', () => {
    const metrics = createMetrics();
    const stage = metrics.counts('a1b2c3d4e5', 'dev');
    stage.messageCount += 2;
    const route = metrics.counts('a1b2c3d4e5', 'dev', 'say "hi"\\\n');
    route.integrationLatency.observe(5);
    route.integrationLatency.observe(5.5);
    route.integrationLatency.observe(40_000);
    const lines = renderMetrics(metrics, 3).split('\n');
    expect(lines.filter((line) => line.startsWith('# TYPE'))).toEqual([
      '# TYPE ConnectCount counter',
      '# TYPE MessageCount counter',
      '# TYPE IntegrationError counter',
      '# TYPE ClientError counter',
      '# TYPE ExecutionError counter',
      '# TYPE IntegrationLatency histogram',
      '# TYPE gatewright_open_connections gauge',
    ]);
    const routeLabels = 'ApiId="a1b2c3d4e5",Stage="dev",Route="say \\"hi\\"\\\\\\n"';
    expect(lines.filter((line) => line.startsWith('MessageCount'))).toEqual([
      'MessageCount{ApiId="a1b2c3d4e5",Stage="dev"} 2',
      `MessageCount{${routeLabels}} 0`,
    ]);
    expect(lines.filter((line) => line.startsWith('IntegrationLatency') && line.includes('Route'))).toEqual([
      `IntegrationLatency_bucket{${routeLabels},le="5"} 1`,
      ...[10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 29_000].map(
        (bound) => `IntegrationLatency_bucket{${routeLabels},le="${bound}"} 2`,
      ),
      `IntegrationLatency_bucket{${routeLabels},le="+Inf"} 3`,
      `IntegrationLatency_sum{${routeLabels}} 40010.5`,
      `IntegrationLatency_count{${routeLabels}} 3`,
    ]);
    expect(lines.slice(-2)).toEqual(['gatewright_open_connections 3', '']);
  });
});

describe('createMetrics', () => {
  it('keeps counts until their stage is forgotten', () => {
    const metrics = createMetrics();
    metrics.counts('a', 'dev', 'x').clientError += 1;
    expect(metrics.counts('a', 'dev', 'x').clientError).toBe(1);
    metrics.forget('a', 'dev');
    expect([...metrics.all()]).toEqual([]);
    expect(metrics.counts('a', 'dev', 'x').clientError).toBe(0);
  });

  it('bounds the routes of a stage: further ones count as the stage’s', () => {
    const metrics = createMetrics();
    for (let index = 0; index < 1500; index++) metrics.counts('a', 'dev', `route${index}`).messageCount += 1;
    expect([...metrics.all()]).toHaveLength(1001);
    expect(metrics.counts('a', 'dev').messageCount).toBe(500);
  });
});
