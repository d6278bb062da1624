import { noChange } from 'lit'
import { setCommittedValue } from 'lit/directive-helpers.js'
import { Directive, directive, type ElementPart, type PropertyPart } from 'lit/directive.js'

/**
 * The value of a field that is read once it has been typed as a whole: it is what the state says, but for as long as the focus is in the
 * field. The page is drawn anew with every news of the service, which would wipe out what is half typed.
 */
class UnlessTyping extends Directive {
  render(value: string): string {
    return value
  }

  override update(part: PropertyPart | ElementPart, [value]: [string]): unknown {
    const { element } = part
    if (document.activeElement === element || ('value' in element && element.value === value)) {
      return noChange
    }
    // What lit has set last is not what is there now.
    setCommittedValue(part)
    return value
  }
}

/** See {@link UnlessTyping}. */
export const unlessTyping = directive(UnlessTyping)
