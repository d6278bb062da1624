import type { Catalogue } from '../../../../image-serving/catalogue.ts'
import { findDefaultMacro } from '../../../../image-serving/default-macros.ts'
import { IpsFault } from '../ips-fault.ts'

/** The most letters of `is_modifier`: as many as a request of Image Serving may have. */
const LONGEST_MODIFIER = 16 * 1024

/**
 * Puts together what is asked of Image Serving: the macro comes last, since what comes later wins, and Adobe's page has it win.
 *
 * @param modifier - it may begin with `&`, and have line breaks behind each
 * @param macro - such as `$web$`
 * @throws {@link IpsFault} `missingParameter` when there is neither, `invalidParameter` when there is no such macro
 */
export function readExportQuery(
  { modifier = '', macro = '' }: { modifier?: string | undefined; macro?: string | undefined },
  { findMacro }: Pick<Catalogue, 'findMacro'>,
): string {
  const commands = modifier
    .split('&')
    .map((command) => command.trim())
    .filter((command) => command !== '')
  const called = macro.trim()
  if (commands.length === 0 && called === '') {
    throw new IpsFault(
      'missingParameter',
      'An exportJob with the fmt convert needs is_modifier or macro, which say what to convert to.',
    )
  }
  if (modifier.length > LONGEST_MODIFIER) {
    throw new IpsFault(
      'invalidParameter',
      `is_modifier has at most ${LONGEST_MODIFIER} letters, and this one has ${modifier.length}.`,
    )
  }
  if (called === '') return commands.join('&')
  const name = /^\$([\w.-]+)\$$/.exec(called)?.[1]
  if (name === undefined || (findMacro(name) ?? findDefaultMacro(name)) === undefined) {
    throw new IpsFault(
      'invalidParameter',
      `macro must be the name of an image format between dollar signs, such as $web$, and there is no ${JSON.stringify(called.slice(0, 60))}.`,
    )
  }
  return [...commands, called].join('&')
}
