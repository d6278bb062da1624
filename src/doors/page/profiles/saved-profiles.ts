import * as z from 'zod/mini'
import { ServiceError } from '../../../base/errors.ts'
import { parseJson } from '../../../base/json.ts'
import { AEM_STANDARD_RENDITIONS } from '../../../contract/aem-profile.ts'
import type { Instructions } from '../../../contract/instructions/instruction.ts'
import { instructionsSchema, type Profile } from '../api.ts'
import type { PageDatabase } from '../page-database.ts'

const BUILT_IN: Profile = {
  name: 'AEM standard',
  renditions: AEM_STANDARD_RENDITIONS.map((each) => ({ ...each })),
  builtIn: true,
}

const LONGEST_NAME = 100

const rowSchema = z.object({
  name: z.string(),
  renditions: z.pipe(z.pipe(z.string(), z.transform(parseJson)), z.array(instructionsSchema)),
})

/** The processing profiles that the page offers. */
export interface Profiles {
  /** That of AEM, then those that were saved, by their names. */
  list: () => Profile[]
  /** @throws {ServiceError} 400 for a name that cannot be, or that of one which comes with the service */
  save: (name: string, renditions: readonly Instructions[]) => Profile
  /** @throws {ServiceError} 400 for one that comes with the service, 404 when there is none */
  remove: (name: string) => void
}

/** Opens the profiles that are kept in `database`. */
export function openProfiles(database: PageDatabase): Profiles {
  return {
    list: () => [
      BUILT_IN,
      ...database
        .all('SELECT name, renditions FROM profiles ORDER BY name COLLATE NOCASE, name')
        .map((row) => ({ ...rowSchema.parse(row), builtIn: false })),
    ],
    save(name, renditions) {
      refuseBuiltIn(name)
      if (name.trim() === '' || name.length > LONGEST_NAME || /\p{Cc}/u.test(name)) {
        throw new ServiceError(
          'invalid',
          `The name of a profile must have 1 to ${LONGEST_NAME} characters, none of them a control character, but it is ${JSON.stringify(name.slice(0, LONGEST_NAME))}.`,
        )
      }
      database.run(
        `INSERT INTO profiles (name, renditions) VALUES (?, ?)
           ON CONFLICT DO UPDATE SET renditions = excluded.renditions`,
        name,
        JSON.stringify(renditions),
      )
      return { name, renditions: [...renditions], builtIn: false }
    },
    remove(name) {
      refuseBuiltIn(name)
      if (database.run('DELETE FROM profiles WHERE name = ?', name) > 0) return
      throw new ServiceError('not_found', `There is no profile ${JSON.stringify(name)}.`)
    },
  }
}

function refuseBuiltIn(name: string): void {
  if (name !== BUILT_IN.name) return
  throw new ServiceError(
    'invalid',
    `The profile ${JSON.stringify(name)} comes with the service and stays as it is; save yours under another name.`,
  )
}
