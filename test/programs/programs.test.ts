import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { findPrograms, installCommand } from '../../src/programs/programs.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

describe('the programs of a machine', () => {
  const folder = useTemporaryFolder()

  function place(name: string, mode = 0o755): string {
    const file = folder.pathTo(name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, '#!/bin/sh\n')
    chmodSync(file, mode)
    return file
  }

  it('are looked for on the PATH, in its order', () => {
    const first = place('one/ffmpeg')
    place('two/ffmpeg')
    const PATH = [folder.pathTo('one'), folder.pathTo('two')].join(path.delimiter)
    assert.equal(findPrograms({ PATH }).ffmpeg, first)
  })

  it('are none where nothing can be run, or the PATH leads to the current folder', () => {
    place('three/gs', 0o644)
    mkdirSync(folder.pathTo('three/bwrap'), { recursive: true })
    const PATH = [folder.pathTo('three'), '.', ''].join(path.delimiter)
    const { gs, bwrap } = findPrograms({ PATH })
    assert.deepEqual({ gs, bwrap }, { gs: undefined, bwrap: undefined })
  })

  it('are where their variables say, whatever the PATH has', () => {
    const told = place('four/my-office')
    place('four/soffice')
    const found = findPrograms({ PATH: folder.pathTo('four'), DARKROOM_SOFFICE: told })
    assert.equal(found.soffice, told)
  })

  it('are refused in a sentence where a variable names none', () => {
    assert.throws(() => findPrograms({ DARKROOM_GS: '/nowhere/gs' }), {
      message: 'DARKROOM_GS must name a program that can be run, but it is "/nowhere/gs".',
    })
  })

  it('are installed by a command of the system', () => {
    assert.equal(installCommand('ffmpeg', 'linux'), 'sudo apt-get install ffmpeg')
    assert.equal(installCommand('ffmpeg', 'darwin'), 'brew install ffmpeg')
  })
})
