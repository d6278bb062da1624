import assert from 'node:assert/strict'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { findImageMagick } from '../../bench/images/imagemagick.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const SCRIPT = '#!/bin/sh\n'
const imageMagick = (version: string): string => `echo 'Version: ImageMagick ${version} Q16'\n`

describe('findImageMagick', () => {
  const folder = useTemporaryFolder()

  /** Puts programs that print a text into a folder of their own; resolves with the folder. */
  async function install(name: string, programs: Record<string, string>): Promise<string> {
    const programFolder = folder.pathTo(name)
    await mkdir(programFolder)
    for (const [program, text] of Object.entries(programs)) {
      await writeFile(path.join(programFolder, program), text, { mode: 0o755 })
    }
    return programFolder
  }

  it('tells the versions of what is installed', async () => {
    const found = await findImageMagick(
      await install('all', {
        convert: SCRIPT + imageMagick('7.1.1-0'),
        identify: SCRIPT + imageMagick('7.1.1-0'),
        exiftool: `${SCRIPT}echo 12.57\n`,
      }),
    )
    assert.ok(found.installed)
    assert.deepEqual([found.version, found.exiftool], ['7.1.1-0', '12.57'])
  })

  it('passes over a script around the real program', async () => {
    const wrapper = await install('wrapper', { convert: SCRIPT + imageMagick('1.0.0-0') })
    // A file that is no script is run all the same, by a shell.
    const real = await install('real', {
      convert: imageMagick('2.0.0-0'),
      identify: SCRIPT + imageMagick('2.0.0-0'),
      exiftool: `${SCRIPT}echo 12.57\n`,
    })
    const found = await findImageMagick([wrapper, real].join(path.delimiter))
    assert.ok(found.installed)
    assert.equal(found.version, '2.0.0-0')
    assert.equal(found.path.split(path.delimiter)[0], real)
  })

  it('says what is missing', async () => {
    assert.deepEqual(await findImageMagick(await install('nothing', {})), {
      installed: false,
      missing: 'ImageMagick',
    })
    const withoutExiftool = await install('without-exiftool', {
      convert: SCRIPT + imageMagick('7.1.1-0'),
      identify: SCRIPT + imageMagick('7.1.1-0'),
    })
    assert.deepEqual(await findImageMagick(withoutExiftool), {
      installed: false,
      missing: 'exiftool',
    })
  })

  it('takes no other program of the name for ImageMagick', async () => {
    const other = await install('other', { convert: `${SCRIPT}echo 'Converts disks'\n` })
    assert.equal((await findImageMagick(other)).installed, false)
  })
})
