/** An operation of the API Gateway V2 API reference that concerns WebSocket APIs, or HTTP APIs as they are configured here. */
export interface Operation {
  readonly method: string;
  /** Its labels are wire names. */
  readonly path: string;
  readonly status: number;
  /** The statuses of the errors that the reference declares. */
  readonly errors: readonly number[];
}

/** UpdateRoute answers 201, as observed, where the reference says 200. */
const table = `
CreateApi                 POST   /v2/apis 201 400 404 409 429
CreateApiMapping          POST   /v2/domainnames/{domainName}/apimappings 201 400 404 409 429
CreateAuthorizer          POST   /v2/apis/{apiId}/authorizers 201 400 404 409 429
CreateDeployment          POST   /v2/apis/{apiId}/deployments 201 400 404 409 429
CreateDomainName          POST   /v2/domainnames 201 400 403 404 409 429
CreateIntegration         POST   /v2/apis/{apiId}/integrations 201 400 404 409 429
CreateIntegrationResponse POST   /v2/apis/{apiId}/integrations/{integrationId}/integrationresponses 201 400 404 409 429
CreateModel               POST   /v2/apis/{apiId}/models 201 400 404 409 429
CreateRoute               POST   /v2/apis/{apiId}/routes 201 400 404 409 429
CreateRouteResponse       POST   /v2/apis/{apiId}/routes/{routeId}/routeresponses 201 400 404 409 429
CreateStage               POST   /v2/apis/{apiId}/stages 201 400 404 409 429
CreateVpcLink             POST   /v2/vpclinks 201 400 429
DeleteAccessLogSettings   DELETE /v2/apis/{apiId}/stages/{stageName}/accesslogsettings 204 404 429
DeleteApi                 DELETE /v2/apis/{apiId} 204 404 429
DeleteApiMapping          DELETE /v2/domainnames/{domainName}/apimappings/{apiMappingId} 204 400 404 429
DeleteAuthorizer          DELETE /v2/apis/{apiId}/authorizers/{authorizerId} 204 404 429
DeleteCorsConfiguration   DELETE /v2/apis/{apiId}/cors 204 404 429
DeleteDeployment          DELETE /v2/apis/{apiId}/deployments/{deploymentId} 204 404 429
DeleteDomainName          DELETE /v2/domainnames/{domainName} 204 404 429
DeleteIntegration         DELETE /v2/apis/{apiId}/integrations/{integrationId} 204 404 429
DeleteIntegrationResponse DELETE /v2/apis/{apiId}/integrations/{integrationId}/integrationresponses/{integrationResponseId} 204 404 429
DeleteModel               DELETE /v2/apis/{apiId}/models/{modelId} 204 404 429
DeleteRoute               DELETE /v2/apis/{apiId}/routes/{routeId} 204 404 429
DeleteRouteRequestParameter DELETE /v2/apis/{apiId}/routes/{routeId}/requestparameters/{requestParameterKey} 204 404 429
DeleteRouteResponse       DELETE /v2/apis/{apiId}/routes/{routeId}/routeresponses/{routeResponseId} 204 404 429
DeleteRouteSettings       DELETE /v2/apis/{apiId}/stages/{stageName}/routesettings/{routeKey} 204 404 429
DeleteStage               DELETE /v2/apis/{apiId}/stages/{stageName} 204 404 429
DeleteVpcLink             DELETE /v2/vpclinks/{vpcLinkId} 202 404 429
ExportApi                 GET    /v2/apis/{apiId}/exports/{specification} 200 400 404 429
GetApi                    GET    /v2/apis/{apiId} 200 404 429
GetApiMapping             GET    /v2/domainnames/{domainName}/apimappings/{apiMappingId} 200 400 404 429
GetApiMappings            GET    /v2/domainnames/{domainName}/apimappings 200 400 404 429
GetApis                   GET    /v2/apis 200 400 404 429
GetAuthorizer             GET    /v2/apis/{apiId}/authorizers/{authorizerId} 200 404 429
GetAuthorizers            GET    /v2/apis/{apiId}/authorizers 200 400 404 429
GetDeployment             GET    /v2/apis/{apiId}/deployments/{deploymentId} 200 404 429
GetDeployments            GET    /v2/apis/{apiId}/deployments 200 400 404 429
GetDomainName             GET    /v2/domainnames/{domainName} 200 404 429
GetDomainNames            GET    /v2/domainnames 200 400 404 429
GetIntegration            GET    /v2/apis/{apiId}/integrations/{integrationId} 200 404 429
GetIntegrationResponse    GET    /v2/apis/{apiId}/integrations/{integrationId}/integrationresponses/{integrationResponseId} 200 404 429
GetIntegrationResponses   GET    /v2/apis/{apiId}/integrations/{integrationId}/integrationresponses 200 400 404 429
GetIntegrations           GET    /v2/apis/{apiId}/integrations 200 400 404 429
GetModel                  GET    /v2/apis/{apiId}/models/{modelId} 200 404 429
GetModelTemplate          GET    /v2/apis/{apiId}/models/{modelId}/template 200 404 429
GetModels                 GET    /v2/apis/{apiId}/models 200 400 404 429
GetRoute                  GET    /v2/apis/{apiId}/routes/{routeId} 200 404 429
GetRouteResponse          GET    /v2/apis/{apiId}/routes/{routeId}/routeresponses/{routeResponseId} 200 404 429
GetRouteResponses         GET    /v2/apis/{apiId}/routes/{routeId}/routeresponses 200 400 404 429
GetRoutes                 GET    /v2/apis/{apiId}/routes 200 400 404 429
GetStage                  GET    /v2/apis/{apiId}/stages/{stageName} 200 404 429
GetStages                 GET    /v2/apis/{apiId}/stages 200 400 404 429
GetTags                   GET    /v2/tags/{resourceArn} 200 400 404 409 429
GetVpcLink                GET    /v2/vpclinks/{vpcLinkId} 200 404 429
GetVpcLinks               GET    /v2/vpclinks 200 400 429
ImportApi                 PUT    /v2/apis 201 400 404 409 429
ReimportApi               PUT    /v2/apis/{apiId} 201 400 404 409 429
ResetAuthorizersCache     DELETE /v2/apis/{apiId}/stages/{stageName}/cache/authorizers 204 404 429
TagResource               POST   /v2/tags/{resourceArn} 201 400 404 409 429
UntagResource             DELETE /v2/tags/{resourceArn} 204 400 404 409 429
UpdateApi                 PATCH  /v2/apis/{apiId} 200 400 404 409 429
UpdateApiMapping          PATCH  /v2/domainnames/{domainName}/apimappings/{apiMappingId} 200 400 404 409 429
UpdateAuthorizer          PATCH  /v2/apis/{apiId}/authorizers/{authorizerId} 200 400 404 409 429
UpdateDeployment          PATCH  /v2/apis/{apiId}/deployments/{deploymentId} 200 400 404 409 429
UpdateDomainName          PATCH  /v2/domainnames/{domainName} 200 400 404 409 429
UpdateIntegration         PATCH  /v2/apis/{apiId}/integrations/{integrationId} 200 400 404 409 429
UpdateIntegrationResponse PATCH  /v2/apis/{apiId}/integrations/{integrationId}/integrationresponses/{integrationResponseId} 200 400 404 409 429
UpdateModel               PATCH  /v2/apis/{apiId}/models/{modelId} 200 400 404 409 429
UpdateRoute               PATCH  /v2/apis/{apiId}/routes/{routeId} 201 400 404 409 429
UpdateRouteResponse       PATCH  /v2/apis/{apiId}/routes/{routeId}/routeresponses/{routeResponseId} 200 400 404 409 429
UpdateStage               PATCH  /v2/apis/{apiId}/stages/{stageName} 200 400 404 409 429
UpdateVpcLink             PATCH  /v2/vpclinks/{vpcLinkId} 200 400 404 429
`;

export const operations: ReadonlyMap<string, Operation> = new Map(
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', method = '', path = '', status, ...errors] = line.split(/ +/);
      return [name, { method, path, status: Number(status), errors: errors.map(Number) }];
    }),
);

export function operationOf(name: string): Operation {
  const operation = operations.get(name);
  if (operation) return operation;
  throw new Error(`There is no operation "${name}" in the table.`);
}

/** The member names of the labels of an operation's path. */
export function labelsOf(name: string): readonly string[] {
  return [...operationOf(name).path.matchAll(/\{(\w)(\w*)\}/g)].map(
    ([, first = '', rest = '']) => first.toUpperCase() + rest,
  );
}
