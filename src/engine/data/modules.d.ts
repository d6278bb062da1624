/** The parts of `turndown` 7.2.5 that this project uses; it brings no types. */
declare module 'turndown' {
  export default class TurndownService {
    constructor(options: {
      readonly headingStyle: 'atx'
      readonly codeBlockStyle: 'fenced'
      readonly bulletListMarker: '-'
    })
    remove(elements: string[]): this
    turndown(html: string): string
  }
}

/** The parts of `fontverter` 2.0.0 that this project uses; it brings no types. */
declare module 'fontverter' {
  const fontverter: {
    convert(font: Buffer, to: 'sfnt' | 'woff' | 'woff2'): Promise<Buffer>
  }
  export default fontverter
}
