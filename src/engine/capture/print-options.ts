import type { Page } from 'playwright-core'
import type { CaptureOptions } from './capture-options.ts'
import { PAGE_FORMATS } from './page-formats.ts'

/** What Chromium is told when it prints. */
export type PrintOptions = NonNullable<Parameters<Page['pdf']>[0]>

/** Room for a header or a footer, in millimetres, where no margin is given: without any it could not be seen. */
const HEADER_MM = 15

/** Chromium gives a template no size of letters of its own, in which it could be read. */
const TEMPLATE_STYLE = 'font-size:8px;width:100%;margin:0 10mm'

/** How a page is printed. */
export function toPrintOptions(options: CaptureOptions): PrintOptions {
  const { pageWidth, pageHeight, pageFormat = 'a4', pageOrientation, pages, zoom } = options
  const [width, height] = PAGE_FORMATS[pageFormat]
  const hasHeader = options.displayHeaderFooter === true
  return {
    width: `${pageWidth === undefined ? width : pageWidth * 10}mm`,
    height: `${pageHeight === undefined ? height : pageHeight * 10}mm`,
    landscape: pageOrientation === 'landscape',
    margin: {
      top: `${options.marginTop ?? (hasHeader ? HEADER_MM : 0)}mm`,
      bottom: `${options.marginBottom ?? (hasHeader ? HEADER_MM : 0)}mm`,
      left: `${options.marginLeft ?? 0}mm`,
      right: `${options.marginRight ?? 0}mm`,
    },
    // Paper that the page names itself is as good as none that anybody has named.
    preferCSSPageSize:
      pageWidth === undefined && pageHeight === undefined && options.pageFormat === undefined,
    printBackground: options.printBackground ?? true,
    displayHeaderFooter: hasHeader,
    ...(pages !== undefined && { pageRanges: pages }),
    ...(zoom !== undefined && { scale: zoom }),
    ...template('headerTemplate', options.headerTemplate),
    ...template('footerTemplate', options.footerTemplate),
  }
}

function template(name: 'headerTemplate' | 'footerTemplate', html: string | undefined) {
  return html === undefined ? {} : { [name]: `<div style="${TEMPLATE_STYLE}">${html}</div>` }
}
