import assert from 'node:assert/strict'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type WatchedService, watchService } from '../../src/cli/start/watch.ts'
import type { LoadListener } from '../../src/compose/service.ts'
import { readManifest } from '../../src/runtime/deploy/manifest.ts'
import type { Action } from '../../src/runtime/run/action.ts'
import type { LoadReport } from '../../src/runtime/run/protocol.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'

const MANIFEST = `packages:
  own:
    actions:
      circle:
        function: actions/circle/index.ts
      sepia:
        function: actions/sepia/index.ts
`

describe('a service that watches what its actions are made of', () => {
  const folder = useTemporaryFolder()
  const fileIn = (name: string) => path.join(folder.pathTo('project'), name)
  let actions: readonly Action[]
  let load: LoadListener
  let end: () => void
  let heard: string[]
  let next: PromiseWithResolvers<string>

  /** Whether an action can be loaded, by its name. */
  let good: (name: string) => boolean

  function hear(text: string): void {
    heard.push(text)
    next.resolve(text)
  }

  /** Resolves with what is told first of what happens. */
  async function told(happening: () => Promise<unknown>): Promise<string> {
    next = Promise.withResolvers()
    await happening()
    return next.promise
  }

  function reportOf(action: Action | undefined, report: LoadReport): void {
    assert.ok(action)
    load(action, report)
  }

  before(async () => {
    for (const name of ['actions/circle/deep', 'actions/sepia', 'lib', 'other']) {
      await mkdir(fileIn(name), { recursive: true })
    }
    for (const name of ['circle', 'sepia']) await writeFile(fileIn(`actions/${name}/index.ts`), '1')
    await writeFile(fileIn('lib/shared.ts'), '1')
  })
  beforeEach(async () => {
    await writeFile(fileIn('manifest.yml'), MANIFEST)
    heard = []
    next = Promise.withResolvers()
    good = () => true
    actions = readManifest(fileIn('manifest.yml'))
    const service: WatchedService = {
      actions,
      manifest: fileIn('manifest.yml'),
      onLoad: (listener) => {
        load = listener
      },
      loadInTurn: async () => [],
      reload: async ({ name }) => {
        const isGood = good(path.basename(name))
        if (!isGood) hear(`cannot load ${name}`)
        return isGood
      },
      reloadInTurn: async (several) => several.filter(({ name }) => good(path.basename(name))),
      isDeployed: (name) => name === 'sepia',
    }
    end = watchService(service, { say: hear, fail: (text) => hear(`wrong: ${text}`) })
  })
  afterEach(() => end())

  const CHANGES: readonly { title: string; change: () => Promise<unknown>; says: string }[] = [
    {
      title: 'which action was saved',
      change: () => writeFile(fileIn('actions/circle/index.ts'), '2'),
      says: 'reloaded circle',
    },
    {
      title: 'that another one of its name is deployed',
      change: () => writeFile(fileIn('actions/sepia/index.ts'), '2'),
      says: 'reloaded sepia (its URL has the one that is deployed)',
    },
    {
      title: 'of an editor that writes beside the file and renames it into place',
      change: async () => {
        await writeFile(fileIn('actions/circle/index.ts.tmp'), '3')
        await rename(fileIn('actions/circle/index.ts.tmp'), fileIn('actions/circle/index.ts'))
      },
      says: 'reloaded circle',
    },
    {
      title: 'of a new file',
      change: () => writeFile(fileIn('actions/circle/deep/new.ts'), '1'),
      says: 'reloaded circle',
    },
    {
      title: 'of a file that is deleted',
      change: () => rm(fileIn('actions/circle/deep/new.ts')),
      says: 'reloaded circle',
    },
    {
      title: 'of a module elsewhere that one of them imports',
      change: async () => {
        reportOf(actions[0], { type: 'ready', modules: [fileIn('lib/shared.ts')] })
        await writeFile(fileIn('lib/shared.ts'), '2')
      },
      says: 'reloaded circle',
    },
    {
      title: 'of a module elsewhere that all of them import',
      change: async () => {
        for (const action of actions) {
          reportOf(action, { type: 'ready', modules: [fileIn('lib/shared.ts')] })
        }
        await writeFile(fileIn('lib/shared.ts'), '3')
      },
      says: 'reloaded all actions',
    },
    {
      title: 'of a module that was missing, in a folder that was missing',
      change: async () => {
        const modules = [fileIn('more/missing.ts')]
        reportOf(actions[0], { type: 'unloadable', message: 'Cannot find it', modules })
        await mkdir(fileIn('more'))
        await writeFile(fileIn('more/missing.ts'), '1')
      },
      says: 'reloaded circle',
    },
    {
      title: 'of an action that cannot be loaded, which its log tells',
      change: () => {
        good = (name) => name !== 'circle'
        return writeFile(fileIn('actions/circle/index.ts'), '4')
      },
      says: 'cannot load own/circle',
    },
    {
      title: 'where the configuration is no YAML',
      change: () => writeFile(fileIn('manifest.yml'), MANIFEST.replace('own:', 'own')),
      says: [
        'wrong: manifest.yml is not YAML: Implicit keys need to be on a single line at line 2, column 3.',
        '  1 | packages:',
        '> 2 |   own',
        '  3 |     actions:',
        '  4 |       circle:',
      ].join('\n'),
    },
    {
      title: 'what in the configuration is wrong',
      change: () => writeFile(fileIn('manifest.yml'), MANIFEST.replace(/actions:/, 'action:')),
      says: 'wrong: manifest.yml:2: packages.own.actions is missing; it must be an object of actions by name.',
    },
  ]

  for (const { title, change, says } of CHANGES) {
    it(`tells ${title}`, async () => {
      assert.equal(await told(change), says)
    })
  }

  it('tells that the configuration is right again, and when it holds', async () => {
    assert.match(await told(() => writeFile(fileIn('manifest.yml'), '[')), /^wrong: /)
    assert.equal(
      await told(() => writeFile(fileIn('manifest.yml'), MANIFEST)),
      'manifest.yml is right again',
    )
    assert.equal(
      await told(() => writeFile(fileIn('manifest.yml'), `${MANIFEST}\n`)),
      'manifest.yml has changed; what it says holds from the next start on',
    )
  })

  it('tells once of all that was saved within a moment', async () => {
    await told(() =>
      Promise.all([
        writeFile(fileIn('actions/circle/index.ts'), '5'),
        writeFile(fileIn('actions/circle/other.ts'), '5'),
      ]),
    )
    await told(() => writeFile(fileIn('actions/sepia/index.ts'), '5'))
    assert.equal(heard.filter((text) => text === 'reloaded circle').length, 1)
  })

  it('tells of a folder that was deleted and comes again', async () => {
    await told(() => rm(fileIn('actions/circle'), { recursive: true }))
    await told(() => mkdir(fileIn('actions/circle')))
    await told(() => writeFile(fileIn('actions/circle/index.ts'), '1'))
    assert.equal(
      await told(() => writeFile(fileIn('actions/circle/index.ts'), '2')),
      'reloaded circle',
    )
  })

  it('passes over what editors keep beside a file', async () => {
    await writeFile(fileIn('actions/circle/.index.ts.swp'), '1')
    await writeFile(fileIn('actions/circle/index.ts~'), '1')
    assert.match(await told(() => writeFile(fileIn('actions/sepia/index.ts'), '6')), /sepia/)
    assert.deepEqual(
      heard.filter((text) => text.includes('circle')),
      [],
    )
  })
})
