/** Companies, users, folders, presets and what is searched for; the notation is that of {@link Members}. */
export const HOUSE_TYPES = {
  AssetCount: 'assetType count:int',
  AssetOperationFault: 'assetHandle code:int reason',
  Company: 'companyHandle name rootPath expires?:dateTime imsOrgId?',
  CompanyMembership: 'company:Company role isActive:boolean',
  ExcludeByproductCondition: 'engine generatedAssetType',
  Folder: `
    folderHandle? path? lastModified?:dateTime childLastModified?:dateTime permissionSetHandle?
    hasSubfolders?:boolean subfolderArray?:FolderArray
  `,
  GenerationAttribute: 'name? value?',
  GenerationInfo:
    'engine? originator?:Asset generated?:Asset attributeArray?:GenerationAttributeArray',
  ImageFormat: 'imageFormatHandle name urlModifier',
  ImageSetMember: 'asset?:Asset pageReset?:boolean',
  ImageSetMemberUpdate: 'assetHandle pageReset:boolean',
  MetadataCondition: `
    fieldHandle op caseSensitive?:boolean value? values?:StringArray boolVal?:boolean
    longVal?:long minLong?:long maxLong?:long doubleVal?:double minDouble?:double
    maxDouble?:double dateVal?:dateTime minDate?:dateTime maxDate?:dateTime
  `,
  NormalizedCropRect: 'leftN:double topN:double widthN:double heightN:double',
  PermissionSet: 'permissionSetHandle? permissionArray?:PermissionArray',
  SmartCrop: 'cropRect?:NormalizedCropRect width:int height:int',
  SubAsset: `
    subAssetHandle? type? subType? name? created?:dateTime createUser? lastModified?:dateTime
    lastModifyUser? userDataArray?:UserDataArray metadataArray?:MetadataArray smartCrop?:SmartCrop
  `,
  SystemFieldCondition: `
    field op value? boolVal?:boolean longVal?:long minLong?:long maxLong?:long doubleVal?:double
    minDouble?:double maxDouble?:double dateVal?:dateTime minDate?:dateTime maxDate?:dateTime
  `,
  TagCondition: 'fieldHandle op value? valueArray?:StringArray',
  User: `
    userHandle firstName lastName email imsUserId? isValid:boolean isIpsAdmin:boolean
    passwordExpires?:dateTime
  `,
  UserData: 'name value',
  ZipEntry: `
    name isDirectory:boolean lastModified:dateTime compressedSize:long uncompressedSize:long
  `,
} as const
