import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod/mini'
import { readActivations } from './activations.ts'
import { drawPhoto } from './photo.ts'
import { useRegisteredService } from './registered-service.ts'

const WORKER = '/api/v1/web/darkroom/dx-asset-compute-worker-1/worker'

describe('what must stay secret', function () {
  this.timeout(300_000)
  const { home, service, origin, headers, eventsOf, presign, store } = useRegisteredService()

  it('is in no event, no activation and no log, whatever fails', async () => {
    const source = await store('photo.jpg', await drawPhoto(60, 40))
    const nothing = await presign('nothing.jpg', 'r')
    const target = await presign('target', 'w')
    const readOnly = await presign('target', 'r')
    const requests = [
      { source, target },
      { source: nothing, target },
      { source, target: readOnly },
    ].flatMap((request) => [
      { ...request, custom: {} },
      { ...request, custom: { worker: `${origin()}${WORKER}` } },
    ])
    const events: unknown[] = []
    for (const { source: from, target: to, custom } of requests) {
      const renditions = [{ name: 'a.png', fmt: 'png', target: to, ...custom }]
      const [event] = await eventsOf({ source: from, renditions })
      // Where a source came from is part of its event, by the API page.
      events.push({ ...Object(event), source: undefined })
    }
    assert.deepEqual(
      events.map((event) => String(Object(event).type)).toSorted((a, b) => a.localeCompare(b)),
      [...Array(2).fill('rendition_created'), ...Array(4).fill('rendition_failed')],
    )

    // Six of the worker, and three of its web calls.
    const activations = await readActivations(origin(), home, 9)
    const written = JSON.stringify(events) + JSON.stringify(activations) + service().errors()
    const credentials = z
      .record(z.string(), z.string())
      .parse(JSON.parse(readFileSync(path.join(home, 'credentials.json'), 'utf8')))
    const secrets = {
      token: headers()['authorization']?.slice('Bearer '.length) ?? '',
      ...Object.fromEntries(
        Object.entries({ source, nothing, target, readOnly }).map(([name, url]) => [
          name,
          new URL(url).searchParams.get('signature') ?? '',
        ]),
      ),
      clientSecret: credentials['clientSecret'] ?? '',
      storageSecret: credentials['storageSecret'] ?? '',
      runtimeKey: credentials['runtimeKey'] ?? '',
      eventKey: credentials['eventKey']?.split('\n')[1] ?? '',
      encodedEventKey: Buffer.from(credentials['eventKey'] ?? '')
        .toString('base64')
        .slice(40, 100),
    }
    for (const [name, secret] of Object.entries(secrets)) {
      assert.ok(secret.length > 20, name)
      assert.ok(!written.includes(secret), `${name} is told`)
    }
  })
})
