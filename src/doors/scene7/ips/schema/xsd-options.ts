/** What jobs are told to do with files; the notation is that of {@link Members}. */
export const OPTION_TYPES = {
  AutoColorCropOptions: 'corner tolerance:double',
  AutoSetCreationOptions: 'autoSetsArray?:HandleArray',
  AutoSmartCropOptions: 'name width:int height:int type',
  AutoTransparentCropOptions: 'tolerance:double',
  AvsEncoding: 'name aspectRatio? videoEncodingArray:VideoEncodingArray',
  ColorManagementOptions: 'colorManagement sourceProfileHandle? outputProfileHandle?',
  CssOptions: 'forceStaticImages?:boolean',
  IllustratorOptions: 'process? resolution?:double colorspace? alpha?:boolean',
  InDesignOptions: 'process?',
  KnockoutBackgroundOptions: 'corner tolerance?:double fillMethod',
  ManualCropOptions: 'left:int right:int top:int bottom:int',
  MediaOptions: `
    videoEncodingPresetsArray?:HandleArray videoEncodingArray?:VideoEncodingArray
    avsEncodingArray?:AvsEncodingArray generateThumbnail?:boolean
    thumbnailOptions?:ThumbnailOptions
  `,
  PDFOptions: `
    process? resolution?:double colorspace? pdfCatalog?:boolean extractSearchWords?:boolean
    extractLinks?:boolean
  `,
  PhotoshopLayerOptions: `
    layerNaming? anchor? createTemplate?:boolean extractText?:boolean extendLayers?:boolean
  `,
  PhotoshopOptions: 'process? layerOptions?:PhotoshopLayerOptions',
  PostScriptOptions:
    'process? resolution?:double colorspace? alpha?:boolean extractSearchWords?:boolean',
  Property: 'name value',
  ThumbnailOptions: 'thumbnailTime?:long',
  UnCompressOptions: 'process',
  UnsharpMaskOptions: 'amount?:double radius?:double threshold?:int monochrome?:int',
  UploadUrl: 'sourceUrl destPath',
  VideoEncoding: `
    name fileSuffix playbackTarget? width?:int height?:int videoCodec? videoBitrate:int
    minBitrate?:int maxBitrate?:int constantBitrate?:boolean frameRate?:double
    keyframeInterval?:int h264Profile? h264Level? twoPass?:boolean audioCodec? audioBitrate:int
    audioSampleRate?:int advancedSettings?:PropertyArray
  `,
} as const
