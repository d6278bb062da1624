import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import {
  type Environment,
  findOnPath,
  findPrograms,
  installPackages,
  PROGRAM_IDS,
  PROGRAMS,
  type SystemPackages,
} from '../../src/programs/programs.ts'
import { findPostgres } from './postgres.ts'

/** What tests compare with or drive, and skip where it is not installed. */
export interface Tool {
  /** What people call it. */
  readonly title: string
  /** What brings it: packages of the system, what stands behind `npm run add --`, or the folder of a package of npm. */
  readonly packages: SystemPackages | { readonly add: string } | { readonly folder: string }
  readonly isHere: (environment: Environment) => boolean
}

/** All of them: the programs that the service uses as well, and those that only tests do. */
export const TOOLS: readonly Tool[] = [
  ...PROGRAM_IDS.map((id): Tool => {
    const { title, packages } = PROGRAMS[id]
    // There are tests of a second language.
    const brought = 'add' in packages ? { add: `${packages.add} eng deu` } : packages
    return { title, packages: brought, isHere: (env) => findPrograms(env)[id] !== undefined }
  }),
  onPath('ExifTool', ['exiftool'], {
    apt: 'libimage-exiftool-perl',
    brew: 'exiftool',
    choco: 'exiftool',
  }),
  onPath('unzip', ['unzip'], { apt: 'unzip', brew: 'unzip', choco: 'unzip' }),
  onPath('Python', ['python3', 'python'], { apt: 'python3', brew: 'python', choco: 'python' }),
  onPath('qpdf', ['qpdf'], { apt: 'qpdf', brew: 'qpdf', choco: 'qpdf' }),
  onPath('7-Zip', ['7zz'], { apt: '7zip', brew: 'sevenzip', choco: '7zip' }),
  onPath('poppler', ['pdfinfo'], { apt: 'poppler-utils', brew: 'poppler', choco: 'poppler' }),
  onPath('HAProxy', ['haproxy'], { apt: 'haproxy', brew: 'haproxy' }),
  {
    title: 'zeep',
    packages: { apt: 'python3-zeep' },
    isHere: () => ends('/usr/bin/python3', ['-c', 'import zeep']),
  },
  {
    title: 'Pillow',
    packages: { apt: 'python3-pil', brew: 'pillow' },
    isHere: () => ends('python3', ['-c', 'import PIL']),
  },
  {
    title: 'PHP with SOAP',
    packages: { apt: 'php-cli php-soap', brew: 'php', choco: 'php' },
    isHere: () => ends('php', ['-r', 'exit(extension_loaded("soap") ? 0 : 1);']),
  },
  {
    title: 'PostgreSQL',
    packages: { apt: 'postgresql', brew: 'postgresql', choco: 'postgresql' },
    isHere: (env) => findPostgres(env) !== undefined,
  },
  {
    title: 'Azurite',
    packages: { folder: 'scripts/azurite' },
    isHere: () => existsSync('scripts/azurite/node_modules'),
  },
]

function onPath(title: string, commands: readonly string[], packages: SystemPackages): Tool {
  return { title, packages, isHere: (env) => findOnPath(commands, env) !== undefined }
}

function ends(program: string, args: readonly string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0
}

/** One command that installs tools on a system, as `process.platform` names it; undefined when it has none of them. */
export function installTools(
  tools: readonly Pick<Tool, 'packages'>[],
  platform: NodeJS.Platform,
): string | undefined {
  const ofSystem: SystemPackages[] = []
  const others: string[] = []
  for (const { packages } of tools) {
    if ('add' in packages) others.push(`npm run add -- ${packages.add}`)
    else if ('folder' in packages)
      others.push(`npm ci --prefix ${packages.folder} --ignore-scripts`)
    else ofSystem.push(packages)
  }
  const commands = [installPackages(ofSystem, platform) ?? [], ...others].flat()
  return commands.length === 0 ? undefined : commands.join(' && ')
}

/**
 * Skips a test that takes tools which this machine lacks. All tests do so by this table, so that what installs them is told at the end.
 *
 * @param titles - those of the table
 */
export function skipWithout(test: Mocha.Context, ...titles: readonly string[]): void {
  const missing = titles.filter((title) => !toolOf(title).isHere(process.env))
  if (missing.length === 0) return
  console.log(`      skipped: it takes ${missing.join(', ')}`)
  test.skip()
}

function toolOf(title: string): Tool {
  const tool = TOOLS.find((each) => each.title === title)
  if (tool !== undefined) return tool
  throw new TypeError(`test/support/tools.ts has no tool ${JSON.stringify(title)}`)
}
