import { isReady, type ReadyCase, readAllCases } from '../src/cases/test-case.ts'
import { acceptRenditions } from '../src/cli/accept-renditions.ts'
import { animationCases } from './cases/animation-cases.ts'
import { archiveCases } from './cases/archive-cases.ts'
import { backgroundCases } from './cases/background-cases.ts'
import { badCases } from './cases/bad-cases.ts'
import { bitmapCases } from './cases/bitmap-cases.ts'
import { circleCases } from './cases/circle-cases.ts'
import { colourCases } from './cases/colour-cases.ts'
import { cropCases } from './cases/crop-cases.ts'
import type { Draft, Drafts } from './cases/draft.ts'
import { encodingCases } from './cases/encoding-cases.ts'
import { metadataCases } from './cases/metadata-cases.ts'
import { orientationCases } from './cases/orientation-cases.ts'
import { pageCases } from './cases/page-cases.ts'
import { rasterCases } from './cases/raster-cases.ts'
import { resolutionCases } from './cases/resolution-cases.ts'
import { sizeCases } from './cases/size-cases.ts'
import { svgCases } from './cases/svg-cases.ts'
import { textCases } from './cases/text-cases.ts'
import { watermarkCases } from './cases/watermark-cases.ts'
import { casesFolder, writeCase } from './cases/write.ts'

const USAGE = `Usage: npm run fixtures -- [--accept] [ACTION/CASE...]

Draws the cases in test/asset-compute that have a drawing here: their sources, params and other files.
With --accept it makes the renditions of cases instead, which are from then on the expected ones.`

/** All cases that are drawn, by action and name. */
export const drafts: Drafts = merge({
  worker: [
    sizeCases,
    cropCases,
    encodingCases,
    resolutionCases,
    watermarkCases,
    backgroundCases,
    animationCases,
    orientationCases,
    colourCases,
    rasterCases,
    bitmapCases,
    svgCases,
    badCases,
  ],
  circle: [circleCases],
  document: [textCases, pageCases],
  metadata: [metadataCases],
  archive: [archiveCases],
})

function merge(actions: Readonly<Record<string, readonly Drafts[]>>): Drafts {
  const entries = Object.entries(actions).flatMap(([action, groups]) =>
    groups
      .flatMap(Object.entries<Draft>)
      .map(([name, draft]) => [`${action}/${name}`, draft] as const),
  )
  const twice = entries.find(([name], at) => entries.findIndex(([each]) => each === name) !== at)
  if (twice) throw new Error(`There are two cases ${twice[0]}.`)
  return Object.fromEntries(entries)
}

/** Draws cases; those for which a program is missing are told once a program. */
async function draw(cases: ReadonlyMap<string, Draft>): Promise<string[]> {
  const problems = new Map<string, string>()
  for (const [name, draft] of cases) {
    try {
      await writeCase(name, draft)
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      problems.set(message, `${name}: ${message}`)
    }
  }
  return Array.from(problems.values())
}

/** A case as it is on the disk, with the format that its drawing gives it when nothing else does. */
function readDrawn(each: ReadyCase): ReadyCase {
  const draft = drafts[each.name]
  const fmt = draft !== undefined && 'makes' in draft ? { fmt: draft.makes } : {}
  return { ...each, instructions: { ...fmt, ...each.instructions } }
}

async function main(args: readonly string[]): Promise<number> {
  const names = args.filter((arg) => !arg.startsWith('-'))
  const options = args.filter((arg) => arg.startsWith('-'))
  if (options.some((option) => option !== '--accept')) {
    console.error(USAGE)
    return 2
  }
  const accept = options.includes('--accept')
  const present = accept ? readAllCases(casesFolder).filter(isReady) : []
  const known = accept ? present.map(({ name }) => name) : Object.keys(drafts)
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined) {
    console.error(`There is no case ${unknown}; they are called like ${known[0] ?? 'ACTION/CASE'}.`)
    return 2
  }
  const asked = new Set(names.length === 0 ? known : names)
  const problems = accept
    ? await acceptRenditions(present.filter(({ name }) => asked.has(name)).map(readDrawn))
    : await draw(new Map(Object.entries(drafts).filter(([name]) => asked.has(name))))
  for (const problem of problems) console.error(problem)
  console.log(`${asked.size} cases ${accept ? 'accepted' : 'drawn'}, ${problems.length} problems`)
  return problems.length === 0 ? 0 : 1
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2))
