/** What is told of assets; the notation is that of {@link Members}. */
export const ASSET_TYPES = {
  AcoInfo: 'originalPath? originalFile? fileSize?:long',
  AnimatedGifInfo: 'originalPath? originalFile? fileSize?:long optimizedPath? optimizedFile?',
  Asset: `
    assetHandle? type? subType? name? fileName? folder? folderHandle? readyForPublish?:boolean
    trashState? projects? ipsImageUrl? created?:dateTime createUser? lastModified?:dateTime
    lastModifyUser? metadataArray?:MetadataArray imageInfo?:ImageInfo layerViewInfo?:LayerViewInfo
    templateInfo?:TemplateInfo watermarkInfo?:WatermarkInfo renderSceneInfo?:RenderSceneInfo
    vignetteInfo?:VignetteInfo cabinetInfo?:CabinetInfo windowCoveringInfo?:WindowCoveringInfo
    iccProfileInfo?:IccProfileInfo fontInfo?:FontInfo xslInfo?:XslInfo
    viewerPresetInfo?:ViewerPresetInfo viewerSwfInfo?:ViewerSwfInfo xmlInfo?:XmlInfo
    svgInfo?:SvgInfo fxgInfo?:FxgInfo pdfSettingsInfo?:PdfSettingsInfo zipInfo?:ZipInfo
    videoInfo?:VideoInfo acoInfo?:AcoInfo pdfInfo?:PdfInfo psdInfo?:PsdInfo flashInfo?:FlashInfo
    inDesignInfo?:InDesignInfo postScriptInfo?:PostScriptInfo illustratorInfo?:IllustratorInfo
    wordInfo?:WordInfo excelInfo?:ExcelInfo powerPointInfo?:PowerPointInfo rtfInfo?:RTFInfo
    maskInfo?:MaskInfo premiereExpressRemixInfo?:PremiereExpressRemixInfo
    cuePointInfo?:CuePointInfo audioInfo?:AudioInfo assetSetInfo?:AssetSetInfo
    masterVideoInfo?:MasterVideoInfo animatedGifInfo?:AnimatedGifInfo swcInfo?:SwcInfo
    cssInfo?:CssInfo javascriptInfo?:JavascriptInfo videoCaptionInfo?:VideoCaptionInfo
    permissions?:PermissionArray
  `,
  AssetSetInfo: 'setDefinition?',
  AudioInfo: 'originalPath? originalFile? fileSize?:long',
  CabinetInfo: `
    originalPath? originalFile? fileSize?:long imagePath? imageFile? optimizedPath? optimizedFile?
  `,
  ConfigSetting: 'name value? handle?',
  CssInfo: 'originalPath? originalFile? fileSize?:long',
  CuePointInfo: 'originalPath? originalFile? fileSize?:long',
  ExcelInfo: 'originalPath? originalFile? fileSize?:long',
  FlashInfo: 'originalPath? originalFile? fileSize?:long',
  FontInfo: 'originalPath? originalFile? fileSize?:long',
  FxgInfo: 'originalPath? originalFile? fileSize?:long',
  IccProfileInfo: 'originalPath? originalFile? fileSize?:long',
  IllustratorInfo: 'originalPath? originalFile? fileSize?:long',
  ImageInfo: `
    originalPath? originalFile? optimizedPath? optimizedFile? maskPath? maskFile? width?:int
    height?:int fileSize?:long resolution?:double sku? description? comments? userData?
    anchorX?:int anchorY?:int urlModifier? urlPostApplyModifier? zoomTargets?:ZoomTargetArray
    masks?:MaskArray imageMaps?:ImageMapArray
  `,
  ImageMap: `
    imageMapHandle? name? region? action? shapeType? position?:int enabled?:boolean
    lastModified?:dateTime
  `,
  InDesignInfo: 'originalPath? originalFile? fileSize?:long',
  JavascriptInfo: 'originalPath? originalFile? fileSize?:long',
  LayerViewInfo: 'url? urlModifier? urlPostApplyModifier?',
  Mask: 'maskHandle? name? maskPath? maskFile? lastModified?:dateTime',
  MaskInfo: 'maskPath? maskFile?',
  MasterVideoInfo: 'originalPath? originalFile? fileSize?:long',
  Metadata: `
    name value boolVal?:boolean longVal?:long doubleVal?:double dateVal?:dateTime
    valueArray?:StringArray
  `,
  PdfInfo: 'originalPath? originalFile? fileSize?:long',
  PdfSettingsInfo: 'originalPath? originalFile? fileSize?:long',
  Permission: 'groupHandle? groupName? permissionType? isAllowed?:boolean isOverride?:boolean',
  PostScriptInfo: 'originalPath? originalFile? fileSize?:long',
  PowerPointInfo: 'originalPath? originalFile? fileSize?:long',
  PremiereExpressRemixInfo: 'originalPath? originalFile? fileSize?:long',
  PsdInfo: 'originalPath? originalFile? fileSize?:long optimizedPath? optimizedFile?',
  RTFInfo: 'originalPath? originalFile? fileSize?:long',
  RenderSceneInfo: 'url?',
  SvgInfo: 'originalPath? originalFile? fileSize?:long',
  SwcInfo: 'originalPath? originalFile? fileSize?:long',
  TemplateInfo: 'url? urlModifier? urlPostApplyModifier?',
  VideoCaptionInfo: 'originalPath? originalFile? fileSize?:long',
  VideoInfo: `
    originalPath? originalFile? fileSize?:long imagePath? imageFile? optimizedPath? optimizedFile?
  `,
  ViewerPresetInfo: 'type? configSettingArray?:ConfigSettingArray',
  ViewerSwfInfo: 'originalPath? originalFile? fileSize?:long',
  VignetteInfo: `
    originalPath? originalFile? fileSize?:long imagePath? imageFile? optimizedPath? optimizedFile?
  `,
  WatermarkInfo: 'url? urlModifier? urlPostApplyModifier?',
  WindowCoveringInfo: `
    originalPath? originalFile? fileSize?:long imagePath? imageFile? optimizedPath? optimizedFile?
  `,
  WordInfo: 'originalPath? originalFile? fileSize?:long',
  XmlInfo: 'originalPath? originalFile? fileSize?:long',
  XslInfo: 'originalPath? originalFile? fileSize?:long',
  ZipInfo: 'originalPath? originalFile? fileSize?:long',
  ZoomTarget: `
    zoomTargetHandle? name? xPosition?:int yPosition?:int width?:int height?:int userData?
    position?:int lastModified?:dateTime
  `,
} as const
