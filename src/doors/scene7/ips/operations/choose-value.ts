import { IpsFault } from '../ips-fault.ts'

/**
 * Checks that a text is one of those that there are.
 *
 * @param member - its name, for the sentence
 * @returns undefined when there is none
 * @throws {@link IpsFault} `invalidParameter`
 */
export function chooseValue<Name extends string>(
  member: string,
  text: string | undefined,
  names: readonly Name[],
): Name | undefined {
  if (text === undefined) return undefined
  const found = names.find((name) => name === text)
  if (found !== undefined) return found
  throw new IpsFault(
    'invalidParameter',
    `${member} must be one of ${names.join(', ')}, and is ${JSON.stringify(text.slice(0, 60))}.`,
  )
}
