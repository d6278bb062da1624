import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import {
  findPrograms,
  howToInstall,
  installCommand,
  installPackages,
  PROGRAMS,
} from '../../src/programs/programs.ts'
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

  const WINDOWS = { ProgramFiles: 'C:\\Program Files', LOCALAPPDATA: 'C:\\Users\\a\\Local' }
  const PLACES: readonly (readonly [
    platform: NodeJS.Platform,
    program: 'chromium' | 'soffice' | 'gs' | 'ffmpeg',
    place: string,
    environment: Readonly<Record<string, string>>,
  ])[] = [
    ['linux', 'chromium', '/usr/bin/microsoft-edge', { PATH: '/bin:/usr/bin' }],
    [
      'darwin',
      'chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      { PATH: '/usr/bin' },
    ],
    [
      'darwin',
      'chromium',
      '/Users/a/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      { HOME: '/Users/a' },
    ],
    [
      'darwin',
      'soffice',
      '/Applications/LibreOffice.app/Contents/MacOS/soffice',
      { PATH: '/usr/bin' },
    ],
    ['win32', 'chromium', 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe', WINDOWS],
    ['win32', 'chromium', 'C:\\Users\\a\\Local\\Chromium\\Application\\chrome.exe', WINDOWS],
    [
      'win32',
      'chromium',
      'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
      { 'ProgramFiles(x86)': 'C:\\Program Files (x86)' },
    ],
    ['win32', 'soffice', 'C:\\Program Files\\LibreOffice\\program\\soffice.com', WINDOWS],
    ['win32', 'ffmpeg', 'D:\\tools\\ffmpeg.exe', { Path: 'C:\\Windows;D:\\tools' }],
    ['win32', 'gs', 'D:\\gs\\bin\\gswin64c.exe', { PATH: '.;D:\\gs\\bin' }],
  ]
  /** Where nothing was added. */
  const NOWHERE = '/nowhere'
  for (const [platform, program, expected, environment] of PLACES) {
    it(`are found where ${platform} has them: ${expected}`, () => {
      const machine = { platform, canRun: (file: string) => file === expected }
      assert.deepEqual(findPrograms(environment, { machine, project: NOWHERE }), {
        [program]: expected,
      })
    })
  }

  it('are Chrome before Edge, and none where a folder is not told', () => {
    const machine = { platform: 'win32', canRun: () => true } as const
    assert.equal(
      findPrograms(WINDOWS, { machine, project: NOWHERE }).chromium,
      'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    )
    assert.deepEqual(findPrograms({}, { machine, project: NOWHERE }), {})
  })

  it('are no tool for disks, which Windows calls convert', () => {
    const machine = {
      platform: 'win32',
      canRun: (file: string) => file.endsWith('convert.exe'),
    } as const
    assert.deepEqual(
      findPrograms({ PATH: 'C:\\Windows\\System32' }, { machine, project: NOWHERE }),
      {},
    )
  })

  it('are installed by a command of the system', () => {
    assert.equal(installCommand('ffmpeg', 'linux'), 'sudo apt-get install ffmpeg')
    assert.equal(installCommand('ffmpeg', 'darwin'), 'brew install ffmpeg')
    assert.equal(installCommand('chromium', 'win32'), 'choco install googlechrome')
    assert.equal(howToInstall('tesseract', 'win32'), 'npm run add -- ocr')
    assert.equal(howToInstall('bwrap', 'darwin'), 'there is none for this system')
  })

  it('are installed together by one command', () => {
    const packages = [PROGRAMS.ffmpeg.packages, PROGRAMS.bwrap.packages, PROGRAMS.gs.packages]
    assert.equal(
      installPackages(packages, 'linux'),
      'sudo apt-get install ffmpeg bubblewrap ghostscript',
    )
    assert.equal(installPackages(packages, 'win32'), 'choco install ffmpeg ghostscript')
    assert.equal(installPackages([PROGRAMS.bwrap.packages], 'darwin'), undefined)
  })
})
