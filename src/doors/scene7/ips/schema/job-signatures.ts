/** Operations about jobs; the notation is that of {@link Members}. */
export const JOB_SIGNATURES = {
  submitJob: {
    isFor: 'submitters',
    takes: `
      companyHandle userHandle? jobName locale? execTime?:dateTime execSchedule? description?
      imageServingPublishJob?:ImageServingPublishJob
      imageRenderingPublishJob?:ImageRenderingPublishJob videoPublishJob?:VideoPublishJob
      serverDirectoryPublishJob?:ServerDirectoryPublishJob metadataPublishJob?:MetadataPublishJob
      uploadDirectoryJob?:UploadDirectoryJob uploadUrlsJob?:UploadUrlsJob
      optimizeImagesJob?:OptimizeImagesJob ripPdfsJob?:RipPdfsJob
      reprocessAssetsJob?:ReprocessAssetsJob createVideoSitemapJob?:CreateVideoSitemapJob
      exportJob?:ExportJob automatedSetGenerationJob?:AutomatedSetGenerationJob
    `,
    gives: 'jobHandle',
  },
  getActiveJobs: {
    isFor: 'submitters',
    takes: 'companyHandle? jobHandle? originalName? includeWaitingJobs?:boolean',
    gives: 'jobArray:ActiveJobArray',
  },
  getScheduledJobs: {
    isFor: 'submitters',
    takes: 'companyHandle? jobHandle? originalName?',
    gives: 'jobArray:ScheduledJobArray',
  },
  getJobLogs: {
    isFor: 'everybody',
    takes: `
      companyHandle? userHandle? sortBy? sortDirection? startDate?:dateTime endDate?:dateTime
      numRows?:int
    `,
    gives: 'jobLogArray:JobLogArray',
  },
  getJobLogDetails: {
    isFor: 'everybody',
    takes: `
      companyHandle jobHandle? originalName? logTypeArray?:StringArray recordsPerPage?:int
      resultsPage?:int sortBy? sortDirection?
    `,
    gives: 'jobLogArray:JobLogArray',
  },
  getAssetJobLogs: {
    isFor: 'everybody',
    takes: 'companyHandle assetHandle',
    gives: 'jobLogArray:AssetJobLogArray',
  },
  stopJob: {
    isFor: 'submitters',
    takes: 'companyHandle jobHandle',
    gives: '',
  },
  pauseJob: {
    isFor: 'submitters',
    takes: 'companyHandle jobHandle',
    gives: '',
  },
  resumeJob: {
    isFor: 'submitters',
    takes: 'companyHandle jobHandle',
    gives: '',
  },
  executeJob: {
    isFor: 'submitters',
    takes: 'companyHandle jobHandle',
    gives: '',
  },
  deleteJob: {
    isFor: 'submitters',
    takes: 'companyHandle jobHandle',
    gives: '',
  },
} as const
