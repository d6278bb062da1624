import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { runSevenZip } from '../../../src/engine/archive/seven-zip.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { reportOf, unpackEntries } from './unpack-fixture.ts'
import { zipOf } from './zip-fixture.ts'

const FILE = 0o100644

describe('archives as other programs make them', function () {
  this.timeout(60_000)
  const folder = useTemporaryFolder()

  it('have their names when they do not say in which encoding those are', async () => {
    const names = [
      Buffer.from('475281e1452e545854', 'hex'), // What Windows makes of Grüße.
      Buffer.from('中文.txt'), // What other programs forget to say.
      Buffer.from('plain.txt'),
      'straße.txt',
    ]
    const path = folder.pathTo('old.zip')
    const files = names.map((name, index) => ({ name, data: String(index), mode: FILE }))
    await writeFile(path, zipOf(files))
    const entries = await reportOf(path, folder.pathTo(''))
    assert.deepEqual(
      entries.map((entry) => entry.path),
      ['GRüßE.TXT', '中文.txt', 'plain.txt', 'straße.txt'],
    )
    const contents = await unpackEntries(path, folder.pathTo(''), [1, 2, 3, 4])
    assert.deepEqual(contents.map(String), ['0', '1', '2', '3'])
  })

  it('are read when something is in front', async () => {
    const path = folder.pathTo('front.zip')
    const zip = zipOf([{ name: 'a.txt', data: 'one', mode: FILE }])
    await writeFile(path, Buffer.concat([Buffer.from('\r\n'), zip, Buffer.from('\r\n')]))
    const [entry] = await reportOf(path, folder.pathTo(''))
    assert.equal(entry?.path, 'a.txt')
    assert.deepEqual((await unpackEntries(path, folder.pathTo(''), [1])).map(String), ['one'])
  })

  it('say that they are encrypted when not even their names can be read', async () => {
    await writeFile(folder.pathTo('a.txt'), 'one')
    const { exitCode } = await runSevenZip({
      args: ['a', '-pgeheim', '-mhe=on', '/made/hidden.7z', '/made/a.txt'],
      folders: { '/made': folder.pathTo('') },
      at: '/made',
    })
    assert.equal(exitCode, 0)
    const path = folder.pathTo('hidden.7z')
    for (const [given, problem] of [
      [undefined, 'missing'],
      ['other', 'wrong'],
    ] as const) {
      await assert.rejects(reportOf(path, folder.pathTo(''), given), {
        code: 'source_encrypted',
        fields: { title: '7z', password: problem },
      })
    }
    const [entry] = await reportOf(path, folder.pathTo(''), 'geheim')
    assert.equal(entry?.path, 'a.txt')
  })
})
