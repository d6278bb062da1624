import assert from 'node:assert/strict'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { actionsWithCases, findCase, readAllCases, readCase } from '../../src/cases/test-case.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

describe('a case of a worker', () => {
  const folder = useTemporaryFolder()

  async function write(name: string, files: Record<string, string>): Promise<string> {
    const at = folder.pathTo(name)
    await mkdir(at, { recursive: true })
    for (const [file, content] of Object.entries(files)) await writeFile(`${at}/${file}`, content)
    return at
  }

  it('is read with its source, its instructions and the files that they may name', async () => {
    const at = await write('worker/good', {
      'file.tar.gz': '',
      'params.json': '{"width": 40, "watermark": {"image": "mark.png"}}',
      'rendition.webp': '',
      'mark.png': '',
      'mock-example.com.json': '',
      validate: '',
      'validate.py': '',
      '.hidden': '',
    })
    assert.deepEqual(readCase(at), {
      state: 'ready',
      name: 'worker/good',
      action: 'worker',
      folder: at,
      source: `${at}/file.tar.gz`,
      instructions: { fmt: 'webp', width: 40, watermark: { image: 'mark.png' } },
      rendition: `${at}/rendition.webp`,
      errorReason: undefined,
      validate: `${at}/validate`,
      mocks: [`${at}/mock-example.com.json`],
      files: ['mark.png', 'validate.py'],
    })
  })

  it('needs no params, and keeps the format that they say', async () => {
    const plain = readCase(await write('a/plain', { file: '', 'rendition.png': '' }))
    assert.deepEqual(plain.state === 'ready' && plain.instructions, { fmt: 'png' })
    const files = { 'file.png': '', 'rendition.png': '', 'params.json': '{"fmt": "xyz"}' }
    const other = readCase(await write('a/other', files))
    assert.deepEqual(other.state === 'ready' && other.instructions, { fmt: 'xyz' })
  })

  it('does not hand on why it is expected to fail', async () => {
    const params = '{"fmt": "png", "errorReason": "SourceCorrupt"}'
    const bad = readCase(await write('a/bad', { 'file.png': '', 'params.json': params }))
    assert.ok(bad.state === 'ready')
    assert.deepEqual([bad.instructions, bad.errorReason], [{ fmt: 'png' }, 'SourceCorrupt'])
  })

  const UNFIT: [what: string, files: Record<string, string>, state: string, reason: RegExp][] = [
    ['no source', { 'params.json': '{}' }, 'skipped', /^no test input file found$/],
    [
      'a rendition and an error to expect',
      { 'file.png': '', 'rendition.png': '', 'params.json': '{"errorReason": "SourceCorrupt"}' },
      'invalid',
      /^Invalid test case '.*': expects an error \('errorReason' in params\.json\) and a rendition \(rendition\.png\)$/,
    ],
    [
      'params that are no JSON',
      { 'file.png': '', 'params.json': '{' },
      'invalid',
      /^params\.json: The file must be a JSON object of instructions, but it is not JSON\.$/,
    ],
    [
      'an errorReason that is no text',
      { 'file.png': '', 'params.json': '{"errorReason": 5}' },
      'invalid',
      /^params\.json: errorReason must be a reason such as "SourceCorrupt", but it is 5\.$/,
    ],
    [
      'a source in S3',
      { 'file.link': 's3://bucket/file.png', 'rendition.png': '' },
      'invalid',
      /^file\.link names a file in S3; put the file itself into the case$/,
    ],
  ]

  for (const [what, files, state, reason] of UNFIT) {
    it(`cannot be run with ${what}`, async () => {
      const unfit = readCase(await write(`b/${what.replaceAll(' ', '-')}`, files))
      assert.equal(unfit.state, state)
      assert.match('reason' in unfit ? unfit.reason : '', reason)
    })
  }

  for (const [what, target] of [
    ['nowhere', 'nowhere'],
    ['a folder', '..'],
    ['a device', '/dev/null'],
  ] as const) {
    it(`cannot be run with params that are a link to ${what}`, async () => {
      const at = await write(`b/link to ${what}`, { 'file.png': '' })
      await symlink(target, `${at}/params.json`)
      assert.equal(readCase(at).state, 'invalid')
    })
  }

  it('is found by the names of its action and of itself, and never outside', async () => {
    await write('find/one/case', { file: '' })
    await write('outside/case', { file: '' })
    await symlink('../outside', folder.pathTo('find/link'))
    const find = (action: string, name: string): string | undefined =>
      findCase(folder.pathTo('find'), action, name)?.name
    assert.equal(find('one', 'case'), 'one/case')
    assert.equal(find('one', 'other'), undefined)
    assert.equal(find('other', 'case'), undefined)
    assert.equal(find('../outside', 'case'), undefined)
    assert.equal(find('one', '../one/case'), undefined)
    assert.equal(find('one', '..'), undefined)
    assert.equal(find('link', 'case'), undefined)
    assert.equal(find('', 'one'), undefined)
  })

  it('is in a folder for its action, neither of which begins with a dot', async () => {
    await write('all/two/case', { file: '' })
    await write('all/two/.case.draft', { file: '' })
    await write('all/.git/case', { file: '' })
    await write('all/one/second', { file: '' })
    await write('all/one/first', {})
    await writeFile(folder.pathTo('all/validate'), '')
    assert.deepEqual(actionsWithCases(folder.pathTo('all')), ['one', 'two'])
    assert.deepEqual(
      readAllCases(folder.pathTo('all')).map(({ name, state }) => [name, state]),
      [
        ['one/first', 'skipped'],
        ['one/second', 'ready'],
        ['two/case', 'ready'],
      ],
    )
    assert.deepEqual(actionsWithCases(path.join(folder.pathTo('all'), 'nowhere')), [])
  })
})
