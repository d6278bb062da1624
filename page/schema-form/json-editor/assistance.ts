import type { Completion } from '@codemirror/autocomplete'
import { linter } from '@codemirror/lint'
import { completing, describing, writeCompletion } from '../../code-editor/assistance.ts'
import { completeAt, describeAt, type Suggestion } from '../completion.ts'
import type { Language } from '../language.ts'

/** Milliseconds without a keystroke after which it is said what is wrong. */
const LINT_DELAY = 150

/** Puts what makes no difference behind what does. */
const NO_DIFFERENCE = -50

/** Completion, descriptions under the pointer, and underlined problems. */
export function assistanceWith(language: Language) {
  return [
    completing((text, position) => complete(text, position, language)),
    describing((text, position) => describeAt(text, position, language)),
    linter(
      ({ state }) =>
        language.problemsOf(state.doc.toString()).map(({ message, offset, length, isRemark }) => ({
          from: Math.min(offset, state.doc.length),
          to: Math.min(offset + length, state.doc.length),
          severity: isRemark ? 'warning' : 'error',
          message,
        })),
      { delay: LINT_DELAY },
    ),
  ]
}

function complete(text: string, position: number, language: Language) {
  const found = completeAt(text, position, language)
  if (found === undefined) return undefined
  // What has been typed is compared without its quotes; what is applied has quotes of its own.
  const quoted = text[found.from] === '"' && found.from < position ? 1 : 0
  const rest = found.to - position
  const toCompletion = (option: Suggestion): Completion => ({
    label: option.label,
    ...(option.info === '' ? {} : { info: option.info }),
    boost: option.matters ? 0 : NO_DIFFERENCE,
    apply: (view, _completion, from, to) =>
      writeCompletion(view, {
        from: from - quoted,
        to: to + rest,
        insert: option.insert,
        selection: { anchor: from - quoted + option.cursor },
      }),
  })
  return { from: found.from + quoted, options: found.options.map(toCompletion) }
}
