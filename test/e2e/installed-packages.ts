import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { type PackedFolder, packFolder } from '../../scripts/pack/pack-folder.ts'
import { stagePackages } from '../../scripts/pack/stage-packages.ts'
import { useTemporaryFolder } from '../support/temporary-folder.ts'
import type { EndedCommand } from './command.ts'

/** What a project calls the packages that it takes in place of others. */
const CALLED: Readonly<Record<string, string>> = {
  'darkroom-aio': '@adobe/aio-cli-plugin-asset-compute',
}

/** The packages as they would be published, and projects that have them installed. */
export interface InstalledPackages {
  /** The archive of a package, such as `darkroom`. */
  packed: (name: string) => PackedFolder
  /** A new folder with the packages and what they depend on in its node_modules, and with these files. */
  install: (project: string, files?: Readonly<Record<string, string>>) => Promise<string>
  /** Runs `darkroom` in such a folder. */
  run: (
    from: { folder: string; environment?: Readonly<Record<string, string>> },
    ...args: string[]
  ) => Promise<EndedCommand>
}

/** Packs the packages of this repository for the tests of the enclosing `describe`. */
export function usePackages(): InstalledPackages {
  const temporary = useTemporaryFolder()
  const archives = new Map<string, PackedFolder>()
  before(async () => {
    const to = temporary.pathTo('packages')
    for (const folder of await stagePackages(process.cwd(), to)) {
      archives.set(path.basename(folder), await packFolder(folder, to))
    }
  })

  function packed(name: string): PackedFolder {
    const found = archives.get(name)
    if (found === undefined) throw new Error(`there is no package ${name}`)
    return found
  }

  return {
    packed,
    async install(project, files = {}) {
      const folder = temporary.pathTo(project)
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(path.join(folder, path.dirname(name)), { recursive: true })
        writeFileSync(path.join(folder, name), text)
      }
      const modules = path.join(folder, 'node_modules')
      linkDependencies(modules)
      for (const [name, { archive }] of archives) {
        const place = path.join(modules, CALLED[name] ?? name)
        rmSync(place, { recursive: true, force: true })
        mkdirSync(place, { recursive: true })
        await promisify(execFile)('tar', ['xzf', archive, '-C', place, '--strip-components=1'])
      }
      mkdirSync(path.join(modules, '.bin'))
      symlinkSync('../darkroom/bin/darkroom.cjs', path.join(modules, '.bin/darkroom'))
      symlinkSync(process.execPath, path.join(modules, '.bin/node'))
      return folder
    },
    run: ({ folder, environment }, ...args) =>
      new Promise((resolve) => {
        const program = path.join(folder, 'node_modules/.bin/darkroom')
        const env = { ...process.env, ...environment }
        const options = { cwd: folder, maxBuffer: 2 ** 24, env }
        const child = execFile(program, args, options, (_error, stdout, stderr) =>
          resolve({ code: child.exitCode, stdout, stderr }),
        )
      }),
  }
}

/** What `npm install` would fetch is there already; a folder of links to it takes no time. */
function linkDependencies(modules: string): void {
  mkdirSync(modules, { recursive: true })
  for (const from of ['node_modules', 'aio-plugin/node_modules'].map((each) =>
    path.resolve(each),
  )) {
    const names = readdirSync(from).filter((name) => !name.startsWith('.'))
    for (const name of names.filter((each) => each.startsWith('@'))) {
      mkdirSync(path.join(modules, name), { recursive: true })
      names.push(...readdirSync(path.join(from, name)).map((each) => `${name}/${each}`))
    }
    for (const name of names.filter((each) => !/^@[^/]+$/.test(each))) {
      rmSync(path.join(modules, name), { force: true })
      symlinkSync(path.join(from, name), path.join(modules, name))
    }
  }
}
