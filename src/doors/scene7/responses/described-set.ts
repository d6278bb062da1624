/** An asset, or a colour, at a place of a set; the letters are those of Adobe's answers. */
export interface SetName {
  /** Of the asset. */
  readonly n?: string
  /** In place of an asset: six hexadecimal digits behind `0x`. */
  readonly color?: string
  /** Its label. */
  readonly l?: string
}

/** One of a set. */
export interface SetItem {
  /** What kind of set is in it, or that it is a video; a picture says nothing. */
  readonly type?: string
  /** Several where pages are seen side by side; none where there is a set in it. */
  readonly i?: SetName | readonly SetName[]
  readonly set?: DescribedSet
  /** What is shown in its place where one chooses. */
  readonly s: SetName
  /** The size of the picture, in pixels. */
  readonly dx?: string
  readonly dy?: string
  /** Changes when the asset does. */
  readonly iv?: string
}

/** Of a picture one of its smart crops, by which AEM's image component finds them. */
export interface SetRelation {
  readonly n: string
  readonly type: 'crop'
  readonly userdata: Readonly<Record<string, string>>
}

/** What is answered about a set; of a picture, a video or another file the one item that it is. */
export interface DescribedSet {
  readonly pv: '1.0'
  readonly type: string
  readonly n: string
  /** No list where there is only one: clients of Adobe's expect that. */
  readonly item: SetItem | readonly SetItem[]
  readonly relation?: readonly SetRelation[]
}
