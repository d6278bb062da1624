"""Calls every operation, with zeep as it is: it refuses what is not as the schema says.

Prints what came of it as JSON.
"""
import datetime
import json
import sys
import zlib

import zeep
from zeep.helpers import serialize_object

wsdl, user, password, date = sys.argv[1:]
client = zeep.Client(wsdl, settings=zeep.Settings(strict=True))
service = client.service
header = client.get_element('{http://www.scene7.com/IpsApi/xsd}authHeader')(
    user=user, password=password, appName='probe', appVersion='1')
dated = client.get_element('{http://www.scene7.com/IpsApi/xsd/%s}authHeader' % date)(
    user=user, password=password, appName='probe', appVersion='1')


def call(operation, **members):
    return getattr(service, operation)(**members, _soapheaders=[header])


told = {}
info = service.getCompanyInfo(companyName='acme', _soapheaders=[dated])
company = info['companyHandle']
told['company'] = [company, info['name'], info['rootPath'], info['expires']]
told['login'] = call('checkLogin', email=user, password=password)
told['roles'] = [each['role'] for each in call('getCompanyMembership')]
told['email'] = call('getUserInfo')['email']
told['url'] = call('getProperty', name='IpsImageServerUrl')

preset = call('saveImageFormat', companyHandle=company, name='web', urlModifier='wid=400&fmt=png')
told['presets'] = serialize_object(call('getImageFormats', companyHandle=company))
call('deleteImageFormat', companyHandle=company, imageFormatHandle=preset)
told['noPresets'] = call('getImageFormats', companyHandle=company)

told['folder'] = call('createFolder', companyHandle=company, folderPath='/new/one/')
told['folders'] = [each['path'] for each in call('getFolders', companyHandle=company)['folderArray']['items']]
tree = call('getFolderTree', companyHandle=company, depth=-1)
told['tree'] = tree['folders']['subfolderArray']['items'][0]['path']

found = call(
    'searchAssets', companyHandle=company, includeSubfolders=True, sortBy='Name',
    systemFieldConditionArray={'items': [{'field': 'Name', 'op': 'Contains', 'value': 'o'}]})
told['rows'] = found['totalRows']
assets = {each['name']: each for each in found['assetArray']['items']}
told['found'] = sorted(assets)
shoe = assets['shoe']['assetHandle']
told['shoe'] = [assets['shoe']['type'], assets['shoe']['imageInfo']['fileSize']]
small = call(
    'searchAssets', companyHandle=company, includeSubfolders=True,
    responseFieldArray={'items': ['assetArray/items/name']})
told['small'] = [each['name'] for each in small['assetArray']['items']]
told['byName'] = call('getAssetsByName', companyHandle=company, nameArray={'items': ['shoe']})[0]['name']
told['byHandle'] = call('getAssets', companyHandle=company, assetHandleArray={'items': [shoe]})[0]['name']
told['counts'] = {
    each['assetType']: each['count'] for each in call('getAssetCounts', companyHandle=company)}
told['used'] = call('checkAssetNames', companyHandle=company, assetNameArray={'items': ['shoe', 'x']})
told['paths'] = call('getOriginalFilePaths', companyHandle=company, assetHandleArray={'items': [shoe]})

call('setUrlModifier', companyHandle=company, assetHandle=shoe, urlModifier='fmt=png')
call('setAssetPublishState', companyHandle=company, assetHandle=shoe, publishState='NotMarkedForPublish')
call('renameAsset', companyHandle=company, assetHandle=shoe, newName='boot', validateName=True)
call('moveAsset', companyHandle=company, assetHandle=shoe, folderHandle=told['folder'])
boot = call('getAssets', companyHandle=company, assetHandleArray={'items': [shoe]})[0]
told['boot'] = [boot['name'], boot['folder'], boot['readyForPublish'], boot['imageInfo']['urlModifier']]
told['xmp'] = zlib.decompress(call('getXMPPacket', companyHandle=company, assetHandle=shoe)).decode()
told['zip'] = [
    each['name']
    for each in call('getZipEntries', companyHandle=company, assetHandle=assets['folio']['assetHandle'])]

album = call('createImageSet', companyHandle=company, folderHandle='acme/', name='album', type='ImageSet')
call(
    'setImageSetMembers', companyHandle=company, assetHandle=album,
    memberArray={'items': [{'assetHandle': shoe, 'pageReset': False}]})
told['members'] = [
    each['asset']['name']
    for each in call('getImageSetMembers', companyHandle=company, assetHandle=album)]
told['around'] = call('getAssociatedAssets', companyHandle=company, assetHandle=shoe)[
    'containerArray']['items'][0]['type']
call('deleteAsset', companyHandle=company, assetHandle=album)
deleted = call('deleteAssets', companyHandle=company, assetHandleArray={'items': [shoe, 'a|0']})
told['deleted'] = [deleted['successCount'], deleted['errorDetailArray']['items'][0]['assetHandle']]
call('deleteFolder', companyHandle=company, folderHandle='acme/new/')

publish = {'publishType': 'Full', 'emailSetting': 'None'}
later = datetime.datetime(2100, 1, 1, tzinfo=datetime.timezone.utc)
job = call('submitJob', companyHandle=company, jobName='one', execTime=later, imageServingPublishJob=publish)
call('pauseJob', companyHandle=company, jobHandle=job)
scheduled = call('getScheduledJobs', companyHandle=company)[0]
told['scheduled'] = [scheduled['triggerState'], scheduled['imageServingPublishJob']['publishType']]
active = call('getActiveJobs', companyHandle=company, includeWaitingJobs=True)[0]
told['active'] = [active['state'], active['jobHandle'] == job]
call('resumeJob', companyHandle=company, jobHandle=job)
call('executeJob', companyHandle=company, jobHandle=job)
while True:
    logs = call('getJobLogDetails', companyHandle=company, jobHandle=job)
    if logs:
        break
told['log'] = [each['logType'] for each in logs[0]['detailArray']['items']]
told['logs'] = [each['jobName'] for each in call('getJobLogs', companyHandle=company)]
told['about'] = call('getAssetJobLogs', companyHandle=company, assetHandle=assets['folio']['assetHandle'])
call('deleteJob', companyHandle=company, jobHandle=job)

try:
    call('stopJob', companyHandle=company, jobHandle='j')
except zeep.exceptions.Fault as fault:
    told['fault'] = [fault.message, *(child.text for child in fault.detail[0])]
json.dump(told, sys.stdout)
