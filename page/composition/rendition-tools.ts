import { html, type TemplateResult } from 'lit'
import { buttonIcon } from '../elements/icon.ts'
import { settle } from '../schema-form/settle.ts'
import '@spectrum-web-components/action-button/sp-action-button.js'
import { strings } from '../strings.ts'
import { duplicateRendition, removeRendition, swapWithNext } from './edits.ts'
import { idOf } from './rendition-id.ts'
import { inserted, removed, swapped } from './unfolded.ts'

const words = strings.composition

/** Which rendition of which composition something is about, and who is told of changes. */
export interface Position {
  readonly text: string
  /** Where in the text the list of renditions is. */
  readonly base: readonly string[]
  /** Counted from 0. */
  readonly index: number
  /** How many renditions there are. */
  readonly total: number
  /** The renditions whose fields are shown. */
  readonly unfolded: readonly number[]
  readonly onUnfold: (unfolded: readonly number[]) => void
  readonly onChange: (text: string) => void
}

/** The buttons that move, duplicate and remove a rendition. */
export function renditionTools(
  { text, base, index, total, unfolded, onUnfold, onChange }: Position,
  title: string,
): TemplateResult {
  const move = (event: Event, to: number) => {
    onChange(swapWithNext(text, base, Math.min(index, to)))
    onUnfold(swapped(unfolded, index, to))
    const [same, other] = to < index ? ['up', 'down'] : ['down', 'up']
    // At an end of the list the button that was pressed is disabled there.
    const isEnd = to === 0 || to === total - 1
    const focus = `#${idOf(to, [isEnd ? other : same])}`
    settle(event, { said: words.moved(to + 1, total), focus })
  }
  const duplicate = (event: Event) => {
    onChange(duplicateRendition(text, base, index))
    onUnfold(inserted(unfolded, index + 1))
    settle(event, { said: words.duplicated(index + 2), focus: `#${idOf(index + 1, ['name'])}` })
  }
  const remove = (event: Event) => {
    onChange(removeRendition(text, base, index))
    onUnfold(removed(unfolded, index))
    const focus = total === 1 ? '.add' : `#${idOf(Math.min(index, total - 2), ['remove'])}`
    settle(event, { said: words.removed(total - 1), focus })
  }
  return html`<div class="tools">
    <sp-action-button
      quiet
      size="s"
      id=${idOf(index, ['up'])}
      label=${words.moveUp(title)}
      ?disabled=${index === 0}
      @click=${(event: Event) => move(event, index - 1)}
      >${buttonIcon('chevron-up')}</sp-action-button
    >
    <sp-action-button
      quiet
      size="s"
      id=${idOf(index, ['down'])}
      label=${words.moveDown(title)}
      ?disabled=${index === total - 1}
      @click=${(event: Event) => move(event, index + 1)}
      >${buttonIcon('chevron-down')}</sp-action-button
    >
    <sp-action-button quiet size="s" label=${words.duplicate(title)} @click=${duplicate}
      >${buttonIcon('duplicate')}</sp-action-button
    >
    <sp-action-button
      quiet
      size="s"
      id=${idOf(index, ['remove'])}
      label=${words.remove(title)}
      @click=${remove}
      >${buttonIcon('delete')}</sp-action-button
    >
  </div>`
}
