import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PerlOutput } from '../../../src/engine/metadata/exiftool/instance.ts'
import { type LoadedPerl, loadExifTool } from '../../../src/engine/metadata/exiftool/load.ts'
import { readPerl } from '../../../src/engine/metadata/exiftool/perl.ts'
import { JOB, runExifTool, SOURCE } from '../../../src/engine/metadata/exiftool/run-exiftool.ts'
import { extract } from '../../../src/engine/metadata/extract-xmp.ts'
import { limitMemory, WASM_PAGE_BYTES } from '../../../src/engine/wasm-memory.ts'
import { identifySource } from '../../../src/sources/identify.ts'
import { quarters } from '../../support/pictures.ts'
import { useTemporaryFolder } from '../../support/temporary-folder.ts'
import { isFailure } from './case-files.ts'

describe('ExifTool', function () {
  this.timeout(300_000)
  const temporary = useTemporaryFolder()
  let perl: LoadedPerl
  let sourcePath: string
  let jobs = 0
  before(async () => {
    perl = await loadExifTool(await readPerl())
    await mkdir(temporary.pathTo('in'))
    sourcePath = temporary.pathTo('in/source.jpg')
    await writeFile(sourcePath, await quarters(120, 80).jpeg().toBuffer())
    await writeFile(temporary.pathTo('in/other.png'), await quarters(60, 40).png().toBuffer())
  })

  async function makeFolder(): Promise<string> {
    jobs += 1
    const folder = temporary.pathTo(`job-${jobs}`)
    await mkdir(folder)
    return folder
  }

  async function run(...commands: string[][]): Promise<PerlOutput & { folder: string }> {
    const folder = await makeFolder()
    return { folder, ...runExifTool({ perl, sourcePath, folder, commands }) }
  }

  it('runs one command after the other', async () => {
    const { output, failure } = await run(
      ['-s3', '-FileType', SOURCE],
      ['-s3', '-ImageWidth', SOURCE],
    )
    assert.deepEqual([output, failure], ['JPEG\n120\n', undefined])
  })

  it('writes into the folder of its job', async () => {
    const { folder } = await run(['-m', '-o', `${JOB}/copy`, '-XMP-dc:Source=a', SOURCE])
    assert.ok((await readFile(join(folder, 'copy'))).includes('<dc:source>a</dc:source>'))
  })

  it('sees nothing of the folder of the source but the source', async () => {
    const { output, errors } = await run(
      ['-s3', '-FileType', '/source/other.png'],
      ['-r', '-s3', '-FileName', '/source'],
      ['-s3', '-FileType', '/source/../other.png'],
    )
    assert.doesNotMatch(output, /PNG/)
    assert.match(output, /^JPEG\n/)
    assert.ok(errors !== '')
  })

  it('changes neither the source nor itself', async () => {
    const before = await readFile(sourcePath)
    const { errors } = await run(
      ['-overwrite_original_in_place', '-XMP-dc:Source=a', SOURCE],
      ['-overwrite_original', '-XMP-dc:Source=a', SOURCE],
      ['-o', '/source/copy.jpg', '-XMP-dc:Source=a', SOURCE],
      ['-o', '/exiftool/copy.jpg', '-XMP-dc:Source=a', SOURCE],
      ['-directory=/exiftool/new', SOURCE],
    )
    assert.deepEqual(await readFile(sourcePath), before)
    const exiftool = fileURLToPath(
      new URL('.', import.meta.resolve('exiftool-vendored.pl/bin/exiftool')),
    )
    for (const path of [
      temporary.pathTo('in/copy.jpg'),
      join(exiftool, 'copy.jpg'),
      join(exiftool, 'new'),
    ]) {
      assert.ok(!existsSync(path), path)
    }
    assert.match(errors, /Error/)
  })

  it('follows a link to the source, wherever that is', async () => {
    const link = temporary.pathTo('link')
    await symlink(sourcePath, link)
    const folder = await makeFolder()
    const { output } = runExifTool({
      perl,
      sourcePath: link,
      folder,
      commands: [['-s3', '-FileType', SOURCE]],
    })
    assert.equal(output, 'JPEG\n')
  })

  it('has as much memory as it may have, and a source that takes more is none of its', async () => {
    const wasm = await readFile(
      createRequire(import.meta.url).resolve('@6over3/zeroperl-ts/zeroperl.wasm'),
    )
    const loaded = perl.memory.length / WASM_PAGE_BYTES
    for (const pages of [loaded - 1, loaded, loaded + 2]) {
      const little = await WebAssembly.compile(limitMemory(wasm, pages * WASM_PAGE_BYTES))
      const folder = await makeFolder()
      await assert.rejects(
        extract(
          { source: await identifySource(sourcePath) },
          { perl: { ...perl, module: little }, folder },
        ),
        isFailure('SourceUnsupported', /memory/),
      )
    }
  })
})
