import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { archive } from '../../src/engine/archive/archive.ts'
import { compare, takeTurns, timeProgram } from '../beside.ts'
import { type Finding, time } from '../measure.ts'
import { runOperation, urlOf } from './run-operation.ts'

const ROUNDS = 3
const FILES = 20
const WORDS_IN_A_FILE = 50_000

const WORDS = 'harbour dusk lamp boat rope water quay mast sail light wind tower stone wave'.split(
  ' ',
)

/** Archives of texts, beside the programs that people have for them. */
export async function measureArchives(folder: string): Promise<Finding[]> {
  const files = await writeTexts(folder)
  const listed = files.map((file) => ({ url: urlOf(file) }))
  const theirs = path.join(folder, 'theirs')
  const cases = [
    { format: '7z', program: '7zz', args: ['a', '-bd', '-mmt=1', `${theirs}.7z`], limit: 2 },
    { format: 'tar', program: 'tar', args: ['-cf', `${theirs}.tar`], limit: undefined },
    { format: 'gzip', program: 'tar -z', args: ['-czf', `${theirs}.tar.gz`], limit: 1.3 },
  ] as const
  const findings: Finding[] = []
  for (const { format, program, args, limit } of cases) {
    const beside = await takeTurns(
      ROUNDS,
      () =>
        time(() =>
          runOperation(archive, { format, files: listed, duplicate: 'refuse' }, { folder }),
        ),
      async () => {
        await rm(`${theirs}.7z`, { force: true })
        return timeProgram(program === '7zz' ? '7zz' : 'tar', [...args, ...files])
      },
    )
    findings.push(
      compare({
        what: `an archive of ${FILES} texts as ${format}`,
        ...beside,
        program,
        ...(limit !== undefined && { limit }),
        goal: limit === undefined ? 'none' : `within ${limit} ×`,
      }),
    )
  }
  return findings
}

async function writeTexts(folder: string): Promise<string[]> {
  const files = Array.from({ length: FILES }, (_, index) => path.join(folder, `text${index}.txt`))
  for (const [index, file] of files.entries()) {
    // A generator of numbers that is the same everywhere: what is compressed must not differ from run to run.
    let state = index + 1
    const words = Array.from({ length: WORDS_IN_A_FILE }, () => {
      state = (state * 48_271) % 2_147_483_647
      return WORDS[state % WORDS.length]
    })
    await writeFile(file, words.join(' '))
  }
  return files
}
