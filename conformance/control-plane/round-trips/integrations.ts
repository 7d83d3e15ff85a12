import { authorizerUri, roleArn } from '../world.ts';
import { id, ofApi, type RoundTrip } from './round-trip.ts';

const integrationDefaults = {
  ConnectionType: 'INTERNET',
  IntegrationId: id(7),
  PassthroughBehavior: 'WHEN_NO_MATCH',
  PayloadFormatVersion: '1.0',
  TimeoutInMillis: 29_000,
};

export const integrations: readonly RoundTrip[] = [
  {
    title: 'an integration',
    resource: 'Integration',
    idMember: 'IntegrationId',
    parents: ofApi,
    create: () => ({ IntegrationType: 'HTTP_PROXY', IntegrationUri: 'http://127.0.0.1:9/' }),
    defaults: integrationDefaults,
    update: () => ({
      ConnectionType: 'VPC_LINK',
      ConnectionId: 'abc',
      ContentHandlingStrategy: 'CONVERT_TO_TEXT',
      CredentialsArn: roleArn,
      Description: 'the back end',
      IntegrationMethod: 'GET',
      PassthroughBehavior: 'NEVER',
      RequestParameters: { 'integration.request.header.a': 'route.request.header.b' },
      RequestTemplates: { $default: '{}', IntegrationId: '{}' },
      TemplateSelectionExpression: '$request.body.type',
      TimeoutInMillis: 50,
    }),
  },
  {
    title: 'an integration of a function',
    resource: 'Integration',
    idMember: 'IntegrationId',
    parents: ofApi,
    create: () => ({ IntegrationType: 'AWS_PROXY', IntegrationUri: authorizerUri, CredentialsArn: roleArn }),
    defaults: { ...integrationDefaults, IntegrationMethod: 'POST' },
    update: () => ({ CredentialsArn: '' }),
    cleared: ['CredentialsArn'],
  },
  {
    title: 'a MOCK integration',
    resource: 'Integration',
    idMember: 'IntegrationId',
    parents: ofApi,
    create: () => ({
      IntegrationType: 'MOCK',
      RequestTemplates: { '200': '{"statusCode":200}' },
      TemplateSelectionExpression: '200',
    }),
    defaults: {
      ...integrationDefaults,
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a selection expression, not a template.
      IntegrationResponseSelectionExpression: '${integration.response.statuscode}',
    },
    update: () => ({ RequestTemplates: { '204': '{"statusCode":204}' } }),
  },
  {
    title: 'an integration of a service of AWS',
    resource: 'Integration',
    idMember: 'IntegrationId',
    parents: ofApi,
    create: () => ({
      IntegrationType: 'AWS',
      IntegrationMethod: 'POST',
      IntegrationUri: 'arn:aws:apigateway:us-east-1:dynamodb:action/PutItem',
    }),
    defaults: {
      ...integrationDefaults,
      IntegrationResponseSelectionExpression: '$integration.response.body.errorMessage',
    },
    update: () => ({ IntegrationUri: 'arn:aws:apigateway:us-east-1:sqs:path/123456789012/queue' }),
  },
  {
    title: 'an integration response',
    resource: 'IntegrationResponse',
    idMember: 'IntegrationResponseId',
    parents: { ApiId: 'ApiId', IntegrationId: 'IntegrationId' },
    create: () => ({ IntegrationResponseKey: '/404/', ResponseTemplates: { $default: '{}' } }),
    defaults: { IntegrationResponseId: id(6) },
    another: (index) => ({ IntegrationResponseKey: `/${300 + index}/` }),
    update: () => ({
      IntegrationResponseKey: '/5\\d\\d/',
      ContentHandlingStrategy: 'CONVERT_TO_TEXT',
      ResponseParameters: { 'method.response.header.a': "'b'" },
      ResponseTemplates: { text: '"a"' },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a selection expression, not a template.
      TemplateSelectionExpression: '${integration.response.statuscode}',
    }),
  },
];
