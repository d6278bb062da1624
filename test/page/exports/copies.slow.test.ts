import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { promisify } from 'node:util'
import { type ServerType, serve } from '@hono/node-server'
import type { CopiedExport } from '../../../page/exports/copies/copied-export.ts'
import { copyExportAsPython } from '../../../page/exports/copies/export-python.ts'
import { copyExportAsSoap } from '../../../page/exports/copies/export-soap.ts'
import { COMPANY, type OpenedDoor, openDoor, streamOf } from '../../doors/scene7/open-door.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { skipWithout } from '../../support/tools.ts'

const run = promisify(execFile)

/** With whatever a shell, XML or Python would read in another way. */
const NAME = `Web & "print" <1> 'x' $HOME \`id\` \\n ünï`

describe('An export that is copied', function () {
  this.timeout(60_000)
  const temporary = useTemporaryFolder()
  let opened: OpenedDoor
  let server: ServerType
  let copied: CopiedExport

  before(async () => {
    opened = await openDoor(temporary.pathTo('home'))
    const { kept, presets, exports } = opened.door
    const file = { name: 'shoe.jpg', mediaType: 'image/jpeg', body: streamOf('a shoe') }
    await kept.addFile(COMPANY, 'shoe', file)
    await presets.save(COMPANY, { name: 'web', commands: 'fmt=tif' })
    const wish = { company: COMPANY, assets: ['shoe'], emailSetting: 'None' }
    const { handles } = await exports.preview(
      { ...wish, fmt: 'orig' },
      0,
      new AbortController().signal,
    )
    copied = {
      name: NAME,
      company: COMPANY,
      handles,
      fmt: 'convert',
      modifier: 'wid=40&$a=1&text=\\$a$',
      macro: '$web$',
      emailSetting: 'ErrorAndWarning',
    }
    const { port } = await new Promise<AddressInfo>((resolve) => {
      server = serve({ fetch: opened.app.fetch, port: 0, hostname: '127.0.0.1' }, resolve)
    })
    const state = temporary.pathTo('.darkroom')
    await mkdir(state)
    const wsdl = `http://127.0.0.1:${port}/scene7/IpsApi-2014-04-03.wsdl`
    await writeFile(
      path.join(state, 'scene7.env'),
      `export SCENE7_USER=ann\nexport SCENE7_PASSWORD='p<ss'\nexport SCENE7_WSDL=${wsdl}\n`,
    )
    await writeFile(path.join(state, 'ca.pem'), '')
  })
  after(async () => {
    server.close()
    await opened.door.close?.()
    assert.deepEqual(opened.errors, [])
  })

  /** What the service was asked for last. */
  async function submitted(handle: string) {
    const job = await opened.door.exports.find(Number(handle.slice(2)))
    assert.ok(job, handle)
    const { name, company, handles, fmt, modifier, macro, emailSetting } = job
    return { name, company, handles, fmt, modifier, macro, emailSetting }
  }

  it('is submitted by curl as a message of SOAP, which has no password in it', async () => {
    const text = copyExportAsSoap(copied, temporary.pathTo('.darkroom'))
    assert.doesNotMatch(text, /p<ss|p&lt;ss|ann/)
    const script = temporary.pathTo('export.sh')
    await writeFile(script, text)
    const { stdout } = await run('sh', [script], { cwd: temporary.pathTo('.') })
    const handle = /<jobHandle>(j\|\d+)<\/jobHandle>/.exec(stdout)?.[1]
    assert.deepEqual(await submitted(handle ?? stdout), copied)
  })

  it('is submitted by a program in Python with zeep, which waits for it', async function () {
    // Debian’s Python, whatever else is first on the PATH.
    const python = '/usr/bin/python3'
    skipWithout(this, 'zeep')
    const text = copyExportAsPython(copied, temporary.pathTo('.darkroom'))
    assert.doesNotMatch(text, /p<ss|ann\b/)
    await writeFile(temporary.pathTo('export.py'), text)
    const command = `. .darkroom/scene7.env && ${python} export.py`
    const { stdout } = await run('sh', ['-c', command], { cwd: temporary.pathTo('.') })
    const [handle = '', ...lines] = stdout.trim().split('\n')
    assert.deepEqual(await submitted(handle), copied)
    assert.match(lines.at(-1) ?? '', /^EndGet The export is ready: http/)
  })
})
