import * as z from 'zod/mini'
import type { Instructions } from '../../src/contract/instructions/instruction.ts'
import { type Profile, profileSchema } from '../../src/doors/page/api.ts'
import { compositionOf } from '../model/profile-match.ts'
import { ask, jsonBody, urlOf } from '../service.ts'
import type { Store } from '../state.ts'
import { tellProblem } from './notices.ts'

/** Asks for the profiles. Without anything composed yet, the first of them, which the service brings along, is it. */
export async function loadProfiles(store: Store): Promise<void> {
  const profiles = await ask(z.array(profileSchema), urlOf('profiles'))
  const { composition, profiles: known } = store.state()
  store.change({ profiles })
  const [first] = profiles
  if (first !== undefined && known.length === 0 && composition === '') chooseProfile(store, first)
}

/** Puts the renditions of a profile into the composition. */
export function chooseProfile(store: Store, { name, renditions }: Profile): void {
  store.change({ profile: name, composition: compositionOf(renditions) })
}

/** Keeps renditions as a profile, in place of one that has the same name. */
export async function saveProfile(
  store: Store,
  name: string,
  renditions: readonly Instructions[],
): Promise<void> {
  try {
    const saved = await ask(profileSchema, urlOf('profiles', name), jsonBody('PUT', { renditions }))
    const profiles = store.state().profiles
    const at = profiles.findIndex((profile) => profile.name === saved.name)
    store.change({
      profiles: at === -1 ? [...profiles, saved] : profiles.with(at, saved),
      profile: saved.name,
    })
  } catch (error) {
    tellProblem(store, error)
  }
}

/** Deletes a saved profile; the composition stays as it is. */
export async function deleteProfile(store: Store, name: string): Promise<void> {
  try {
    await ask(z.unknown(), urlOf('profiles', name), { method: 'DELETE' })
    const { profiles, profile } = store.state()
    store.change({
      profiles: profiles.filter((each) => each.name !== name),
      profile: profile === name ? undefined : profile,
    })
  } catch (error) {
    tellProblem(store, error)
  }
}
