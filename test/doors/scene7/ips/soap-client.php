<?php
// Calls some operations by PHP's own SoapClient, and prints what came of it as JSON.
[, $wsdl, $user, $password] = $argv;
$client = new SoapClient($wsdl, ['cache_wsdl' => WSDL_CACHE_NONE, 'compression' => SOAP_COMPRESSION_ACCEPT | SOAP_COMPRESSION_GZIP]);
$namespace = 'http://www.scene7.com/IpsApi/xsd';
$client->__setSoapHeaders(new SoapHeader($namespace, 'authHeader', ['user' => $user, 'password' => $password]));
$company = $client->getCompanyInfo(['companyName' => 'acme'])->companyInfo;
$preset = $client->saveImageFormat(['companyHandle' => $company->companyHandle, 'name' => 'php', 'urlModifier' => "wid=1&hei=2"]);
$found = $client->searchAssets([
    'companyHandle' => $company->companyHandle, 'includeSubfolders' => true,
    'assetTypeArray' => ['items' => ['Zip', 'Pdf']]]);
try {
    $client->getAssets(['companyHandle' => $company->companyHandle, 'assetHandleArray' => ['items' => ['a|0']]]);
} catch (SoapFault $fault) {
    $code = $fault->detail->ipsApiFault->code;
}
echo json_encode([
    'company' => $company->rootPath, 'preset' => $preset->imageFormatHandle,
    'rows' => $found->totalRows, 'type' => $found->assetArray->items->type, 'fault' => (int) $code]);
