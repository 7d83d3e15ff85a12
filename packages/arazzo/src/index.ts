export { type CheckOptions, check } from './check/check.ts';
export { type FixedDocument, fixDocument } from './check/fix-document.ts';
export {
  type ActionOutline,
  type DocumentOutline,
  type InputOutline,
  outline,
  type StepOutline,
  type TargetOutline,
  type WorkflowOutline,
} from './check/outline.ts';
export type { Diagnostic, DiagnosticCode, Position, Severity, TextEdit } from './diagnostic.ts';
export type { ArazzoDocument } from './document/arazzo-document.ts';
export { type ChangedNumber, findChangedNumber } from './document/changed-number.ts';
export { type LoadOptions, type LoadResult, loadDocument } from './document/load.ts';
export type {
  Action,
  Components,
  Criterion,
  ExpressionType,
  Output,
  Parameter,
  Replacement,
  RequestBody,
  Reusable,
  SourceDescription,
  Step,
  Workflow,
} from './document/model.ts';
export type { SecurityScheme } from './document/openapi/security.ts';
export { type DocumentReader, fileReader } from './document/readers.ts';
export { describeSources, type SourceSummary } from './document/sources.ts';
export { type PlanOptions, type PlanResult, plan } from './plan/make-plan.ts';
export type { Plan } from './plan/plan.ts';
export { secretInputNames } from './plan/secret-input-names.ts';
export { findSecretInputs } from './plan/secret-inputs.ts';
export { readTextInputs, type TextInput, type TextInputsResult } from './plan/text-inputs.ts';
export type { Clock } from './run/clock.ts';
export { neverSent, type RunEvent, type StepFailureCode, type StepFailureReason } from './run/events.ts';
export { type LaterReplacement, type PreviewedRequest, preview } from './run/preview.ts';
export { type RunOptions, run } from './run/run.ts';
export { type FrameState, type RunState, whyNotResumable } from './run/run-state.ts';
export { type RunProgress, RunTracker, type UnknownStep } from './run/run-tracker.ts';
export type { Translation } from './run/translation.ts';
export type { Credential } from './security/authorizer.ts';
export { isAwsHost } from './security/aws-host.ts';
export { secretsIn } from './security/credential.ts';
export { createHttpTransport, type HttpTransportOptions } from './transports/http.ts';
export { createMockTransport } from './transports/mock.ts';
export {
  type HttpExchangeRequest,
  type HttpExchangeResponse,
  type Transport,
  TransportError,
  type TransportErrorCode,
} from './transports/transport.ts';
