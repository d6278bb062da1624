import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { useConvertingService } from '../e2e/converting/converting-service.ts'
import { listen } from '../runtime/host-fixture.ts'
import { LEADING_OUT } from './leading-out.ts'

/** Where bubblewrap is, and where it does not work: there settings alone keep programs from the network. */
for (const [where, environment] of [
  ['in sandboxes', {}],
  ['without sandboxes', { DARKROOM_BWRAP: '/usr/bin/false' }],
] as const) {
  describe(`what files elsewhere a document names, ${where}`, function () {
    // A machine may be busy with other things.
    this.timeout(600_000)
    const service = useConvertingService(environment)
    const asked: string[] = []
    const server = createServer(({ method, url }, response) => {
      asked.push(`${method} ${url}`)
      response.end()
    })
    let origin: string
    before(async () => {
      origin = await listen(server)
    })
    after(() => server.close())

    for (const { filename, bytes, to } of LEADING_OUT) {
      it(`is asked for by nobody who makes ${to.join(' or ')} of ${filename}`, async () => {
        const source = { filename, bytes: bytes(`${origin}/`) }
        const tasks = to.map((format) => [
          format,
          { operation: 'convert', input: 'source', output_format: format },
        ])
        await service.run({ source }, Object.fromEntries(tasks))
        assert.deepEqual(asked, [])
      })
    }
  })
}
