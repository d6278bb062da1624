/** How letters are set apart from others. */
export type Mark = 'strong' | 'em' | 'underline' | 'strike' | 'sub' | 'sup' | 'mark' | 'code'

/** Which way lines run, where that is not as the text itself says. */
export type Direction = 'ltr' | 'rtl'

/** A picture within a line. */
export interface Picture {
  readonly kind: 'picture'
  /** A data: URL, or where it is on the web or beside the source, of which nothing is ever fetched. */
  readonly src: string
  readonly alt: string
  /** In CSS pixels, where the source says so. */
  readonly width?: number | undefined
  readonly height?: number | undefined
  readonly link?: string | undefined
}

/** What lines are made of: never nested, so that no source nests it deeply. */
export type Inline =
  | {
      readonly kind: 'text'
      readonly text: string
      readonly marks: readonly Mark[]
      /** Where it leads; `#id` is a place in the text itself. */
      readonly link?: string | undefined
    }
  | Picture
  | { readonly kind: 'break' }
  /** A place that links lead to. */
  | { readonly kind: 'anchor'; readonly id: string }

/** A cell of a table; it begins a row of cells to the right and below it. */
export interface Cell {
  readonly blocks: readonly Block[]
  readonly isHeader: boolean
  readonly columns: number
  readonly rows: number
}

/** A table, row by row; a cell is in the row that it begins in. */
export interface Table {
  readonly kind: 'table'
  readonly rows: readonly (readonly Cell[])[]
  readonly direction: Direction | undefined
}

/** A heading; 1 is the highest. */
export interface Heading {
  readonly kind: 'heading'
  readonly level: 1 | 2 | 3 | 4 | 5 | 6
  readonly content: readonly Inline[]
  readonly direction: Direction | undefined
}

/** A list; each of its items is blocks. */
export interface List {
  readonly kind: 'list'
  readonly isOrdered: boolean
  readonly start: number
  readonly items: readonly (readonly Block[])[]
  readonly direction: Direction | undefined
}

/** What a text is made of, from top to bottom. */
export type Block =
  | Heading
  | List
  | Table
  | {
      readonly kind: 'paragraph'
      readonly content: readonly Inline[]
      readonly direction: Direction | undefined
    }
  | { readonly kind: 'code'; readonly text: string; readonly language: string | undefined }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'rule' }

/** What is known of a text besides itself. */
export interface About {
  readonly title?: string | undefined
  readonly author?: string | undefined
  /** A language tag such as `de-CH`. */
  readonly language?: string | undefined
}

/** A text with headings, lists, tables and pictures, whatever it was read from and becomes: what it says, and not how it looks. */
export interface RichText extends About {
  readonly direction: Direction | undefined
  readonly blocks: readonly Block[]
}

/** The letters of a line, without what sets them apart. */
export function plainText(content: readonly Inline[]): string {
  return content
    .map((each) => {
      if (each.kind === 'text') return each.text
      if (each.kind === 'picture') return each.alt
      return each.kind === 'break' ? ' ' : ''
    })
    .join('')
    .trim()
}
