"""Calls every operation, with zeep as it is: it refuses what is not as the schema says.

Prints what came of it as JSON, with the names of the operations that it has had a reply of.
"""
import datetime
import io
import json
import os
import time
import zipfile
import zlib

import requests
import zeep
from zeep.helpers import serialize_object

wsdl = os.environ['SCENE7_WSDL']
user = os.environ['SCENE7_USER']
password = os.environ['SCENE7_PASSWORD']
name = os.environ['SCENE7_COMPANY']
date = wsdl.split('IpsApi-')[1].split('.')[0]
client = zeep.Client(wsdl, settings=zeep.Settings(strict=True))
service = client.service
header = client.get_element('{http://www.scene7.com/IpsApi/xsd}authHeader')(
    user=user, password=password, appName='probe', appVersion='1')
dated = client.get_element('{http://www.scene7.com/IpsApi/xsd/%s}authHeader' % date)(
    user=user, password=password, appName='probe', appVersion='1')


replied = set()


def call(operation, *headers, **members):
    reply = getattr(service, operation)(**members, _soapheaders=list(headers or [header]))
    replied.add(operation)
    return reply


def wait_for_log(job):
    while True:
        logs = call('getJobLogDetails', companyHandle=company, jobHandle=job)
        if logs:
            return logs[0]
        time.sleep(0.05)


told = {}
info = call('getCompanyInfo', dated, companyName=name)
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
told['xmp'] = zlib.decompress(call('getXMPPacket', companyHandle=company, assetHandle=shoe))[:11].decode()
told['zip'] = [
    each['name']
    for each in call('getZipEntries', companyHandle=company, assetHandle=assets['folio']['assetHandle'])]

album = call('createImageSet', companyHandle=company, folderHandle=info['rootPath'], name='album', type='ImageSet')
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
call('deleteFolder', companyHandle=company, folderHandle=info['rootPath'] + 'new/')

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
told['log'] = [each['logType'] for each in wait_for_log(job)['detailArray']['items']]
told['logs'] = [
    each['jobName'] for each in call('getJobLogs', companyHandle=company) if each['jobHandle'] == job]
told['about'] = [
    each['logType']
    for each in call('getAssetJobLogs', companyHandle=company, assetHandle=assets['folio']['assetHandle'])]
call('deleteJob', companyHandle=company, jobHandle=job)


export = assets['fileToExport']['assetHandle']
call('saveImageFormat', companyHandle=company, name='test', urlModifier='fmt=tif&wid=30')
job = call('submitJob', companyHandle=company, jobName='My Job', exportJob={
    'assetHandleArray': {'items': [export]}, 'fmt': 'convert', 'is_modifier': '&fmt=png',
    'macro': '$test$', 'emailSetting': 'JobCompletion', 'clientId': '192.0.2.1'})
exported = wait_for_log(job)
told['exported'] = [exported['fileSuccessCount'], exported['fatalError']]
url = exported['detailArray']['items'][-1]['logMessage'].split(': ')[1]
archive = zipfile.ZipFile(io.BytesIO(requests.get(url).content))
told['files'] = {each: archive.read(each)[:4].hex() for each in archive.namelist()}

job = call('submitJob', companyHandle=company, jobName='two', execTime=later, imageServingPublishJob=publish)
call('stopJob', companyHandle=company, jobHandle=job)
told['stopped'] = wait_for_log(job)['fatalError']
try:
    call('stopJob', companyHandle=company, jobHandle='j')
except zeep.exceptions.Fault as fault:
    told['fault'] = [fault.message, *(child.text for child in fault.detail[0])]
told['replied'] = sorted(replied)
print(json.dumps(told))
