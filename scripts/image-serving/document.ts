import type { Level } from '../../src/image-serving/commands/command.ts'
import { COMMANDS } from '../../src/image-serving/commands/commands.ts'
import {
  IGNORED_COMMANDS,
  REFUSED_COMMANDS,
} from '../../src/image-serving/commands/refused-commands.ts'
import {
  FORMAT_ALIASES,
  REFUSED_FORMATS,
  SERVED_FORMATS,
  type ServedFormat,
} from '../../src/image-serving/served-formats.ts'

const LEVELS = {
  request: 'Commands of the request; they apply wherever they stand',
  view: 'Commands of the view; they apply wherever they stand',
  layer: 'Commands of a layer, or of all layers together where none is selected',
  'layer 0': 'Commands of a layer, or of layer 0 where none is selected',
} as const satisfies Record<Level, string>

/**
 * Writes docs/image-serving.md of the table of commands and that of formats.
 *
 * @param introduction - what stands above them
 */
export function writeImageServing(introduction: string): string {
  return [
    introduction.trimEnd(),
    '## Formats',
    writeFormats(),
    '## Commands',
    'Names are not case-sensitive. A command that nobody knows is ignored; `req=resolve` lists it with the nearest name, and so does the log.',
    '`layer=number`, `layer=number,name`, `layer=name` and `layer=comp` select what the commands behind them apply to, and `effect=number` a shadow or glow of it: below 0 behind the layer, above 0 on it. Macros of the catalogue, which are its presets, stand as `$name$`; `$shadow$` and `$glow$` are there from the beginning.',
    ...Object.entries(LEVELS).flatMap(([level, title]) => [
      `### ${title}`,
      writeCommands((each) => each.level === level),
    ]),
    '## What cannot be had',
    'A request with one of these is refused in a sentence that names it:',
    table(
      ['command', 'why'],
      [
        ...Object.entries(REFUSED_COMMANDS).map(([name, why]) => [code(name), why]),
        ...Object.entries(REFUSED_FORMATS).map(([name, why]) => [code(`fmt=${name}`), why]),
      ],
    ),
    'These are taken, and change nothing:',
    table(
      ['command', 'why'],
      Object.entries(IGNORED_COMMANDS).map(([name, why]) => [code(name), why]),
    ),
  ]
    .join('\n\n')
    .concat('\n')
}

/** What of the document is written by hand: all above its first table. */
export function introductionOf(document: string): string {
  return document.slice(0, document.indexOf('\n## Formats'))
}

function writeFormats(): string {
  const rows = Object.entries<ServedFormat>(SERVED_FORMATS).map(([name, format]) => {
    const aliases = Object.keys(FORMAT_ALIASES).filter((alias) => FORMAT_ALIASES[alias] === name)
    return [
      [name, ...aliases].map(code).join(', '),
      format.mediaType,
      format.pixelTypes.join(', '),
      format.compressions.join(', '),
      format.alpha ? code(`${name}-alpha`) : '',
    ]
  })
  return table(['`fmt`', 'media type', 'pixel types', 'compressions', 'transparent as'], rows)
}

function writeCommands(isShown: (command: (typeof ALL)[number]) => boolean): string {
  const rows = ALL.filter(isShown).map(({ name, usage, sentence, differs }) => [
    code(`${name}=${usage}`),
    [sentence, ...(differs === undefined ? [] : [`**Differs:** ${differs}`])].join(' '),
  ])
  return table(['command', ''], rows)
}

const ALL: readonly {
  readonly name: string
  readonly level: Level
  readonly usage: string
  readonly sentence: string
  readonly differs?: string
}[] = Object.values(COMMANDS)

function code(text: string): string {
  return `\`${text}\``
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(row)].join('\n')
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}
