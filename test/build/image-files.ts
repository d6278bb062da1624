import { readFileSync } from 'node:fs'
import * as z from 'zod/mini'

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ dev: z.optional(z.boolean()), link: z.optional(z.boolean()) }),
  ),
})

/** An instruction of a Dockerfile, with what is behind its name. */
export interface Instruction {
  readonly name: string
  readonly text: string
}

/** Reads the Dockerfile of the project, by stages. */
export function readStages(): readonly (readonly Instruction[])[] {
  const lines = readFileSync('Dockerfile', 'utf8')
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '')
  const stages: Instruction[][] = []
  for (const line of lines) {
    const [, name = '', text = ''] = /^(\w+)\s+(.*)$/.exec(line) ?? []
    if (name === 'FROM') stages.push([])
    stages.at(-1)?.push({ name, text })
  }
  return stages
}

/** What a stage copies out of the project: sources, and where they go, relative to the folder of the image. */
export function copiesOf(stage: readonly Instruction[]): { sources: string[]; target: string }[] {
  return stage
    .filter(({ name, text }) => name === 'COPY' && !text.includes('--from'))
    .map(({ text }) => {
      const words = text.split(/\s+/)
      return { sources: words.slice(0, -1), target: words.at(-1) ?? '' }
    })
}

/** The packages of npm that come with `npm ci --omit=dev`, without those within others. */
export function shippedPackages(): string[] {
  const { packages } = lockSchema.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')))
  return Object.entries(packages)
    .filter(
      ([place, { dev, link }]) => /^node_modules\/(?:@[^/]+\/)?[^/]+$/.test(place) && !dev && !link,
    )
    .map(([place]) => place.slice('node_modules/'.length))
}
