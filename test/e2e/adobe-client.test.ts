import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { type ServiceProcess, startServiceProcess, useHome } from './service-process.ts'

const run = promisify(execFile)
const REQUESTS = 200

describe('@adobe/asset-compute-client 5.2.1, unmodified', function () {
  this.timeout(300_000)
  const home = useHome()
  let service: ServiceProcess

  before(async () => {
    service = await startServiceProcess({ home, manifest: 'instant.yml' })
  })
  after(async () => {
    service.child.kill('SIGTERM')
    await service.exited
  })

  const ways: [kind: string, where: string, path: string][] = [
    ['oauth', 'the root', ''],
    ['jwt', 'the root', ''],
    ['oauth', 'the gateway action', '/api/v1/web/darkroom/dx-asset-compute-worker-1/gateway'],
  ]
  for (const [kind, where, mount] of ways) {
    it(`gets every event of ${REQUESTS} requests exactly once, with ${kind} credentials, through ${where}`, async () => {
      const url = service.origin + mount
      const args = ['test/e2e/adobe-client.cjs', url, home, kind, String(REQUESTS)]
      const { stdout } = await run(process.execPath, args, {
        env: { ...process.env, NODE_EXTRA_CA_CERTS: path.join(home, 'ca.pem') },
        // Before the test is given up, so that it is not left behind.
        timeout: 280_000,
      })
      const { ready, right, received, pending } = JSON.parse(stdout)
      assert.deepEqual(
        { ready, right, received, pending },
        { ready: true, right: REQUESTS, received: 2 * REQUESTS, pending: 0 },
      )
    })
  }
})
