import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'

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
  /** What it is called by the package managers of systems. */
  readonly packages: { readonly apt: string; readonly brew: string }
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
} as const satisfies Readonly<Record<string, ProgramFacts>>

/** A program of {@link PROGRAMS}. */
export type ProgramId = keyof typeof PROGRAMS

/** The programs that are there, each as an absolute path. */
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
]

/**
 * Looks for all programs: where their variables say, else on the PATH.
 *
 * @throws {Error} one sentence, when a variable names what cannot be run
 */
export function findPrograms(
  environment: Readonly<Record<string, string | undefined>>,
): FoundPrograms {
  return Object.fromEntries(
    PROGRAM_IDS.flatMap((id) => {
      const found = findProgram(PROGRAMS[id], environment)
      return found === undefined ? [] : [[id, found]]
    }),
  )
}

function findProgram(
  { variable, commands, places = [] }: ProgramFacts,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const told = environment[variable]
  if (told !== undefined && told !== '') {
    if (canRun(resolve(told))) return resolve(told)
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
  const { apt, brew } = PROGRAMS[id].packages
  return platform === 'darwin' ? `brew install ${brew}` : `sudo apt-get install ${apt}`
}
