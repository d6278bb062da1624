import { html, type TemplateResult } from 'lit'

/** A name that may go on in the next line after a dot, a dash or a slash, where it is too long for one. */
export function breakable(name: string): readonly TemplateResult[] {
  return name.split(/(?<=[._/-])/).map((part) => html`${part}<wbr>`)
}
