import { expect } from 'vitest';
import { date, id, ofApi, type RoundTrip } from './round-trip.ts';

const stageDefaults = {
  AutoDeploy: false,
  CreatedDate: date,
  DefaultRouteSettings: { DataTraceEnabled: false, DetailedMetricsEnabled: false, LoggingLevel: 'OFF' },
  LastUpdatedDate: date,
  RouteSettings: {},
  StageVariables: {},
  Tags: {},
};

export const stages: readonly RoundTrip[] = [
  {
    title: 'a deployment',
    resource: 'Deployment',
    idMember: 'DeploymentId',
    parents: ofApi,
    create: () => ({}),
    defaults: { AutoDeployed: false, CreatedDate: date, DeploymentId: id(6), DeploymentStatus: 'DEPLOYED' },
    update: () => ({ Description: 'second' }),
  },
  {
    title: 'a stage',
    resource: 'Stage',
    idMember: 'StageName',
    parents: ofApi,
    create: () => ({ StageName: 'dev' }),
    defaults: stageDefaults,
    another: (index) => ({ StageName: `dev${index}` }),
    update: ({ DeploymentId }) => ({
      AccessLogSettings: {
        DestinationArn: 'arn:aws:logs:us-east-1:123456789012:log-group:chat',
        Format: '$context.requestId',
      },
      ClientCertificateId: 'abc',
      DefaultRouteSettings: { LoggingLevel: 'INFO', ThrottlingBurstLimit: 5, ThrottlingRateLimit: 2.5 },
      DeploymentId,
      Description: 'the first',
      RouteSettings: { join: { DetailedMetricsEnabled: true } },
      StageVariables: { url: 'a' },
    }),
    updated: {
      DefaultRouteSettings: {
        DataTraceEnabled: false,
        DetailedMetricsEnabled: false,
        LoggingLevel: 'INFO',
        ThrottlingBurstLimit: 5,
        ThrottlingRateLimit: 2.5,
      },
      LastUpdatedDate: date,
    },
    maximumCount: 8,
  },
  {
    title: 'a stage with variables, settings and tags',
    resource: 'Stage',
    idMember: 'StageName',
    parents: ofApi,
    create: ({ DeploymentId }) => ({
      DeploymentId,
      Description: 'the second',
      RouteSettings: { join: { ThrottlingBurstLimit: 1 }, StageName: { LoggingLevel: 'DEBUG' } },
      StageName: 'test_2-b',
      StageVariables: { url: 'a', StageVariables: 'b' },
      Tags: { team: 'chat' },
    }),
    defaults: {
      ...stageDefaults,
      RouteSettings: { join: { ThrottlingBurstLimit: 1 }, StageName: { LoggingLevel: 'OFF' } },
      StageVariables: { url: 'a', StageVariables: 'b' },
      Tags: { team: 'chat' },
    },
    update: () => ({
      RouteSettings: { join: { DataTraceEnabled: true } },
      StageVariables: { more: 'c', url: '' },
      Description: '',
    }),
    updated: {
      Description: 'the second',
      LastUpdatedDate: date,
      RouteSettings: { join: { ThrottlingBurstLimit: 1, DataTraceEnabled: true }, StageName: { LoggingLevel: 'OFF' } },
      StageVariables: { StageVariables: 'b', more: 'c' },
    },
  },
  {
    title: 'a stage that deploys automatically',
    resource: 'Stage',
    idMember: 'StageName',
    parents: ofApi,
    create: () => ({ StageName: 'auto', AutoDeploy: true }),
    defaults: {
      ...stageDefaults,
      AutoDeploy: true,
      DeploymentId: id(6),
      LastDeploymentStatusMessage: expect.stringMatching(
        /^Successfully deployed stage with deployment ID '[a-z0-9]{6}'$/,
      ),
    },
    update: () => ({ AutoDeploy: false }),
    updated: { LastUpdatedDate: date },
    cleared: ['LastDeploymentStatusMessage'],
  },
];
