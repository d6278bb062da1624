import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { type Client, createClientAsync } from 'soap'
import * as z from 'zod/mini'
import { createScene7Client } from '../../../../src/cli/scene7/scene7-client.ts'
import { SIGNATURES } from '../../../../src/doors/scene7/ips/schema/signatures.ts'
import { openScene7Env } from '../../../../src/doors/scene7/scene7-env.ts'
import { trust } from '../../../e2e/api-client.ts'
import { type ServiceProcess, startServiceProcess, useHome } from '../../../e2e/service-process.ts'
import { noise } from '../../../support/pictures.ts'
import { useTemporaryFolder } from '../../../support/temporary-folder.ts'
import { skipWithout } from '../../../support/tools.ts'
import { zip } from '../../../support/zip.ts'
import { readZip } from './export-zip.ts'

/** The user of `scene7.env`, whose company has the same name. */
const USER = 'darkroom'

const run = promisify(execFile)

describe('IPS with unmodified clients', () => {
  const home = useHome()
  const temporary = useTemporaryFolder()
  let environment: Record<string, string>
  let service: ServiceProcess
  let shoe: Buffer

  /** The environment is what a user has who has sourced `scene7.env`, and said to trust the certificate. */
  before(async () => {
    const assets = temporary.pathTo('mounted')
    await mkdir(assets)
    shoe = await noise(60, 40).jpeg().toBuffer()
    const files = {
      'shoe.jpg': shoe,
      'fileToExport.jpg': shoe,
      'folio.zip': zip({ 'a.txt': 'text' }),
    }
    service = await startServiceProcess({ home, assets, warm: [] })
    const { origin } = service
    const access = await openScene7Env(home)
    trust(home)
    const client = createScene7Client({ ...access, origin })
    const upload = await client.beginUpload()
    for (const [name, bytes] of Object.entries(files)) {
      const file = temporary.pathTo(name)
      await writeFile(file, bytes)
      await client.upload(upload, { file, folder: '' })
    }
    await client.endUpload(upload)
    environment = {
      SCENE7_USER: access.user,
      SCENE7_PASSWORD: access.password,
      SCENE7_COMPANY: access.company,
      SCENE7_WSDL: `${origin}/scene7/IpsApi-2014-04-03.wsdl`,
      REQUESTS_CA_BUNDLE: path.join(home, 'ca.pem'),
    }
  })

  async function tell(program: string, script: string): Promise<unknown> {
    const env = { ...process.env, ...environment }
    const { stdout } = await run(program, [path.join(import.meta.dirname, script)], { env })
    return JSON.parse(stdout)
  }

  it('has the soap of npm export an asset, and fail', async () => {
    const { SCENE7_WSDL: wsdl = '', SCENE7_PASSWORD: password } = environment
    const client: Client = await createClientAsync(wsdl)
    client.addSoapHeader(
      { authHeader: { user: USER, password } },
      '',
      'x',
      'http://www.scene7.com/IpsApi/xsd',
    )
    const call = async (operation: string, members: object): Promise<unknown> => {
      const answer: unknown = await client[`${operation}Async`]({
        companyHandle: `c|${USER}`,
        ...members,
      })
      return z.tuple([z.unknown()], z.unknown()).parse(answer)[0]
    }
    const found = z
      .object({ assetArray: z.object({ items: z.array(z.object({ assetHandle: z.string() })) }) })
      .parse(await call('getAssetsByName', { nameArray: { items: ['folio'] } }))
    const { jobHandle } = z.object({ jobHandle: z.string() }).parse(
      await call('submitJob', {
        jobName: 'My Job',
        exportJob: {
          assetHandleArray: { items: found.assetArray.items.map((each) => each.assetHandle) },
          fmt: 'orig',
          emailSetting: 'None',
        },
      }),
    )
    let messages: string[] = []
    while (messages.length === 0) {
      const log = JSON.stringify(await call('getJobLogDetails', { jobHandle }))
      messages = log.match(/https:\/\/[^"]+\.zip/g) ?? []
    }
    const archive = await (await fetch(messages[0] ?? '')).arrayBuffer()
    const files = await readZip(new Uint8Array(archive))
    assert.deepEqual(Object.keys(files), ['folio.zip'])
    await assert.rejects(call('deleteJob', { jobHandle: 'j|0' }), /There is no job with the handle/)
    await call('deleteJob', { jobHandle })
  })

  it('has PHP’s SoapClient search, save, export and fail', async function () {
    skipWithout(this, 'PHP with SOAP')
    const { zip: archive, ...told } = z
      .looseObject({ zip: z.string() })
      .parse(await tell('php', 'soap-client.php'))
    assert.deepEqual(told, {
      company: 'darkroom/',
      preset: 'i|darkroom|php',
      rows: 2,
      type: 'Image',
      fault: 30001,
      isFatal: false,
    })
    const files = await readZip(Buffer.from(archive, 'base64'))
    assert.deepEqual(
      Object.entries(files).map(([name, text]) => [name, text.slice(0, 4)]),
      [['fileToExport.gif', 'GIF8']],
    )
  })

  it('has zeep, which is strict, accept the reply of every operation, and export', async function () {
    // Debian’s Python, whatever else is first on the PATH.
    const python = '/usr/bin/python3'
    skipWithout(this, 'zeep')
    assert.deepEqual(await tell(python, 'zeep-client.py'), {
      replied: Object.keys(SIGNATURES).toSorted(),
      company: ['c|darkroom', 'darkroom', 'darkroom/', null],
      login: 'ValidLogin',
      roles: ['IpsAdmin'],
      email: 'darkroom',
      url: environment['SCENE7_WSDL']?.replace(/scene7\/.*/, 'is/image/'),
      presets: [
        { imageFormatHandle: 'i|darkroom|web', name: 'web', urlModifier: 'wid=400&fmt=png' },
      ],
      noPresets: null,
      folder: 'darkroom/new/one/',
      folders: ['darkroom/', 'darkroom/new/', 'darkroom/new/one/'],
      tree: 'darkroom/new/',
      rows: 3,
      found: ['fileToExport', 'folio', 'shoe'],
      shoe: ['Image', shoe.length],
      small: ['fileToExport', 'folio', 'shoe'],
      byName: 'shoe',
      byHandle: 'shoe',
      counts: { Zip: 1, Image: 2 },
      used: ['shoe'],
      paths: ['darkroom/shoe.jpg'],
      boot: ['boot', 'darkroom/new/one/', false, 'fmt=png'],
      xmp: '<?xpacket b',
      zip: ['a.txt'],
      members: ['boot'],
      around: 'ImageSet',
      deleted: [1, 'a|0'],
      scheduled: ['Paused', 'Full'],
      active: ['New', true],
      log: ['EndImageServingPublish', 'ReturnSuccess'],
      logs: ['one'],
      about: ['FileEnd'],
      exported: [1, false],
      // TIFF, with its little end first.
      files: { 'fileToExport.tiff': '49492a00' },
      stopped: true,
      fault: ['IpsApiException', '30001', 'There is no job with the handle "j" in darkroom.'],
    })
  })

  it('has a mail about zeep’s export, which shows a picture of the asset', async function () {
    skipWithout(this, 'zeep')
    service.child.kill('SIGTERM')
    assert.equal(await service.exited, 0)
    const files = await readdir(path.join(home, 'mail'))
    assert.equal(files.length, 1)
    const mail = await readFile(path.join(home, 'mail', files[0] ?? ''), 'utf8')
    assert.match(mail, /^Subject: My Job: done\r$/m)
    const [, picture = ''] = /Content-ID: <picture-1@job-\d+>[^]*?\r\n\r\n([^-]+)/.exec(mail) ?? []
    const { format, width, height } = await sharp(Buffer.from(picture, 'base64')).metadata()
    assert.deepEqual([format, width, height], ['jpeg', 240, 240])
  })
})
