import { readFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'

/** The style sheets in which Spectrum's themes say what the properties are that its elements are styled with. */
const THEMES = /theme[\\/]src[\\/].*\.css\.js$/

const DEFINITION = /(--[\w-]+):([^;}]*);?/g
const NAME = /--[\w-]+/g

/**
 * Leaves of Spectrum's themes the properties that something asks for, which is a fifth of 4,500: a browser has to read all that are
 * there before it shows anything.
 *
 * @param inputs - the files that the page is made of
 */
export async function usedPropertiesOnly(inputs: readonly string[]): Promise<Plugin> {
  const [themes, others] = await Promise.all([
    readAll(inputs.filter((file) => THEMES.test(file))),
    readAll(inputs.filter((file) => !THEMES.test(file))),
  ])
  const defined = Map.groupBy(
    themes.flatMap((text) => [...text.matchAll(DEFINITION)]),
    ([, name = '']) => name,
  )
  const used = new Set(others.flatMap(namesIn))
  // What they are defined by is used as well; a set is gone through to the end while it grows.
  for (const name of used) {
    for (const [, , value = ''] of defined.get(name) ?? []) {
      for (const other of namesIn(value)) used.add(other)
    }
  }
  return {
    name: 'used-properties-only',
    setup(bundler) {
      bundler.onLoad({ filter: THEMES }, async ({ path }) => ({
        contents: (await readFile(path, 'utf8')).replace(DEFINITION, (definition, name: string) =>
          used.has(name) ? definition : '',
        ),
        loader: 'js',
      }))
    },
  }
}

function readAll(files: readonly string[]): Promise<string[]> {
  return Promise.all(files.map((file) => readFile(file, 'utf8')))
}

function namesIn(text: string): string[] {
  return [...text.matchAll(NAME)].map(([name]) => name)
}
