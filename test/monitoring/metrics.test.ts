import assert from 'node:assert/strict'
import { createMetrics } from '../../src/monitoring/metrics.ts'
import { readExposition } from './read-exposition.ts'

describe('metrics', () => {
  it('are what was counted, as Prometheus reads it', async () => {
    const metrics = createMetrics()
    const request = { door: 'jobs', route: '/v2/jobs/:id', method: 'GET', status: 200 }
    metrics.countRequest({ ...request, tookMs: 20 })
    metrics.countRequest({ ...request, tookMs: 600 })
    metrics.countRequest({ ...request, status: 404, tookMs: 2 })
    metrics.countRendition({ door: 'jobs', result: 'failed', reason: 'SourceCorrupt' })
    metrics.countActivation({ action: 'package/worker', result: 'success', tookMs: 300 })
    metrics.countDelivery('given_up')
    const samples = readExposition(await metrics.read())
    const labels = 'door="jobs",route="/v2/jobs/:id"'
    for (const [sample, value] of [
      [`darkroom_http_requests_total{${labels},method="GET",status="200"}`, 2],
      [`darkroom_http_requests_total{${labels},method="GET",status="404"}`, 1],
      [`darkroom_http_request_duration_seconds_bucket{le="0.005",${labels}}`, 1],
      [`darkroom_http_request_duration_seconds_bucket{le="0.025",${labels}}`, 2],
      [`darkroom_http_request_duration_seconds_bucket{le="+Inf",${labels}}`, 3],
      [`darkroom_http_request_duration_seconds_sum{${labels}}`, 0.622],
      ['darkroom_renditions_total{door="jobs",result="failed",reason="SourceCorrupt"}', 1],
      ['darkroom_activation_duration_seconds_count{action="package/worker",result="success"}', 1],
      ['darkroom_webhook_attempts_total{result="given_up"}', 1],
    ] as const) {
      assert.equal(samples.get(sample), value, sample)
    }
  })

  it('are states as they are when somebody asks, without those that cannot be told', async () => {
    const metrics = createMetrics()
    let waiting: readonly [string, number][] = [
      ['a', 3],
      ['b "quoted"\\\n', 1],
    ]
    metrics.tell([
      {
        name: 'lines',
        help: 'Lines.',
        labels: ['of'],
        read: () => waiting.map(([of, n]) => [[of], n]),
      },
      { name: 'free', help: 'Free.', read: async () => [[[], 5]] },
      {
        name: 'broken',
        help: 'Broken.',
        read: () => {
          throw new Error('broken')
        },
      },
    ])
    const first = readExposition(await metrics.read())
    assert.deepEqual([...first].slice(0, 3), [
      ['lines{of="a"}', 3],
      ['lines{of="b \\"quoted\\"\\\\\\n"}', 1],
      ['free', 5],
    ])
    assert.ok(!first.has('broken'))
    waiting = [['c', 2]]
    const second = readExposition(await metrics.read())
    assert.deepEqual(
      [...second.keys()].filter((name) => name.startsWith('lines')),
      ['lines{of="c"}'],
    )
  })

  it('tell of the process and its event loop from the second time on', async () => {
    const metrics = createMetrics()
    assert.deepEqual([...readExposition(await metrics.read())], [])
    const samples = readExposition(await metrics.read())
    for (const name of [
      'process_resident_memory_bytes',
      'process_cpu_seconds_total',
      'nodejs_eventloop_lag_p99_seconds',
    ]) {
      assert.ok(samples.has(name), name)
    }
  })
})
