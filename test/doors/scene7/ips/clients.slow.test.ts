import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { type ServerType, serve } from '@hono/node-server'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { zip } from '../../../support/zip.ts'
import { COMPANY, type OpenedDoor, openDoor, streamOf } from '../open-door.ts'

const DATE = '2014-04-03'

const run = promisify(execFile)

/** Runs a program of the machine; undefined, and a printed line, where it is missing or lacks what it needs. */
async function runIfThere(program: string, args: readonly string[]): Promise<string | undefined> {
  try {
    return (await run(program, args)).stdout
  } catch {
    console.log(`      skipped: ${program} ${args.join(' ')} does not work here`)
    return undefined
  }
}

describe('IPS with unmodified clients', function () {
  this.timeout(120_000)
  const temporary = useTemporaryFolder()
  let opened: OpenedDoor
  let server: ServerType
  let wsdl: string

  before(async () => {
    opened = await openDoor(temporary.pathTo('home'))
    const body = streamOf(new Uint8Array(zip({ 'a.txt': 'text' })))
    const file = { name: 'folio.zip', mediaType: 'application/zip', body }
    await opened.door.kept.addFile(COMPANY, 'folio', file)
    await opened.door.kept.addFile(COMPANY, 'shoe', {
      name: 'shoe.jpg',
      mediaType: 'image/jpeg',
      body: streamOf('a shoe'),
    })
    const address = await new Promise<AddressInfo>((resolve) => {
      server = serve({ fetch: opened.app.fetch, port: 0, hostname: '127.0.0.1' }, resolve)
    })
    wsdl = `http://127.0.0.1:${address.port}/scene7/IpsApi-${DATE}.wsdl`
  })
  after(async () => {
    server.close()
    await opened.door.close?.()
    assert.deepEqual(opened.errors, [])
  })

  it('has PHP’s SoapClient search, save and fail', async function () {
    if (
      (await runIfThere('php', ['-r', 'exit(extension_loaded("soap") ? 0 : 1);'])) === undefined
    ) {
      this.skip()
    }
    const args = ['test/doors/scene7/ips/soap-client.php', wsdl, 'ann', 'p<ss']
    const { stdout } = await run('php', args)
    assert.deepEqual(JSON.parse(stdout), {
      company: 'acme/',
      preset: 'i|acme|php',
      rows: 1,
      type: 'Zip',
      fault: 30001,
    })
    await opened.door.presets.remove(COMPANY, 'php')
  })

  it('has zeep, which is strict, accept the reply of every operation', async function () {
    // Debian’s Python, whatever else is first on the PATH.
    const python = '/usr/bin/python3'
    if ((await runIfThere(python, ['-c', 'import zeep'])) === undefined) this.skip()
    const args = ['test/doors/scene7/ips/zeep-client.py', wsdl, 'ann', 'p<ss', DATE]
    const { stdout } = await run(python, args)
    assert.deepEqual(JSON.parse(stdout), {
      company: ['c|acme', 'acme', 'acme/', null],
      login: 'ValidLogin',
      roles: ['IpsAdmin'],
      email: 'ann',
      url: wsdl.replace(/scene7\/.*/, 'is/image/'),
      presets: [{ imageFormatHandle: 'i|acme|web', name: 'web', urlModifier: 'wid=400&fmt=png' }],
      noPresets: null,
      folder: 'acme/new/one/',
      folders: ['acme/', 'acme/new/', 'acme/new/one/'],
      tree: 'acme/new/',
      rows: 2,
      found: ['folio', 'shoe'],
      shoe: ['Image', 6],
      small: ['folio', 'shoe'],
      byName: 'shoe',
      byHandle: 'shoe',
      counts: { Zip: 1, Image: 1 },
      used: ['shoe'],
      paths: ['acme/shoe.jpg'],
      boot: ['boot', 'acme/new/one/', false, 'fmt=png'],
      xmp: '<xmp>shoe.jpg</xmp>',
      zip: ['a.txt'],
      members: ['boot'],
      around: 'ImageSet',
      deleted: [1, 'a|0'],
      scheduled: ['Paused', 'Full'],
      active: ['New', true],
      log: ['EndImageServingPublish', 'ReturnSuccess'],
      logs: ['one'],
      about: null,
      fault: ['IpsApiException', '30001', 'There is no job with the handle "j" in acme.'],
    })
  })
})
