import {
  COMMANDS,
  type CommandName,
  findCommand,
} from '../../../src/image-serving/commands/commands.ts'
import { choose } from '../../elements/choose.ts'
import { labWords as words } from './lab-words.ts'
import type { Place } from './line-places.ts'
import { COMMAND_NAMES } from './query-completion.ts'

/** Has the user choose one of the commands that apply to a place. */
export async function chooseCommand(place: Place, title: string): Promise<CommandName | undefined> {
  const isOfEffects = place.of !== 'request' && place.effect !== undefined
  const levels = isOfEffects ? (['layer 0', 'layer'] as const) : levelsOf(place)
  const groups = levels.map((level) => ({
    title: words.groups[level],
    choices: COMMAND_NAMES.map((name) => COMMANDS[name])
      .filter((command) => command.level === level && fits(place, command))
      .map((command) => ({
        value: command.name,
        sentence: command.sentence,
        note: 'differs' in command ? command.differs : undefined,
      })),
  }))
  return findCommand((await choose({ title, search: words.search, groups })) ?? '')
}

function levelsOf({ of }: Place): readonly (keyof typeof words.groups)[] {
  if (of === 'request') return ['view', 'request']
  return of === 'all' ? ['layer'] : ['layer 0', 'layer']
}

function fits(place: Place, command: object): boolean {
  const isOfEffect = place.of !== 'request' && place.effect !== undefined
  return !isOfEffect || ('ofEffects' in command && command.ofEffects === true)
}
