import assert from 'node:assert/strict'
import { chmodSync, existsSync, readFileSync, watch, writeFileSync } from 'node:fs'
import path from 'node:path'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { pageAddress } from './developer-page.ts'
import { startServiceProcess, useHome } from './service-process.ts'

/** Resolves with the content of a file once it is there. */
async function contentOf(file: string): Promise<string> {
  const written = Promise.withResolvers<void>()
  const look = (): void => {
    if (existsSync(file)) written.resolve()
  }
  const watcher = watch(path.dirname(file), look)
  look()
  await written.promise
  watcher.close()
  return readFileSync(file, 'utf8')
}

describe('adobe-asset-compute devtool', function () {
  this.timeout(300_000)
  const home = useHome()
  const folder = useTemporaryFolder()

  it('starts the service and opens its page in the browser of the user', async function () {
    if (process.platform !== 'linux') this.skip()
    const [browser, opened] = [folder.pathTo('browser'), folder.pathTo('opened')]
    writeFileSync(
      browser,
      `#!/bin/sh\necho "$1" > '${opened}.new' && mv '${opened}.new' '${opened}'\n`,
    )
    chmodSync(browser, 0o755)
    const command = ['node_modules/.bin/adobe-asset-compute', 'devtool']
    const service = await startServiceProcess({
      home,
      command: ['env', '-u', 'DISPLAY', `BROWSER=${browser}`, ...command],
    })
    // Other users of the machine see its arguments.
    assert.equal(await contentOf(opened), `${path.join(home, 'developer-page.html')}\n`)
    assert.match(pageAddress(home), new RegExp(`^${service.origin}/devtool/\\?key=.{43}$`))
    service.child.kill('SIGTERM')
    assert.equal(await service.exited, 0)
  })
})
