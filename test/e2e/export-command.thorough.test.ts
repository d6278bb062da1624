import assert from 'node:assert/strict'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { noise } from '../support/pictures.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import { runCommand } from './command.ts'
import { startServiceProcess, useHome } from './service-process.ts'

describe('npm run export', function () {
  this.timeout(120_000)
  const home = useHome()
  const temporary = useTemporaryFolder()
  const run = (...args: string[]) => runCommand('export', args, { DARKROOM_HOME: home })

  before(async () => {
    const assets = temporary.pathTo('assets')
    for (const folder of ['summer', 'winter']) {
      await mkdir(path.join(assets, folder), { recursive: true })
      await noise(60, 40)
        .jpeg()
        .toFile(path.join(assets, folder, 'shoe.jpg'))
    }
    await writeFile(path.join(assets, 'broken.jpg'), 'nothing')
    await startServiceProcess({ home, assets, warm: ['none'] })
  })

  it('converts assets into a folder, each with a name of its own', async () => {
    const out = temporary.pathTo('made')
    const { code, stdout, stderr } = await run('sh*', '--modifier', 'wid=30&fmt=png', '--out', out)
    assert.deepEqual([code, stderr], [0, ''])
    assert.match(
      stdout,
      /^file +bytes\n\S+shoe\.png +[\d,]+\n\S+shoe-2\.png +[\d,]+\n\nwritten to \S+: 2 of 2\n$/,
    )
    assert.deepEqual(await readdir(out), ['shoe-2.png', 'shoe.png'])
    assert.equal((await sharp(path.join(out, 'shoe.png')).metadata()).width, 30)
  })

  it('overwrites nothing without --force', async () => {
    const out = temporary.pathTo('made')
    const refused = await run('shoe', '--modifier', 'fmt=png', '--out', out)
    assert.equal(refused.code, 1)
    assert.match(refused.stderr, /shoe\.png is there already; --force overwrites it\.\n$/)
    const forced = await run('shoe', '--modifier', 'fmt=png', '--out', out, '--force')
    assert.deepEqual([forced.code, forced.stderr], [0, ''])
  })

  it('exports what it can, and ends with 1 and a sentence about each of the others', async () => {
    const out = temporary.pathTo('some')
    const { code, stdout } = await run(
      'winter/',
      'broken',
      'none',
      '--modifier',
      'wid=20',
      '--out',
      out,
      '--json',
    )
    const { files, failures } = Object(JSON.parse(stdout))
    assert.equal(code, 1)
    assert.equal(files.length, 1)
    assert.match(failures[0], /^none: there is no asset/)
    assert.match(failures[1], /broken could not be exported: /)
    assert.deepEqual(await readdir(out), ['shoe.jpg'])
  })

  it('exports files of this machine by a service of its own', async () => {
    const out = temporary.pathTo('files')
    const { code, stderr } = await run(
      '--files',
      temporary.pathTo('assets'),
      '--fmt',
      'orig',
      '--out',
      out,
    )
    assert.deepEqual([code, stderr], [0, ''])
    assert.deepEqual(await readdir(out), ['broken.jpg', 'shoe-2.jpg', 'shoe.jpg'])
  })

  it('takes an unknown macro for a failure, and no service for one', async () => {
    const macro = await run('shoe', '--macro', '$none$')
    assert.deepEqual([macro.code, macro.stdout], [1, ''])
    assert.match(macro.stderr, /there is no "\$none\$"\.\n$/)
    const absent = await run('shoe', '--url', 'https://localhost:59')
    assert.equal(absent.code, 1)
    assert.match(absent.stderr, /^No service answers at /)
  })
})
