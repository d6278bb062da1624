import type { Instructions } from '../../src/contract/instructions/instruction.ts'
import type { Profile } from '../../src/doors/page/api.ts'

/** Renditions as the composition has them: JSON that a person reads. */
export function compositionOf(renditions: readonly Instructions[]): string {
  return JSON.stringify(renditions, undefined, 2)
}

/** Whether renditions are those of a profile, whatever their text looks like. */
export function isProfile(
  renditions: readonly Instructions[] | undefined,
  { renditions: own }: Profile,
): boolean {
  return JSON.stringify(renditions) === JSON.stringify(own)
}

/** The profile of a name; undefined when there is none. */
export function profileNamed(profiles: readonly Profile[], name: string): Profile | undefined {
  return profiles.find((profile) => profile.name === name)
}
