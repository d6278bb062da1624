import { LAYOUT_FIELDS } from '../../../contract/instructions/capture-instruction.ts'
import { optional } from './task-options.ts'

/** How pages are opened, printed and drawn, by CloudConvert's names. */
export const LAYOUT_OPTIONS = {
  zoom: optional(LAYOUT_FIELDS.zoom),
  page_width: optional(LAYOUT_FIELDS.pageWidth),
  page_height: optional(LAYOUT_FIELDS.pageHeight),
  page_format: optional(LAYOUT_FIELDS.pageFormat),
  page_orientation: optional(LAYOUT_FIELDS.pageOrientation),
  margin_top: optional(LAYOUT_FIELDS.marginTop),
  margin_bottom: optional(LAYOUT_FIELDS.marginBottom),
  margin_left: optional(LAYOUT_FIELDS.marginLeft),
  margin_right: optional(LAYOUT_FIELDS.marginRight),
  print_background: optional(LAYOUT_FIELDS.printBackground),
  display_header_footer: optional(LAYOUT_FIELDS.displayHeaderFooter),
  header_template: optional(LAYOUT_FIELDS.headerTemplate),
  footer_template: optional(LAYOUT_FIELDS.footerTemplate),
  wait_until: optional(LAYOUT_FIELDS.waitUntil),
  wait_for_element: optional(LAYOUT_FIELDS.waitForElement),
  wait_time: optional(LAYOUT_FIELDS.waitTime),
  css_media_type: optional(LAYOUT_FIELDS.cssMediaType),
}

/** What the instruction `capture` has of such options. */
export function layoutInstructions(
  options: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.keys(LAYOUT_OPTIONS).flatMap((name) => {
      const { [name]: value } = options
      return value === undefined ? [] : [[toCamelCase(name), value]]
    }),
  )
}

function toCamelCase(name: string): string {
  return name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase())
}
