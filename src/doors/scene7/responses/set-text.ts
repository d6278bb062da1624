import { RequestError } from '../../../image-serving/request-error.ts'
import type { SetMember } from '../catalogue/asset.ts'

/** What parts a set, and is encoded where a name has it (r-imageset-cat). */
const DELIMITERS = /[,;:{}()%]/g

/** The most members of a set that a request names. */
const MOST_MEMBERS = 1000

/** Writes the members of a set: `asset;swatch,asset`. */
export function writeSet(members: readonly SetMember[]): string {
  return members
    .map(({ asset, swatch }) => [asset, ...(swatch === undefined ? [] : [swatch])])
    .map((names) => names.map(encodeName).join(';'))
    .join(',')
}

function encodeName(name: string): string {
  return name.replaceAll(
    DELIMITERS,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/**
 * Reads the members of a set that a request has written out, with or without the braces around it.
 *
 * @param text - decoded
 * @throws {@link RequestError} when it has sets within, or more than it may
 */
export function parseSet(text: string): readonly SetMember[] {
  const [, within = text] = /^\{(.*)\}$/s.exec(text.trim()) ?? []
  if (/[{}()]/.test(within)) {
    throw new RequestError(
      'imageSet= takes assets, and no sets or colours within a set.',
      'imageSet',
    )
  }
  const members = within
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
  if (members.length > MOST_MEMBERS) {
    throw new RequestError(`imageSet= takes ${MOST_MEMBERS} assets at most.`, 'imageSet')
  }
  return members.map((member) => {
    const [asset = '', swatch] = member.split(';').map((each) => each.trim())
    return { asset, swatch: swatch === '' ? undefined : swatch }
  })
}
