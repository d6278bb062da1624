import type { CommandLine } from './command-lines.ts'

/**
 * Which line the service means when it refuses a request in a sentence.
 *
 * @returns undefined when the sentence is about none of them, such as the asset itself
 */
export function faultOf(sentence: string, lines: readonly CommandLine[]): CommandLine | undefined {
  const { preset } =
    /There is no preset or macro called (?<preset>\S+)\.$/.exec(sentence)?.groups ?? {}
  if (preset !== undefined) {
    const isIt = ({ kind, name }: CommandLine): boolean => kind === 'macro' && name === preset
    // A preset may be what another one of them names.
    return lines.find(isIt) ?? lines.find(({ kind }) => kind === 'macro')
  }
  const { asset } = /There is no asset called (?<asset>.+)\.$/.exec(sentence)?.groups ?? {}
  if (asset !== undefined) return lines.findLast(({ value }) => value?.includes(asset))
  const { layer } = /^Layer (?<layer>\d+) /.exec(sentence)?.groups ?? {}
  if (layer !== undefined) {
    return lines.find(
      ({ kind, place }) => kind === 'open' && place.of === 'layer' && place.layer === Number(layer),
    )
  }
  const named = Array.from(sentence.matchAll(/\b([A-Za-z]\w*)(?==)/g), ([word]) => word)
  const [first = ''] = sentence.split(/[\s=:]/, 1)
  for (const word of [...named, first]) {
    const line = lines.findLast(
      ({ kind, name }) =>
        (kind === 'command' || kind === 'open') && name.toLowerCase() === word.toLowerCase(),
    )
    if (line) return line
  }
  return undefined
}
