/** Operations about companies, users, folders and presets; the notation is that of {@link Members}. */
export const ACCOUNT_SIGNATURES = {
  checkLogin: {
    isFor: 'everybody',
    takes: 'companyHandle? email password',
    gives: 'status',
  },
  getCompanyInfo: {
    isFor: 'everybody',
    takes: 'companyHandle? companyName? imsOrgId?',
    gives: 'companyInfo:Company',
  },
  getCompanyMembership: {
    isFor: 'everybody',
    takes: 'userHandle?',
    gives: 'membershipArray:CompanyMembershipArray',
  },
  getUserInfo: {
    isFor: 'everybody',
    takes: 'userHandle? email?',
    gives: 'userInfo:User',
  },
  getProperty: {
    isFor: 'everybody',
    takes: 'name',
    gives: 'value',
  },
  getFolders: {
    isFor: 'everybody',
    takes: `
      companyHandle accessUserHandle? accessGroupHandle? folderPath? assetTypeArray?:StringArray
      responseFieldArray?:StringArray excludeFieldArray?:StringArray
    `,
    gives: 'folderArray?:FolderArray permissionSetArray?:PermissionSetArray',
  },
  getFolderTree: {
    isFor: 'everybody',
    takes: `
      companyHandle accessUserHandle? accessGroupHandle? folderPath? depth:int
      assetTypeArray?:StringArray responseFieldArray?:StringArray excludeFieldArray?:StringArray
    `,
    gives: 'folders?:Folder permissionSetArray?:PermissionSetArray',
  },
  createFolder: {
    isFor: 'contributors',
    takes: 'companyHandle folderPath',
    gives: 'folderHandle',
  },
  deleteFolder: {
    isFor: 'contributors',
    takes: 'companyHandle folderHandle',
    gives: '',
  },
  getImageFormats: {
    isFor: 'everybody',
    takes: 'companyHandle',
    gives: 'imageFormatArray:ImageFormatArray',
  },
  saveImageFormat: {
    isFor: 'editors',
    takes: 'companyHandle imageFormatHandle? name urlModifier',
    gives: 'imageFormatHandle',
  },
  deleteImageFormat: {
    isFor: 'editors',
    takes: 'companyHandle imageFormatHandle',
    gives: '',
  },
} as const
