import assert from 'node:assert/strict'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import * as z from 'zod/mini'
import {
  type DevtoolRequest,
  devtoolRequestSchema,
  historySchema,
  keptSourceSchema,
} from '../../../../src/doors/page/api.ts'
import { trust } from '../../../e2e/api-client.ts'
import { signInToPage } from '../../../e2e/developer-page.ts'
import { type ServiceProcess, startServiceProcess, useHome } from '../../../e2e/service-process.ts'
import { isOver } from '../devtool-service.ts'

const COMMAND = [process.execPath, 'src/cli/start.ts']

describe('a service with a developer page that is killed', () => {
  const home = useHome()
  const trusted = getCACertificates('default')
  let service: ServiceProcess
  let headers: Record<string, string>

  async function start(port: number): Promise<void> {
    service = await startServiceProcess({ home, port, command: COMMAND })
    trust(home)
    headers = { ...(await signInToPage(home)) }
  }
  beforeEach(() => start(0))
  afterEach(async () => {
    service.child.kill('SIGTERM')
    await service.exited
    setDefaultCACertificates(trusted)
  })

  async function ask<T>(
    schema: z.ZodMiniType<T>,
    path: string,
    init?: { method: string; body?: string },
  ): Promise<T> {
    const response = await fetch(`${service.origin}/devtool/api${path}`, { ...init, headers })
    assert.equal(response.status, 200, await response.clone().text())
    return schema.parse(await response.json())
  }

  async function untilOver(id: string): Promise<DevtoolRequest> {
    const { body } = await fetch(`${service.origin}/devtool/api/updates`, { headers })
    // What came before the updates began is told by none; the first piece of them is a sign of life.
    for await (const _ of body ?? []) {
      const request = await ask(devtoolRequestSchema, `/requests/${id}`)
      if (isOver(request)) return request
    }
    return assert.fail('the updates have ended')
  }

  it('goes on with its requests when it is there again', async () => {
    const { id: source } = await ask(keptSourceSchema, '/samples/harbour.jpg', { method: 'POST' })
    const renditions = [{ fmt: 'png', width: 800 }, { fmt: 'jpg' }]
    const sent = await ask(z.object({ requests: z.array(devtoolRequestSchema) }), '/requests', {
      method: 'POST',
      body: JSON.stringify({ sources: [source], renditions }),
    })
    const { id } = sent.requests[0] ?? assert.fail('there is a request')
    service.child.kill('SIGKILL')
    await service.exited
    // The URLs of the source and the targets are of this port.
    await start(Number(new URL(service.origin).port))
    const { requests } = await ask(historySchema, '/requests')
    assert.deepEqual(
      requests.map((each) => each.id),
      [id],
    )
    const over = await untilOver(id)
    assert.deepEqual(
      over.renditions.map(({ state, spans }) => [state, spans.map(({ step }) => step).join(' ')]),
      [
        ['created', 'queue download render upload event'],
        ['created', 'queue download render upload event'],
      ],
    )
  })
})
