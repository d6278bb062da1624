import { parse } from 'yaml'
import * as z from 'zod/mini'
import { alikeRows, type Grade, gradesOf } from '../../src/doors/jobs/operations/grades.ts'
import { optionsOf } from '../../src/doors/jobs/operations/operation-list.ts'
import type { TaskOperation } from '../../src/doors/jobs/operations/operation.ts'
import { allOperations } from '../../src/doors/jobs/operations/operations.ts'
import { sentenceOfOperation, sentenceOfOption } from '../../src/doors/jobs/operations/sentences.ts'
import { COMMON_OPTIONS } from '../../src/doors/jobs/operations/task-options.ts'
import { PROGRAMS } from '../../src/programs/programs.ts'

const HEAD = `# Conversions

What can be made of what, by tasks of the [jobs API](jobs-api.md). \`npm run conversions\` makes this page of the tables that
the service itself goes by. A conversion that takes a program is listed by \`GET /v2/operations\` only where that is;
\`npm run doctor\` tells which are. Where nothing is said to be needed, \`npm ci\` brings all of it.

Every task takes \`timeout\`, \`ignore_error\`, \`filename\` and \`input_format\` besides, see [Operations](jobs-api.md#operations).
`

/** One line for all formats that become the same ones. */
function linesOf({ needs, rows }: Grade): string[] {
  const told =
    needs?.map((id) => PROGRAMS[id].title).join(', ') ?? 'several programs, see `npm run doctor`'
  return alikeRows(rows).map(
    ({ from, to }) => `| ${from.join(', ')} | ${to.join(', ')} | ${told} |`,
  )
}

function sectionOf(operation: TaskOperation): string {
  const { name } = operation
  const formats = gradesOf(name)
    .filter(({ rows }) =>
      rows.some((row) => row.input_format !== null || row.output_format !== null),
    )
    .flatMap(linesOf)
  const options = optionsOf(operation)
    .filter((option) => !(option.name in COMMON_OPTIONS))
    .map((option) => ({ ...option, sentence: sentenceOfOption(name, option.name) }))
    .filter(({ sentence }) => sentence !== undefined)
    .map(({ name: option, possible_values: values, sentence }) => {
      const possible = values === null ? '' : ` One of ${values.join(', ')}.`
      return `| \`${option}\` | ${sentence}${possible} |`
    })
  return [
    `## ${name}\n\n${sentenceOfOperation(name) ?? ''}\n`,
    ...(formats.length === 0
      ? []
      : [`| from | to | needs |\n|---|---|---|\n${formats.join('\n')}\n`]),
    ...(options.length === 0 ? [] : [`| option | |\n|---|---|\n${options.join('\n')}\n`]),
  ].join('\n')
}

const manifestSchema = z.looseObject({
  packages: z.record(z.string(), z.looseObject({ actions: z.record(z.string(), z.unknown()) })),
  local: z.optional(
    z.record(z.string(), z.looseObject({ actions: z.record(z.string(), z.unknown()) })),
  ),
})

/** Where the actions can run that make all this. */
function actionsOf(manifest: string): string {
  const { packages, local = {} } = z.parse(manifestSchema, parse(manifest))
  const rows = [
    ...namesOf(packages).map((name) => `| \`${name}\` | deployable: \`aio app deploy\` ships it |`),
    ...namesOf(local).map((name) => `| \`${name}\` | on the machine of the service alone |`),
  ]
  return `## Actions\n\n| action | runs |\n|---|---|\n${rows.join('\n')}\n`
}

function namesOf(packages: Readonly<Record<string, { actions: object }>>): string[] {
  return Object.values(packages).flatMap(({ actions }) => Object.keys(actions))
}

/**
 * The page docs/conversions.md, as the tables of today have it.
 *
 * @param manifest - manifest.yml
 */
export function writeConversions(manifest: string): string {
  const making = allOperations().filter(({ kind }) => kind === 'making')
  return [HEAD, ...making.map(sectionOf), actionsOf(manifest)].join('\n')
}
