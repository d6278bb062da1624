/** Operations about assets and sets; the notation is that of {@link Members}. */
export const ASSET_SIGNATURES = {
  searchAssets: {
    isFor: 'everybody',
    takes: `
      companyHandle accessUserHandle? accessGroupHandle? folder? includeSubfolders:boolean
      publishState? trashState? conditionMatchMode? keywordArray?:StringArray
      systemFieldMatchMode? systemFieldConditionArray?:SystemFieldConditionArray tagMatchMode?
      tagConditionArray?:TagConditionArray metadataMatchMode?
      metadataConditionArray?:MetadataConditionArray assetTypeArray?:StringArray
      excludeAssetTypeArray?:StringArray assetSubTypeArray?:StringArray
      strictSubTypeCheck?:boolean excludeByproducts?:boolean
      excludeByproductArray?:ExcludeByproductArray projectHandle? recordsPerPage?:int
      resultsPage?:int sortBy? sortDirection? responseFieldArray?:StringArray
      excludeFieldArray?:StringArray
    `,
    gives: 'totalRows?:int assetArray?:AssetArray',
  },
  getAssets: {
    isFor: 'everybody',
    takes: `
      companyHandle accessUserHandle? accessGroupHandle? assetHandleArray:HandleArray
      responseFieldArray?:StringArray excludeFieldArray?:StringArray
    `,
    gives: 'assetArray?:AssetArray',
  },
  getAssetsByName: {
    isFor: 'everybody',
    takes: `
      companyHandle accessUserHandle? accessGroupHandle? nameArray:StringArray
      assetTypeArray?:StringArray excludeAssetTypeArray?:StringArray
      assetSubTypeArray?:StringArray strictSubTypeCheck?:boolean responseFieldArray?:StringArray
      excludeFieldArray?:StringArray
    `,
    gives: 'assetArray?:AssetArray',
  },
  getAssetCounts: {
    isFor: 'everybody',
    takes: 'companyHandle',
    gives: 'countArray?:AssetCountArray',
  },
  checkAssetNames: {
    isFor: 'everybody',
    takes: 'companyHandle assetNameArray:StringArray',
    gives: 'inUseNameArray:StringArray',
  },
  getOriginalFilePaths: {
    isFor: 'everybody',
    takes: 'companyHandle assetHandleArray:HandleArray',
    gives: 'originalFileArray:StringArray',
  },
  getAssociatedAssets: {
    isFor: 'everybody',
    takes: `
      companyHandle assetHandle responseFieldArray?:StringArray excludeFieldArray?:StringArray
    `,
    gives: `
      containerArray?:AssetArray memberArray?:AssetArray layerReferenceArray?:AssetArray
      ownerArray?:AssetArray derivedArray?:AssetArray generatorArray?:GenerationInfoArray
      generatedArray?:GenerationInfoArray subAssetArray?:SubAssetArray thumbAsset?:Asset
    `,
  },
  getXMPPacket: {
    isFor: 'everybody',
    takes: 'companyHandle assetHandle',
    gives: 'compressedPacket:base64Binary',
  },
  getZipEntries: {
    isFor: 'everybody',
    takes: 'companyHandle assetHandle',
    gives: 'zipArray:ZipEntryArray',
  },
  renameAsset: {
    isFor: 'contributors',
    takes: 'companyHandle assetHandle newName validateName:boolean',
    gives: '',
  },
  moveAsset: {
    isFor: 'contributors',
    takes: 'companyHandle assetHandle folderHandle',
    gives: '',
  },
  deleteAsset: {
    isFor: 'contributors',
    takes: 'companyHandle assetHandle',
    gives: '',
  },
  deleteAssets: {
    isFor: 'contributors',
    takes: 'companyHandle assetHandleArray:HandleArray',
    gives: `
      successCount:int warningCount:int errorCount:int
      warningDetailArray?:AssetOperationFaultArray errorDetailArray?:AssetOperationFaultArray
    `,
  },
  setUrlModifier: {
    isFor: 'contributors',
    takes: 'companyHandle assetHandle urlModifier? urlPostApplyModifier?',
    gives: '',
  },
  setAssetPublishState: {
    isFor: 'contributors',
    takes: 'companyHandle assetHandle publishState contextHandleArray?:HandleArray',
    gives: '',
  },
  createImageSet: {
    isFor: 'contributors',
    takes: 'companyHandle folderHandle name type thumbAssetHandle?',
    gives: 'assetHandle',
  },
  getImageSetMembers: {
    isFor: 'everybody',
    takes: `
      companyHandle assetHandle responseFieldArray?:StringArray excludeFieldArray?:StringArray
    `,
    gives: 'memberArray:ImageSetMemberArray',
  },
  setImageSetMembers: {
    isFor: 'contributors',
    takes: 'companyHandle assetHandle memberArray:ImageSetMemberUpdateArray',
    gives: '',
  },
} as const
