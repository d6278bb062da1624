import { accessSync, constants, statSync } from 'node:fs'
import { join, posix, resolve, win32 } from 'node:path'
import { hasTesseract } from './tesseract.ts'

/** What a program is called by the package managers of Debian, of macOS and of Windows; undefined where there is none. */
export interface SystemPackages {
  readonly apt: string
  readonly brew?: string
  readonly choco?: string
}

interface Whereabouts {
  /** In place of what it is called elsewhere. */
  readonly commands?: readonly string[]
  /** Its places outside of the PATH, the first that is there is taken; `%NAME%` is a variable of the environment. */
  readonly places: readonly string[]
}

interface ProgramFacts {
  /** What people call it. */
  readonly title: string
  /** What is the better for it, as in "FFmpeg makes …". */
  readonly purpose: string
  /** The variable that says where it is, in place of looking for it. */
  readonly variable: string
  /** How it is called on the PATH; the first that is there is taken. */
  readonly commands: readonly string[]
  /** Systems where it is called otherwise, or is outside of the PATH. */
  readonly on?: Readonly<Partial<Record<NodeJS.Platform, Whereabouts>>>
  /** What brings it: what it is called by the package managers of systems, or by `npm run add`. */
  readonly packages: SystemPackages | { readonly add: string }
  /** Whether a folder has it, of what `npm run add` brings. */
  readonly isIn?: (folder: string) => boolean
}

/** Where Windows has programs: those of all users, of 32 bits, and of one user. */
const WINDOWS_FOLDERS = ['%ProgramFiles%', '%ProgramFiles(x86)%', '%LOCALAPPDATA%'] as const

/**
 * The programs of a machine that make conversions better, faster or possible at all. Everything that needs one names it by
 * its id; nothing else looks for programs.
 */
export const PROGRAMS = {
  ffmpeg: {
    title: 'FFmpeg',
    purpose: 'video and audio, several times as fast as the FFmpeg that comes with npm ci',
    variable: 'DARKROOM_FFMPEG',
    commands: ['ffmpeg'],
    packages: { apt: 'ffmpeg', brew: 'ffmpeg', choco: 'ffmpeg' },
  },
  chromium: {
    title: 'Chromium',
    purpose: 'pictures and PDFs of web pages, where the one that comes with npm ci does not run',
    variable: 'DARKROOM_CHROMIUM',
    commands: [
      'chromium',
      'chromium-browser',
      'google-chrome',
      'google-chrome-stable',
      'microsoft-edge',
      'microsoft-edge-stable',
    ],
    on: {
      darwin: {
        places: ['/Applications', '%HOME%/Applications'].flatMap((folder) =>
          ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
            (name) => `${folder}/${name}.app/Contents/MacOS/${name}`,
          ),
        ),
      },
      win32: {
        places: [
          'Google\\Chrome\\Application\\chrome.exe',
          'Chromium\\Application\\chrome.exe',
          'Microsoft\\Edge\\Application\\msedge.exe',
        ].flatMap((place) => WINDOWS_FOLDERS.map((folder) => `${folder}\\${place}`)),
      },
    },
    packages: { apt: 'chromium', brew: 'google-chrome', choco: 'googlechrome' },
  },
  soffice: {
    title: 'LibreOffice',
    purpose: 'PDFs and pictures of office files as they look on paper',
    variable: 'DARKROOM_SOFFICE',
    commands: ['soffice', 'libreoffice'],
    on: {
      darwin: { places: ['/Applications/LibreOffice.app/Contents/MacOS/soffice'] },
      // Other than soffice.exe, it ends when the work does.
      win32: {
        commands: ['soffice.com'],
        places: WINDOWS_FOLDERS.map((folder) => `${folder}\\LibreOffice\\program\\soffice.com`),
      },
    },
    packages: {
      apt: 'libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui',
      brew: 'libreoffice',
      choco: 'libreoffice-fresh',
    },
  },
  gs: {
    title: 'Ghostscript',
    purpose: 'PDF/A and PDF/X, and with bubblewrap pictures of EPS and PS',
    variable: 'DARKROOM_GS',
    commands: ['gs'],
    on: { win32: { commands: ['gswin64c'], places: [] } },
    packages: { apt: 'ghostscript', brew: 'ghostscript', choco: 'ghostscript' },
  },
  bwrap: {
    title: 'bubblewrap',
    purpose:
      'the sandboxes of the operation command and of deployed code, and tighter ones around the other programs',
    variable: 'DARKROOM_BWRAP',
    commands: ['bwrap'],
    packages: { apt: 'bubblewrap' },
  },
  imagemagick: {
    title: 'ImageMagick',
    purpose: 'the engine imagemagick of the operation command',
    variable: 'DARKROOM_IMAGEMAGICK',
    commands: ['magick', 'convert'],
    // Windows has another convert, for disks.
    on: { win32: { commands: ['magick'], places: [] } },
    packages: { apt: 'imagemagick', brew: 'imagemagick', choco: 'imagemagick' },
  },
  graphicsmagick: {
    title: 'GraphicsMagick',
    purpose: 'the engine graphicsmagick of the operation command',
    variable: 'DARKROOM_GRAPHICSMAGICK',
    commands: ['gm'],
    packages: { apt: 'graphicsmagick', brew: 'graphicsmagick', choco: 'graphicsmagick' },
  },
  tesseract: {
    title: 'Tesseract',
    purpose: 'text on the pages of scans, which can be searched then',
    variable: 'DARKROOM_OCR',
    commands: [],
    packages: { add: 'ocr' },
    isIn: hasTesseract,
  },
} as const satisfies Readonly<Record<string, ProgramFacts>>

/** A program of {@link PROGRAMS}. */
export type ProgramId = keyof typeof PROGRAMS

/** The programs that are there, each as an absolute path; of what `npm run add` brings, that of its folder. */
export type FoundPrograms = Readonly<Partial<Record<ProgramId, string>>>

/** Variables by their names, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The ids of all programs. */
export const PROGRAM_IDS: readonly ProgramId[] = [
  'ffmpeg',
  'chromium',
  'soffice',
  'gs',
  'bwrap',
  'imagemagick',
  'graphicsmagick',
  'tesseract',
]

/** The folder that `npm run add` brings something into, unless its variable says another; in that of the project. */
const ADDED = 'extras'

/**
 * The folders of all that `npm run add` brings, each by its name.
 *
 * @param project - the folder of the project, which what variables name is relative to; the current one unless given
 */
export function foldersOfAdded(
  environment: Environment,
  project = process.cwd(),
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    PROGRAM_IDS.flatMap((id) => {
      const { packages, variable } = PROGRAMS[id]
      return 'add' in packages
        ? [[packages.add, resolve(project, folderOf(packages.add, variable, environment))]]
        : []
    }),
  )
}

function folderOf(name: string, variable: string, environment: Environment): string {
  return environment[variable] || join(ADDED, name)
}

/** Where programs are looked for. */
export interface Machine {
  readonly platform: NodeJS.Platform
  /** Whether a path is that of a program. */
  readonly canRun: (path: string) => boolean
}

/** Where programs are looked for. */
interface SearchedPlaces {
  /** The folder of the project, which what variables name is relative to. */
  readonly project: string
  readonly machine: Machine
}

const THIS_MACHINE: Machine = { platform: process.platform, canRun }

/**
 * Looks for all programs: where their variables say, else on the PATH and where the system has them, or where `npm run add` brings
 * them.
 *
 * @param options.project - the folder of the project, which what variables name is relative to; the current one unless given
 * @throws {Error} one sentence, when a variable names what cannot be run
 */
export function findPrograms(
  environment: Environment,
  { project = process.cwd(), machine = THIS_MACHINE }: Partial<SearchedPlaces> = {},
): FoundPrograms {
  return Object.fromEntries(
    PROGRAM_IDS.flatMap((id) => {
      const found = findProgram(PROGRAMS[id], environment, { project, machine })
      return found === undefined ? [] : [[id, found]]
    }),
  )
}

function findProgram(
  { variable, commands, on, packages, isIn }: ProgramFacts,
  environment: Environment,
  { project, machine }: SearchedPlaces,
): string | undefined {
  if ('add' in packages) {
    const folder = resolve(project, folderOf(packages.add, variable, environment))
    // What is not there yet is still to be added.
    return isIn?.(folder) ? folder : undefined
  }
  const told = environment[variable]
  if (told !== undefined && told !== '') {
    const program = resolve(project, told)
    if (machine.canRun(program)) return program
    throw new Error(`${variable} must name a program that can be run, but it is "${told}".`)
  }
  const here = on?.[machine.platform]
  return findOnPath(here?.commands ?? commands, environment, machine) ?? findAt(here?.places ?? [])

  function findAt(places: readonly string[]): string | undefined {
    return places.flatMap((place) => expand(place, environment) ?? []).find(machine.canRun)
  }
}

/** The absolute path of the first of several commands that is on the PATH. */
export function findOnPath(
  commands: readonly string[],
  environment: Environment,
  { platform, canRun: canRunHere }: Machine = THIS_MACHINE,
): string | undefined {
  const paths = platform === 'win32' ? win32 : posix
  // What is below the current folder is no program of the machine.
  const folders = (valueOf('PATH', environment) ?? '')
    .split(paths.delimiter)
    .filter((each) => paths.isAbsolute(each))
  return commands
    .map((command) => (platform === 'win32' && !command.includes('.') ? `${command}.exe` : command))
    .flatMap((command) => folders.map((folder) => paths.join(folder, command)))
    .find(canRunHere)
}

/** A place with the values of its variables; undefined when one of them is not set. */
function expand(place: string, environment: Environment): string | undefined {
  const [, name, rest = ''] = /^%(.+)%(.*)$/.exec(place) ?? []
  if (name === undefined) return place
  const value = valueOf(name, environment)
  return value === undefined || value === '' ? undefined : `${value}${rest}`
}

/** A variable by its name. Windows writes PATH as Path, which a copy of its environment no longer knows to be the same. */
function valueOf(name: string, environment: Environment): string | undefined {
  const other = name === 'PATH' ? environment['Path'] : undefined
  return environment[name] ?? other
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** The command that installs a program on a system, as `process.platform` names it; undefined where there is none for it. */
export function installCommand(id: ProgramId, platform: NodeJS.Platform): string | undefined {
  const { packages } = PROGRAMS[id]
  if ('add' in packages) return `npm run add -- ${packages.add}`
  return installPackages([packages], platform)
}

/** The command of {@link installCommand}, or in its place that there is none. */
export function howToInstall(id: ProgramId, platform: NodeJS.Platform): string {
  return installCommand(id, platform) ?? 'there is none for this system'
}

/** One command that installs packages on a system, as `process.platform` names it; undefined where it has none of them. */
export function installPackages(
  packages: readonly SystemPackages[],
  platform: NodeJS.Platform,
): string | undefined {
  const { start, manager } = managerOf(platform)
  const names = packages.flatMap((each) => each[manager] ?? [])
  return names.length === 0 ? undefined : [start, ...names].join(' ')
}

function managerOf(platform: NodeJS.Platform): { start: string; manager: keyof SystemPackages } {
  if (platform === 'darwin') return { start: 'brew install', manager: 'brew' }
  if (platform === 'win32') return { start: 'choco install', manager: 'choco' }
  return { start: 'sudo apt-get install', manager: 'apt' }
}
