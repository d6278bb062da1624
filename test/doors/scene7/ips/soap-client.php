<?php
// Calls some operations by PHP's own SoapClient, exports an asset, and prints what came of it as JSON.
$ca = stream_context_create(['ssl' => ['cafile' => getenv('REQUESTS_CA_BUNDLE')]]);
$client = new SoapClient(getenv('SCENE7_WSDL'), [
    'cache_wsdl' => WSDL_CACHE_NONE, 'stream_context' => $ca,
    'compression' => SOAP_COMPRESSION_ACCEPT | SOAP_COMPRESSION_GZIP]);
$client->__setSoapHeaders(new SoapHeader('http://www.scene7.com/IpsApi/xsd', 'authHeader', [
    'user' => getenv('SCENE7_USER'), 'password' => getenv('SCENE7_PASSWORD')]));
$company = $client->getCompanyInfo(['companyName' => getenv('SCENE7_COMPANY')])->companyInfo;
$here = ['companyHandle' => $company->companyHandle];
$preset = $client->saveImageFormat([...$here, 'name' => 'php', 'urlModifier' => 'fmt=gif&wid=40']);
$found = $client->searchAssets([
    ...$here, 'includeSubfolders' => true, 'assetTypeArray' => ['items' => ['Image', 'Pdf']]]);
try {
    $client->getAssets([...$here, 'assetHandleArray' => ['items' => ['a|0']]]);
} catch (SoapFault $fault) {
    $code = $fault->detail->ipsApiFault->code;
}
$job = $client->submitJob([...$here, 'jobName' => 'PHP', 'exportJob' => [
    'assetHandleArray' => ['items' => [$found->assetArray->items[0]->assetHandle]],
    'fmt' => 'convert', 'macro' => '$php$', 'emailSetting' => 'None']]);
while (!isset($client->getJobLogDetails([...$here, 'jobHandle' => $job->jobHandle])->jobLogArray->items)) {
    usleep(50_000);
}
$log = $client->getJobLogDetails([...$here, 'jobHandle' => $job->jobHandle])->jobLogArray->items;
$url = explode(': ', end($log->detailArray->items)->logMessage)[1];
$zip = file_get_contents($url, false, $ca);
$client->deleteJob([...$here, 'jobHandle' => $job->jobHandle]);
$client->deleteImageFormat([...$here, 'imageFormatHandle' => $preset->imageFormatHandle]);
echo json_encode([
    'company' => $company->rootPath, 'preset' => $preset->imageFormatHandle, 'rows' => $found->totalRows,
    'type' => $found->assetArray->items[0]->type, 'fault' => (int) $code, 'isFatal' => $log->fatalError,
    'zip' => base64_encode($zip)]);
