/** Jobs, how far they are and what is logged of them; the notation is that of {@link Members}. */
export const JOB_TYPES = {
  ActiveJob: `
    companyHandle jobHandle name originalName type state submitUserEmail locale? description?
    serverName startDate:dateTime triggerTime:dateTime totalSize:int progress:int progressMessage
    lastProgressUpdate:dateTime taskProgressArray:TaskProgressArray
    imageServingPublishJob?:ImageServingPublishJob
    imageRenderingPublishJob?:ImageRenderingPublishJob videoPublishJob?:VideoPublishJob
    serverDirectoryPublishJob?:ServerDirectoryPublishJob metadataPublishJob?:MetadataPublishJob
    uploadDirectoryJob?:UploadDirectoryJob uploadUrlsJob?:UploadUrlsJob
    uploadPostJob?:UploadPostJob optimizeImagesJob?:OptimizeImagesJob ripPdfsJob?:RipPdfsJob
    reprocessAssetsJob?:ReprocessAssetsJob createVideoSitemapJob?:CreateVideoSitemapJob
    exportJob?:ExportJob automatedSetGenerationJob?:AutomatedSetGenerationJob
  `,
  AssetJobLog: `
    jobHandle jobName logMessage logType submitUserEmail logDate:dateTime
    auxArray?:JobLogDetailAuxArray
  `,
  AutomatedSetGenerationJob: `
    assetHandleArray:HandleArray destFolder? readyForPublish:boolean
    synchronizationComplete?:boolean autoSetCreationOptions:AutoSetCreationOptions emailSetting
  `,
  CreateVideoSitemapJob: 'forceUpdate?:boolean',
  ExportJob: 'assetHandleArray:HandleArray fmt is_modifier? macro? emailSetting clientId?',
  ImageRenderingPublishJob: 'emailSetting httpCompletionUrl? contextHandle?',
  ImageServingPublishJob: 'publishType emailSetting httpCompletionUrl? contextHandle?',
  JobLog: `
    companyHandle jobHandle jobName originalJobName submitUserEmail logType jobSubType
    startDate?:dateTime endDate?:dateTime description fileSuccessCount:int fileErrorCount:int
    fileWarningCount:int fileDuplicateCount:int fileUpdateCount:int totalFileCount:int
    transferSuccessCount:int transferErrorCount:int transferWarningCount:int fatalError:boolean
    detailTotalRows?:int detailArray?:JobLogDetailArray
  `,
  JobLogDetail: `
    logMessage logType dateCreated:dateTime assetName? assetType? assetHandle?
    auxArray?:JobLogDetailAuxArray
  `,
  JobLogDetailAux: 'logMessage logType dateCreated?:dateTime',
  MetadataPublishJob: 'forcePublish?:boolean',
  OptimizeImagesJob: 'emailSetting',
  ReprocessAssetsJob: `
    assetHandleArray:HandleArray readyForPublish?:boolean synchronizationComplete?:boolean
    preservePublishState?:boolean createMask:boolean preserveCrop?:boolean
    knockoutBackgroundOptions?:KnockoutBackgroundOptions manualCropOptions?:ManualCropOptions
    autoColorCropOptions?:AutoColorCropOptions
    autoTransparentCropOptions?:AutoTransparentCropOptions
    autoSmartCropOptionsArray?:AutoSmartCropOptionsArray photoshopOptions?:PhotoshopOptions
    postScriptOptions?:PostScriptOptions pdfOptions?:PDFOptions mediaOptions?:MediaOptions
    illustratorOptions?:IllustratorOptions cssOptions?:CssOptions
    colorManagementOptions?:ColorManagementOptions autoSetCreationOptions?:AutoSetCreationOptions
    projectHandleArray?:HandleArray emailSetting postJobOnlyIfFiles?:boolean postHttpUrl?
    postImageServingPublishJob?:ImageServingPublishJob
    postImageRenderingPublishJob?:ImageRenderingPublishJob postVideoPublishJob?:VideoPublishJob
    inDesignOptions?:InDesignOptions unsharpMaskOptions?:UnsharpMaskOptions
    excludeMasterVideoFromAVS?:boolean
  `,
  RipPdfsJob: `
    pdfHandleArray:HandleArray createMask:boolean
    knockoutBackgroundOptions?:KnockoutBackgroundOptions manualCropOptions?:ManualCropOptions
    autoColorCropOptions?:AutoColorCropOptions
    autoTransparentCropOptions?:AutoTransparentCropOptions
    autoSmartCropOptionsArray?:AutoSmartCropOptionsArray postScriptOptions?:PostScriptOptions
    pdfOptions?:PDFOptions illustratorOptions?:IllustratorOptions
    colorManagementOptions?:ColorManagementOptions projectHandleArray?:HandleArray emailSetting
    postHttpUrl? postImageServingPublishJob?:ImageServingPublishJob
    postImageRenderingPublishJob?:ImageRenderingPublishJob postVideoPublishJob?:VideoPublishJob
    inDesignOptions?:InDesignOptions
  `,
  ScheduledJob: `
    companyHandle jobHandle name originalName type submitUserEmail locale? description?
    execSchedule? nextFireTime?:dateTime timeZone? triggerState?
    imageServingPublishJob?:ImageServingPublishJob
    imageRenderingPublishJob?:ImageRenderingPublishJob videoPublishJob?:VideoPublishJob
    serverDirectoryPublishJob?:ServerDirectoryPublishJob metadataPublishJob?:MetadataPublishJob
    uploadDirectoryJob?:UploadDirectoryJob uploadUrlsJob?:UploadUrlsJob
    optimizeImagesJob?:OptimizeImagesJob ripPdfsJob?:RipPdfsJob
    reprocessAssetsJob?:ReprocessAssetsJob createVideoSitemapJob?:CreateVideoSitemapJob
    exportJob?:ExportJob automatedSetGenerationJob?:AutomatedSetGenerationJob
  `,
  ServerDirectoryPublishJob: 'emailSetting httpCompletionUrl?',
  TaskItemProgress: 'itemName progress:double progressMessage lastProgressUpdate:dateTime',
  TaskProgress: `
    taskType taskState numProcessed:int numProcessing:int numPending:int progress:double
    progressMessage lastProgressUpdate:dateTime taskItemProgressArray:TaskItemProgressArray
  `,
  UploadDirectoryJob: `
    destFolder? serverDir overwrite:boolean readyForPublish:boolean preservePublishState?:boolean
    synchronizationComplete?:boolean includeSubfolders:boolean createMask:boolean
    processMetadataFiles:boolean preserveCrop?:boolean
    knockoutBackgroundOptions?:KnockoutBackgroundOptions manualCropOptions?:ManualCropOptions
    autoColorCropOptions?:AutoColorCropOptions
    autoTransparentCropOptions?:AutoTransparentCropOptions
    autoSmartCropOptionsArray?:AutoSmartCropOptionsArray photoshopOptions?:PhotoshopOptions
    postScriptOptions?:PostScriptOptions pdfOptions?:PDFOptions
    illustratorOptions?:IllustratorOptions cssOptions?:CssOptions
    colorManagementOptions?:ColorManagementOptions autoSetCreationOptions?:AutoSetCreationOptions
    projectHandleArray?:HandleArray emailSetting postJobOnlyIfFiles?:boolean postHttpUrl?
    postImageServingPublishJob?:ImageServingPublishJob
    postImageRenderingPublishJob?:ImageRenderingPublishJob postVideoPublishJob?:VideoPublishJob
    mediaOptions?:MediaOptions inDesignOptions?:InDesignOptions xmpKeywords?
    unsharpMaskOptions?:UnsharpMaskOptions unCompressOptions?:UnCompressOptions
    excludeMasterVideoFromAVS?:boolean
  `,
  UploadPostJob: `
    overwrite:boolean readyForPublish:boolean preservePublishState?:boolean
    synchronizationComplete?:boolean createMask:boolean preserveCrop?:boolean
    knockoutBackgroundOptions?:KnockoutBackgroundOptions manualCropOptions?:ManualCropOptions
    autoColorCropOptions?:AutoColorCropOptions
    autoTransparentCropOptions?:AutoTransparentCropOptions
    autoSmartCropOptionsArray?:AutoSmartCropOptionsArray photoshopOptions?:PhotoshopOptions
    postScriptOptions?:PostScriptOptions pdfOptions?:PDFOptions
    illustratorOptions?:IllustratorOptions cssOptions?:CssOptions
    colorManagementOptions?:ColorManagementOptions autoSetCreationOptions?:AutoSetCreationOptions
    projectHandleArray?:HandleArray emailSetting postHttpUrl? mediaOptions?:MediaOptions
    inDesignOptions?:InDesignOptions xmpKeywords? unsharpMaskOptions?:UnsharpMaskOptions
    unCompressOptions?:UnCompressOptions excludeMasterVideoFromAVS?:boolean
  `,
  UploadUrlsJob: `
    urlArray?:UploadUrlArray numUrls?:int overwrite:boolean readyForPublish:boolean
    preservePublishState?:boolean synchronizationComplete?:boolean createMask:boolean
    preserveCrop?:boolean knockoutBackgroundOptions?:KnockoutBackgroundOptions
    manualCropOptions?:ManualCropOptions autoColorCropOptions?:AutoColorCropOptions
    autoTransparentCropOptions?:AutoTransparentCropOptions
    autoSmartCropOptionsArray?:AutoSmartCropOptionsArray photoshopOptions?:PhotoshopOptions
    postScriptOptions?:PostScriptOptions pdfOptions?:PDFOptions
    illustratorOptions?:IllustratorOptions cssOptions?:CssOptions
    colorManagementOptions?:ColorManagementOptions autoSetCreationOptions?:AutoSetCreationOptions
    projectHandleArray?:HandleArray emailSetting postJobOnlyIfFiles?:boolean postHttpUrl?
    postImageServingPublishJob?:ImageServingPublishJob
    postImageRenderingPublishJob?:ImageRenderingPublishJob postVideoPublishJob?:VideoPublishJob
    mediaOptions?:MediaOptions inDesignOptions?:InDesignOptions xmpKeywords?
    unsharpMaskOptions?:UnsharpMaskOptions unCompressOptions?:UnCompressOptions
    excludeMasterVideoFromAVS?:boolean
  `,
  VideoPublishJob: 'emailSetting httpCompletionUrl? contextHandle?',
} as const
