import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { hasTesseract } from './tesseract.ts'

interface ProgramFacts {
  /** What people call it. */
  readonly title: string
  /** What is the better for it, as in "FFmpeg makes …". */
  readonly purpose: string
  /** The variable that says where it is, in place of looking for it. */
  readonly variable: string
  /** How it is called on the PATH; the first that is there is taken. */
  readonly commands: readonly string[]
  /** Where it is outside of the PATH. */
  readonly places?: readonly string[]
  /** What brings it: what it is called by the package managers of systems, or by `npm run add`. */
  readonly packages: { readonly apt: string; readonly brew: string } | { readonly add: string }
  /** Whether a folder has it, of what `npm run add` brings. */
  readonly isIn?: (folder: string) => boolean
}

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
    packages: { apt: 'ffmpeg', brew: 'ffmpeg' },
  },
  chromium: {
    title: 'Chromium',
    purpose: 'pictures and PDFs of web pages, where the one that comes with npm ci does not run',
    variable: 'DARKROOM_CHROMIUM',
    commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
    places: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
    packages: { apt: 'chromium', brew: '--cask google-chrome' },
  },
  soffice: {
    title: 'LibreOffice',
    purpose: 'PDFs and pictures of office files as they look on paper',
    variable: 'DARKROOM_SOFFICE',
    commands: ['soffice', 'libreoffice'],
    places: ['/Applications/LibreOffice.app/Contents/MacOS/soffice'],
    packages: {
      apt: 'libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui',
      brew: '--cask libreoffice',
    },
  },
  gs: {
    title: 'Ghostscript',
    purpose: 'PDF/A and PDF/X',
    variable: 'DARKROOM_GS',
    commands: ['gs'],
    packages: { apt: 'ghostscript', brew: 'ghostscript' },
  },
  bwrap: {
    title: 'bubblewrap',
    purpose: 'the sandbox of the operation command, and a tighter one around the other programs',
    variable: 'DARKROOM_BWRAP',
    commands: ['bwrap'],
    packages: { apt: 'bubblewrap', brew: 'bubblewrap' },
  },
  imagemagick: {
    title: 'ImageMagick',
    purpose: 'the engine imagemagick of the operation command',
    variable: 'DARKROOM_IMAGEMAGICK',
    commands: ['magick', 'convert'],
    packages: { apt: 'imagemagick', brew: 'imagemagick' },
  },
  graphicsmagick: {
    title: 'GraphicsMagick',
    purpose: 'the engine graphicsmagick of the operation command',
    variable: 'DARKROOM_GRAPHICSMAGICK',
    commands: ['gm'],
    packages: { apt: 'graphicsmagick', brew: 'graphicsmagick' },
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
  environment: Readonly<Record<string, string | undefined>>,
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

function folderOf(
  name: string,
  variable: string,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  return environment[variable] || join(ADDED, name)
}

/**
 * Looks for all programs: where their variables say, else on the PATH, or where `npm run add` brings them.
 *
 * @param project - the folder of the project, which what variables name is relative to; the current one unless given
 * @throws {Error} one sentence, when a variable names what cannot be run
 */
export function findPrograms(
  environment: Readonly<Record<string, string | undefined>>,
  project = process.cwd(),
): FoundPrograms {
  return Object.fromEntries(
    PROGRAM_IDS.flatMap((id) => {
      const found = findProgram(PROGRAMS[id], environment, project)
      return found === undefined ? [] : [[id, found]]
    }),
  )
}

function findProgram(
  { variable, commands, places = [], packages, isIn }: ProgramFacts,
  environment: Readonly<Record<string, string | undefined>>,
  project: string,
): string | undefined {
  if ('add' in packages) {
    const folder = resolve(project, folderOf(packages.add, variable, environment))
    // What is not there yet is still to be added.
    return isIn?.(folder) ? folder : undefined
  }
  const told = environment[variable]
  if (told !== undefined && told !== '') {
    const program = resolve(project, told)
    if (canRun(program)) return program
    throw new Error(`${variable} must name a program that can be run, but it is "${told}".`)
  }
  // What is below the current folder is no program of the machine.
  const folders = (environment['PATH'] ?? '')
    .split(delimiter)
    .filter((each) => each.startsWith('/'))
  const onPath = commands.flatMap((command) => folders.map((folder) => join(folder, command)))
  return [...onPath, ...places].find(canRun)
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** The command that installs a program on a system, as `process.platform` names it. */
export function installCommand(id: ProgramId, platform: NodeJS.Platform): string {
  const { packages } = PROGRAMS[id]
  if ('add' in packages) return `npm run add -- ${packages.add}`
  const { apt, brew } = packages
  return platform === 'darwin' ? `brew install ${brew}` : `sudo apt-get install ${apt}`
}
