import { transform } from 'esbuild'

/** What esbuild begins a bundle with, up to the path of its first module. */
const PRELUDE = /^[^]*?(?=\n\/\/ )/
/** A helper there that gets the function of a module, and calls it when the module is first needed. */
const HELPER = /([\w$]+) = \([\w$]+(?:, [\w$]+)*\) => \(\) => \{$/gm
const END = '\n});\n'

/**
 * Takes the blanks out of a bundle, and has V8 compile its modules when it reads them.
 *
 * In a bundle each module is a function, over which V8 passes at first, as over any that may never be called; when the module is needed,
 * which most are at once, it is read a second time. Around a function that it shall not pass over it knows parentheses.
 *
 * @param code - a bundle of esbuild, minified but for its blanks
 */
export async function compileAtOnce(code: string): Promise<string> {
  const exported = /\n0 && \(module\.exports = \{[^}]*\}\);/.exec(code)?.[0] ?? ''
  // Node.js reads it, to tell what can be imported; to esbuild it is dead code.
  const footer = exported.replaceAll(/\s/g, '')
  const options = {
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'inline',
    footer,
  } as const
  const hinted = await transform(parenthesize(code), options).catch(() =>
    // A text has lines in it that look like the end of a module: rather late than wrong.
    transform(code, options),
  )
  return hinted.code
}

function parenthesize(code: string): string {
  const prelude = PRELUDE.exec(code)?.[0] ?? ''
  const helpers = Array.from(prelude.matchAll(HELPER), ([, name = '']) =>
    name.replaceAll('$', String.raw`\$`),
  )
  if (helpers.length === 0) return code
  const beginning = new RegExp(
    `^var .*?= (?:${helpers.join('|')})\\((?=\\([^()]*\\) => \\{$)`,
    'gm',
  )
  let written = ''
  let at = 0
  for (const { index, 0: begun } of code.matchAll(beginning)) {
    // One in a text.
    if (index < at) continue
    const start = index + begun.length
    const end = code.indexOf(END, start)
    if (end < 0) break
    written += `${code.slice(at, start)}(${code.slice(start, end)}\n}));\n`
    at = end + END.length
  }
  return written + code.slice(at)
}
